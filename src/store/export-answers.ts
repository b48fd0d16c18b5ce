/**
 * Every answer and every question that was asked, row by row in batches, for a file. Test people are
 * left out, who count nowhere. Inside a snapshot (backup.ts). Only ids are ever put in an order, and
 * what belongs to them is looked up a batch at a time: the first rows come at once, and memory stays
 * flat here and in the database.
 */
import { type RawBuilder, sql } from "kysely";
import type { MetricName } from "../metrics/metric.ts";
import type { Db, InvitationKind, InvitationState, WhoReads } from "./schema.ts";

/** What is to be exported; days are those of the workspace's time zone. */
export interface Exported {
  readonly workspaceId: number;
  readonly metric: MetricName | undefined;
  /** Asked or answered from then on, and before then. */
  readonly from: Date | undefined;
  readonly until: Date | undefined;
}

/** One answer, or a question without one. Times are ISO 8601 to the last digit that is kept. */
export interface ExportedAnswer {
  readonly invitation: string;
  /** Null: asked, and not answered. */
  readonly question: string | null;
  readonly metric: MetricName | null;
  readonly score: number | null;
  readonly scaleMin: number | null;
  readonly scaleMax: number | null;
  readonly choice: string | null;
  readonly text: string | null;
  readonly answeredAt: string | null;
  readonly changedAt: string | null;
  readonly askedAt: string | null;
  readonly reachedAt: string | null;
  readonly repliedAt: string | null;
  readonly finishedAt: string | null;
  readonly expiresAt: string | null;
  readonly state: InvitationState;
  readonly occasion: InvitationKind;
  readonly key: string;
  readonly survey: string;
  readonly wording: number;
  readonly apart: boolean;
  readonly promise: WhoReads;
  /** The row that stands for the human. */
  readonly person: string | null;
  /** The row that they answered by, when that is another one. */
  readonly part: string | null;
  readonly personName: string | null;
  readonly email: string | null;
  readonly account: string | null;
  readonly accountName: string | null;
  readonly platform: string | null;
  readonly channel: string | null;
  readonly team: string | null;
  readonly touchpoint: string | null;
  readonly tags: readonly string[];
  readonly language: string | null;
  readonly chat: string | null;
  readonly closing: number | null;
  readonly link: string | null;
  /** Who handled the chat, the busiest first. */
  readonly handlers: readonly ExportedHandler[];
}

export interface ExportedHandler {
  readonly id: string;
  readonly name: string;
  readonly messages: number;
  readonly bot: boolean;
}

/** What remains of people who were forgotten, by the workspace's day. */
export interface ExportedCount {
  readonly survey: string;
  readonly wording: number;
  readonly question: string;
  /** `YYYY-MM-DD` */
  readonly day: string;
  readonly team: string;
  readonly promise: WhoReads;
  readonly what: "score" | "asked" | "reached" | "answered";
  readonly metric: MetricName | null;
  readonly score: number;
  readonly scaleMin: number | null;
  readonly scaleMax: number | null;
  readonly n: number;
}

/** So many rows are fetched at once. */
const BATCH = 500;

/**
 * Answers under one promise: named ones by their invitations' ids, which are as old as these are; of
 * totals the order says nothing.
 */
export async function* exportAnswers(
  db: Db,
  about: Exported,
  promise: WhoReads,
): AsyncGenerator<ExportedAnswer[]> {
  const { workspaceId, metric } = about;
  const order = promise === "named" ? sql`i.id` : sql`md5(i.id::text)`;
  const invitations = sql<{ id: string }>`select i.id from invitations i
    where i.workspace_id = ${workspaceId} and i.promise = ${promise} and ${isIn(about)}
    order by ${order}`;
  for await (const batch of inBatches(db, invitations)) {
    const ids = batch.map(({ id }) => id);
    const { rows } = await answersOf({ workspaceId, metric, ids }).execute(db);
    if (rows.length > 0) yield rows;
  }
}

/** All rows of some invitations, in the order of these. */
function answersOf({
  workspaceId,
  metric,
  ids,
}: Pick<Exported, "workspaceId" | "metric"> & {
  readonly ids: readonly string[];
}): RawBuilder<ExportedAnswer> {
  return sql`
    select i.id as invitation, a.question, coalesce(a.metric, s.metric) as metric, a.score,
      a.scale_min as "scaleMin", a.scale_max as "scaleMax", a.choice, a.text,
      ${exact("a.answered_at")} as "answeredAt", ${exact("a.changed_at")} as "changedAt",
      ${exact("i.asked_at")} as "askedAt", ${exact("i.reached_at")} as "reachedAt",
      ${exact("i.answered_at")} as "repliedAt", ${exact("i.finished_at")} as "finishedAt",
      ${exact("i.expires_at")} as "expiresAt", i.state, i.kind as occasion, i.reason_key as key,
      s.key as survey, i.survey_version as wording, i.promise,
      s.trigger = 'recovery' or v.definition @> '{"apart": true}'::jsonb as apart,
      coalesce(p.human_id, p.id) as person,
      case when p.human_id is not null then p.id end as part, p.name as "personName", p.email,
      ac.external_id as account, ac.name as "accountName",
      ${said("platform", sql`co.platform`)} as platform,
      ${said("channel", sql`ch.channel`)} as channel, coalesce(a.team, ch.team) as team,
      ${said("touchpoint", sql`ch.touchpoint`)} as touchpoint,
      ${said("tags", sql`coalesce(ch.tags, '{}')`)} as tags,
      ${said("language", sql`i.language`)} as language,
      ch.id as chat, coalesce(a.closing, i.closing) as closing, ch.url as link,
      coalesce(h.handlers, '[]') as handlers
    from unnest(${ids}::uuid[]) with ordinality as wanted (id, n)
    join invitations i on i.workspace_id = ${workspaceId} and i.id = wanted.id
    join surveys s on s.workspace_id = i.workspace_id and s.id = i.survey_id
    join survey_versions v on v.workspace_id = s.workspace_id and v.survey_id = s.id
      and v.version = s.version
    left join answers a on a.workspace_id = i.workspace_id and a.invitation_id = i.id
    left join people p on p.workspace_id = i.workspace_id and p.id = i.person_id
    left join accounts ac on ac.workspace_id = p.workspace_id and ac.id = p.account_id
    left join connections co on co.workspace_id = i.workspace_id and co.id = i.connection_id
    left join chats ch on ch.workspace_id = i.workspace_id and ch.id = coalesce(a.chat_id, i.chat_id)
    left join lateral (
      select json_agg(json_build_object('id', hp.id, 'name', hp.name, 'messages', h.messages,
        'bot', hp.bot) order by h.messages desc, hp.id) as handlers
      from handlers h join people hp on hp.workspace_id = h.workspace_id and hp.id = h.person_id
      where h.workspace_id = i.workspace_id and h.chat_id = ch.id
        and h.closing = coalesce(a.closing, i.closing)
    ) h on true
    where p.test is not true and (i.asked_at is not null or a.question is not null)
      and ${isAbout(metric)}
    order by wanted.n, a.answered_at, a.question`;
}

/** What is kept beside an answer, as figures read it (cut-values.ts); without one what is known else. */
function said(column: string, asked: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`case when a.question is null then ${asked} else a.${sql.ref(column)} end`;
}

/** As the database has it, to the microsecond; the snapshot's session is in UTC. */
function exact(column: string): RawBuilder<string | null> {
  return sql`replace(to_json(${sql.ref(column)}) #>> '{}', '+00:00', 'Z')`;
}

/** All of an invitation when something of it is in the period: it is asked in one, answered in another. */
function isIn({
  workspaceId,
  from,
  until,
}: Pick<Exported, "workspaceId" | "from" | "until">): RawBuilder<boolean> {
  if (from === undefined && until === undefined) return sql`true`;
  const inside = (column: string) =>
    sql`${sql.ref(column)} >= ${from ?? new Date(0)} and
      ${sql.ref(column)} < ${until ?? "infinity"}::timestamptz`;
  return sql`(${inside("i.asked_at")} or exists (select from answers x
    where x.workspace_id = ${workspaceId} and x.invitation_id = i.id and ${inside("x.answered_at")}))`;
}

/** Scores of the metric, and what else was said or asked in surveys that have it. */
function isAbout(metric: MetricName | undefined): RawBuilder<boolean> {
  if (metric === undefined) return sql`true`;
  const asks = JSON.stringify({ questions: [{ kind: "score", metric }] });
  return sql`(a.metric = ${metric} or a.score is null and (s.metric = ${metric}
    or v.definition @> ${asks}::jsonb))`;
}

/** Counts of everybody who was forgotten, under one promise. */
export async function* exportCounts(
  db: Db,
  { workspaceId, metric, from, until }: Exported,
  promise: WhoReads,
): AsyncGenerator<ExportedCount[]> {
  const day = (at: Date | undefined, none: string) =>
    sql`coalesce((${at ?? null}::timestamptz at time zone w.time_zone)::date, ${none}::date)`;
  yield* inBatches<ExportedCount>(
    db,
    sql`select s.key as survey, c.survey_version as wording, c.question, c.day::text as day, c.team,
        c.promise, c.what, c.metric, c.score, c.scale_min as "scaleMin", c.scale_max as "scaleMax",
        c.n
      from anonymous_counts c
      join workspaces w on w.id = c.workspace_id
      join surveys s on s.workspace_id = c.workspace_id and s.id = c.survey_id
      where c.workspace_id = ${workspaceId} and c.promise = ${promise}
        and c.day >= ${day(from, "-infinity")} and c.day < ${day(until, "infinity")}
        and (${metric ?? null}::text is null or coalesce(c.metric, s.metric) = ${metric ?? null})
      order by ${promise === "named" ? sql`c.day, s.key` : sql`md5(c::text)`}, c.question, c.team,
        c.what, c.score, c.survey_version`,
  );
}

/** The rows of a statement, batch by batch; memory stays flat. */
async function* inBatches<Row>(db: Db, rows: RawBuilder<Row>): AsyncGenerator<Row[]> {
  await sql`declare exported no scroll cursor for ${rows}`.execute(db);
  for (;;) {
    const fetched = await sql<Row>`fetch ${sql.lit(BATCH)} from exported`.execute(db);
    if (fetched.rows.length === 0) break;
    yield fetched.rows;
  }
  await sql`close exported`.execute(db);
}
