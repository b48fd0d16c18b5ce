/** What the cards of operational figures have in common: headings, ranges, lengths of time. */
import { countText, scoreText } from "../../charts/numbers.ts";
import type { Texts } from "../../locales/index.ts";
import { type Arranged, bothEnds } from "../../metrics/arrange.ts";
import type { ClockName } from "../../metrics/first-reply.ts";
import { COMPARED_FROM } from "../../metrics/ladder.ts";
import type { Range } from "../../metrics/metric.ts";
import { isoWithOffset, type Period } from "../../metrics/period.ts";
import { roundHalfAway, scoreDecimals } from "../../metrics/round.ts";
import type { Part } from "../../platform.ts";
import type { WorkingHours } from "../../scheduling/gates/calendar.ts";
import { workingTimeText } from "../cases-format.ts";
import type { CardPicture } from "../summary/card.ts";
import { rowName } from "../summary/cut.ts";
import { filterLabel } from "../view/filter.ts";
import { periodLabel } from "../view/period.ts";
import type { View } from "../view.ts";

/** A row of facts. */
export type Row = readonly [label: string, value: string];

/** So many rows of a cut are on a card; the others are counted. */
const MOST_LINES = 12;

/** "First response time · team Billing · this week, Oct 12 – 18 · so far". */
export function headingOf(
  texts: Texts,
  title: string,
  { period, filter }: Pick<View, "period" | "filter">,
  soFar: boolean = period.running,
): string {
  return [
    title,
    ...[filterLabel(filter, texts.language) ?? []].flat(),
    periodLabel(period, texts.language),
    ...(soFar ? [texts.text("summary.so-far")] : []),
  ].join(" · ");
}

export function text(said: string): Part {
  return { kind: "text", text: said };
}

export function note(said: string): Part {
  return { kind: "note", text: said };
}

/** Nothing for no rows. */
export function facts(...rows: readonly Row[]): Part[] {
  return rows.length === 0 ? [] : [{ kind: "facts", rows }];
}

/** The picture, or that it could not be drawn. */
export function pictureParts(texts: Texts, picture: CardPicture): Part[] {
  if (picture === undefined) return [];
  if (picture === "missing") return [note(texts.text("summary.picture.missing"))];
  return [{ kind: "picture", picture }];
}

/** "45 % (95 % range 30 % to 60 %)", of `n`. */
export function percentWithRange(texts: Texts, rate: number, range: Range, n: number): string {
  const percent = (value: number) => scoreText(value, "percent", n, texts.language);
  return withRange(texts, percent(rate), percent(range[0]), percent(range[1]));
}

export function withRange(texts: Texts, value: string, low: string, high: string): string {
  return texts.text("summary.range", { value, low, high });
}

/** A difference in percentage points, of the smaller `n` of two. */
export function signedPoints(texts: Texts, value: number, n: number): string {
  const decimals = scoreDecimals("percent", n);
  const format = new Intl.NumberFormat(texts.language, {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
    signDisplay: "exceptZero",
  });
  return format.format(roundHalfAway(value, decimals)).replace("-", "−");
}

/** "35 min", "2.5 h", "3 days": working days by that clock. */
export function sayLasted(
  texts: Texts,
  lasted: number,
  clock: ClockName,
  hours: WorkingHours,
): string {
  // The last digits of an interpolated double must not decide which way a half goes.
  const seconds = roundHalfAway(lasted, 3);
  if (seconds < 60) return texts.text("operation.seconds", { n: roundHalfAway(seconds, 0) });
  if (clock === "working") return workingTimeText(texts, 1000 * seconds, hours);
  const minutes = seconds / 60;
  if (roundHalfAway(minutes, 0) < 60) {
    return texts.text("cases.time.minutes", { n: roundHalfAway(minutes, 0) });
  }
  return minutes < 48 * 60
    ? texts.text("cases.time.hours", { n: roundHalfAway(minutes / 60, 1) })
    : texts.text("operation.days", { n: roundHalfAway(minutes / (24 * 60), 1) });
}

/** What a part of a cut is called, or that it has none. Kinds of surveys have names of their own. */
export function partLabel(texts: Texts, by: View["by"], part: Named): string {
  return by === undefined ? part.label : rowName(part, { by }, texts);
}

interface Named {
  readonly value: string;
  readonly label: string;
}

/** What of a cut there is room for: the best and the last, then early ones. */
export function shownParts<T extends Named>({
  ranked,
  early,
}: Pick<Arranged<T>, "ranked" | "early">) {
  const { first, between, last } = bothEnds(ranked, MOST_LINES);
  const rest = early.slice(0, MOST_LINES - first.length - last.length);
  return { first, between, last, rest, more: early.length - rest.length };
}

/** The rows of a cut, and what is left out of them. */
export function cutParts<T extends Named>(
  texts: Texts,
  by: View["by"],
  parts: Arranged<T>,
  say: (part: T) => string,
): Part[] {
  const { first, between, last, rest, more } = shownParts(parts);
  const hidden = parts.hidden.length;
  const rows = (shown: readonly T[]) =>
    facts(...shown.map((part): Row => [partLabel(texts, by, part), say(part)]));
  return [
    ...rows(first),
    ...(between > 0 ? [note(texts.text("operation.between", { n: between }))] : []),
    ...rows(last),
    ...(rest.length > 0 ? [note(texts.text("operation.early", { needed: COMPARED_FROM }))] : []),
    ...rows(rest),
    ...(more > 0 ? [note(texts.text("operation.more", { n: more }))] : []),
    ...(hidden > 0 ? [note(texts.text("operation.hidden", { n: hidden }))] : []),
  ];
}

/** A count in the reader's language. */
export function count(texts: Texts, n: number): string {
  return countText(n, texts.language);
}

/** Smaller p are only said to be smaller. */
const SMALLEST_P = 0.001;

/** "0.56", "< 0.001". */
export function sayP(texts: Texts, p: number): string {
  const small = p < SMALLEST_P;
  const decimals = p < 0.1 ? 3 : 2;
  const format = new Intl.NumberFormat(texts.language, {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  });
  const said = format.format(small ? SMALLEST_P : roundHalfAway(p, decimals));
  return small ? `< ${said}` : said;
}

/** A period for machines. */
export function periodJson({ start, end, timeZone, running }: Period) {
  return {
    start: isoWithOffset(start, timeZone),
    end: isoWithOffset(end, timeZone),
    timeZone,
    running,
  };
}
