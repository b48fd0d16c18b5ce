/** How often customers got in touch, and how many orders there were on the same days. */
import { type RawBuilder, sql } from "kysely";
import type { Cut, Filter } from "../metrics/filter.ts";
import type { Period } from "../metrics/period.ts";
import { customerOf, isChatKept, labelOfUnit, unitOf } from "./chat-units.ts";
import { type Fence, inOnePass } from "./one-pass.ts";
import type { Db } from "./schema.ts";

/** By what contacts can be cut. Orders belong to no part: each is held against all of them. */
export const contactCuts = [
  "channel",
  "team",
  "touchpoint",
  "platform",
] as const satisfies readonly Cut[];
export type ContactCut = (typeof contactCuts)[number];

export interface ContactsAbout {
  readonly workspaceId: number;
  readonly period: Period;
  readonly now: Date;
  readonly filter?: Filter;
  readonly by: ContactCut;
}

/** What is no contact of a human who came by themselves. */
export type LeftOut = "spam" | "bot" | "outbound";

export interface ContactFacts {
  /** Days of the period that have begun, and those of them without a number of orders. */
  readonly days: number;
  readonly daysWithout: number;
  /** Of the days that have a number. */
  readonly orders: number;
  readonly contacts: number;
  /** Contacts on days without a number of orders: they are in no rate. */
  readonly contactsWithout: number;
  readonly leftOut: Readonly<Record<LeftOut, number>>;
  /** Contacts on days with a number, the most frequent first. */
  readonly rows: readonly {
    readonly value: string;
    readonly label: string;
    readonly contacts: number;
  }[];
}

interface Row {
  readonly value: string;
  readonly label: string;
  readonly fate: "contact" | LeftOut;
  readonly known: boolean;
  readonly n: number;
}

/**
 * The contacts of a period: a customer's first message of a chat, and each time that they came back to
 * one that was closed. All time begins with the first day of which anything is known.
 */
export async function readContacts(db: Db, about: ContactsAbout): Promise<ContactFacts> {
  const days = await readDays(db, about);
  const rows = await readRows(db, about);
  const sum = (which: (row: Row) => boolean) =>
    rows.filter(which).reduce((all, { n }) => all + n, 0);
  const units = rows.filter(({ fate, known }) => fate === "contact" && known);
  return {
    ...days,
    contacts: sum(({ fate, known }) => fate === "contact" && known),
    contactsWithout: sum(({ fate, known }) => fate === "contact" && !known),
    leftOut: {
      spam: sum(({ fate }) => fate === "spam"),
      bot: sum(({ fate }) => fate === "bot"),
      outbound: sum(({ fate }) => fate === "outbound"),
    },
    rows: units
      .map(({ value, label, n }) => ({ value, label, contacts: n }))
      .sort((a, b) => b.contacts - a.contacts || (a.label < b.label ? -1 : 1)),
  };
}

/** The first and the last day of the period that have begun, in the workspace's time zone. */
function span({ period, now }: ContactsAbout): {
  first: RawBuilder<unknown>;
  last: RawBuilder<unknown>;
} {
  const end = new Date(Math.min(period.end.getTime() - 1, now.getTime()));
  const day = (at: Date) => sql`(${at}::timestamptz at time zone ${period.timeZone}::text)::date`;
  return { first: day(period.start), last: day(end) };
}

async function readDays(
  db: Db,
  about: ContactsAbout,
): Promise<Pick<ContactFacts, "days" | "daysWithout" | "orders">> {
  const { workspaceId, period } = about;
  const { first, last } = span(about);
  const beginning =
    period.kind === "all"
      ? sql`least((select min(day) from orders where workspace_id = ${workspaceId}),
          (select (min(first_customer_at) at time zone ${period.timeZone}::text)::date from chats
            where workspace_id = ${workspaceId} and first_customer_at is not null))`
      : first;
  const { rows } = await sql<{ days: number; known: number; orders: number }>`
    select greatest(0, coalesce(${last} - ${beginning} + 1, 0))::int as days,
      count(*)::int as known, coalesce(sum(o.n), 0)::float8 as orders
    from orders o
    where o.workspace_id = ${workspaceId} and o.day >= ${first} and o.day <= ${last}`.execute(db);
  const { days = 0, known = 0, orders = 0 } = rows[0] ?? {};
  return { days, daysWithout: days - known, orders };
}

/** What happened to each contact, by unit, and whether its day has a number of orders. */
async function readRows(db: Db, about: ContactsAbout): Promise<Row[]> {
  return inOnePass(db, [about.period], async (trx, fence) => {
    const { rows } = await counted(about, fence).execute(trx);
    return rows;
  });
}

function counted(about: ContactsAbout, fence: Fence): RawBuilder<Row> {
  const { workspaceId, period, filter = {}, by } = about;
  const { first, last } = span(about);
  return sql<Row>`
    with contacts as materialized (${firstContacts(about)} union all ${laterContacts(about)}),
    by_programs as (${chatsOfPrograms(workspaceId, fence)}),
    known as (
      select o.day from orders o
      where o.workspace_id = ${workspaceId} and o.day >= ${first} and o.day <= ${last}
    ), counted as (
      select ${unitOf(by)} as unit, ${fate} as fate,
        (c.at at time zone ${period.timeZone}::text)::date in (select day from known) as known
      from contacts c
      left join lateral (${customerOf(workspaceId, fence)}) p on true
      join connections k on k.workspace_id = c.workspace_id and k.id = c.connection_id
      where not coalesce(p.bot or p.test, false) and ${isChatKept({ workspaceId, filter })}
    )
    select unit as value, ${labelOfUnit(workspaceId, by, sql`unit`)} as label, fate, known,
      count(*)::int as n
    from counted group by unit, fate, known`;
}

const columns = sql`c.workspace_id, c.id, c.connection_id, c.customer_id, c.state, c.closings,
  c.close_reason, c.team, c.channel, c.touchpoint, c.tags, c.opened_at, c.first_customer_at,
  c.first_team_at`;

function firstContacts({ workspaceId, period }: ContactsAbout): RawBuilder<unknown> {
  return sql`select ${columns}, c.first_customer_at as at, true as first from chats c
    where c.workspace_id = ${workspaceId}
      and c.first_customer_at >= ${period.start} and c.first_customer_at < ${period.end}`;
}

/**
 * Events may come late: the last reopening that was noted may be somewhat older than the latest one.
 */
function laterContacts({ workspaceId, period }: ContactsAbout): RawBuilder<unknown> {
  return sql`select ${columns}, back.at, false from chats c cross join lateral unnest(c.reopenings) back (at)
    where c.workspace_id = ${workspaceId}
      and c.reopened_at >= ${period.start}::timestamptz - interval '1 day'
      and back.at >= ${period.start} and back.at < ${period.end}`;
}

/** Closed chats among the contacts that nobody but programs wrote in for the team. */
function chatsOfPrograms(workspaceId: number, fence: Fence): RawBuilder<unknown> {
  return sql`select c.id from (select distinct id from contacts where state = 'closed') c
    cross join lateral (
      select n.person_id from handlers n
      where n.workspace_id = ${workspaceId} and n.chat_id = c.id and n.closing = 0 ${fence}
    ) n
    cross join lateral (
      select p.bot from people p
      where p.workspace_id = ${workspaceId} and p.id = n.person_id ${fence}
    ) p
    group by c.id having bool_and(p.bot)`;
}

/**
 * A chat that only programs replied to is theirs once it is closed: while it is open its customer
 * waits for a human. Whoever was written to before anything else in the chat did not get in touch.
 */
const fate = sql<string>`case when c.close_reason = 'spam' then 'spam'
    when c.id in (select id from by_programs) then 'bot'
    when c.first and c.first_team_at < c.first_customer_at and c.first_team_at = c.opened_at
      then 'outbound'
    else 'contact' end`;
