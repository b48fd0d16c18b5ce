/** Since when people and accounts are customers, when they left and by which rule, and their dates. */
import { type RawBuilder, sql } from "kysely";
import type { Db } from "./schema.ts";

/** A calendar day of the workspace (`YYYY-MM-DD`), or an instant. */
export type Moment = { readonly day: string } | { readonly time: Date };

/** What a file says about since when and as what somebody is a customer; undefined: nothing. */
export interface Lifecycle {
  readonly plan: string | undefined;
  readonly joined: Moment | undefined;
  /** "no": they are a customer again. */
  readonly left: Moment | "no" | undefined;
  /** By which rule they count as lost. */
  readonly leftRule: string | undefined;
  /** Days by their name; "no": there is none any more. */
  readonly dates: readonly { readonly name: string; readonly on: string }[];
}

/** What was told about a row of people or an account. */
export interface ToldLifecycle extends Lifecycle {
  readonly id: string;
  /** Of people only; undefined: nothing was said. */
  readonly tags?: readonly string[] | undefined;
}

/** By which rule somebody counts as lost when nobody said. */
const USUAL_RULE = "reported";

interface About {
  readonly workspaceId: number;
  readonly now: Date;
}

/**
 * Keeps what was told; what was not stays. When we learn that somebody left, that is noted: a date
 * that is only corrected is no news. Gives the ids of the rows that changed.
 */
export async function tellLifecycle(
  db: Db,
  { workspaceId, now }: About,
  owner: "person" | "account",
  told: readonly ToldLifecycle[],
): Promise<Set<string>> {
  const tagged = owner === "person";
  const table = sql.table(tagged ? "people" : "accounts");
  const columns = sql`plan, joined_at, left_at, left_rule, left_noted_at${
    tagged ? sql`, tags` : sql``
  }`;
  const { rows } = await sql<{ id: string }>`
    update ${table} t set (${columns}) = row(now.*)
    from (
      select * from json_to_recordset(${JSON.stringify(told.map(toRow))}::json) each (id uuid,
        plan text, joined text, "left" text, rule text, back boolean, tags text)
    ) told
    join ${table} was on was.workspace_id = ${workspaceId}::int and was.id = told.id,
    lateral (select coalesce(told.plan, was.plan) as plan,
      coalesce(${instant(sql`told.joined`, workspaceId)}, was.joined_at) as joined_at,
      case when not told.back
        then coalesce(${instant(sql`told."left"`, workspaceId)}, was.left_at) end as left_at,
      case when told.back then null when told."left" is null then was.left_rule
        else coalesce(told.rule, was.left_rule, ${USUAL_RULE}) end as left_rule,
      case when told.back then null when told."left" is null then was.left_noted_at
        when was.left_at is null then ${now}::timestamptz
        else was.left_noted_at end as left_noted_at
      ${tagged ? sql`, coalesce(string_to_array(told.tags, ';'), was.tags) as tags` : sql``}) now
    where t.workspace_id = ${workspaceId}::int and t.id = told.id
      and row(now.*) is distinct from (${columnsOf("was", tagged)})
    returning t.id`.execute(db);
  const dated = await tellDates(db, workspaceId, owner, told);
  return new Set([...rows.map(({ id }) => id), ...dated]);
}

function columnsOf(table: string, tagged: boolean) {
  const names = ["plan", "joined_at", "left_at", "left_rule", "left_noted_at"];
  return sql.join(
    [...names, ...(tagged ? ["tags"] : [])].map((name) => sql.ref(`${table}.${name}`)),
  );
}

function toRow({ id, plan, joined, left, leftRule, tags }: ToldLifecycle) {
  const leaves = left === "no" ? undefined : left;
  return {
    ...{ id, plan, rule: leftRule, back: left === "no" },
    ...{ joined: joined && written(joined), left: leaves && written(leaves) },
    tags: tags?.join(";"),
  };
}

function written(moment: Moment): string {
  return "day" in moment ? moment.day : moment.time.toISOString();
}

/** A day begins by the workspace's clocks. */
function instant(text: RawBuilder<unknown>, workspaceId: number) {
  return sql`case when length(${text}) = 10 then ${text}::timestamp at time zone
    (select time_zone from workspaces where id = ${workspaceId}::int)
    else ${text}::timestamptz end`;
}

/** Owners whose dates changed. */
async function tellDates(
  db: Db,
  workspaceId: number,
  owner: "person" | "account",
  told: readonly ToldLifecycle[],
): Promise<string[]> {
  const all = told.flatMap(({ id, dates }) => dates.map((each) => ({ id, ...each })));
  if (all.length === 0) return [];
  const set = all.filter(({ on }) => on !== "no");
  const gone = all.filter(({ on }) => on === "no");
  const { rows: kept } = await sql<{ id: string }>`
    insert into dates as d (workspace_id, owner, owner_id, name, "on")
    select ${workspaceId}::int, ${owner}, id, name, "on"
    from json_to_recordset(${JSON.stringify(set)}::json) each (id uuid, name text, "on" date)
    on conflict (workspace_id, owner, owner_id, name) do update set "on" = excluded."on"
    where d."on" <> excluded."on" returning owner_id as id`.execute(db);
  const { rows: removed } = await sql<{ id: string }>`
    delete from dates d
    using json_to_recordset(${JSON.stringify(gone)}::json) each (id uuid, name text)
    where d.workspace_id = ${workspaceId}::int and d.owner = ${owner} and d.owner_id = each.id
      and d.name = each.name returning d.owner_id as id`.execute(db);
  return [...kept, ...removed].map(({ id }) => id);
}

/** The people of these accounts, whichever of their rows says so. */
export async function peopleOfAccounts(
  db: Db,
  workspaceId: number,
  accounts: readonly string[],
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from people where workspace_id = ${workspaceId}::int
      and account_id = any(${[...accounts]}::uuid[])`.execute(db);
  return rows.map(({ id }) => id);
}
