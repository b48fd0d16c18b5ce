/** What summaries are made of, read in as few statements as possible. */
import { type RawBuilder, sql } from "kysely";
import { filterNames, keepsAll } from "../metrics/filter.ts";
import type { Period } from "../metrics/period.ts";
import type { Facts } from "../metrics/summary.ts";
import { anonymousAsking, anonymousScores } from "./anonymous-facts.ts";
import { askedCounted, askedLive, askedRows, surveysOf } from "./asking-facts.ts";
import { type CountsOf, countedScores, repeatedScores } from "./counted-scores.ts";
import { spansOf, stateOf, uncounted } from "./counted-spans.ts";
import { countedCuts } from "./counting.ts";
import { breaksOf, epochOfBucket } from "./epochs.ts";
import { epochsFrom, type FactsRow, factsFrom } from "./facts-rows.ts";
import { sharesOf } from "./handled.ts";
import { bucketsOf, liveAnswersBy, liveScores, type ReadCut, stepsOf } from "./live-scores.ts";
import { type Fence, inOnePass } from "./one-pass.ts";
import { severalOf } from "./predecessors.ts";
import { readQuickFacts, readQuickRows } from "./quick-facts.ts";
import { partsOf } from "./same-human.ts";
import type { Db } from "./schema.ts";
import { type Question, questionsOf, testPeople } from "./scored-questions.ts";
import { readTotals } from "./totals.ts";

/** A question about some periods. */
export type PeriodsQuestion = Question & {
  readonly periods: readonly Period[];
  readonly now: Date;
};

/**
 * The facts of each period, in the order given, in one statement; scores that were given under "only
 * totals" are read apart and come in whole batches (metrics/batches.ts).
 */
export async function readFacts(db: Db, question: PeriodsQuestion): Promise<Facts[]> {
  const { periods, metric } = question;
  if (question.promise === "totals") return readTotalFacts(db, question);
  if (keepsAll(question.filter ?? {})) {
    const quick = await readQuickFacts(db, { ...question, metrics: [metric] });
    if (quick !== undefined) return quick.get(metric.name) ?? [];
  }
  const rows = await readRows(db, question);
  return factsFrom(metric, periods, rows, epochsFrom(periods, rows));
}

async function readTotalFacts(db: Db, question: PeriodsQuestion): Promise<Facts[]> {
  const { periods, metric } = question;
  const totals = [...(await readTotals(db, question)).values()];
  const { rows } = await statement(question, asking(question)).execute(db);
  return factsFrom(metric, periods, rows, []).map((each, i) => ({
    ...each,
    histogram: each.histogram.map((none, step) =>
      totals.reduce((sum, team) => sum + (team[i]?.[step] ?? 0), none),
    ),
  }));
}

/**
 * The facts of each team that somebody answered about, or was asked about, under "only totals": whole
 * batches, which are of one team. Nothing else can be picked out of them.
 */
export async function readTeamTotals(
  db: Db,
  question: PeriodsQuestion,
): Promise<ReadonlyMap<string, Facts[]>> {
  const { periods, metric } = question;
  const totals = await readTotals(db, question);
  const { rows } = await statement(question, asking(question, "team"), { by: "team" }).execute(db);
  const teams = new Set([...totals.keys(), ...rows.map(({ value }) => value)]);
  return new Map(
    [...teams].map((team) => {
      const own = rows.filter(({ value }) => value === team);
      const facts = factsFrom(metric, periods, own, []);
      const given = totals.get(team);
      return [team, facts.map((each, i) => ({ ...each, histogram: given?.[i] ?? each.histogram }))];
    }),
  );
}

/** The rows that facts are made of, by the values of a cut. */
export async function readRows(
  db: Db,
  question: PeriodsQuestion,
  by?: ReadCut,
): Promise<FactsRow[]> {
  const counts = countsOf(question, by);
  if (counts !== undefined && isQuick(question, counts)) {
    const quick = await readQuickRows(db, { ...question, metrics: [question.metric], of: counts });
    if (quick !== undefined) return quick.flat();
  }
  const body = sql`${scores(question, by, counts)}
    union all ${asking(question, by)}
    union all
    select 'epoch', b.bucket, '', ${epochOfBucket(question.now)}, '[]'::jsonb, 0 from buckets b`;
  const read = async (on: Db, fence?: Fence) => {
    const { rows } = await statement(question, body, { by, counts, fence }).execute(on);
    return rows;
  };
  return by === "agent" ? inOnePass(db, question.periods, read) : read(db);
}

/** True for a cut with all its values, or some of its values as one. */
function isQuick({ promise = "named" }: Question, { cut, apart, values }: CountsOf): boolean {
  return promise === "named" && cut !== "" && apart === (values === undefined);
}

/** Which counts hold the scores that a question is about; undefined: they are read one by one. */
function countsOf({ metric, filter = {} }: Question, by?: ReadCut): CountsOf | undefined {
  const names = filterNames.filter((name) => filter[name] !== undefined);
  const [name = by, ...others] = names;
  if (name === undefined) return { cut: "", apart: false };
  const cut = countedCuts.find((counted) => counted === name);
  const isOne = others.length === 0 && (by === undefined || by === name);
  if (cut === undefined || !isOne || metric.onePerPerson) return undefined;
  const values = filter[cut]?.values;
  // An answer with two tags would be in two of the rows that are added up, and is of its other tag too.
  const isShared = by !== undefined || (values?.length ?? 0) > 1;
  if (cut === "tag" && values !== undefined && isShared) return undefined;
  return { cut, apart: by !== undefined, ...(values && { values }) };
}

/** True when whom was asked is counted for the question. */
function isAskingCounted({ filter = {} }: Question, by?: ReadCut): boolean {
  const names = filterNames.filter((name) => filter[name] !== undefined);
  return [...names, ...(by === undefined ? [] : [by])].every((name) => name === "team");
}

interface Shape {
  readonly by?: ReadCut | undefined;
  readonly counts?: CountsOf | undefined;
  readonly fence?: Fence | undefined;
}

function statement(
  question: PeriodsQuestion,
  body: RawBuilder<unknown>,
  { by, counts, fence }: Shape = {},
): RawBuilder<FactsRow> {
  const { workspaceId, metric, periods } = question;
  const given = { name: "given", mark: metric.name, aligned: metric.onePerPerson } as const;
  const asked = { name: "asked", mark: "asked", aligned: false } as const;
  const whole = counts !== undefined && metric.onePerPerson;
  return sql<FactsRow>`
    with recursive ${bucketsOf(periods)}, ${stateOf(workspaceId)}, ${questionsOf(question)},
      ${testPeople(workspaceId)}, ${partsOf(workspaceId)}, ${breaksOf(workspaceId, metric.name)},
      ${surveysOf(question)},
      ${whole ? sql`${severalOf(workspaceId)},` : sql``}
      ${counts ? spansOf(workspaceId, given) : uncounted(given)},
      ${isAskingCounted(question, by) ? spansOf(workspaceId, asked) : uncounted(asked)}
      ${by === "agent" && fence ? sql`, ${handledRows(question, fence)}` : sql``}
    ${body}`;
}

/** CTEs of a cut by agent: the rows one by one, and who handled them. */
function handledRows(question: Question, fence: Fence): RawBuilder<unknown> {
  const { workspaceId } = question;
  return sql`given_answers as materialized (${liveAnswersBy(question, "agent")}),
    given_shares as materialized (${sharesOf(workspaceId, sql`given_answers`, fence)}),
    asked_rows as materialized (${askedRows(question, "agent")}),
    asked_shares as materialized (${sharesOf(workspaceId, sql`asked_rows`, fence)})`;
}

function scores(question: Question, by?: ReadCut, counts?: CountsOf): RawBuilder<unknown> {
  const steps = stepsOf(question.metric).map(
    (step) => sql`coalesce(sum(n) filter (where step = ${sql.lit(step)}), 0)`,
  );
  const live = sql`
    select 'scores' as what, bucket, value, epoch, jsonb_build_array(${sql.join(steps)}) as numbers,
      sum(whole)::int as answers
    from (
      select bucket, epoch, value, step, share as n, 1 as whole
      from (${liveScores(question, by, counts === undefined)}) live
      union all
      select bucket, epoch, value, step, n, n as whole
      from (${anonymousScores(question, by)}) anonymous
    ) given
    group by bucket, value, epoch`;
  if (counts === undefined) return live;
  const counted = sql`${live} union all ${countedScores(question, counts)}`;
  return question.metric.onePerPerson
    ? sql`${counted} union all ${repeatedScores(question)}`
    : counted;
}

function asking(question: PeriodsQuestion, by?: ReadCut): RawBuilder<unknown> {
  const { now } = question;
  return sql`
    select 'asking' as what, bucket, value, 0 as epoch, jsonb_build_array(asked, reached, answered,
      closed_reached, closed_answered, open) as numbers, 0 as answers
    from (
      ${askedLive(question, now, by)} union all ${anonymousAsking(question, now, by)}
      ${isAskingCounted(question, by) ? sql`union all ${askedCounted(question, by)}` : sql``}
    ) asking`;
}
