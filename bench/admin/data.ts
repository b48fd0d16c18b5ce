/**
 * A large workspace made up in the database itself: three years of chats, questions and answers, what
 * waits to be asked, and what admins did. Per person: 4 chats, 20 answers, 6 questions without one, 4
 * lines of the audit log; an account for 25 people.
 */
import { type RawBuilder, sql } from "kysely";
import { makeSchedule } from "../../src/scheduling/definition/schedule.ts";
import { listSchedules, saveSchedule, switchSchedule } from "../../src/store/schedules.ts";
import type { Db } from "../../src/store/schema.ts";
import { listKeptSurveys } from "../../src/store/survey-versions.ts";
import { schedulesMade } from "./schedules.ts";

export interface Filled {
  readonly workspaceId: number;
  readonly connectionId: string;
  readonly people: number;
  readonly now: Date;
}

const DAYS = 1095;

/** Ids in the order of their numbers, as ours are made. */
export async function makeIds(db: Db): Promise<void> {
  await sql`create or replace function uuid_of(kind text, n bigint) returns uuid immutable
    return ('019b0000-' || kind || '-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid`.execute(db);
}

const id = (kind: string, n: RawBuilder<unknown>) => sql`uuid_of(${sql.lit(kind)}, (${n})::bigint)`;
const person = (n: RawBuilder<unknown>) => id("aaaa", n);
const account = (n: RawBuilder<unknown>) => id("bbbb", n);
const chat = (n: RawBuilder<unknown>) => id("cccc", n);
const invitation = (n: RawBuilder<unknown>) => id("dddd", n);
/**
 * Whom the n-th of so many things of three years is of: anybody; but of every fourth person nothing is
 * heard any more from some day on, and somebody else takes their place.
 */
const whose = (count: number, all: number) => {
  const some = sql`(1 + (hashint8(n)::bigint & 1048575) % ${sql.lit(all)})`;
  const gone = sql`n > ${sql.lit(count)}::bigint * (hashint8(${some})::bigint & 1023) / 1024`;
  return person(
    sql`case when ${some} % 4 = 0 and ${gone} then 1 + ${some} % ${sql.lit(all)} else ${some} end`,
  );
};
const upTo = (n: number) => sql`generate_series(1, ${sql.lit(Math.round(n))}::int) n`;

/** The address of one of them. */
export const emailOf = (n: number) => `p${n}@customer.example`;

/** Fills a workspace that has its surveys, its usual schedules and one connection. */
export async function fillWorkspace(db: Db, filled: Filled): Promise<void> {
  await switchEverythingOn(db, filled);
  const steps = [...people(filled), ...traffic(filled), ...asking(filled), ...admins(filled)];
  await db.transaction().execute(async (trx) => {
    // Millions of references that hold need no checking.
    await sql`set local session_replication_role = replica`.execute(trx);
    for (const step of steps) await step.execute(trx);
    await enrol(trx, filled);
  });
}

/** Thirty schedules that have been on for a year. */
async function switchEverythingOn(db: Db, { workspaceId, now }: Filled): Promise<void> {
  for (const written of schedulesMade) {
    await saveSchedule(db, workspaceId, makeSchedule(written), "operator", now);
  }
  for (const { definition } of await listSchedules(db, workspaceId)) {
    await switchSchedule(db, workspaceId, definition.name, "on", now);
  }
  await sql`update schedules set on_since = ${now}::timestamptz - interval '1 year'
    where workspace_id = ${workspaceId}`.execute(db);
  // Ten versions of one, for its history.
  await sql`insert into survey_versions (workspace_id, survey_id, version, series, definition, created_at)
    select v.workspace_id, v.survey_id, n, 1, v.definition, ${now}::timestamptz - (10 - n) * interval '9 days'
    from survey_versions v
    join surveys s on s.workspace_id = v.workspace_id and s.id = v.survey_id
    cross join generate_series(2, 10) n
    where v.workspace_id = ${workspaceId} and s.key = 'relationship-nps'`.execute(db);
  await sql`update surveys set version = 10
    where workspace_id = ${workspaceId} and key = 'relationship-nps'`.execute(db);
}

/** Each twentieth row is of somebody who has one already, each fiftieth is met nowhere. */
function people({ workspaceId, connectionId, people: all, now }: Filled): RawBuilder<unknown>[] {
  const ws = sql.lit(workspaceId);
  const ago = (days: number) =>
    sql`${now}::timestamptz - (n % ${sql.lit(days)}) * interval '1 day'`;
  const accounts = Math.ceil(all / 25);
  return [
    sql`insert into accounts (workspace_id, id, external_id, name, plan, joined_at)
      select ${ws}, ${account(sql`n`)}, 'crm:' || n, 'Company ' || n,
        case when n % 5 = 0 then 'pro' end, ${ago(DAYS)} from ${upTo(accounts)}`,
    sql`insert into dates (workspace_id, owner, owner_id, name, "on")
      select ${ws}, 'account', ${account(sql`n`)}, 'renewal',
        (${now}::timestamptz + (n % 365) * interval '1 day')::date from ${upTo(accounts)}`,
    sql`insert into people (workspace_id, id, name, email, human_id, account_id, account_role, locale,
        time_zone, tags, created_at, joined_at, active_at, consent)
      select ${ws}, ${person(sql`n`)}, 'Person ' || n, 'p' || n || '@customer.example',
        case when n % 20 = 0 then ${person(sql`n - 1`)} end, ${account(sql`1 + n % ${sql.lit(accounts)}`)},
        case when n % 25 = 3 then 'buyer' else 'user' end, (array['en', 'en', 'en', 'ru', 'de', 'zh-CN'])[1 + n % 6],
        (array['UTC', 'Europe/Paris', 'America/New_York', 'Asia/Tokyo', 'Asia/Kolkata'])[1 + n % 5],
        array['t' || (n % 50)], ${ago(DAYS)}, ${ago(DAYS)}, ${ago(200)},
        case when n % 100 = 7 then 'never' else 'open' end
      from ${upTo(all)}`,
    sql`insert into identities (workspace_id, connection_id, external_id, person_id)
      select ${ws}, ${connectionId}::uuid, 'M-' || n, ${person(sql`n`)} from ${upTo(all)}
      where n % 50 > 0`,
    sql`insert into activities (workspace_id, person_id, day, what, n)
      select ${ws}, ${person(sql`n`)},
        (${now}::timestamptz - (n % 97 + d * (3 + n % 15)) * interval '1 day')::date, 'login', 1
      from ${upTo(all)}, generate_series(0, 9) d`,
    sql`insert into signals (workspace_id, human_id, points, tier, reasons, tier_since, computed_at)
      select ${ws}, ${person(sql`n`)}, 0, (array['low', 'low', 'low', 'low', 'watch', 'high'])[1 + n % 6],
        '[]', ${now}::timestamptz, ${now}::timestamptz from ${upTo(all)} where n % 20 > 0`,
    sql`insert into signal_events (workspace_id, id, human_id, points, reasons, tier, from_tier, at)
      select ${ws}, ${id("eeee", sql`n`)}, ${person(sql`n`)}, 3, '[]', 'watch', 'low', ${ago(365)}
      from ${upTo(all)} where n % 20 = 5`,
  ];
}

/** Evenly over three years, the newest last; every fortieth chat is open. */
function traffic({ workspaceId, connectionId, people: all, now }: Filled): RawBuilder<unknown>[] {
  const chats = all * 4;
  const at = sql`${now}::timestamptz - interval '1095 days' * (1 - n::float8 / ${sql.lit(chats)})`;
  const isOpen = sql`n % 40 = 0`;
  return [
    sql`insert into chats (workspace_id, id, connection_id, external_id, customer_id, channel, team,
        touchpoint, tags, state, close_reason, closings, customer_messages, customer_characters,
        opened_at, first_customer_at, first_replied_at, closed_at, last_message_at)
      select ${sql.lit(workspaceId)}, ${chat(sql`n`)}, ${connectionId}::uuid, 'chat-' || n,
        ${whose(chats, all)}, '#channel-' || (n % 20),
        'Team ' || (n % 10), 'support chat', array['t' || (n % 50)],
        case when ${isOpen} then 'open' else 'closed' end, case when ${isOpen} then null else 'solved' end,
        case when ${isOpen} then 0 else 1 end, n % 5, 300, ${at} - interval '1 hour', ${at} - interval '1 hour',
        ${at} - interval '30 minutes', case when ${isOpen} then null else ${at} end, ${at}
      from ${upTo(chats)}`,
  ];
}

/** Questions of all surveys, by turns; each fifth is about a chat. */
function asking({ workspaceId, connectionId, people: all, now }: Filled): RawBuilder<unknown>[] {
  const ws = sql.lit(workspaceId);
  const n = { answered: all * 20, silent: all * 6, open: all / 10, planned: all / 5 };
  const since = (count: number) =>
    sql`${now}::timestamptz - interval '1095 days' * (1 - n::float8 / ${sql.lit(count)})`;
  const surveys = sql`surveys_by_turn as materialized (
      select row_number() over (order by key) - 1 as turn, count(*) over () as of, id, version, metric, key
      from surveys where workspace_id = ${ws} and trigger in ('chat', 'schedule'))`;
  /** `first`: their numbers begin after it. */
  const invitations = (
    first: number,
    count: number,
    {
      state,
      at,
      columns,
      values,
    }: Record<"state" | "columns", string> & {
      readonly at: RawBuilder<unknown>;
      readonly values: RawBuilder<unknown>;
    },
  ) => sql`with ${surveys}
    insert into invitations (workspace_id, id, survey_id, survey_version, person_id, connection_id,
      chat_id, closing, reason_key, state, kind, schedule_id, schedule_version, created_at,
      ${sql.raw(columns)})
    select ${ws}, ${invitation(sql`n + ${sql.lit(first)}`)}, s.id, s.version, ${whose(count, all)}, ${connectionId}::uuid,
      case when n % 5 = 0 then ${chat(sql`1 + n / 5`)} end, case when n % 5 = 0 then 1 end,
      'made:' || n + ${sql.lit(first)}, ${sql.lit(state)}, case when n % 5 = 0 then 'chat' else 'other' end,
      case when n % 5 > 0 then (select id from schedules
        where workspace_id = ${ws} and name = 'weekly') end,
      case when n % 5 > 0 then 1 end, ${at}, ${values}
    from ${upTo(count)} join surveys_by_turn s on s.turn = n % s.of`;
  const asked = (at: RawBuilder<unknown>) => sql`${at}, ${at}, ${at} + interval '7 days'`;
  const [answeredAt, silentAt] = [since(n.answered), since(n.silent)];
  const openAt = sql`${now}::timestamptz - (n % 160) * interval '1 hour'`;
  const decided = (what: RawBuilder<unknown>, from: number, to: number) => sql`
    insert into decisions (workspace_id, id, invitation_id, verdict, gate, reason, until, decided_at)
    select ${ws}, ${id("ffff", sql`n`)}, ${invitation(sql`n`)}, ${what}
    from generate_series(${sql.lit(from)}::int, ${sql.lit(to)}::int) n`;
  const waitFrom = n.answered + n.silent + n.open;
  return [
    invitations(0, n.answered, {
      ...{ state: "answered", at: answeredAt },
      columns: "asked_at, reached_at, expires_at, answered_at, finished_at",
      values: sql`${asked(answeredAt)}, ${answeredAt} + interval '1 hour', ${answeredAt} + interval '1 hour'`,
    }),
    invitations(n.answered, n.silent, {
      ...{ state: "expired", at: silentAt },
      columns: "asked_at, reached_at, expires_at, state_reason, finished_at",
      values: sql`${asked(silentAt)}, 'no-answer', ${silentAt} + interval '7 days'`,
    }),
    invitations(n.answered + n.silent, n.open, {
      ...{ state: "asked", at: openAt },
      ...{ columns: "asked_at, reached_at, expires_at", values: asked(openAt) },
    }),
    invitations(waitFrom, n.planned, {
      ...{ state: "planned", at: sql`${now}::timestamptz - interval '1 day'` },
      columns: "due_at, expires_at, state_reason",
      values: sql`${now}::timestamptz + (1 + n % 200) * interval '1 hour',
        ${now}::timestamptz + interval '20 days',
        (array['asked-recently', 'outside-hours', 'other-first', 'daily-cap'])[1 + n % 4]`,
    }),
    sql`with ${surveys}
      insert into answers (workspace_id, invitation_id, question, survey_id, survey_version, metric, score,
        scale_min, scale_max, person_id, platform, channel, team, touchpoint, language, asked_at, answered_at)
      select ${ws}, ${invitation(sql`n`)}, 'score', s.id, s.version, 'nps', n % 11, 0, 10, ${whose(n.answered, all)},
        'messenger', '#channel-' || (n % 20), 'Team ' || (n % 10), 'support chat', 'en', ${answeredAt},
        ${answeredAt} + interval '1 hour'
      from ${upTo(n.answered)} join surveys_by_turn s on s.turn = n % s.of`,
    decided(
      sql`'ask', null, 'all-gates-passed', null, ${now}::timestamptz - interval '3 days'`,
      Math.floor(n.answered * 0.9),
      waitFrom,
    ),
    decided(
      sql`'defer', 'cap', 'asked-recently', ${now}::timestamptz + interval '2 days',
      ${now}::timestamptz - interval '1 day'`,
      waitFrom + 1,
      waitFrom + n.planned,
    ),
    sql`insert into deliveries (workspace_id, id, connection_id, key, purpose, invitation_id, person_id, address,
        state, reason, attempts, created_at)
      select ${ws}, ${id("abcd", sql`n`)}, ${connectionId}::uuid, 'made:' || n, 'ask',
        ${invitation(sql`n + ${sql.lit(n.answered)}`)}, ${whose(n.silent, all)}, '{"kind": "direct"}',
        case when n % 100 = 0 then 'undeliverable' when n % 1000 = 1 then 'planned' else 'sent' end,
        case when n % 100 = 0 then 'closed' end, 1, ${now}::timestamptz - (n % 400) * interval '1 hour'
      from ${upTo(n.silent)}`,
  ];
}

/** What was changed and noted; every hundredth line is about a daily cap. */
function admins({ workspaceId, people: all, now }: Filled): RawBuilder<unknown>[] {
  const ws = sql.lit(workspaceId);
  const lines = all * 4;
  const at = sql`${now}::timestamptz - interval '1095 days' * (1 - n::float8 / ${sql.lit(lines)})`;
  const changed = `{"field": "limits.perDay", "before": 40, "after": 60}`;
  return [
    sql`insert into audit (workspace_id, at, actor, action, target, details, origin)
      select ${ws}, ${at}, case when n % 10 = 0 then 'operator' else ${person(sql`1 + n % 40`)}::text end,
        case when n % 100 = 0 then 'schedule.changed' when n % 3 = 0 then 'settings.changed' else 'consent.changed' end,
        case when n % 100 = 0 then 'weekly' when n % 3 = 0 then 'asking.from'
          else ${person(sql`1 + n % ${sql.lit(all)}`)}::text end,
        ${changed}::jsonb, (array['chat', 'file'])[1 + n % 2]
      from ${upTo(lines)}`,
  ];
}

/** Everybody is in the relationship programme; of one in ten its question is still open. */
async function enrol(db: Db, { workspaceId, people: all, now }: Filled): Promise<void> {
  const schedules = await listSchedules(db, workspaceId);
  const surveys = await listKeptSurveys(db, workspaceId);
  const found = schedules.find(({ definition }) => definition.name === "relationship");
  if (found === undefined || surveys.length === 0) throw new Error("nothing to enrol in");
  await sql`insert into enrolments (workspace_id, schedule_id, human_id, round, step, next_at, state, started_at)
    select ${sql.lit(workspaceId)}, ${found.id}::uuid, ${person(sql`n`)}, 1, 0,
      ${now}::timestamptz + (n % 90) * interval '1 day' + interval '1 hour', 'active',
      ${now}::timestamptz - interval '200 days'
    from ${upTo(all)} where n % 20 > 0`.execute(db);
}
