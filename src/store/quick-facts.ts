/**
 * The facts of metrics with one series, named, of everybody or by a cut that is counted: what leads ask
 * for most. One statement with one of a few texts, so that it is put together once and planned once a connection: which days
 * are read from counts and which from the rows is worked out beforehand (facts-cover.ts) and given in
 * arrays (quick-given.ts).
 *
 * It is made for a state of the workspace that was seen before (facts-state.ts) and says which one it
 * found. While they are the same, everything in it was read from one state of the database, in which
 * the counts of days without a mark are those of their answers (counting.ts); else it is made anew.
 */
import { type RawBuilder, sql } from "kysely";
import type { Metric, MetricName } from "../metrics/metric.ts";
import type { Facts } from "../metrics/summary.ts";
import { type FactsRow, factsFrom } from "./facts-rows.ts";
import { type FactsState, lastState, printOf, renewState } from "./facts-state.ts";
import { type MadeOnce, madeOnce } from "./made-once.ts";
import { countedAsking, leftAsking, liveAsking } from "./quick-asking.ts";
import { givenFor, type QuickGiven, type QuickQuestion } from "./quick-given.ts";
import { repeatedInMonths, repeatedScores } from "./quick-repeats.ts";
import { countedScores, leftScores, liveScores } from "./quick-scores.ts";
import type { QuickParts, QuickShape } from "./quick-shape.ts";
import type { Db } from "./schema.ts";

/** A state that changes more often than this is read in another way. */
const TRIES = 4;

/** The facts of each metric of everybody, the periods in the order given; undefined: see below. */
export async function readQuickFacts(
  db: Db,
  question: Omit<QuickQuestion, "of">,
): Promise<ReadonlyMap<MetricName, Facts[]> | undefined> {
  const { metrics, periods } = question;
  const rows = await readQuickRows(db, question);
  if (rows === undefined) return undefined;
  return new Map(
    metrics.map((metric, m) => [metric.name, factsFrom(metric, periods, rows[m] ?? [], [])]),
  );
}

/**
 * The rows that the facts of each metric are made of, all of one series; undefined when they cannot
 * be read like this: a metric has several series, or what is counted changes all the time.
 */
export async function readQuickRows(
  db: Db,
  question: QuickQuestion,
): Promise<FactsRow[][] | undefined> {
  const { workspaceId, metrics } = question;
  let state = await lastState(db, workspaceId);
  for (let tries = 0; tries < TRIES; tries += 1) {
    const { reworded } = state.print;
    if (metrics.some(({ name }) => reworded.includes(name))) return undefined;
    const given = givenFor(question, state);
    const rows = await statementFor(partsOf(question, given, state)).run(db, given);
    const found = rows.find(({ what }) => what === "print")?.print;
    if (found === state.text) return rowsOf(question, rows);
    state = await renewState(db, workspaceId);
  }
  return undefined;
}

function partsOf({ metrics, of }: QuickQuestion, given: QuickGiven, state: FactsState): QuickParts {
  const { tests, merged, left } = state.print;
  const latest = metrics.some(({ onePerPerson }) => onePerPerson);
  const askedCounted = given.askedCounted.length > 0;
  const [cut, some] = [of?.cut ?? "", of?.values !== undefined];
  return { latest, askedCounted, tests, merged: latest && merged, left, cut, some };
}

/** `numbers` or `step` and `n`, by what it is. */
interface QuickRow {
  readonly what: "print" | "counted" | "given" | "asked" | "asking" | "left";
  readonly print: string;
  readonly piece: number;
  readonly value: string;
  readonly numbers: readonly number[];
  readonly step: number;
  readonly n: number;
}

const statements = new Map<string, MadeOnce<QuickGiven, QuickRow>>();

function statementFor(has: QuickParts): MadeOnce<QuickGiven, QuickRow> {
  const name = Object.values(has).join();
  const known = statements.get(name);
  if (known !== undefined) return known;
  const made = madeOnce<QuickGiven, QuickRow>((place) => {
    const workspace = place(({ workspaceId }) => workspaceId);
    return textOf({ has, place, workspace, apart: place(({ apart }) => apart) });
  });
  statements.set(name, made);
  return made;
}

function textOf(shape: QuickShape): RawBuilder<QuickRow> {
  const { has, workspace } = shape;
  const summed = (what: QuickRow["what"], rows: RawBuilder<unknown>) => sql`
    select ${sql.lit(what)}, null, piece, value, numbers, null, null from (${rows}) summed`;
  const single = (what: QuickRow["what"], rows: RawBuilder<unknown>) => sql`
    select ${sql.lit(what)}, null, piece, value, null, step, n from (${rows}) single`;
  const parts = [
    sql<QuickRow>`select 'print' as what, ${printOf(workspace)}::text as print, null::int as piece,
      null as value, null::jsonb as numbers, null::int as step, null::bigint as n`,
    summed("counted", countedScores(shape)),
    single("given", liveScores(shape)),
    ...(has.left ? [single("given", leftScores(shape))] : []),
    ...(has.latest
      ? [summed("counted", repeatedInMonths(shape)), single("given", repeatedScores(shape))]
      : []),
    ...(has.askedCounted ? [summed("asked", countedAsking(shape))] : []),
    single("asking", liveAsking(shape)),
    ...(has.left ? [summed("left", leftAsking(shape))] : []),
  ];
  return sql<QuickRow>`${sql.join(parts, sql` union all `)}`;
}

function rowsOf({ metrics, periods }: QuickQuestion, rows: readonly QuickRow[]): FactsRow[][] {
  return metrics.map((metric, m) =>
    rows.flatMap((row): FactsRow[] => {
      const bucket = row.piece - m * periods.length;
      if (row.what === "print" || bucket < 0 || bucket >= periods.length) return [];
      const { what, numbers } = factsRow(metric, row);
      const answers = what === "scores" ? numbers.reduce((sum, n) => sum + n, 0) : 0;
      return [{ what, numbers, answers, bucket, value: row.value, epoch: 0 }];
    }),
  );
}

function factsRow(metric: Metric, row: QuickRow): Pick<FactsRow, "what" | "numbers"> {
  const { numbers, step, n } = row;
  const steps = metric.scale.max - metric.scale.min + 1;
  const [asked = 0, reached = 0, answered = 0] = numbers ?? [];
  switch (row.what) {
    case "counted":
      return { what: "scores", numbers: numbers.slice(0, steps) };
    case "asked":
      return { what: "asking", numbers: [asked, reached, answered, reached, answered, 0] };
    case "asking":
      return { what: "asking", numbers: askingOf(step, n) };
    case "left":
      return { what: "asking", numbers };
    default:
      return {
        what: "scores",
        numbers: Array.from({ length: steps }, (_, i) => (i === step ? n : 0)),
      };
  }
}

/** See `liveAsking`. */
function askingOf(step: number, n: number): number[] {
  const has = (flag: number) => (step & flag ? n : 0);
  const [reached, answered, closed] = [has(1), has(2), has(4)];
  return [
    n,
    reached,
    answered,
    closed && reached,
    closed && answered,
    n - Math.max(answered, closed),
  ];
}
