/**
 * Parts of statements that read periods from counts: which days and months of each period are
 * counted, and what is left to be read from the rows themselves.
 */
import { type RawBuilder, sql } from "kysely";

/** What is counted: answers of a metric, or whom was asked. */
export interface Counted {
  /** Prefix of the CTEs. */
  readonly name: "given" | "asked";
  /** A mark on a day of it. */
  readonly mark: string;
  /** Periods that do not begin with a day are read from the rows, whole. */
  readonly aligned: boolean;
}

/** CTE `state`: the workspace's zone and how far it is counted; nulls when it is not. */
export function stateOf(workspaceId: number): RawBuilder<unknown> {
  return sql`state (time_zone, given_until, asked_until) as materialized (
    select w.time_zone, c.counted_until, c.asked_until from workspaces w
    left join counting c on c.workspace_id = w.id and c.time_zone = w.time_zone
    where w.id = ${workspaceId}
  )`;
}

/**
 * CTEs `NAME_marked` (day), `NAME_spans` and `NAME_segments` of a kind of counts. A span has the
 * counted days of a bucket: [first, months) and [months_end, until) by the day, [months, months_end)
 * by the month; first is null where none is. The month that goes on is whole when nothing of it is
 * counted beyond the span. A segment is what is left of a bucket, marked days among it. Needs the CTEs
 * buckets and state.
 */
export function spansOf(
  workspaceId: number,
  { name, mark, aligned }: Counted,
): RawBuilder<unknown> {
  const marked = sql.ref(`${name}_marked`);
  const spans = sql.ref(`${name}_spans`);
  const segments = sql.ref(`${name}_segments`);
  const counted = sql.ref(`s.${name}_until`);
  const start = (day: string) => sql`day_start(${sql.ref(day)}, s.time_zone)`;
  return sql`${marked} (day) as materialized (
    select distinct m.day from state s
    join stale_days m on m.workspace_id = ${workspaceId} and m.metric = ${mark} and m.day < ${counted}
  ), ${spans} (bucket, starts, ends, first, until, months, months_end) as materialized (
    select b.bucket, b.starts, b.ends, c.first, c.until,
      case when c.month < c.month_end then c.month else c.until end,
      case when c.month < c.month_end then c.month_end else c.until end
    from buckets b
    cross join state s
    cross join lateral (select (b.starts at time zone s.time_zone)::date as day,
      least(${counted}, (b.ends at time zone s.time_zone)::date) as until) d
    cross join lateral (select d.day + (${start("d.day")} < b.starts)::int as first) f
    left join lateral (select f.first, d.until,
      (date_trunc('month', f.first - 1) + interval '1 month')::date as month,
      (case when d.until = ${counted} then date_trunc('month', d.until - 1) + interval '1 month'
        else date_trunc('month', d.until) end)::date as month_end
    ) c on ${counted} is not null and f.first < d.until
      and (not ${sql.lit(aligned)} or ${start("f.first")} = b.starts)
  ), ${segments} (bucket, since, starts, ends) as materialized (
    select bucket, starts, starts, ends from ${spans} where first is null
    union all
    select c.bucket, c.starts, c.starts, ${start("c.first")} from ${spans} c cross join state s
    where c.starts < ${start("c.first")}
    union all
    select c.bucket, c.starts, ${start("c.until")}, c.ends from ${spans} c cross join state s
    where ${start("c.until")} < c.ends
    union all
    select c.bucket, c.starts, ${start("m.day")}, day_start(m.day + 1, s.time_zone)
    from ${spans} c join ${marked} m on m.day >= c.first and m.day < c.until
    cross join state s
  )`;
}

/** CTEs of a kind that is read from the rows alone: everything is one segment a bucket. */
export function uncounted({ name }: Pick<Counted, "name">): RawBuilder<unknown> {
  return sql`${sql.ref(`${name}_segments`)} (bucket, since, starts, ends) as (
    select bucket, starts, starts, ends from buckets)`;
}

/** Some of what is counted of a span: whole months or days, from a first to before a last day. */
export interface Part {
  readonly span: "d" | "m";
  readonly sign: RawBuilder<number>;
  /** To be crossed with the counts; nothing, or days that are marked. */
  readonly marked: RawBuilder<unknown>;
  readonly first: RawBuilder<unknown>;
  readonly until: RawBuilder<unknown>;
}

/**
 * Rows that belong to a span `c`: those of its days and months, and with the opposite sign those of
 * marked days. `select`: the rows of a part of it.
 */
export function countedRows(
  { name }: Pick<Counted, "name">,
  select: (part: Part) => RawBuilder<unknown>,
): RawBuilder<unknown> {
  const part = (span: "d" | "m", first: string, until: string) =>
    select({
      ...{ span, sign: sql.lit(1), marked: sql`` },
      ...{ first: sql.ref(first), until: sql.ref(until) },
    });
  const marked = sql`(select day from ${sql.ref(`${name}_marked`)} k
    where k.day >= c.first and k.day < c.until) m cross join`;
  return sql`
    ${part("m", "c.months", "c.months_end")}
    union all ${part("d", "c.first", "c.months")}
    union all ${part("d", "c.months_end", "c.until")}
    union all
    ${select({
      ...{ span: "d", sign: sql.lit(-1), marked },
      ...{ first: sql`m.day`, until: sql`(m.day + 1)` },
    })}`;
}
