/** What a button about a survey's state carries: which survey, from which state to which. Pure. */
import { createHash } from "node:crypto";
import type { State } from "../../configuration/change.ts";

/** A key may be longer than there is room for in a button: so much of its hash tells it. */
const HASH_LENGTH = 12;

const letters = { on: "o", paused: "p", archived: "a" } as const satisfies Record<State, string>;
const states = new Map<string, State>([
  ["o", "on"],
  ["p", "paused"],
  ["a", "archived"],
]);

/** What a button asks for. */
export interface Asked {
  readonly hash: string;
  readonly to: State;
  readonly was: State;
  /** Its schedules are to be paused with it. */
  readonly schedules: boolean;
}

export function buttonValue(about: Omit<Asked, "hash"> & { readonly key: string }): string {
  const { key, to, was, schedules } = about;
  return `${hashOf(key)}${letters[was]}${letters[to]}${schedules ? "s" : ""}`;
}

/** `undefined` for the value of no such button. */
export function askedIn(value: string | undefined): Asked | undefined {
  const [, hash, from, into, with_] = /^([0-9a-f]{12})([opa])([opa])(s?)$/.exec(value ?? "") ?? [];
  const was = states.get(from ?? "");
  const to = states.get(into ?? "");
  if (hash === undefined || was === undefined || to === undefined) return undefined;
  return { hash, was, to, schedules: with_ === "s" };
}

export function hashOf(key: string): string {
  return createHash("sha256").update(key).digest("hex").slice(0, HASH_LENGTH);
}
