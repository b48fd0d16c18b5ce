import { sql } from "kysely";

/**
 * The marks of 0008_stale_marks.ts, set-based: what many rows change is marked once. Still by the
 * transaction that changes them; src/store/counting.ts says why nothing is missed.
 *
 * - Deletions, merges of people and counts of what is left are marked by the statement. So are rows
 *   that are taken in by the thousand, which come through `take_in_…`.
 * - Answers and invitations that come or change one by one keep triggers of their rows: the conditions
 *   of those cost an answer of now next to nothing, where a trigger of its statement would cost it
 *   more than an index.
 */

/** What is younger is not counted before every transaction of then is over. */
const YOUNG = { answers: "30 minutes", asked: "8 days" } as const;

/** Marks the days of the rows (workspace_id, metric, at) of a query. */
const insertMarks = (rows: string) => `
  insert into stale_days (workspace_id, metric, day, transaction)
  select distinct m.workspace_id, m.metric, m.day, pg_current_xact_id()::text::bigint
  from (
    select m.*, (m.at at time zone w.time_zone)::date as day
    from (${rows}) m join workspaces w on w.id = m.workspace_id
  ) m
  left join counting c on c.workspace_id = m.workspace_id
  -- A clock that was ahead may have had days counted that are not over.
  where case m.metric
    when 'asked' then m.at < now() - interval '${YOUNG.asked}' or m.day < c.asked_until
    else m.at < now() - interval '${YOUNG.answers}' or m.day < c.counted_until
  end
  on conflict do nothing`;

/**
 * The days of answers; and where one answer a person counts, those of the same human's next ones,
 * beside which these are kept as the earlier of the two. "coalesce" leaves the index of answers by
 * person as the only one with their times.
 */
const answerDays = `
  select g.workspace_id, g.metric, g.answered_at as at from given g where g.score is not null
  union all
  select g.workspace_id, g.metric, later.at from given g
  join people p on p.workspace_id = g.workspace_id and p.id = g.person_id
  cross join lateral (
    select l.answered_at as at from people part
    cross join lateral (
      select n.answered_at from answers n
      where n.workspace_id = g.workspace_id and n.person_id = part.id
        and n.answered_at >= g.answered_at and coalesce(n.metric, '') = 'nps'
        and n.promise = g.promise and n.scale_min = g.scale_min and n.scale_max = g.scale_max
        and (n.answered_at, n.invitation_id, n.question)
          > (g.answered_at, g.invitation_id, g.question)
        and (n.workspace_id, n.survey_id) not in (select a.workspace_id, a.id from apart a)
        and (g.workspace_id not in (select e.workspace_id from metric_epochs e
            where e.metric = 'nps')
          or epoch_of(n.workspace_id, 'nps', n.answered_at, n.survey_id, n.survey_version)
            = epoch_of(g.workspace_id, 'nps', g.answered_at, g.survey_id, g.survey_version))
      order by n.answered_at, n.invitation_id, n.question limit 1
    ) l
    where part.workspace_id = g.workspace_id and not part.test
      and coalesce(part.human_id, part.id) = coalesce(p.human_id, p.id)
    order by l.answered_at limit 1
  ) later
  where g.metric = 'nps' and g.score is not null`;

/** What marks the days of the rows of the CTE `given`; `needs`: CTEs of its own. */
const marks = {
  answers: {
    needs: `, apart as materialized (
      select s.workspace_id, s.id from surveys s
      where s.workspace_id in (select g.workspace_id from given g where g.metric = 'nps')
        and stands_apart(s.workspace_id, s.id)
    )`,
    insert: insertMarks(answerDays),
  },
  invitations: {
    needs: "",
    insert: insertMarks(`select g.workspace_id, 'asked' as metric, g.asked_at as at from given g
      where g.asked_at is not null`),
  },
} as const;
type Marked = keyof typeof marks;

/**
 * A trigger's function that marks the days of the rows `given`. An import fills tables that still
 * look empty to the planner: it is left no choice between indexes, or it would read a whole one for
 * every row.
 */
const markFunction = (name: string, table: Marked, given: string) => `
  create function ${name}() returns trigger language plpgsql set enable_seqscan = off as $$
  begin
    with given as (${given})${marks[table].needs} ${marks[table].insert};
    return null;
  end $$`;

/**
 * Inserts rows that are not there yet and gives their ids. The triggers of rows are off meanwhile,
 * and on again before anybody else can write: what they would mark is marked by the same statement.
 */
const takeInFunction = (table: Marked, id: string) => `
  create function take_in_${table}(columns text[], given json) returns setof uuid
    language plpgsql set enable_seqscan = off as $$
  declare
    names text := (select string_agg(quote_ident(c), ', ') from unnest(columns) c);
  begin
    perform set_config('aftertalk.marks', 'off', true);
    return query execute 'with given as (insert into ${table} (' || names || ') select ' || names
      || $take$ from json_populate_recordset(null::${table}, $1) on conflict do nothing
        returning *)${marks[table].needs}, marked as (${marks[table].insert})
      select ${id} from given $take$ using given;
    perform set_config('aftertalk.marks', 'on', true);
  end $$`;

/** A row's trigger. Nobody asks for its function unless the condition holds. */
const eachRow = (table: Marked, event: "insert" | "update", when: string) => `
  create trigger ${table}_stale_${event} after ${event} on ${table} for each row
    when (${when}) execute function ${table}_stale_${event}()`;

const notTakenIn = "current_setting('aftertalk.marks', true) is distinct from 'off'";
/** What figures of asking are made of. */
const asking = (row: "old" | "new") =>
  ["asked_at", "reached_at", "answered_at", "expires_at", "promise", "person_id", "survey_id"]
    .map((column) => `${row}.${column}`)
    .join(", ");

const rowByRow = [
  markFunction("answers_stale_insert", "answers", "select new.*"),
  eachRow(
    "answers",
    "insert",
    `new.answered_at < now() - interval '${YOUNG.answers}' and new.score is not null
      and ${notTakenIn}`,
  ),
  markFunction("answers_stale_update", "answers", "select old.* union all select new.*"),
  eachRow(
    "answers",
    "update",
    "num_nonnulls(old.score, new.score) > 0 and old.* is distinct from new.*",
  ),
  markFunction("invitations_stale_insert", "invitations", "select new.*"),
  eachRow(
    "invitations",
    "insert",
    `new.asked_at < now() - interval '${YOUNG.asked}' and ${notTakenIn}`,
  ),
  markFunction("invitations_stale_update", "invitations", "select old.* union all select new.*"),
  eachRow(
    "invitations",
    "update",
    `num_nonnulls(old.asked_at, new.asked_at) > 0
      and (${asking("old")}, old.chat_id) is distinct from (${asking("new")}, new.chat_id)`,
  ),
];

/** Marks of a whole statement, from the rows as they were and as they are. */
const deletions = (["answers", "invitations"] as const).flatMap((table) => [
  markFunction(`${table}_stale_delete`, table, "select * from gone"),
  `create trigger ${table}_stale_delete after delete on ${table} referencing old table as gone
    for each statement execute function ${table}_stale_delete()`,
]);

/** Everything of both humans: what was one person's latest answer may be no more. */
const people = [
  `create function people_stale() returns trigger language plpgsql set enable_seqscan = off as $$
  begin
    -- Nearly always it is something else that changed.
    if not exists (select workspace_id, id, test, human_id from gone
        except select workspace_id, id, test, human_id from fresh) then
      return null;
    end if;
    with changed as (
      (select workspace_id, id, test, human_id from gone
        except select workspace_id, id, test, human_id from fresh)
      union all
      (select workspace_id, id, test, human_id from fresh
        except select workspace_id, id, test, human_id from gone)
    ), humans as (
      select workspace_id, id from changed
      union
      select workspace_id, human_id from changed where human_id is not null
    ) ${insertMarks(`
      select h.workspace_id, each.metric, each.at from humans h
      join people p on p.workspace_id = h.workspace_id and coalesce(p.human_id, p.id) = h.id
      cross join lateral (
        select a.metric, a.answered_at as at from answers a
        where a.workspace_id = p.workspace_id and a.person_id = p.id and a.score is not null
        union all
        select 'asked', i.asked_at from invitations i
        where i.workspace_id = p.workspace_id and i.person_id = p.id and i.asked_at is not null
      ) each`)};
    return null;
  end $$`,
  `create trigger people_stale_update after update on people
    referencing old table as gone new table as fresh
    for each statement execute function people_stale()`,
];

/** Numbers of days that have no people any more. */
const anonymous = (
  [
    ["insert", "new table as given"],
    ["update", "old table as gone new table as given"],
    ["delete", "old table as given"],
  ] as const
).flatMap(([event, tables]) => [
  `create function anonymous_stale_${event}() returns trigger language plpgsql as $$
  begin
    insert into stale_days (workspace_id, metric, day, transaction)
    select distinct workspace_id, coalesce(metric, 'asked'), day,
      pg_current_xact_id()::text::bigint
    from (select workspace_id, metric, day from given
      ${event === "update" ? "union all select workspace_id, metric, day from gone" : ""}) days
    on conflict do nothing;
    return null;
  end $$`,
  `create trigger anonymous_stale_${event} after ${event} on anonymous_counts
    referencing ${tables} for each statement execute function anonymous_stale_${event}()`,
]);

const before = [
  "drop function answers_stale() cascade",
  "drop function invitations_stale() cascade",
  "drop function people_stale() cascade",
  "drop function anonymous_stale() cascade",
  "drop function mark_answer(answers)",
  // Looking for the workspace cost as much as all else about a mark, and its row was locked by each.
  "alter table stale_days drop constraint stale_days_workspace_id_fkey",
];

const afterwards = [
  ...rowByRow,
  ...deletions,
  ...people,
  ...anonymous,
  takeInFunction("answers", "invitation_id"),
  takeInFunction("invitations", "id"),
];

/** Takes the earlier marks away and makes these. */
export const setBasedMarks = [...before, ...afterwards].map(
  (statement) => sql`${sql.raw(statement)}`,
);
