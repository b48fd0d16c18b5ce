/**
 * The facts of everybody, named, of metrics with one series: what leads ask for most. One statement
 * with the same text each time, so that it is planned once a connection: which days are read from
 * counts and which from the rows is worked out beforehand (facts-cover.ts) and given in arrays.
 *
 * It is made for a state of the workspace that was seen before (facts-state.ts) and says which one it
 * found. While they are the same, everything in it was read from one state of the database, in which
 * the counts of days without a mark are those of their answers (counting.ts); else it is made anew.
 */
import { type RawBuilder, sql } from "kysely";
import type { Metric, MetricName } from "../metrics/metric.ts";
import type { Period } from "../metrics/period.ts";
import type { Facts } from "../metrics/summary.ts";
import { type Cover, coverPeriod } from "./facts-cover.ts";
import { type FactsRow, factsFrom } from "./facts-rows.ts";
import {
  type FactsState,
  isSame,
  lastState,
  type Print,
  printOf,
  renewState,
} from "./facts-state.ts";
import { quickAsking } from "./quick-asking.ts";
import { quickRepeats } from "./quick-repeats.ts";
import { quickScores } from "./quick-scores.ts";
import type { Db } from "./schema.ts";

export interface QuickQuestion {
  readonly workspaceId: number;
  readonly metrics: readonly Metric[];
  readonly periods: readonly Period[];
  readonly now: Date;
}

/** One period of one metric, with its number among all of them. */
export interface Piece {
  readonly piece: number;
  readonly metric: Metric;
  readonly period: Period;
  readonly given: Cover;
  readonly asked: Cover;
}

/** A state that changes more often than this is read in another way. */
const TRIES = 4;

/**
 * The facts of each metric, the periods in the order given; undefined when they cannot be read like
 * this: a metric has several series, or what is counted changes all the time.
 */
export async function readQuickFacts(
  db: Db,
  question: QuickQuestion,
): Promise<ReadonlyMap<MetricName, Facts[]> | undefined> {
  const { workspaceId, metrics, periods } = question;
  let state = await lastState(db, workspaceId);
  for (let tries = 0; tries < TRIES; tries += 1) {
    if (metrics.some(({ name }) => state.print.reworded.includes(name))) return undefined;
    const pieces = piecesOf(question, state.print);
    const { rows } = await statement(question, pieces, state).execute(db);
    const found = rows.find(({ print }) => print !== null)?.print;
    if (found === undefined || found === null) throw new Error("a statement without its state");
    if (isSame(found, state.print)) {
      return new Map(
        metrics.map((metric) => [metric.name, factsOf(metric, periods, pieces, rows)]),
      );
    }
    state = await renewState(db, workspaceId, found);
  }
  return undefined;
}

interface QuickRow {
  readonly print: Print | null;
  readonly what: "scores" | "asking";
  readonly piece: number;
  readonly numbers: readonly number[];
}

function factsOf(
  metric: Metric,
  periods: readonly Period[],
  pieces: readonly Piece[],
  rows: readonly QuickRow[],
): Facts[] {
  const own = pieces.filter((piece) => piece.metric === metric);
  const steps = metric.scale.max - metric.scale.min + 1;
  const mine = rows.flatMap(({ what, piece, numbers, print }): FactsRow[] => {
    const bucket = own.findIndex((each) => each.piece === piece);
    if (print !== null || bucket < 0) return [];
    const kept = what === "scores" ? numbers.slice(0, steps) : numbers;
    return [{ what, bucket, value: "", epoch: 0, numbers: kept, answers: 0 }];
  });
  return factsFrom(metric, periods, mine, []);
}

function piecesOf({ metrics, periods }: QuickQuestion, print: Print): Piece[] {
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
      asked: cover(period, print.askedUntil, "asked", false),
    })),
  );
}

function statement(
  { workspaceId, metrics, now }: QuickQuestion,
  pieces: readonly Piece[],
  state: FactsState,
): RawBuilder<QuickRow> {
  const latest = metrics.some(({ onePerPerson }) => onePerPerson);
  return sql<QuickRow>`
    select ${printOf(workspaceId)} as print, null as what, null::int as piece, null::jsonb as numbers
    union all
    select null, 'scores', piece, numbers from (${quickScores(workspaceId, pieces, state)}) scores
    ${
      latest
        ? sql`union all
      select null, 'scores', piece, numbers
      from (${quickRepeats(workspaceId, pieces, state)}) repeats`
        : sql``
    }
    union all
    select null, 'asking', piece, numbers
    from (${quickAsking(workspaceId, { pieces, state, now })}) asking`;
}
