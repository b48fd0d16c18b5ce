/** Parts of statements that read who was asked, by the time asked. */
import { type RawBuilder, sql } from "kysely";
import { countedRows, type Part } from "./counted-spans.ts";
import { singleValueOf, tagsOf } from "./cut-values.ts";
import type { ReadCut } from "./live-scores.ts";
import { isAskedOf, isNoTest, type Question, surveysApart } from "./scored-questions.ts";
import { askedBetween, isMonthIn } from "./steps.ts";

/**
 * Who was asked, by bucket and value of the cut, by surveys that have a question of the metric, which
 * their definition or an answer shows; answered is who answered their first one. An answer proves
 * that its person was reached; an invitation without an end of its window is closed. Needs the CTEs
 * buckets, surveys_of and test_people.
 */
export function askedLive(question: Question, now: Date, by?: ReadCut): RawBuilder<unknown> {
  const { workspaceId } = question;
  const reached = sql`(i.reached_at is not null or i.answered_at is not null)`;
  const answered = sql`i.answered_at is not null`;
  const closed = sql`coalesce(i.expires_at <= ${now}, true)`;
  const count = (condition: RawBuilder<unknown>) =>
    sql`(count(*) filter (where ${condition}))::int`;
  return sql`
    select i.bucket, ${cutValue(workspaceId, by)} as value, count(*)::int as asked,
      ${count(reached)} as reached, ${count(answered)} as answered,
      ${count(sql`${closed} and ${reached}`)} as closed_reached,
      ${count(sql`${closed} and ${answered}`)} as closed_answered,
      ${count(sql`not ${closed} and not ${answered}`)} as open
    from ${by === "agent" ? sql`asked_rows` : sql`(${askedRows(question, by)})`} i
    ${valuesFrom(workspaceId, by)}
    group by 1, 2`;
}

/** The invitations of {@link askedLive}; by agent the CTE `asked_rows`, with `asked_shares` of them. */
export function askedRows(question: Question, by: ReadCut | undefined): RawBuilder<unknown> {
  const { workspaceId } = question;
  const more =
    by === undefined ? sql`` : sql`, i.id, i.chat_id, i.closing, i.connection_id, i.language`;
  return sql`
    select b.bucket, i.*
    from asked_segments b
    cross join surveys_of s
    cross join lateral (
      select i.person_id, i.reached_at, i.answered_at, i.expires_at ${more}
      from invitations i
      where i.workspace_id = ${workspaceId} and i.survey_id = s.id
        and i.asked_at >= b.starts and i.asked_at < b.ends
        and ${isAskedOf(question)}
      offset 0
    ) i
    where ${isNoTest("i")}`;
}

function cutValue(workspaceId: number, by: ReadCut | undefined): RawBuilder<unknown> {
  if (by === undefined) return sql`''`;
  if (by === "agent") return sql`coalesce(v.human, '')`;
  return by === "tag" ? sql`v.value` : singleValueOf(workspaceId, "i", by);
}

/** Whoever was asked about a chat of two agents is asked for each of them. */
function valuesFrom(workspaceId: number, by: ReadCut | undefined): RawBuilder<unknown> {
  if (by === "tag") return sql`cross join lateral (${tagsOf(workspaceId, "i")}) v (value)`;
  if (by !== "agent") return sql``;
  return sql`left join asked_shares v on v.chat_id = i.chat_id and v.closing = i.closing`;
}

const monthAsked = sql`select r.asked, r.reached, r.answered`;

/** Whom was asked on the counted days of each bucket; all of that is over. */
export function askedCounted(
  { workspaceId, promise = "named", filter = {} }: Question,
  by?: ReadCut,
): RawBuilder<unknown> {
  const teams = filter.team?.values;
  const cut = by === undefined && teams === undefined ? "" : "team";
  const rows = (part: Part) => sql`
    select r.value, ${part.sign} * n.asked as asked, ${part.sign} * n.reached as reached,
      ${part.sign} * n.answered as answered
    from ${part.marked} asked_counts r
    cross join lateral (${part.span === "m" ? monthAsked : askedBetween(part)}) n
    where r.workspace_id = ${workspaceId} and r.survey_id = s.id and r.promise = ${promise}
      and r.cut = ${cut} and ${isMonthIn("r.month", part)}
      ${teams ? sql`and r.value = any(${[...teams]}::text[])` : sql``}`;
  return sql`
    select c.bucket, ${by === undefined ? sql`''` : sql`g.value`} as value, sum(g.asked)::int,
      sum(g.reached)::int, sum(g.answered)::int, sum(g.reached)::int, sum(g.answered)::int, 0
    from asked_spans c
    cross join surveys_of s
    cross join lateral (${countedRows({ name: "asked" }, rows)}) g
    where c.first is not null
    group by 1, 2`;
}

/** CTE `surveys_of`: those that have a question of the metric. */
export function surveysOf({ workspaceId, metric }: Question): RawBuilder<unknown> {
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
