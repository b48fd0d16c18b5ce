/** What is there already when somebody sets a workspace up. */
import { sql } from "kysely";
import type { GrantedRole } from "../configuration/change.ts";
import type { SetupFacts } from "../configuration/setup/recommended.ts";
import type { Db } from "./schema.ts";

/** How much happened since then; sample data counts for nothing. */
export async function readSetupFacts(
  db: Db,
  workspaceId: number,
  since: Date,
): Promise<SetupFacts> {
  const { rows } = await sql<SetupFacts>`
    select
      (select count(*)::int from chats c where c.workspace_id = ${workspaceId}
        and c.closed_at >= ${since} and c.state = 'closed') as chats,
      (select count(*)::int from people p where p.workspace_id = ${workspaceId}
        and p.joined_at >= ${since} and p.role = 'customer' and not p.bot
        and p.source <> 'sample' and p.human_id is null) as joined,
      (select count(*)::int from accounts a where a.workspace_id = ${workspaceId}) as accounts
  `.execute(db);
  return rows[0] ?? { chats: 0, joined: 0, accounts: 0 };
}

/** A channel of a connection with its closed chats. */
export interface ChatPlace {
  readonly connectionId: string;
  readonly channel: string;
  readonly chats: number;
}

/** Where chats were closed since then, the places with the most of them first. */
export async function readChatPlaces(
  db: Db,
  workspaceId: number,
  since: Date,
): Promise<ChatPlace[]> {
  const { rows } = await sql<ChatPlace>`
    select connection_id as "connectionId", channel, count(*)::int as chats from chats
    where workspace_id = ${workspaceId} and closed_at >= ${since}
    group by connection_id, channel order by chats desc, channel`.execute(db);
  return rows;
}

/** Somebody of the team. `granted`: by an admin of ours, and not only by the platform. */
export interface TeamMember {
  readonly personId: string;
  readonly name: string;
  readonly role: GrantedRole;
  readonly connection: string | null;
  /** As their row keeps it: `granted`, `group:ID`, or what the platform says. */
  readonly by: string | null;
}

/** Admins and leads who were met, admins first. */
export async function readLeads(
  db: Db,
  workspaceId: number,
  limit: number,
): Promise<{ readonly people: TeamMember[]; readonly more: number }> {
  const { rows } = await sql<TeamMember & { all: number }>`
    select p.id as "personId", p.name, p.role, p.role_by as by,
      (select k.name from identities i join connections k
          on k.workspace_id = i.workspace_id and k.id = i.connection_id
        where i.workspace_id = ${workspaceId} and i.person_id = p.id
        order by i.created_at limit 1) as connection,
      count(*) over ()::int as all
    from people p
    where p.workspace_id = ${workspaceId} and p.role in ('lead', 'admin') and not p.bot
      and p.source = 'platform'
    order by p.role, p.created_at, p.id limit ${limit}`.execute(db);
  const people = rows.map(({ all: _, ...each }) => each);
  return { people, more: (rows[0]?.all ?? 0) - people.length };
}

/** Whether somebody set anything up here: by the setup, or by hand. */
export async function isSetUp(db: Db, workspaceId: number): Promise<boolean> {
  const { rows } = await sql<{ done: boolean }>`
    select exists (select 1 from drafts where workspace_id = ${workspaceId}
        and kind = 'setup' and state = 'done')
      or exists (select 1 from audit where workspace_id = ${workspaceId}
        and action in ('settings', 'survey', 'schedule', 'role'))
      as done`.execute(db);
  return rows[0]?.done ?? false;
}

/** Connections that were not greeted and are not older than this, by our ids. */
export async function connectionsSince(
  db: Db,
  workspaceId: number,
  since: Date,
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select k.id from connections k
    where k.workspace_id = ${workspaceId} and k.created_at >= ${since} and not exists (
      select 1 from deliveries d
      where d.workspace_id = ${workspaceId} and d.key = 'setup:' || k.id)`.execute(db);
  return rows.map(({ id }) => id);
}
