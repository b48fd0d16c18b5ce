/** Payloads as a platform may change them one day. */
import fc from "fast-check";

export type Json = Record<string, unknown>;

/** At which of its places there is something else. */
export interface Change {
  readonly place: number;
  readonly value: unknown;
}

const GONE = Symbol("gone");

/** What may stand in the place of a value, or nothing at all; `words` mean something somewhere. */
export function junk(...words: readonly string[]): fc.Arbitrary<unknown> {
  return fc.oneof(
    fc.constantFrom<unknown>(GONE, GONE, null, "", 0, -1, 1e308, true, [], {}, [null], [[]]),
    fc.constantFrom("error", "close", "constructor", "\u0000", "\ud800", "x".repeat(10_000)),
    fc.constantFrom("message", ...words),
    fc.string(),
  );
}

/** A copy with these changes, one after another. */
export function changed(payload: Json, changes: readonly Change[]): Json {
  const copy = structuredClone(payload);
  for (const { place, value } of changes) {
    const paths = pathsOf(copy);
    const path = paths[place % Math.max(1, paths.length)] ?? [];
    const key = path.at(-1);
    const parent = path
      .slice(0, -1)
      .reduce<unknown>((at, step) => Reflect.get(Object(at), step), copy);
    if (key === undefined) continue;
    if (value === GONE) Reflect.deleteProperty(Object(parent), key);
    // A copy of it too: a later change inside must not change what others are given.
    else Reflect.set(Object(parent), key, structuredClone(value));
  }
  return copy;
}

/** Where something can be changed: every key of every object and list in it. */
function pathsOf(value: unknown, at: readonly string[] = []): string[][] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, entry]) => [
    [...at, key],
    ...pathsOf(entry, [...at, key]),
  ]);
}
