/** What summaries are made of, read in as few statements as possible. */
import { type RawBuilder, sql } from "kysely";
import { histogramFromCounts } from "../metrics/histogram.ts";
import type { Histogram, Metric } from "../metrics/metric.ts";
import type { Period } from "../metrics/period.ts";
import type { Asking, Facts } from "../metrics/summary.ts";
import { anonymousAsking, anonymousScores } from "./anonymous-facts.ts";
import { humanOf, partsOf } from "./same-human.ts";
import type { Db } from "./schema.ts";
import {
  isAskedOf,
  isKept,
  isNoTest,
  isScoreOf,
  type Question,
  questionsOf,
  surveysApart,
  testPeople,
} from "./scored-questions.ts";
import { readTotals } from "./totals.ts";

/**
 * The facts of each period, in the order given, in one statement; scores that were given under "only
 * totals" are read apart and come in whole batches (metrics/batches.ts).
 */
export async function readFacts(
  db: Db,
  { periods, now, ...question }: Question & { periods: readonly Period[]; now: Date },
): Promise<Facts[]> {
  const { workspaceId, metric } = question;
  const totals =
    question.promise === "totals" ? await readTotals(db, { ...question, periods, now }) : undefined;
  const scores =
    totals === undefined
      ? sql`${scoresOf(question)} union all ${anonymousScores(question)}`
      : noScores;
  const { rows } = await sql<FactsRow>`
    with recursive ${bucketsOf(periods)}, ${questionsOf(question)}, ${testPeople(workspaceId)},
      ${partsOf(workspaceId)}, ${surveysOf(question)}
    select bucket, score, n, null::jsonb as asking from (${scores}) scores
    union all
    select bucket, null, null, to_jsonb(asking) - 'bucket' from (
      ${askingOf(question, now)}
      union all ${anonymousAsking(question, now)}
    ) asking
  `.execute(db);
  return periods.map((period, bucket) => {
    const own = rows.filter((row) => row.bucket === bucket);
    return {
      period,
      histogram: totals?.[bucket] ?? toHistogram(metric, own),
      asking: toAsking(own),
      epoch: 0,
      otherWording: 0,
    };
  });
}

interface ScoreRow {
  readonly bucket: number;
  readonly score: number | null;
  readonly n: number | null;
}

interface FactsRow extends ScoreRow {
  readonly asking: Asking | null;
}

const noScores = sql`select null::int as bucket, null::int as score, null::int as n where false`;

const nobodyAsked: Asking = {
  asked: 0,
  reached: 0,
  answered: 0,
  closedReached: 0,
  closedAnswered: 0,
  open: 0,
};

/** Those who are known and those who are only counted. */
function toAsking(rows: readonly FactsRow[]): Asking {
  return rows.reduce((sum, { asking }) => (asking === null ? sum : add(sum, asking)), nobodyAsked);
}

function add(one: Asking, other: Asking): Asking {
  return {
    asked: one.asked + other.asked,
    reached: one.reached + other.reached,
    answered: one.answered + other.answered,
    closedReached: one.closedReached + other.closedReached,
    closedAnswered: one.closedAnswered + other.closedAnswered,
    open: one.open + other.open,
  };
}

function toHistogram(metric: Metric, rows: readonly ScoreRow[]): Histogram {
  return histogramFromCounts(
    metric.scale,
    rows.flatMap(({ score, n }) => (score === null || n === null ? [] : [[score, n] as const])),
  );
}

/** CTE `buckets`: one row a period. */
function bucketsOf(periods: readonly Period[]): RawBuilder<unknown> {
  const rows = periods.map(
    ({ start, end }, i) => sql`(${i}::int, ${start}::timestamptz, ${end}::timestamptz)`,
  );
  return sql`buckets (bucket, starts, ends) as (values ${sql.join(rows)})`;
}

/**
 * Counts by bucket and score; with one answer a person the latest of each human, unknown people apart.
 * "offset 0" keeps the planner from turning the look into the index, question by question and
 * period by period, into a join over all answers.
 */
function scoresOf(question: Question): RawBuilder<ScoreRow> {
  const { workspaceId, metric } = question;
  const who = sql`coalesce(${humanOf(workspaceId, "a")}, a.invitation_id)`;
  const only = metric.onePerPerson ? sql`distinct on (b.bucket, a.who)` : sql``;
  const latest = sql`order by b.bucket, a.who, a.answered_at desc, a.invitation_id desc,
    a.question desc`;
  return sql`
    select bucket, score, count(*)::int as n from (
      select ${only} b.bucket, a.score
      from buckets b
      cross join questions q
      cross join lateral (
        select a.score, a.person_id, a.invitation_id, a.answered_at, a.question
          ${metric.onePerPerson ? sql`, ${who} as who` : sql``}
        from answers a
        where a.workspace_id = ${workspaceId} and a.survey_id = q.survey_id
          and a.question = q.question and a.answered_at >= b.starts and a.answered_at < b.ends
          and ${isScoreOf(metric, "a")} and ${isKept(question)}
        offset 0
      ) a
      where q.metric = ${metric.name} and ${isNoTest("a")}
      ${metric.onePerPerson ? latest : sql``}
    ) counted
    group by bucket, score`;
}

/**
 * Who was asked, by bucket and time asked, by surveys that have a question of the metric, which
 * their definition or an answer shows; answered is who answered their first one. An answer proves
 * that its person was reached; an invitation without an end of its window is closed.
 */
function askingOf(question: Question, now: Date): RawBuilder<unknown> {
  const { workspaceId, metric } = question;
  const reached = sql`(i.reached_at is not null or i.answered_at is not null)`;
  const answered = sql`i.answered_at is not null`;
  const closed = sql`coalesce(i.expires_at <= ${now}, true)`;
  const count = (condition: RawBuilder<unknown>) =>
    metric.onePerPerson
      ? sql`(count(distinct i.human) filter (where ${condition})
          + count(*) filter (where i.person_id is null and ${condition}))::int`
      : sql`(count(*) filter (where ${condition}))::int`;
  return sql`
    select b.bucket, ${count(sql`true`)} as asked, ${count(reached)} as reached,
      ${count(answered)} as answered, ${count(sql`${closed} and ${reached}`)} as "closedReached",
      ${count(sql`${closed} and ${answered}`)} as "closedAnswered",
      ${count(sql`not ${closed} and not ${answered}`)} as open
    from buckets b
    cross join surveys_of s
    cross join lateral (
      select i.person_id, i.reached_at, i.answered_at, i.expires_at
        ${metric.onePerPerson ? sql`, ${humanOf(workspaceId, "i")} as human` : sql``}
      from invitations i
      where i.workspace_id = ${workspaceId} and i.survey_id = s.id
        and i.asked_at >= b.starts and i.asked_at < b.ends
        and ${isAskedOf(question)}
      offset 0
    ) i
    where ${isNoTest("i")}
    group by b.bucket`;
}

/** CTE `surveys_of`: those that have a question of the metric. */
function surveysOf({ workspaceId, metric }: Question): RawBuilder<unknown> {
  const asksFor = JSON.stringify({ questions: [{ kind: "score", metric: metric.name }] });
  return sql`surveys_of (id) as (
    select s.id from surveys s
    where s.workspace_id = ${workspaceId} and s.id not in (${surveysApart(workspaceId)}) and (
      s.metric = ${metric.name}
      or s.id in (select q.survey_id from questions q where q.metric = ${metric.name})
      or (select c.n from anonymous_counts c where c.workspace_id = ${workspaceId}
        and c.survey_id = s.id and c.metric = ${metric.name} order by c.day limit 1) is not null
      or exists (select from survey_versions v
        where v.workspace_id = ${workspaceId} and v.survey_id = s.id
          and v.definition @> ${asksFor}::jsonb)
    )
  )`;
}
