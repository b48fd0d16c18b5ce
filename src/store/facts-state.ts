/**
 * What has to be known of a workspace before its figures can be read from counts: how far it is
 * counted, which days are marked, and its surveys. It hardly ever changes, so it is kept, and each
 * statement that was made for it says whether it still holds.
 */
import { type RawBuilder, sql } from "kysely";
import { type MetricName, metricNames } from "../metrics/metric.ts";
import type { Marked } from "./counting-state.ts";
import type { Db } from "./schema.ts";
import { questionsOf, surveysApart } from "./scored-questions.ts";

/** As the database says it. Days are `YYYY-MM-DD`. */
export interface Print {
  readonly timeZone: string;
  /** Null: nothing is counted. */
  readonly countedUntil: string | null;
  readonly askedUntil: string | null;
  /** When counting began; another one: everything was counted anew. */
  readonly since: string | null;
  readonly marks: readonly (readonly [what: Marked, day: string])[];
  /** Metrics of which there is more than one series. */
  readonly reworded: readonly MetricName[];
  /** How many surveys there are, and the sum of their versions. */
  readonly surveys: readonly [number, number];
  /** Whether there is anybody who tries things out, a human of several rows, somebody forgotten. */
  readonly tests: boolean;
  readonly merged: boolean;
  readonly left: boolean;
}

export interface FactsState {
  readonly print: Print;
  /** The print as the database writes it: another text is another state. */
  readonly text: string;
  /** Ids of the surveys that have a question of the metric. */
  readonly surveysOf: ReadonlyMap<MetricName, readonly string[]>;
  /** Ids of those whose answers are no part of any figure. */
  readonly apart: readonly string[];
}

/** An expression: the {@link Print} of a workspace as JSON. */
export function printOf(workspace: RawBuilder<unknown>): RawBuilder<unknown> {
  const ofWorkspace = sql`workspace_id = ${workspace}`;
  return sql`(select json_build_object(
      'timeZone', w.time_zone, 'countedUntil', c.counted_until, 'askedUntil', c.asked_until,
      'since', c.since,
      'marks', coalesce((select json_agg(distinct jsonb_build_array(metric, day))
        from stale_days where ${ofWorkspace}), '[]'),
      'reworded', coalesce((select json_agg(distinct metric)
        from metric_epochs where ${ofWorkspace}), '[]'),
      'surveys', (select json_build_array(count(*), coalesce(sum(version), 0))
        from surveys where ${ofWorkspace}),
      'tests', exists (select from people where ${ofWorkspace} and test),
      'merged', exists (select from people where ${ofWorkspace} and human_id is not null),
      'left', exists (select from anonymous_counts where ${ofWorkspace}))
    from workspaces w
    left join counting c on c.workspace_id = w.id and c.time_zone = w.time_zone
    where w.id = ${workspace})`;
}

/** So many workspaces are remembered. */
const MOST = 1000;
const remembered = new WeakMap<Db, Map<number, FactsState>>();

/** The state as it was seen last, or as it is. */
export async function lastState(db: Db, workspaceId: number): Promise<FactsState> {
  return remembered.get(db)?.get(workspaceId) ?? (await renewState(db, workspaceId));
}

/** The state as it is. */
export async function renewState(db: Db, workspaceId: number): Promise<FactsState> {
  const state = { ...(await readPrint(db, workspaceId)), ...(await readSurveys(db, workspaceId)) };
  const own = remembered.get(db) ?? new Map<number, FactsState>();
  if (own.size >= MOST) own.clear();
  own.set(workspaceId, state);
  remembered.set(db, own);
  return state;
}

async function readPrint(db: Db, workspaceId: number): Promise<Pick<FactsState, "print" | "text">> {
  const { rows } = await sql<{ print: Print; text: string }>`
    select print, print::text as text from (
      select ${printOf(sql`${workspaceId}`)} as print offset 0) now`.execute(db);
  const [row] = rows;
  if (row === undefined) throw new Error("a select without from has one row");
  return row;
}

/** A survey has a question of a metric when a definition, an answer or what is left of one says so. */
async function readSurveys(
  db: Db,
  workspaceId: number,
): Promise<Pick<FactsState, "surveysOf" | "apart">> {
  const { rows } = await sql<{ id: string; metric: MetricName | null }>`
    with recursive ${questionsOf({ workspaceId })}, apart (id) as (${surveysApart(workspaceId)})
    select id, null as metric from apart
    union all
    select s.id, m.metric from surveys s
    cross join unnest(${[...metricNames]}::text[]) m (metric)
    where s.workspace_id = ${workspaceId} and s.id not in (select id from apart) and (
      s.metric = m.metric
      or exists (select from questions q where q.survey_id = s.id and q.metric = m.metric)
      or exists (select from anonymous_counts c where c.workspace_id = ${workspaceId}
        and c.survey_id = s.id and c.metric = m.metric)
      or exists (select from survey_versions v
        where v.workspace_id = ${workspaceId} and v.survey_id = s.id
          and v.definition @> jsonb_build_object('questions',
            jsonb_build_array(jsonb_build_object('kind', 'score', 'metric', m.metric)))))
    order by 1`.execute(db);
  const surveysOf = metricNames.map(
    (name) => [name, rows.flatMap(({ id, metric }) => (metric === name ? [id] : []))] as const,
  );
  return {
    surveysOf: new Map(surveysOf),
    apart: rows.flatMap(({ id, metric }) => (metric === null ? [id] : [])),
  };
}
