/** What became of those who were asked: the counts that response rates are made of. */
import { type RawBuilder, sql } from "kysely";
import type { Cut, Filter } from "../metrics/filter.ts";
import type { Period } from "../metrics/period.ts";
import type { ResponseCounts } from "../metrics/response.ts";
import { anonymousAsking } from "./anonymous-facts.ts";
import { stateOf, uncounted } from "./counted-spans.ts";
import { isOfFilter, singleValueOf } from "./cut-values.ts";
import { bucketsOf } from "./live-scores.ts";
import type { Db } from "./schema.ts";
import { isNoTest, testPeople } from "./scored-questions.ts";

/** By what responses can be cut. */
export const responseCuts = [
  "team",
  "channel",
  "platform",
  "language",
  "touchpoint",
] as const satisfies readonly Cut[];
export type ResponseCut = (typeof responseCuts)[number];

export interface ResponsesAbout {
  readonly workspaceId: number;
  readonly periods: readonly Period[];
  readonly now: Date;
  readonly filter?: Filter;
  readonly by?: ResponseCut | "kind";
}

/** The counts of a part in each period, in their order. */
export interface ResponseRow {
  /** Of a cut as a filter takes it, or a kind of invitation; empty: none, or not known any more. */
  readonly value: string;
  readonly counts: readonly ResponseCounts[];
}

interface Row extends ResponseCounts {
  readonly bucket: number;
  readonly value: string;
}

/**
 * Counts by the parts of a cut; without one, one row. Recovery checks and surveys that ask no score
 * first are counted only by kind, where each stands for itself. Whoever answered was reached; an
 * invitation without an end of its time is over. Of people who were forgotten only asked, reached and
 * answered remain.
 */
export async function readResponses(db: Db, about: ResponsesAbout): Promise<ResponseRow[]> {
  const { workspaceId, periods, now, filter = {} } = about;
  const whose = { workspaceId, filter };
  const by = about.by === "kind" ? undefined : about.by;
  const { rows } = await sql<Row>`
    with ${bucketsOf(periods)}, ${stateOf(workspaceId)}, ${uncounted({ name: "asked" })},
      ${testPeople(workspaceId)}, ${surveysOf(about)},
    forgotten as (
      ${anonymousAsking({ ...whose, promise: "named" }, now, by)}
      union all
      ${anonymousAsking({ ...whose, promise: "totals" }, now, by)}
    )
    ${known(about)}
    union all
    select bucket, value, asked, reached, answered, closed_reached, closed_answered, open,
      0, 0, 0, 0, 0, 0
    from forgotten`.execute(db);
  const values = new Set(rows.map(({ value }) => value));
  if (about.by === undefined) values.add("");
  return [...values].map((value) => ({
    value,
    counts: periods.map((_, bucket) =>
      rows.filter((row) => row.value === value && row.bucket === bucket).reduce(add, nobody),
    ),
  }));
}

/** CTE `surveys_of`: those that are counted. */
function surveysOf({ workspaceId, by }: ResponsesAbout): RawBuilder<unknown> {
  const counted = by === "kind" ? sql`true` : sql`s.trigger <> 'recovery' and s.metric is not null`;
  return sql`surveys_of (id) as (
    select s.id from surveys s where s.workspace_id = ${workspaceId} and ${counted}
  )`;
}

function known(about: ResponsesAbout): RawBuilder<unknown> {
  const { now } = about;
  const count = (condition: RawBuilder<unknown>) =>
    sql`(count(*) filter (where ${condition}))::int`;
  const asked = sql`i.asked_at is not null`;
  const reached = sql`(${asked} and (i.reached_at is not null or i.answered_at is not null))`;
  const answered = sql`(${asked} and i.answered_at is not null)`;
  const closed = sql`coalesce(i.expires_at <= ${now}, true)`;
  const without = sql`i.answered_at is null`;
  return sql`
    select b.bucket, ${partOf(about)} as value, ${count(asked)} as asked,
      ${count(reached)} as reached, ${count(answered)} as answered,
      ${count(sql`${closed} and ${reached}`)} as "closedReached",
      ${count(sql`${closed} and ${answered}`)} as "closedAnswered",
      ${count(sql`${asked} and not ${closed} and ${without}`)} as open,
      ${count(answered)} as started, ${count(sql`${answered} and i.finished_at is not null`)} as finished,
      ${count(sql`i.state = 'undeliverable' and ${without}`)} as undelivered,
      ${count(sql`i.state = 'declined' and ${without}`)} as declined,
      ${count(sql`i.state = 'expired' and ${without}`)} as expired,
      ${count(sql`i.state = 'planned' and i.state_reason = 'later'`)} as snoozed
    from buckets b
    cross join lateral (${askedIn(about)} union all ${neverAskedIn(about)}) i
    where ${isNoTest("i")}
    group by 1, 2`;
}

/** One look into the index for each survey and period: "offset 0" keeps it so. */
function askedIn({ workspaceId, filter }: ResponsesAbout): RawBuilder<unknown> {
  return sql`select i.* from surveys_of s cross join lateral (
      select i.* from invitations i
      where i.workspace_id = ${workspaceId} and i.survey_id = s.id
        and i.asked_at >= b.starts and i.asked_at < b.ends
        and ${isOfFilter(workspaceId, "i", filter)}
      offset 0
    ) i`;
}

/** Who could not even be asked, because nobody knew where: by the time when it was due. */
function neverAskedIn({ workspaceId, filter }: ResponsesAbout): RawBuilder<unknown> {
  return sql`select i.* from invitations i
    where i.workspace_id = ${workspaceId} and i.state = 'undeliverable' and i.asked_at is null
      and coalesce(i.due_at, i.created_at) >= b.starts and coalesce(i.due_at, i.created_at) < b.ends
      and i.survey_id in (select id from surveys_of)
      and ${isOfFilter(workspaceId, "i", filter)}`;
}

function partOf({ workspaceId, by }: ResponsesAbout): RawBuilder<unknown> {
  if (by === undefined) return sql`''`;
  return by === "kind" ? sql`i.kind` : singleValueOf(workspaceId, "i", by);
}

const nobody: ResponseCounts = {
  ...{ asked: 0, reached: 0, answered: 0, closedReached: 0, closedAnswered: 0, open: 0 },
  ...{ started: 0, finished: 0, undelivered: 0, declined: 0, expired: 0, snoozed: 0 },
};

function add(sum: ResponseCounts, row: Row): ResponseCounts {
  return {
    asked: sum.asked + row.asked,
    reached: sum.reached + row.reached,
    answered: sum.answered + row.answered,
    closedReached: sum.closedReached + row.closedReached,
    closedAnswered: sum.closedAnswered + row.closedAnswered,
    open: sum.open + row.open,
    started: sum.started + row.started,
    finished: sum.finished + row.finished,
    undelivered: sum.undelivered + row.undelivered,
    declined: sum.declined + row.declined,
    expired: sum.expired + row.expired,
    snoozed: sum.snoozed + row.snoozed,
  };
}
