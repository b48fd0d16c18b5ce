/** Words and phrases with what they mean: what the grammar is made of. Plain values. */
import type { Span } from "./reading.ts";
import type { Concept, Unit } from "./words/words.ts";

/** What a name of the workspace is the name of. */
export const nameTags = [
  ...["SURVEY", "TEAMNAME", "CHANNELNAME", "PLANNAME", "TAGNAME", "ACCOUNTNAME"],
  ...["PLATFORMNAME", "DATENAME"],
] as const;
export type NameTag = (typeof nameTags)[number];

/** `SEP` is a comma or the like; `UNKNOWN` is what no list has. */
export type Tag =
  | Concept
  | NameTag
  | `UNIT_${Unit}`
  | "UNIT"
  | "NUM"
  | "DUR"
  | "EVERY"
  | "ONE_DAY"
  | "OTHER"
  | "ORD"
  | "MDAY"
  | "SHARE"
  | "WEEKDAY"
  | "EVERY_WEEKDAY"
  | "CLOCK"
  | "METRIC"
  | "LANG"
  | "SPEAKERS"
  | "ZONE"
  | "TIER"
  | "NUMERIC_DATE"
  | "ARCHIVED"
  | "SEP"
  | "UNKNOWN";

export interface Token extends Span {
  /** All that it may be: a name may be a word as well. */
  readonly tags: readonly Tag[];
  /** A number, an amount, a day of the week (1 is Monday) or of the month (0 is the last). */
  readonly n?: number;
  readonly unit?: Unit;
  /** Minutes of the day that a time may be: two when nothing tells morning from evening. */
  readonly minutes?: readonly number[];
  /** A key, a name or a code. */
  readonly name?: string;
  /** What it is the name of, when it is one of several things. */
  readonly names?: Readonly<Partial<Record<Tag, string>>>;
}

export const has = (token: Token | undefined, ...tags: readonly Tag[]): boolean =>
  token?.tags.some((tag) => tags.includes(tag)) ?? false;

/** One token for several. */
export function merged(tokens: readonly Token[], made: Omit<Token, "start" | "end">): Token {
  return { ...made, start: tokens[0]?.start ?? 0, end: tokens.at(-1)?.end ?? 0 };
}
