/** What each run of the statement of quick-facts.ts gives: rows of pieces, of times and of days. Pure. */
import type { Metric, MetricName } from "../metrics/metric.ts";
import type { Period } from "../metrics/period.ts";
import type { CountsOf } from "./counted-scores.ts";
import { type Cover, coverPeriod } from "./facts-cover.ts";
import type { FactsState } from "./facts-state.ts";
import type { Rows } from "./unnested.ts";
import { dayAfter, dayAt } from "./zone-days.ts";

export interface QuickQuestion {
  readonly workspaceId: number;
  readonly metrics: readonly Metric[];
  readonly periods: readonly Period[];
  readonly now: Date;
  /** Everybody without it. Of a metric that takes one answer a person there is nothing else. */
  readonly of?: CountsOf;
}

/** One period of one metric, with its number among all of them. */
interface Piece {
  readonly piece: number;
  readonly metric: Metric;
  readonly period: Period;
  readonly given: Cover;
  readonly asked: Cover;
}

/** The columns of each are said where it is used. */
export interface QuickGiven {
  readonly workspaceId: number;
  readonly now: Date;
  readonly tomorrow: string;
  readonly apart: readonly string[];
  /** Of the cut, where only some count. */
  readonly values: readonly string[];
  readonly counted: Rows;
  readonly live: Rows;
  readonly liveOfOnePerson: Rows;
  readonly liveDays: Rows;
  readonly wholeMonths: Rows;
  readonly dayPairs: Rows;
  readonly askedCounted: Rows;
  readonly askedLive: Rows;
  readonly askedDays: Rows;
}

/** What a statement is given for a question, as long as the state is this one. */
export function givenFor(question: QuickQuestion, state: FactsState): QuickGiven {
  const { workspaceId, now } = question;
  const pieces = piecesOf(question, state);
  const ofOnePerson = pieces.filter(({ metric }) => metric.onePerPerson);
  return {
    ...{ workspaceId, now, apart: state.apart, values: question.of?.values ?? [] },
    tomorrow: dayAfter(dayAt(now, state.print.timeZone)),
    counted: pieces.flatMap(({ piece, metric, given }) =>
      given.counted.map(({ sign, span, from, until }) => [
        ...[piece, metric.name, sign, span, from, until],
      ]),
    ),
    live: pieces.flatMap(liveTimes),
    liveOfOnePerson: ofOnePerson.flatMap(liveTimes),
    liveDays: pieces.flatMap(({ piece, metric, given }) =>
      given.live.map(({ from, until }) => [
        ...[piece, metric.name, metric.scale.min, metric.scale.max, from, until],
      ]),
    ),
    wholeMonths: ofOnePerson.flatMap(monthsOf),
    dayPairs: ofOnePerson.flatMap(pairDays),
    ...askedRows(pieces, state.surveysOf),
  };
}

function piecesOf({ metrics, periods, of }: QuickQuestion, { print }: FactsState): Piece[] {
  // Whom was asked is counted by team alone.
  const isAskingCounted = of === undefined || of.cut === "" || of.cut === "team";
  const askedUntil = isAskingCounted ? print.askedUntil : null;
  const { timeZone, marks } = print;
  const markedOf = (what: string) => marks.flatMap(([name, day]) => (name === what ? [day] : []));
  const cover = (period: Period, until: string | null, what: string, aligned: boolean) =>
    coverPeriod(period, { timeZone, countedUntil: until, marked: markedOf(what), aligned });
  return metrics.flatMap((metric, m) =>
    periods.map((period, i) => ({
      piece: m * periods.length + i,
      metric,
      period,
      given: cover(period, print.countedUntil, metric.name, metric.onePerPerson),
      asked: cover(period, askedUntil, "asked", false),
    })),
  );
}

function liveTimes({ piece, metric, period, given }: Piece): Rows {
  const { min, max } = metric.scale;
  return given.live.map(({ start, end }) => [
    ...[piece, metric.name, min, max],
    ...[period.start.toISOString(), start.toISOString(), end.toISOString()],
  ]);
}

/** The whole months in which both ends of a pair may be. */
function monthsOf({ piece, metric, given }: Piece): Rows {
  if (given.days === null) return [];
  const { months, monthsEnd } = given.days;
  return months < monthsEnd ? [[piece, metric.name, months, monthsEnd]] : [];
}

/**
 * The days on which the ends of other pairs may be, the later one first. Pairs whose later day is
 * marked are taken away again.
 */
function pairDays({ piece, metric, given }: Piece): Rows {
  if (given.days === null) return [];
  const { first, months, monthsEnd, until, marked } = given.days;
  const row = (sign: number, ...ends: readonly string[]) => [piece, metric.name, sign, ...ends];
  return [
    row(-1, first, months, first, until),
    row(-1, months, monthsEnd, first, months),
    row(-1, monthsEnd, until, first, until),
    ...marked.map((day) => row(1, day, dayAfter(day), first, until)),
  ].filter(([, , , from = "", before = "", since = "", end = ""]) => from < before && since < end);
}

/** Every piece with each survey that asks for its metric. */
function askedRows(
  pieces: readonly Piece[],
  surveysOf: ReadonlyMap<MetricName, readonly string[]>,
): Pick<QuickGiven, "askedCounted" | "askedLive" | "askedDays"> {
  const each = (rows: (asked: Cover, piece: number, survey: string) => Rows): Rows =>
    pieces.flatMap(({ piece, metric, asked }) =>
      (surveysOf.get(metric.name) ?? []).flatMap((survey) => rows(asked, piece, survey)),
    );
  return {
    askedCounted: each(({ counted }, piece, survey) =>
      counted.map(({ sign, span, from, until }) => [piece, survey, sign, span, from, until]),
    ),
    askedLive: each(({ live }, piece, survey) =>
      live.map(({ start, end }) => [piece, survey, start.toISOString(), end.toISOString()]),
    ),
    askedDays: each(({ live }, piece, survey) =>
      live.map(({ from, until }) => [piece, survey, from, until]),
    ),
  };
}
