/** What a language's file of words has: those by which figures are asked for. */
import type { Cut } from "../filter.ts";

export const phraseNames = [
  "today",
  "yesterday",
  "day before yesterday",
  "week",
  "last week",
  "month",
  "last month",
  "quarter",
  "last quarter",
  "year",
  "last year",
  "all",
  /** Whatever has not begun: tomorrow, next week. */
  "future",
] as const;
export type PhraseName = (typeof phraseNames)[number];

export const unitNames = ["day", "week", "month", "quarter", "year"] as const;
export type UnitName = (typeof unitNames)[number];

/**
 * Forms of periods with something in them. A form is the source of a regular expression for the whole
 * of a text; {n} is a number of {unit}s, {q} a quarter's, {w} a week's, {year} four digits, {month}
 * and {weekday} are names, {x} and {y} periods themselves.
 */
export const formNames = [
  "year",
  "quarter",
  "week",
  "month",
  "monthLastYear",
  "weekday",
  "lastWeekday",
  "ago",
  "rolling",
  "range",
  "since",
] as const;
export type FormName = (typeof formNames)[number];

/** Everything in lower case; "е" stands for "ё" too. */
export interface Words {
  /** True where words are written without spaces between them. */
  readonly joined: boolean;
  /** What may stand before a period and says nothing: "in", "during". */
  readonly lead: string;
  readonly phrases: Readonly<Record<PhraseName, readonly string[]>>;
  readonly forms: Readonly<Record<FormName, readonly string[]>>;
  /** January first, every spelling and case of it. */
  readonly months: readonly (readonly string[])[];
  /** Monday first. */
  readonly weekdays: readonly (readonly string[])[];
  readonly units: Readonly<Record<UnitName, readonly string[]>>;
  readonly numbers: Readonly<Record<string, number>>;
  /** What may stand before a filter: "for". */
  readonly only: readonly string[];
  /** What stands before a cut: "by". */
  readonly by: readonly string[];
  /** What stands before the other period: "vs". */
  readonly versus: readonly string[];
  /** What stands on both sides of it, as in 与上周相比. */
  readonly around: readonly (readonly [before: string, after: string])[];
  /** The other period is the one right before. */
  readonly before: readonly string[];
  readonly sameLastYear: readonly string[];
  /** What a cut and its filter are called, in every form that stands behind "by". */
  readonly cuts: Readonly<Record<Cut, readonly string[]>>;
  /** The own words of commands, by the English one. */
  readonly flags: Readonly<Record<string, readonly string[]>>;
}
