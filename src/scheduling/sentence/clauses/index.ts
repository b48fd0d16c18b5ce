/** Every clause that a sentence may have, with how it is said. */
import { when } from "./when.ts";
import { whom } from "./whom.ts";
import { within } from "./within.ts";

const clauses = { ...when, ...whom, ...within };

const kinds = keysOf(clauses);

export type ClauseKind = keyof typeof clauses;

/** Each pattern with the clause that it makes. */
export const patterns: readonly { readonly kind: ClauseKind; readonly pattern: string }[] =
  Object.entries(clauses).flatMap(([kind, all]) =>
    all.map((pattern) => ({ kind: kindOf(kind), pattern })),
  );

function kindOf(name: string): ClauseKind {
  const found = kinds.find((kind) => kind === name);
  if (found === undefined) throw new RangeError(name);
  return found;
}

function keysOf<T extends object>(object: T): readonly (keyof T)[] {
  const isKey = (key: PropertyKey): key is keyof T => Object.hasOwn(object, key);
  return Object.keys(object).flatMap((key) => (isKey(key) ? [key] : []));
}
