/** Part of the statement of quick-facts.ts: who was asked, by the time asked. */
import { type RawBuilder, sql } from "kysely";
import { dayOf } from "../metrics/period.ts";
import { CLOSED_AFTER_DAYS } from "./anonymous-facts.ts";
import { after } from "./facts-cover.ts";
import type { FactsState } from "./facts-state.ts";
import type { Piece } from "./quick-facts.ts";
import { testers } from "./quick-scores.ts";
import { unnested } from "./unnested.ts";

interface Asked {
  readonly pieces: readonly Piece[];
  readonly state: FactsState;
  readonly now: Date;
}

/** Rows of `piece` and `numbers`: asked, reached, answered, of closed ones the same two, open. */
export function quickAsking(workspaceId: number, asked: Asked): RawBuilder<unknown> {
  return sql`${counted(workspaceId, asked)}
    union all ${live(workspaceId, asked)}
    union all ${nobodys(workspaceId, asked)}`;
}

/** Every piece with each survey that asks for its metric. */
function bySurvey<T>({ pieces, state }: Asked, rows: (piece: Piece, survey: string) => T[]): T[] {
  return pieces.flatMap((piece) =>
    (state.surveysOf.get(piece.metric.name) ?? []).flatMap((survey) => rows(piece, survey)),
  );
}

/** Whoever was asked on a counted day has no time left to answer. */
function counted(workspaceId: number, about: Asked): RawBuilder<unknown> {
  const spans = bySurvey(about, ({ piece, asked }, survey) =>
    asked.counted.map(({ sign, span, from, until }) => [piece, survey, sign, span, from, until]),
  );
  return sql`
    select s.piece, jsonb_build_array(sum(s.sign * r.asked), sum(s.sign * r.reached),
      sum(s.sign * r.answered), sum(s.sign * r.reached), sum(s.sign * r.answered), 0) as numbers
    from ${unnested("s", ["int", "uuid", "int", "text", "date", "date"], spans)}
      (piece, survey, sign, span, first, until)
    join asked_counts r on r.workspace_id = ${workspaceId} and r.survey_id = s.survey
      and r.promise = 'named' and r.cut = '' and r.span = s.span
      and r.day >= s.first and r.day < s.until
    group by s.piece`;
}

/** An answer proves that its person was reached; without an end of its time a question is closed. */
function live(workspaceId: number, about: Asked): RawBuilder<unknown> {
  const stretches = bySurvey(about, ({ piece, asked }, survey) =>
    asked.live.map(({ start, end }) => [piece, survey, start.toISOString(), end.toISOString()]),
  );
  const count = (condition: RawBuilder<unknown>) => sql`count(*) filter (where ${condition})`;
  return sql`
    select i.piece, jsonb_build_array(count(*), ${count(sql`i.reached`)}, ${count(sql`i.answered`)},
      ${count(sql`i.closed and i.reached`)}, ${count(sql`i.closed and i.answered`)},
      ${count(sql`not i.closed and not i.answered`)}) as numbers
    from (
      select s.piece, i.answered_at is not null as answered,
        i.reached_at is not null or i.answered_at is not null as reached,
        coalesce(i.expires_at <= ${about.now}, true) as closed
      from ${unnested("s", ["int", "uuid", "timestamptz", "timestamptz"], stretches)}
        (piece, survey, starts, ends)
      cross join lateral (
        select i.person_id, i.reached_at, i.answered_at, i.expires_at
        from invitations i
        where i.workspace_id = ${workspaceId} and i.survey_id = s.survey
          and i.asked_at >= s.starts and i.asked_at < s.ends and i.promise = 'named'
        offset 0
      ) i
      where (i.person_id in (${testers(workspaceId)})) is not true
    ) i
    group by i.piece`;
}

/** What is left of those whose person was forgotten. */
function nobodys(workspaceId: number, about: Asked): RawBuilder<unknown> {
  const days = bySurvey(about, ({ piece, asked }, survey) =>
    asked.live.map(({ from, until }) => [piece, survey, from, until]),
  );
  const { timeZone } = about.state.print;
  const tomorrow = after(dayOf(about.now, timeZone).toString());
  const count = (what: "asked" | "reached" | "answered", condition = sql`true`) =>
    sql`coalesce(sum(c.n) filter (where c.what = ${sql.lit(what)} and ${condition}), 0)`;
  const closed = sql`c.day + ${CLOSED_AFTER_DAYS}::int < ${tomorrow}::date`;
  const open = sql`not (${closed})`;
  return sql`
    select s.piece, jsonb_build_array(${count("asked")}, ${count("reached")}, ${count("answered")},
      ${count("reached", closed)}, ${count("answered", closed)},
      ${count("asked", open)} - ${count("answered", open)}) as numbers
    from ${unnested("s", ["int", "uuid", "date", "date"], days)} (piece, survey, first, until)
    join anonymous_counts c on c.workspace_id = ${workspaceId} and c.survey_id = s.survey
      and c.metric is null and c.what <> 'score' and c.promise = 'named'
      and c.day >= s.first and c.day < s.until
    group by s.piece`;
}
