import { type Kysely, sql } from "kysely";

const steps = Array.from({ length: 11 }, (_, step) => sql`${sql.ref(`c${step}`)} integer`);
const c0toc10 = sql.join(steps);

/**
 * Counts that take a fraction of the room of what they count. Everybody's days stay rows, for they are
 * read most; what is counted by a cut, whom was asked and what one answer a person takes away are a row
 * a month, with its days in arrays. Everything is counted anew; until then figures are read from the
 * answers. No references: each would be looked up for every row, and what is counted goes with the row
 * of `counting`, which has one.
 */
const statements = [
  sql`drop table counts, repeats, asked_counts`,
  sql`delete from counting`,

  // How often each step of the scale was given on a day or in a month ('d', 'm'; its first day), by
  // every answer "with your name" of whoever is no test person. c0 is the lowest step; null is none.
  // A month has the days that are counted.
  sql`create table counts (
    workspace_id integer not null,
    metric text not null,
    span text not null check (span in ('d', 'm')),
    day date not null,
    epoch integer not null,
    ${c0toc10},
    primary key (workspace_id, metric, span, day, epoch)
  )`,

  // The same by value of a cut ('' is none), a row a month. places and ns are what it is the sum of:
  // day of the month * 16 + step, and how often.
  sql`create table cut_counts (
    workspace_id integer not null,
    metric text not null,
    cut text not null,
    month date not null,
    value text not null,
    epoch integer not null,
    ${c0toc10},
    places smallint[] not null,
    ns integer[] not null,
    primary key (workspace_id, metric, cut, month, value, epoch)
  )`,

  // One answer a person: how many answers of a step in the month earlier were followed by the same
  // human's next one in the month later. With both in a period the earlier one does not count, so a
  // period's figure is its counts less these. places: (day of later * 32 + day of earlier) * 16 + step.
  sql`create table repeats (
    workspace_id integer not null,
    metric text not null,
    later date not null,
    earlier date not null,
    epoch integer not null,
    ${c0toc10},
    places smallint[] not null,
    ns integer[] not null,
    primary key (workspace_id, metric, later, earlier, epoch)
  )`,

  // Whom a survey asked in a month, and what came of it by now: everything asked then is over. cut ''
  // is everybody, else 'team'. The arrays have the same by day of the month, each of days once.
  sql`create table asked_counts (
    workspace_id integer not null,
    survey_id uuid not null,
    promise text not null,
    cut text not null,
    month date not null,
    value text not null,
    asked integer not null,
    reached integer not null,
    answered integer not null,
    days smallint[] not null,
    days_asked integer[] not null,
    days_reached integer[] not null,
    days_answered integer[] not null,
    primary key (workspace_id, survey_id, promise, cut, month, value)
  )`,
];

/** Makes the tables anew in the migrator's transaction. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await statement.execute(db);
}
