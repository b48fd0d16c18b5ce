/** Parts of statements that read scores from counts. */
import { type RawBuilder, sql } from "kysely";
import { countedRows } from "./counted-spans.ts";
import { liveAnswers, stepsOf } from "./live-scores.ts";
import { predecessorOf } from "./predecessors.ts";
import type { Question } from "./scored-questions.ts";

/** Which counts: of everybody, or of a cut and perhaps only some of its values. */
export interface CountsOf {
  readonly cut: string;
  readonly values?: readonly string[];
  /** Whether each value is a row of its own. */
  readonly apart: boolean;
}

/** Scores of the counted days of each bucket. */
export function countedScores(
  { workspaceId, metric }: Question,
  { cut, values, apart }: CountsOf,
): RawBuilder<unknown> {
  const steps = stepsOf(metric).map((step) => sql.ref(`c${step}`));
  const key = sql<boolean>`r.workspace_id = ${workspaceId} and r.metric = ${metric.name}
    and r.cut = ${cut} ${values ? sql`and r.value = any(${[...values]}::text[])` : sql``}`;
  const columns = (sign: RawBuilder<number>) =>
    sql`${apart ? sql`r.value` : sql`''`} as value, r.epoch,
      ${sql.join(steps.map((step) => sql`${sign} * r.${step} as ${step}`))}`;
  return sql`
    select 'scores' as what, c.bucket, g.value, g.epoch,
      jsonb_build_array(${sql.join(steps.map((step) => sql`sum(g.${step})`))}) as numbers,
      sum(${sql.join(
        steps.map((step) => sql`g.${step}`),
        sql` + `,
      )})::int as answers
    from given_spans c
    cross join lateral (${countedRows({ name: "given" }, "counts", key, columns)}) g
    where c.first is not null
    group by c.bucket, g.value, g.epoch`;
}

/**
 * What one answer a person takes away again: answers of a bucket that were followed by the same
 * human's next one within it. Where that one lies on a counted day the pair is counted (`repeats`);
 * else it is looked for. A counted pair is true as long as the day of the later one is not marked,
 * for whatever changes the earlier one marks that day too.
 *
 * A day's pairs are found day by day: whatever else happened on it, only those with both ends in the
 * bucket are read.
 */
export function repeatedScores(question: Question): RawBuilder<unknown> {
  const { workspaceId, metric } = question;
  const pairs = (span: "d" | "m") => sql`repeats r where r.workspace_id = ${workspaceId}
    and r.metric = ${metric.name} and r.span = ${sql.lit(span)}`;
  const days = (from: string, until: string) =>
    sql`generate_series(${sql.ref(from)}::timestamp, ${sql.ref(until)}::timestamp - interval '1 day',
      interval '1 day') each (day)`;
  const columns = sql`r.epoch, r.step`;
  return sql`
    select 'scores', g.bucket, '', g.epoch, ${lessSteps(question)}, -sum(g.n)::int
    from (
      select c.bucket, p.epoch, p.step, p.n
      from given_spans c
      cross join lateral (
        select ${columns}, r.n from ${pairs("m")} and r.later >= c.months
          and r.later < c.months_end and r.earlier >= c.months
        union all
        select p.* from ${days("c.first", "c.months")} cross join lateral (
          select ${columns}, r.n from ${pairs("d")} and r.later = each.day::date
            and r.earlier >= c.first
          union all
          select ${columns}, r.n from ${pairs("d")} and r.earlier = each.day::date
            and r.later >= c.months and r.later < c.months_end
        ) p
        union all
        select p.* from ${days("c.months_end", "c.until")} cross join lateral (
          select ${columns}, r.n from ${pairs("d")} and r.later = each.day::date
            and r.earlier >= c.first
        ) p
        union all
        select p.* from given_marked m cross join lateral (
          select ${columns}, -r.n from ${pairs("d")} and r.later = m.day
            and r.earlier >= c.first and m.day < c.until and m.day >= c.first
        ) p
      ) p
      where c.first is not null
      union all
      select a.bucket, a.epoch, before.step, 1
      from (${liveAnswers(question)}) a
      cross join lateral (${predecessorOf(question, sql`a.since`)}) before
      where a.person_id is not null
    ) g
    group by g.bucket, g.epoch`;
}

function lessSteps({ metric }: Question): RawBuilder<unknown> {
  const steps = stepsOf(metric).map(
    (step) => sql`-coalesce(sum(g.n) filter (where g.step = ${sql.lit(step)}), 0)`,
  );
  return sql`jsonb_build_array(${sql.join(steps)})`;
}
