/** What can be pressed on the card of a case. */
import type { Texts } from "../locales/index.ts";
import type { Option } from "../platform.ts";
import type { Case } from "../store/cases.ts";
import { NO_INVITATION, type TokenContent, type Tokens } from "../surveys/tokens.ts";

/** A token about a case; `mark` says which reply, or that it was pressed on a copy of the card. */
export function caseToken(
  tokens: Tokens,
  workspaceId: number,
  caseId: string,
  value: string,
  mark?: string,
): string {
  const about = { workspaceId, invitationId: NO_INVITATION, caseId, verb: "case" } as const;
  const content: TokenContent = {
    ...about,
    value,
    ...(mark === undefined ? {} : { question: mark }),
  };
  return tokens.sign(content);
}

/** Pressed on a card that only its reader sees. */
export const OWN_COPY = "own";

/** What the team can do with the case as it stands. */
export function cardButtons(
  tokens: Tokens,
  workspaceId: number,
  { id, state, ownerId, humanId, escalatedAt }: Case,
  texts: Texts,
  mark?: string,
): readonly Option[] {
  const button = (key: CardButton, form = false): Option => ({
    label: texts.text(`case.do.${key}`),
    token: caseToken(tokens, workspaceId, id, key, mark),
    ...(form && { opens: "form" }),
  });
  if (humanId === null) return [];
  if (state === "closed") return [button("reopen")];
  return [
    button(ownerId === null ? "claim" : "take"),
    button("reply", true),
    button("snooze", true),
    ...(escalatedAt === null ? [button("escalate")] : []),
    button("close", true),
  ];
}

type CardButton = "claim" | "take" | "reply" | "snooze" | "escalate" | "close" | "reopen";
