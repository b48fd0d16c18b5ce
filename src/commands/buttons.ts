/**
 * Buttons that are about no invitation. They read a lot and change little, so they run outside of
 * the inbox's transaction, as commands do; what they change is kept once by the event's id.
 */
import { pressAdmin } from "../admin/press-admin.ts";
import { pressChangeSet } from "../admin/press-change-set.ts";
import { pressDraft } from "../admin/press-draft.ts";
import type { Engine } from "../engine.ts";
import type { EventOf, Reply } from "../platform.ts";
import type { Connection } from "../store/connections.ts";
import type { TokenContent, Verb } from "../surveys/tokens.ts";
import { lookAtCase, turnCases } from "./cases.ts";
import { keepConsentWish } from "./consent.ts";
import { turnPage } from "./feedback.ts";
import { pressLink } from "./link-press.ts";
import { turnQuotes } from "./quotes.ts";
import { shareSummary } from "./share.ts";
import { turnSilent } from "./silent.ts";
import { openSilentCase } from "./silent-case.ts";
import { turnWhy } from "./survey/why.ts";

type Run = (
  engine: Engine,
  connection: Connection,
  event: EventOf<"action">,
  content: TokenContent,
) => Promise<Reply>;

const buttons: Readonly<Partial<Record<Verb, Run>>> = {
  share: shareSummary,
  comments: turnPage,
  consent: keepConsentWish,
  cases: turnCases,
  look: lookAtCase,
  silent: turnSilent,
  "open-case": openSilentCase,
  quotes: turnQuotes,
  link: pressLink,
  unlink: pressLink,
  why: turnWhy,
  draft: pressDraft,
  admin: pressAdmin,
  "change-set": pressChangeSet,
};

/** True for a press that is worked on here, and not in the inbox's transaction. */
export function isRunHere({ tokens }: Pick<Engine, "tokens">, event: EventOf<"action">): boolean {
  const verb = tokens.verify(event.token)?.verb;
  return verb !== undefined && verb in buttons;
}

/** Undefined for every other button, also for forged and foreign ones. */
export async function runButton(
  engine: Engine,
  connection: Connection,
  event: EventOf<"action">,
): Promise<Reply | undefined> {
  const content = engine.tokens.verify(event.token);
  if (content === undefined || content.workspaceId !== connection.workspace.id) return undefined;
  return buttons[content.verb]?.(engine, connection, event, content);
}
