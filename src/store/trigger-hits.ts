/**
 * Whom a schedule's trigger found: facts of a time that were not asked about. The same query plans
 * what is due and foretells what will be; it writes nothing.
 */
import { type RawBuilder, sql } from "kysely";
import type { Schedule, Trigger } from "../scheduling/definition/schedule.ts";
import { offsetMsOf } from "../scheduling/definition/timing.ts";
import { inAudience } from "./audience.ts";
import { bestPlace, isReachable } from "./best-place.ts";
import { isCustomer } from "./customers.ts";
import { programmeHits } from "./enrolments/coming.ts";
import type { Db } from "./schema.ts";
import { givenAnswers } from "./trigger-hits/answers.ts";
import { closedChats, reopenedChats } from "./trigger-hits/chats.ts";
import { comingDates } from "./trigger-hits/dates.ts";
import type { Facts, FactsAbout } from "./trigger-hits/facts.ts";
import { joinedAccounts, joinedPeople, leftAccounts, leftPeople } from "./trigger-hits/people.ts";
import { risenSignals } from "./trigger-hits/signals.ts";

/** One fact about one human, and where they are asked about it. */
export interface Hit {
  /** The row of people that is met there. */
  readonly personId: string;
  readonly humanId: string;
  readonly connectionId: string;
  readonly chatId: string | null;
  readonly closing: number | null;
  /** When it happened, or happens. */
  readonly at: Date;
  readonly dueAt: Date;
  /** The fact by its name: one invitation each. */
  readonly reasonKey: string;
}

/** What is looked for: due after `from`, until `to`; the earliest first. */
export interface HitWindow {
  readonly from: Date;
  readonly to: Date;
  /** The last one of the page before. */
  readonly after?: Pick<Hit, "dueAt" | "reasonKey"> | undefined;
  readonly limit: number;
  /** As of when the audience is looked at; `from` unless said. */
  readonly now?: Date;
  /** Also what was asked about already, or was over before the schedule was on: to play it again. */
  readonly again?: boolean;
}

/**
 * What a schedule's trigger found and has no invitation yet, in the order in which it is due. Of a
 * cron schedule nothing: its runs are its own matter. Of a schedule that is not on what it would
 * find if it was switched on at `from`.
 */
export async function triggerHits(
  db: Db,
  workspaceId: number,
  schedule: Schedule,
  window: HitWindow,
): Promise<Hit[]> {
  if (schedule.definition.steps === undefined) return factHits(db, workspaceId, schedule, window);
  return programmeHits(db, workspaceId, schedule, window);
}

/** The facts themselves; of a programme those that begin it for somebody. */
export async function factHits(
  db: Db,
  workspaceId: number,
  schedule: Schedule,
  window: HitWindow,
): Promise<Hit[]> {
  const { trigger, audience } = schedule.definition;
  if (trigger.on === "cron") return [];
  const { after, again = false } = window;
  const offset = offsetMsOf(trigger);
  const on = schedule.state === "on" ? schedule.onSince : null;
  const facts = await factsOf(db, trigger, {
    workspaceId,
    scheduleId: schedule.id,
    since: again ? new Date(window.from.getTime() - offset) : (on ?? window.from),
    from: new Date(window.from.getTime() - offset),
    to: new Date(window.to.getTime() - offset),
    again,
  });
  const now = window.now ?? window.from;
  const unasked = sql`not exists (
      select 1 from invitations i
      where i.workspace_id = ${workspaceId} and i.schedule_id is not null
        and i.reason_key = f.key offset 0)
    and ${isNews(workspaceId, schedule, offset)}`;
  const page =
    after === undefined
      ? sql`true`
      : sql`(f.at, f.key) > (${new Date(after.dueAt.getTime() - offset)}::timestamptz, ${after.reasonKey})`;
  const given = { connection: sql`f.connection_id`, person: sql`f.person_id` };
  const { rows } = await sql<Omit<Hit, "dueAt" | "at"> & { at: Date | string }>`
    with facts as materialized (${facts}), named as materialized (
      select f.person_id, f.connection_id, f.chat_id, f.closing, f.at,
        ${schedule.id}::text || ':' || f.fact as key
      from facts f
    ), page as materialized (
      -- "limit" and "offset 0": few are found, and each is looked up, whatever is guessed of them.
      select f.*, h.id as human_id
      from named f
      cross join lateral (
        select * from people r where r.workspace_id = ${workspaceId} and r.id = f.person_id limit 1
      ) p
      cross join lateral (
        select * from people r
        where r.workspace_id = ${workspaceId} and r.id = coalesce(p.human_id, p.id) limit 1
      ) h
      where ${page} and ${isCustomer("p")} and ${isCustomer("h")}
        and ${again ? sql`true` : unasked}
        and ${isReachable(workspaceId, audience, sql`h.id`, given)} is true
        and ${inAudience(workspaceId, audience, now, "h")} is true
      order by f.at, f.key
      limit ${window.limit}::int
    )
    select place.person_id as "personId", f.human_id as "humanId",
      place.connection_id as "connectionId", f.chat_id as "chatId", f.closing, f.at,
      f.key as "reasonKey"
    from page f
    cross join lateral ${bestPlace(workspaceId, audience, sql`f.human_id`, given)} place
    order by f.at, f.key`.execute(db);
  return rows.map((row) => {
    const at = new Date(row.at);
    return { ...row, at, dueAt: new Date(at.getTime() + offset) };
  });
}

/** What is told anew under another date is the same fact for so long. */
const LEAVING_DAYS = 90;
const DATE_DAYS = 28;

/**
 * A leaving is one, of the person or of their account, however often its day is corrected; so is a
 * date. And whoever is in a programme, or went through it since, does not begin it.
 */
function isNews(workspaceId: number, schedule: Schedule, offset: number): RawBuilder<boolean> {
  const { trigger, kind, steps } = schedule.definition;
  if (steps !== undefined) {
    return sql<boolean>`not exists (
      select 1 from enrolments e
      where e.workspace_id = ${workspaceId} and e.schedule_id = ${schedule.id}::uuid
        and e.human_id = h.id and (e.state <> 'done' or e.started_at >= f.at) offset 0)`;
  }
  const left = trigger.on === "person-left" || trigger.on === "account-left";
  if (!left && trigger.on !== "date") return sql<boolean>`true`;
  const same = left
    ? sql`i.schedule_id is not null and i.kind = ${kind}`
    : sql`i.schedule_id = ${schedule.id}::uuid`;
  return sql<boolean>`not exists (
    select 1 from people r
    cross join lateral (select * from invitations i
      where i.workspace_id = r.workspace_id and i.person_id = r.id offset 0) i
    where r.workspace_id = ${workspaceId} and coalesce(r.human_id, r.id) = h.id and ${same}
      and i.created_at > f.at + ${`${offset} milliseconds`}::interval
        - ${`${left ? LEAVING_DAYS : DATE_DAYS} days`}::interval offset 0)`;
}

async function factsOf(
  db: Db,
  trigger: Exclude<Trigger, { on: "cron" }>,
  about: FactsAbout,
): Promise<Facts> {
  switch (trigger.on) {
    case "chat-closed":
      return closedChats(about, trigger);
    case "chat-reopened":
      return reopenedChats(about, trigger);
    case "person-joined":
      return joinedPeople(about);
    case "account-joined":
      return joinedAccounts(about);
    case "answer-given":
      return givenAnswers(about, trigger);
    case "signals-reached":
      return risenSignals(about, trigger);
    case "person-left":
      return leftPeople(about);
    case "account-left":
      return leftAccounts(about);
    case "date":
      return comingDates(db, about, trigger);
  }
}
