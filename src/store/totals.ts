/** Answers of people who were promised that only totals are seen: read one by one, given in batches. */
import { createHash } from "node:crypto";
import { type RawBuilder, sql } from "kysely";
import { type Batch, batchesIn, batchesOf, type Single } from "../metrics/batches.ts";
import { type Filter, isOfTeams } from "../metrics/filter.ts";
import { histogramFromCounts } from "../metrics/histogram.ts";
import type { Histogram, Metric, MetricName } from "../metrics/metric.ts";
import type { Period } from "../metrics/period.ts";
import { humanOf, partsOf } from "./same-human.ts";
import type { Db } from "./schema.ts";
import { isNoTest, isScoreOf, surveysApart, testPeople } from "./scored-questions.ts";

interface About {
  readonly workspaceId: number;
  readonly filter?: Filter;
  readonly now: Date;
}

/**
 * How often each score was given about each team in each period, in whole batches; the periods in the
 * order given. A batch is of a team: of anything narrower nothing is known, and nobody's whole is given
 * for it.
 */
export async function readTotals(
  db: Db,
  {
    metric,
    periods,
    now,
    filter,
    workspaceId,
  }: About & {
    readonly metric: Metric;
    readonly periods: readonly Period[];
  },
): Promise<ReadonlyMap<string, Histogram[]>> {
  const { name, scale, onePerPerson } = metric;
  const { rows } = await sql<Single<number>>`
    with ${testPeople(workspaceId)}, ${partsOf(workspaceId)}
    select a.score as value, ${whoAndWhen(workspaceId)}
    ${answersOf(workspaceId)} and ${isScoreOf(metric, "a")}
    union all
    select c.score, c.day::timestamp at time zone w.time_zone,
      c.day::timestamp at time zone w.time_zone,
      concat_ws(':', c.survey_id, c.survey_version, c.question, c.day, c.team, c.score, each.n),
      c.team, false
    from anonymous_counts c
    join workspaces w on w.id = c.workspace_id
    cross join lateral generate_series(1, c.n) each (n)
    where c.workspace_id = ${workspaceId} and c.what = 'score' and c.promise = 'totals'
      and c.metric = ${name} and c.scale_min = ${scale.min} and c.scale_max = ${scale.max}
      and c.survey_id not in (${surveysApart(workspaceId)})
  `.execute(db);
  const batches = isOfTeams(filter ?? {}) ? batchesOf(rows, { now, onePerPerson }) : [];
  const teams = filter?.team?.values;
  const kept = batches.filter(({ team }) => teams === undefined || teams.includes(team));
  const histogramIn = (own: readonly Batch<number>[], period: Period) =>
    histogramFromCounts(
      scale,
      batchesIn(own, period).flatMap(({ values }) => values.map((score) => [score, 1] as const)),
    );
  return new Map(
    [...Map.groupBy(kept, ({ team }) => team)].map(([team, own]) => [
      team,
      periods.map((period) => histogramIn(own, period)),
    ]),
  );
}

/**
 * What people wrote beside scores of these metrics, in whole batches, the newest batch first. Within
 * one the order says nothing. None for what is narrower than a team.
 */
export async function readTotalWords(
  db: Db,
  {
    metrics,
    period,
    now,
    filter,
    workspaceId,
  }: About & {
    readonly metrics: readonly MetricName[];
    readonly period: Period;
  },
): Promise<(readonly string[])[]> {
  const { rows } = await sql<Single<string> & { metric: MetricName }>`
    with ${testPeople(workspaceId)}, ${partsOf(workspaceId)}
    select a.text as value, s.metric, ${whoAndWhen(workspaceId)}
    ${answersOf(workspaceId)} and a.text is not null and s.metric in (${sql.join(metrics)})
  `.execute(db);
  const batches = metrics.flatMap((name): Batch<string>[] => {
    if (!isOfTeams(filter ?? {})) return [];
    const own = rows.filter(({ metric }) => metric === name);
    return batchesOf(own, { now, onePerPerson: false });
  });
  return batchesIn(batches, period, filter?.team?.values)
    .toSorted((a, b) => b.at.getTime() - a.at.getTime())
    .map(({ values }) => values.toSorted((a, b) => (digest(a) < digest(b) ? -1 : 1)));
}

function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/**
 * An answer can be changed for a day (conversation.ts), and its person can still say yes to being
 * called back as long as their conversation is neither finished nor expired. Who did, or lets us
 * quote them, is known.
 */
const whoAndWhen = (workspaceId: number): RawBuilder<unknown> => sql`a.answered_at as at,
  greatest(a.answered_at + interval '1 day', coalesce(i.finished_at, i.expires_at, a.answered_at))
    as settled,
  coalesce(${humanOf(workspaceId, "a")}, a.invitation_id)::text as who,
  coalesce(a.team, (select ch.team from chats ch
    where ch.workspace_id = a.workspace_id and ch.id = a.chat_id), '') as team,
  exists (select from answers y where y.workspace_id = a.workspace_id
      and y.invitation_id = a.invitation_id and y.choice = 'yes')
    or exists (select from quotes q where q.workspace_id = a.workspace_id
      and q.invitation_id = a.invitation_id and q.state = 'allowed') as known`;

/** From answers `a` under the promise, with their invitation and the survey. */
function answersOf(workspaceId: number): RawBuilder<unknown> {
  return sql`from answers a
    join invitations i on i.workspace_id = a.workspace_id and i.id = a.invitation_id
    join surveys s on s.workspace_id = a.workspace_id and s.id = a.survey_id
    where a.workspace_id = ${workspaceId} and a.promise = 'totals'
      and a.survey_id not in (${surveysApart(workspaceId)})
      and ${isNoTest("a")}`;
}
