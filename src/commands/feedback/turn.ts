/**
 * Which page of comments a button turns to, in the few letters that it holds. Pages are named by what
 * stands on them, so that they stay what they are while new comments come in.
 */
import type { Place } from "../../store/comments-search.ts";

export type Turn =
  /** A page of the newest ones, sorted; from 0. */
  | { readonly kind: "sorted"; readonly page: number }
  /** What is older or newer than a place; null: the newest. */
  | { readonly kind: "older" | "newer"; readonly from: Place | null };

/** At most 14 letters, digits and hyphens, until the year 2059: what a token has room for. */
export function turnText(turn: Turn): string {
  if (turn.kind === "sorted") return `p${turn.page}`;
  const letter = turn.kind === "older" ? "a" : "b";
  const { from } = turn;
  return from === null ? letter : `${letter}${from.at.getTime().toString(36)}-${from.tie}`;
}

/** Undefined for what is none. Buttons of before have a number alone. */
export function readTurn(text: string): Turn | undefined {
  const page = /^p?(\d{1,4})$/.exec(text)?.[1];
  if (page !== undefined) return { kind: "sorted", page: Number(page) };
  const [, letter, at = "", tie = ""] = /^([ab])([0-9a-z]{1,9})-([0-9a-f]{4})$/.exec(text) ?? [];
  if (letter === undefined) return undefined;
  const from = { at: new Date(Number.parseInt(at, 36)), tie };
  return { kind: letter === "a" ? "older" : "newer", from };
}

const AS_OF = "as-of-";

/** Among the flags of a view that is kept: up to when what is sorted was said. */
export function asOfFlag(at: Date): string {
  return AS_OF + at.getTime().toString(36);
}

export function asOfIn(flags: readonly string[]): Date | undefined {
  const flag = flags.find((each) => each.startsWith(AS_OF));
  return flag === undefined ? undefined : new Date(Number.parseInt(flag.slice(AS_OF.length), 36));
}
