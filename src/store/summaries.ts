/** What summaries are made of, read in as few statements as possible. */
import { type RawBuilder, sql } from "kysely";
import { histogramFromCounts } from "../metrics/histogram.ts";
import type { Histogram, Metric } from "../metrics/metric.ts";
import type { Period } from "../metrics/period.ts";
import type { Asking, Facts } from "../metrics/summary.ts";
import type { Db } from "./schema.ts";

/** Whose answers to what. */
interface Question {
  readonly workspaceId: number;
  readonly metric: Metric;
}

/** So many comments of a survey are looked at for low ones: what is older is no news. */
const NEWEST = 200;

/** A person's own words beside the score that they gave. */
export interface Comment {
  readonly text: string;
  readonly score: number;
  readonly answeredAt: Date;
  /** Null when nobody is known to have said it. */
  readonly person: string | null;
  readonly chatUrl: string | null;
}

/** The facts of each period, in the order given, in one statement. */
export async function readFacts(
  db: Db,
  { workspaceId, metric, periods, now }: Question & { periods: readonly Period[]; now: Date },
): Promise<Facts[]> {
  const question = { workspaceId, metric };
  const { rows } = await sql<FactsRow>`
    with recursive ${bucketsOf(periods)}, ${questionsOf(question)}, ${testPeople(workspaceId)}
    select bucket, score, n, null::jsonb as asking from (${scoresOf(question)}) scores
    union all
    select bucket, null, null, to_jsonb(asking) - 'bucket' from (${askingOf(question, now)}) asking
  `.execute(db);
  return periods.map((period, bucket) => {
    const own = rows.filter((row) => row.bucket === bucket);
    const asking = own.find((row) => row.asking !== null)?.asking ?? nobodyAsked;
    return { period, histogram: toHistogram(metric, own), asking };
  });
}

/**
 * Comments of a period: of the newest ones those beside a low score first, then the others, newest
 * first. Older ones than the newest {@link NEWEST} of a survey are not looked at.
 */
export async function readComments(
  db: Db,
  { period, limit, ...question }: Question & { period: Period; limit: number },
): Promise<Comment[]> {
  const { workspaceId, metric } = question;
  const { low } = metric.groups;
  const { rows } = await sql<Comment>`
    with recursive ${questionsOf(question)}, ${testPeople(workspaceId)}
    select said.text, said.score, said.answered_at as "answeredAt", p.name as person,
      ch.url as "chatUrl"
    from questions q
    cross join lateral (
      select c.text, c.answered_at, c.invitation_id, c.person_id, c.chat_id, s.score
      from (
        select text, answered_at, invitation_id, person_id, chat_id from answers
        where workspace_id = ${workspaceId} and survey_id = q.survey_id and text is not null
          and answered_at >= ${period.start} and answered_at < ${period.end}
        order by answered_at desc, invitation_id
        limit ${NEWEST}
      ) c
      join answers s on s.workspace_id = ${workspaceId} and s.invitation_id = c.invitation_id
        and s.question = q.question and ${isScoreOf(metric, "s")}
      where ${isNoTest("c")}
    ) said
    left join people p on p.workspace_id = ${workspaceId} and p.id = said.person_id
    left join chats ch on ch.workspace_id = ${workspaceId} and ch.id = said.chat_id
    where q.metric = ${metric.name}
    order by said.score between ${low.from} and ${low.to} desc, said.answered_at desc,
      said.invitation_id
    limit ${limit}
  `.execute(db);
  return rows;
}

interface ScoreRow {
  readonly bucket: number;
  readonly score: number | null;
  readonly n: number | null;
}

interface FactsRow extends ScoreRow {
  readonly asking: Asking | null;
}

const nobodyAsked: Asking = {
  asked: 0,
  reached: 0,
  answered: 0,
  closedReached: 0,
  closedAnswered: 0,
  open: 0,
};

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
 * CTE `questions`: every scored question that the workspace has answers to, found by hopping over
 * the index of scores. Naming them makes the time the next column of that index. A question keeps
 * its metric for ever: another metric is another question.
 */
function questionsOf({ workspaceId }: Question): RawBuilder<unknown> {
  return sql`questions (survey_id, question, metric) as (
    (select survey_id, question, metric from answers
      where workspace_id = ${workspaceId} and score is not null
      order by survey_id, question limit 1)
    union all
    select later.* from questions q
    cross join lateral (
      select a.survey_id, a.question, a.metric from answers a
      where a.workspace_id = ${workspaceId} and a.score is not null
        and (a.survey_id, a.question) > (q.survey_id, q.question)
      order by a.survey_id, a.question limit 1
    ) later
  )`;
}

/** CTE `test_people`: they are asked when something is tried out, and never count. */
function testPeople(workspaceId: number): RawBuilder<unknown> {
  return sql`test_people (id) as (
    select id from people where workspace_id = ${workspaceId} and test
  )`;
}

function isNoTest(table: "a" | "c" | "i"): RawBuilder<boolean> {
  return sql`not exists (select from test_people t where t.id = ${sql.ref(`${table}.person_id`)})`;
}

/** Scales are never mixed: an answer on another scale is no answer to this metric. */
function isScoreOf({ name, scale }: Metric, table: "a" | "s"): RawBuilder<boolean> {
  const column = (called: string) => sql.ref(`${table}.${called}`);
  return sql`${column("score")} is not null and ${column("metric")} = ${name}
    and ${column("scale_min")} = ${scale.min} and ${column("scale_max")} = ${scale.max}`;
}

/**
 * Counts by bucket and score; with one answer a person the latest of each, unknown people apart.
 * "offset 0" keeps the planner from turning the look into the index, question by question and
 * period by period, into a join over all answers.
 */
function scoresOf({ workspaceId, metric }: Question): RawBuilder<ScoreRow> {
  const who = sql`coalesce(a.person_id, a.invitation_id)`;
  const only = metric.onePerPerson ? sql`distinct on (b.bucket, ${who})` : sql``;
  const latest = sql`order by b.bucket, ${who}, a.answered_at desc, a.invitation_id desc,
    a.question desc`;
  return sql`
    select bucket, score, count(*)::int as n from (
      select ${only} b.bucket, a.score
      from buckets b
      cross join questions q
      cross join lateral (
        select a.score, a.person_id, a.invitation_id, a.answered_at, a.question from answers a
        where a.workspace_id = ${workspaceId} and a.survey_id = q.survey_id
          and a.question = q.question and a.answered_at >= b.starts and a.answered_at < b.ends
          and ${isScoreOf(metric, "a")}
        offset 0
      ) a
      where q.metric = ${metric.name} and ${isNoTest("a")}
      ${metric.onePerPerson ? latest : sql``}
    ) counted
    group by bucket, score`;
}

/**
 * Who was asked, by bucket and time asked, in the surveys whose first question is the metric's. An
 * answer proves that its person was reached; without an end of its window it is closed.
 */
function askingOf({ workspaceId, metric }: Question, now: Date): RawBuilder<unknown> {
  const reached = sql`(i.reached_at is not null or i.answered_at is not null)`;
  const answered = sql`i.answered_at is not null`;
  const closed = sql`coalesce(i.expires_at <= ${now}, true)`;
  const count = (condition: RawBuilder<unknown>) =>
    metric.onePerPerson
      ? sql`(count(distinct i.person_id) filter (where ${condition})
          + count(*) filter (where i.person_id is null and ${condition}))::int`
      : sql`(count(*) filter (where ${condition}))::int`;
  return sql`
    select b.bucket, ${count(sql`true`)} as asked, ${count(reached)} as reached,
      ${count(answered)} as answered, ${count(sql`${closed} and ${reached}`)} as "closedReached",
      ${count(sql`${closed} and ${answered}`)} as "closedAnswered",
      ${count(sql`not ${closed} and not ${answered}`)} as open
    from buckets b
    join surveys s on s.workspace_id = ${workspaceId} and s.metric = ${metric.name}
    cross join lateral (
      select i.person_id, i.reached_at, i.answered_at, i.expires_at from invitations i
      where i.workspace_id = ${workspaceId} and i.survey_id = s.id
        and i.asked_at >= b.starts and i.asked_at < b.ends
      offset 0
    ) i
    where ${isNoTest("i")}
    group by b.bucket`;
}
