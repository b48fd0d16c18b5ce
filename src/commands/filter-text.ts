/** Words that narrow a view down, as they are typed: `team:Billing`, `team:"Customer care"`. Pure. */

/** What can stand before the colon. */
const filterNames = ["team"] as const;
type FilterName = (typeof filterNames)[number];

/** What was typed behind a filter's colon, and the text without it. */
interface TakenFilter {
  readonly value: string;
  readonly rest: string;
}

/** In quotes of any language; a name with spaces needs none when it is known. */
const QUOTED = /^["'“”„«‘‚「『](.*?)["'”“»’‘」』](?=\s|$)/su;

/** True when the text has a filter in it. */
export function hasFilter(text: string): boolean {
  return filterNames.some((name) => beginningOf(name).test(text));
}

/**
 * Takes one filter out of the text; undefined when it is not in it. `known` are the names that it may
 * have: the longest that stands there is meant, else one word.
 */
export function takeFilter(
  text: string,
  name: FilterName,
  known: readonly string[],
): TakenFilter | undefined {
  const begins = beginningOf(name).exec(text);
  if (begins === null) return undefined;
  const behind = text.slice(begins.index + begins[0].length);
  const { value, length } = readValue(behind, known);
  const rest = `${text.slice(0, begins.index)} ${behind.slice(length)}`.trim();
  return { value, rest };
}

function beginningOf(name: FilterName): RegExp {
  return new RegExp(`(?:^|\\s)${name}\\s*[:：]\\s*`, "iu");
}

function readValue(behind: string, known: readonly string[]): { value: string; length: number } {
  const [quoted, inside] = QUOTED.exec(behind) ?? [];
  if (quoted !== undefined && inside !== undefined)
    return { value: inside.trim(), length: quoted.length };
  const there = known.filter((each) => {
    const end = behind.charAt(each.length);
    const typed = behind.slice(0, each.length).toLowerCase();
    return typed === each.toLowerCase() && (end === "" || /\s/u.test(end));
  });
  const [word = ""] = /^\S*/u.exec(behind) ?? [];
  const value = there.reduce(
    (longest, each) => (each.length > longest.length ? each : longest),
    "",
  );
  return value === "" ? { value: word, length: word.length } : { value, length: value.length };
}
