/**
 * In what two values of one shape differ, part by part. A list of things with keys of their own is
 * looked at thing by thing and by its order; every other list is one value. Pure.
 */
import { isDeepStrictEqual } from "node:util";

/** Names and keys from the outside in; {@link ORDER} stands for the order of a list of keyed things. */
export type FieldPath = readonly string[];

/** No name and no key has this character. */
export const ORDER = "#";

/** `from` absent: it was not there; `to` absent: it is gone. */
export interface FieldDifference {
  readonly path: FieldPath;
  readonly from?: unknown;
  readonly to?: unknown;
}

/** The differences in the order in which the later value is written; nothing for what is the same. */
export function differences(from: unknown, to: unknown, path: FieldPath = []): FieldDifference[] {
  if (isDeepStrictEqual(from, to)) return [];
  const [old, now] = [partsOf(from), partsOf(to)];
  if (old === undefined || now === undefined || isWhole(old, now, path)) {
    const sides = { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
    return [{ path, ...sides }];
  }
  const names = [...new Set([...now.keys(), ...old.keys()])];
  return names.flatMap((name) => differences(old.get(name), now.get(name), [...path, name]));
}

type Parts = ReadonlyMap<string, unknown>;

/** What a value is made of; `undefined` for what is looked at as a whole. */
export function partsOf(value: unknown): Parts | undefined {
  if (Array.isArray(value)) {
    if (value.length === 0 || !value.every(isKeyed)) return undefined;
    const keys = value.map(({ key }) => key);
    if (new Set(keys).size !== keys.length) return undefined;
    return new Map<string, unknown>([
      ...value.map((each) => [each.key, each] as const),
      [ORDER, keys],
    ]);
  }
  return isFields(value) ? new Map(Object.entries(value)) : undefined;
}

/** The value made of these parts. */
export function fromParts(parts: Parts): unknown {
  const order = parts.get(ORDER);
  if (!Array.isArray(order)) return Object.fromEntries(parts);
  return order.map((key: unknown) => parts.get(String(key)));
}

/** True when it is another thing altogether: a question of another kind, another trigger. */
export function isWhole(old: Parts, now: Parts, path: FieldPath): boolean {
  // A schedule as a whole has a kind, too: with another one it is the same schedule.
  const kinds = path.length === 0 ? [] : ["kind", "on"];
  return old.has(ORDER) !== now.has(ORDER) || kinds.some((name) => differs(old, now, name));
}

function differs(old: Parts, now: Parts, name: string): boolean {
  const [from, to] = [old.get(name), now.get(name)];
  return typeof from === "string" && typeof to === "string" && from !== to;
}

function isFields(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isKeyed(value: unknown): value is { readonly key: string } {
  return isFields(value) && typeof value.key === "string";
}
