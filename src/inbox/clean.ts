/**
 * Every text of an event, made safe to keep before anything else looks at it: no platform's name,
 * id or message may bring a NUL or half a surrogate pair into the database (docs/faults.md, N1).
 */
import type { PlatformEvent } from "../platform.ts";
import { cleanText } from "../surveys/words.ts";

/** Longest name, id or address, in graphemes; messages are bounded by whoever reads them. */
const MAX_NAME = 300;

/** The same event with clean texts. */
export function cleanEvent<E extends PlatformEvent>(event: E): E {
  return cleaned(event, "") as E;
}

function cleaned(value: unknown, key: string): unknown {
  if (typeof value === "string") {
    return key === "text" ? cleanText(value, Number.MAX_SAFE_INTEGER) : cleanText(value, MAX_NAME);
  }
  if (Array.isArray(value)) return value.map((each) => cleaned(each, key));
  if (typeof value !== "object" || value === null || value instanceof Date) return value;
  // Names of a form's fields are its own: what was written in them is bounded by whoever reads it.
  const keyOf = (name: string) => (key === "values" ? "text" : name);
  return Object.fromEntries(Object.entries(value).map(([k, each]) => [k, cleaned(each, keyOf(k))]));
}
