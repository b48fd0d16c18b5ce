/** Parts of statements that read scores from counts. */
import { type RawBuilder, sql } from "kysely";
import { countedRows, type Part } from "./counted-spans.ts";
import type { CountedCut } from "./counting.ts";
import { liveAnswers, stepsOf } from "./live-scores.ts";
import { predecessorOf } from "./predecessors.ts";
import type { Question } from "./scored-questions.ts";
import { type Ends, isMonthIn, pairsBetween, stepRows, stepsBetween } from "./steps.ts";

/** Which counts: of everybody, or of a cut and perhaps only some of its values. */
export interface CountsOf {
  readonly cut: "" | CountedCut;
  readonly values?: readonly string[];
  /** Whether each value is a row of its own. */
  readonly apart: boolean;
}

/** Scores of the counted days of each bucket. */
export function countedScores(question: Question, of: CountsOf): RawBuilder<unknown> {
  const sums = columnsOf(question).map((column) => sql`coalesce(sum(g.sign * g.${column}), 0)`);
  const rows = countedRows({ name: "given" }, (part) =>
    of.cut === "" ? everybodys(question, part) : cutsOf(question, of, part),
  );
  return sql`
    select 'scores' as what, c.bucket, g.value, g.epoch,
      jsonb_build_array(${sql.join(sums)}) as numbers, (${sql.join(sums, sql` + `)})::int as answers
    from given_spans c
    cross join lateral (${rows}) g
    where c.first is not null
    group by c.bucket, g.value, g.epoch`;
}

function columnsOf({ metric }: Question): RawBuilder<unknown>[] {
  return stepsOf(metric).map((step) => sql.ref(`c${step}`));
}

function everybodys(question: Question, { span, sign, marked, first, until }: Part) {
  const { workspaceId, metric } = question;
  const columns = columnsOf(question).map((column) => sql`r.${column}`);
  return sql`select ${sign} as sign, '' as value, r.epoch, ${sql.join(columns)}
    from ${marked} counts r
    where r.workspace_id = ${workspaceId} and r.metric = ${metric.name}
      and r.span = ${sql.lit(span)} and r.day >= ${first} and r.day < ${until}`;
}

function cutsOf(question: Question, { cut, values, apart }: CountsOf, part: Part) {
  const { workspaceId, metric } = question;
  const { span, sign, marked } = part;
  const from = sql.ref(span === "m" ? "r" : "d");
  const columns = columnsOf(question).map((column) => sql`${from}.${column}`);
  const days = span === "m" ? sql`` : sql`cross join lateral (${stepsBetween(part)}) d`;
  return sql`select ${sign} as sign, ${apart ? sql`r.value` : sql`''`} as value, r.epoch,
      ${sql.join(columns)}
    from ${marked} cut_counts r ${days}
    where r.workspace_id = ${workspaceId} and r.metric = ${metric.name} and r.cut = ${cut}
      and ${isMonthIn("r.month", part)}
      ${values ? sql`and r.value = any(${[...values]}::text[])` : sql``}`;
}

/**
 * What one answer a person takes away again: answers of a bucket that were followed by the same
 * human's next one within it. Where that one lies on a counted day the pair is counted (`repeats`);
 * else it is looked for. A counted pair is true as long as the day of the later one is not marked,
 * for whatever changes the earlier one marks that day too.
 */
export function repeatedScores(question: Question): RawBuilder<unknown> {
  const { workspaceId, metric } = question;
  const ends = (first: string, until: string): Ends => ({
    first: sql.ref(first),
    until: sql.ref(until),
  });
  const pairs = (later: Ends, earlier: Ends) =>
    pairsBetween(workspaceId, sql`${metric.name}`, later, earlier);
  const since = ends("c.first", "c.until");
  const marked = { first: sql`m.day`, until: sql`(m.day + 1)` };
  return sql`
    select 'scores', g.bucket, '', g.epoch, ${lessSteps(question)}, -sum(g.n)::int
    from (
      select c.bucket, p.epoch, p.step, p.n
      from given_spans c
      cross join lateral (
        select r.epoch, s.step, s.n from repeats r cross join lateral ${stepRows("s")}
        where r.workspace_id = ${workspaceId} and r.metric = ${metric.name}
          and r.later >= c.months and r.later < c.months_end and r.earlier >= c.months
          and s.n is not null
        union all ${pairs(ends("c.first", "c.months"), since)}
        union all ${pairs(ends("c.months", "c.months_end"), ends("c.first", "c.months"))}
        union all ${pairs(ends("c.months_end", "c.until"), since)}
        union all
        select p.epoch, p.step, -p.n from given_marked m
        cross join lateral (${pairs(marked, since)}) p
        where m.day >= c.first and m.day < c.until
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
