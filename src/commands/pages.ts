/** Buttons that turn the pages of a list. */
import { textsFor } from "../locales/index.ts";
import type { Option, Part } from "../platform.ts";
import { NO_INVITATION, type Tokens, type Verb } from "../surveys/tokens.ts";
import type { Reader } from "./command.ts";

/** A list of which one page is shown, from 0. */
export interface Paged {
  readonly verb: Verb;
  readonly page: number;
  /** Whether there is another page behind this one. */
  readonly more: boolean;
  /** The key of the period, or nothing. */
  readonly value?: string;
}

/** "Previous" and "Next", as far as there is something. */
export function pageButtons(
  tokens: Tokens,
  { workspace, language }: Pick<Reader, "workspace" | "language">,
  { verb, page, more, value }: Paged,
): Part[] {
  const texts = textsFor(language);
  const turn = (to: number, key: "feedback.next" | "feedback.previous"): Option => {
    const about = { workspaceId: workspace.id, invitationId: NO_INVITATION, verb } as const;
    const where = { question: String(to), ...(value === undefined ? {} : { value }) };
    return { label: texts.text(key), token: tokens.sign({ ...about, ...where }) };
  };
  const options = [
    ...(page > 0 ? [turn(page - 1, "feedback.previous")] : []),
    ...(more ? [turn(page + 1, "feedback.next")] : []),
  ];
  return options.length === 0 ? [] : [{ kind: "actions", options }];
}

/** The page that a button names; undefined for what is none. */
export function pageIn(question: string | undefined): number | undefined {
  const page = Number(question ?? "0");
  return Number.isInteger(page) && page >= 0 ? page : undefined;
}
