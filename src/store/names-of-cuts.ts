/**
 * Which names there are of what a view can be narrowed down to. At most {@link MOST} of each, those
 * of the newest chats first; found by hops over indexes, by the newest rows, or in the counts, so
 * that it takes as long with ten chats as with ten million.
 */
import { type RawBuilder, sql } from "kysely";
import type { FilterName, Kept } from "../metrics/filter.ts";
import { metricNames } from "../metrics/metric.ts";
import type { Db } from "./schema.ts";

/** More names than this nobody chooses from. */
const MOST = 1000;

/** So many of the newest chats, and of each metric's newest answers, are looked through. */
const NEWEST = 2000;

/** What of a name is there: `since` leaves out what had no chat for longer. */
export interface Wanted {
  readonly since?: Date;
  /** What was typed: accounts are looked for by it, because there may be too many of them. */
  readonly typed?: string;
}

/** The names that are in use now. */
export async function readKnown(
  db: Db,
  workspaceId: number,
  name: FilterName,
  { since = new Date(0), typed = "" }: Wanted = {},
): Promise<Kept[]> {
  switch (name) {
    case "team":
    case "channel":
    case "touchpoint":
      return plain(await hop(db, workspaceId, name, since));
    case "tag":
      return plain(await readTags(db, workspaceId));
    case "platform":
      return plain(await readPlatforms(db, workspaceId));
    case "language":
      return plain(await readValuesOfAnswers(db, workspaceId, "language"));
    case "agent":
      return readAgents(db, workspaceId);
    case "account":
      return readAccounts(db, workspaceId, typed);
  }
}

/** The names that answers have which belong to no chat of ours, or to older ones. */
export async function readKnownOfAnswers(
  db: Db,
  workspaceId: number,
  name: FilterName,
): Promise<Kept[]> {
  if (name === "agent" || name === "account") return [];
  const recent = await readValuesOfAnswers(db, workspaceId, name);
  const counted = await readCounted(db, workspaceId, name);
  return plain([...new Set([...recent, ...counted])]);
}

function plain(names: readonly string[]): Kept[] {
  return names.map((name) => ({ values: [name], label: name }));
}

/** From name to name over the index that begins with it. */
async function hop(
  db: Db,
  workspaceId: number,
  column: "team" | "channel" | "touchpoint",
  since: Date,
): Promise<string[]> {
  const name = sql.ref(column);
  const newest = sql`order by ${name} desc, opened_at desc limit 1`;
  const { rows } = await sql<{ name: string }>`
    with recursive names (name, at) as (
      (select ${name}, opened_at from chats
        where workspace_id = ${workspaceId} and ${name} is not null ${newest})
      union all
      select next.* from names n cross join lateral (
        select ${name}, opened_at from chats
        where workspace_id = ${workspaceId} and ${name} is not null and ${name} < n.name ${newest}
      ) next
    )
    select name from (select * from names limit ${MOST}) names
    where name <> '' and at >= ${since}::timestamptz
    order by at desc, name
  `.execute(db);
  return rows.map((row) => row.name);
}

/** Those of the newest closed chats, the most frequent first. */
async function readTags(db: Db, workspaceId: number): Promise<string[]> {
  const { rows } = await sql<{ tag: string }>`
    select tag from (
      select tags from chats where workspace_id = ${workspaceId} and closed_at is not null
      order by closed_at desc limit ${NEWEST}
    ) chats cross join unnest(tags) tag
    where tag <> '' group by tag order by count(*) desc, tag limit ${MOST}
  `.execute(db);
  return rows.map(({ tag }) => tag);
}

async function readPlatforms(db: Db, workspaceId: number): Promise<string[]> {
  const own = await db
    .selectFrom("connections")
    .select("platform")
    .distinct()
    .where("workspace_id", "=", workspaceId)
    .orderBy("platform")
    .execute();
  const answered = await readValuesOfAnswers(db, workspaceId, "platform");
  return [...new Set([...own.map(({ platform }) => platform), ...answered])];
}

type Column = Exclude<FilterName, "agent" | "account">;

/** Those of each metric's newest answers, the most frequent first. */
async function readValuesOfAnswers(db: Db, workspaceId: number, name: Column): Promise<string[]> {
  const metrics = sql.join(metricNames.map((metric) => sql`(${metric}::text)`));
  const [column, value]: [RawBuilder<unknown>, RawBuilder<unknown>] =
    name === "tag" ? [sql`a.tags`, sql`unnest(value)`] : [sql.ref(`a.${name}`), sql`value`];
  const { rows } = await sql<{ name: string }>`
    select name from (
      select ${value} as name from (values ${metrics}) m (metric) cross join lateral (
        select ${column} as value from answers a
        where a.workspace_id = ${workspaceId} and a.metric = m.metric and a.score is not null
        order by a.answered_at desc limit ${NEWEST}
      ) answered
    ) names
    where name is not null and name <> '' group by name order by count(*) desc, name limit ${MOST}
  `.execute(db);
  return rows.map((row) => row.name);
}

/** Those that months were counted by. */
async function readCounted(db: Db, workspaceId: number, name: Column): Promise<string[]> {
  const metrics = sql.join(metricNames.map((metric) => sql`(${metric}::text)`));
  const { rows } = await sql<{ name: string }>`
    select distinct c.value as name from (values ${metrics}) m (metric) cross join lateral (
      select c.value from cut_counts c
      where c.workspace_id = ${workspaceId} and c.metric = m.metric and c.cut = ${name}
      offset 0
    ) c
    where c.value <> '' order by name limit ${MOST}
  `.execute(db);
  return rows.map((row) => row.name);
}

/** Everybody who handled a chat when it closed, bots too; a human is one however many rows they have. */
async function readAgents(db: Db, workspaceId: number): Promise<Kept[]> {
  const { rows } = await sql<{ label: string; people: string[] }>`
    with recursive handling (id) as (
      (select person_id from handlers where workspace_id = ${workspaceId}
        order by person_id desc limit 1)
      union all
      select next.* from handling h cross join lateral (
        select person_id from handlers
        where workspace_id = ${workspaceId} and person_id < h.id
        order by person_id desc limit 1
      ) next
    ), humans (id) as (
      select distinct coalesce(p.human_id, p.id) from (select id from handling limit ${MOST}) h
      join people p on p.workspace_id = ${workspaceId} and p.id = h.id
    )
    select me.name as label, array(
      select p.id from people p where p.workspace_id = ${workspaceId}
        and coalesce(p.human_id, p.id) = me.id order by p.id
    ) as people
    from humans h join people me on me.workspace_id = ${workspaceId} and me.id = h.id
    where me.name <> '' order by me.id desc
  `.execute(db);
  return rows.map(({ label, people }) => ({ values: people, label }));
}

/** So many words of a name are looked at when it stands without quotes. */
const WORDS = 8;

/**
 * Accounts whose whole name is what was typed or its beginning ("Acme Corp last week" is looked for
 * as all of it, as "Acme Corp last", as "Acme Corp" …); then those that begin like it.
 */
async function readAccounts(db: Db, workspaceId: number, typed: string): Promise<Kept[]> {
  const words = typed.trim().toLowerCase().split(/\s+/u).slice(0, WORDS);
  const beginnings = words.map((_, i) => words.slice(0, i + 1).join(" "));
  // What people mistype is seldom the first two letters.
  const start = [...(words[0] ?? "")].slice(0, 2).join("");
  const name = sql`lower(name) collate "C"`;
  const { rows } = await sql<{ id: string; name: string }>`
    (select id, name from accounts
      where workspace_id = ${workspaceId} and ${name} = any(${beginnings}::text[]) limit ${MOST})
    union
    (select id, name from accounts
      where workspace_id = ${workspaceId} and ${name} >= ${start} collate "C"
        and ${name} < ${`${start}\u{10FFFF}`} collate "C"
      order by ${name} limit ${MOST})
    order by name, id
  `.execute(db);
  return rows.map((row) => ({ values: [row.id], label: row.name }));
}

/** What people and accounts are called now; ids that are not here have no name. */
export async function readNamesOf(
  db: Db,
  workspaceId: number,
  name: "agent" | "account",
  ids: readonly string[],
): Promise<string[]> {
  const query =
    name === "agent"
      ? sql<{ name: string }>`select distinct h.name from people p
          join people h on h.workspace_id = p.workspace_id and h.id = coalesce(p.human_id, p.id)
          where p.workspace_id = ${workspaceId} and p.id = any(${[...ids]}::uuid[])
          order by h.name`
      : sql<{ name: string }>`select distinct name from accounts
          where workspace_id = ${workspaceId} and id = any(${[...ids]}::uuid[]) order by name`;
  const { rows } = await query.execute(db);
  return rows.map((row) => row.name);
}
