/** Who somebody is: every row of a human, and every way in which the platforms know them. */
import { type RawBuilder, sql } from "kysely";
import type { IdentityKey } from "../people/ledger.ts";
import type { Db } from "./schema.ts";

/** A person's account on a platform. */
export interface KnownIdentity {
  readonly connectionId: string;
  readonly platform: string;
  readonly externalId: string;
}

/** A person with all keys by which the ledger would know them. */
interface Keyed {
  readonly personId: string;
  readonly keys: readonly IdentityKey[];
}

/** An address says who somebody is when a platform verified it or an operator vouched for it. */
const trusted = sql`p.email is not null and (p.email_verified or p.source = 'import')`;

/** Our ids of every row of a person's human, their own among them; none when there is no such person. */
export async function rowsOfHuman(
  db: Db,
  workspaceId: number,
  personId: string,
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    with own as (
      select coalesce(human_id, id) as human from people
      where workspace_id = ${workspaceId} and id = ${personId}::uuid
    )
    select p.id from people p, own
    where p.workspace_id = ${workspaceId} and (p.id = own.human or p.human_id = own.human)
    order by p.id
  `.execute(db);
  return rows.map(({ id }) => id);
}

/** The accounts of these people on their platforms. */
export async function identitiesOf(
  db: Db,
  workspaceId: number,
  people: readonly string[],
): Promise<KnownIdentity[]> {
  const { rows } = await sql<KnownIdentity>`
    select i.connection_id as "connectionId", c.platform, i.external_id as "externalId"
    from identities i
    join connections c on c.workspace_id = i.workspace_id and c.id = i.connection_id
    where i.workspace_id = ${workspaceId} and i.person_id = any(${[...people]}::uuid[])
    order by i.created_at, i.external_id
  `.execute(db);
  return rows;
}

/** Every key of these people. */
export async function keysOf(
  db: Db,
  workspaceId: number,
  people: readonly string[],
): Promise<IdentityKey[]> {
  const keyed = await selectKeyed(db, workspaceId, sql`p.id = any(${[...people]}::uuid[])`, null);
  return keyed.flatMap(({ keys }) => keys);
}

/** The chats that these people began, as the ledger knows them. */
export async function chatKeysOf(
  db: Db,
  workspaceId: number,
  people: readonly string[],
): Promise<IdentityKey[]> {
  const chats = await db
    .selectFrom("chats")
    .select(["connection_id as connectionId", "external_id as externalId"])
    .where("workspace_id", "=", workspaceId)
    .where(sql<boolean>`customer_id = any(${[...people]}::uuid[])`)
    .execute();
  return chats.map((chat) => ({ kind: "chat", ...chat }));
}

/** People in the order of their ids, after one of them. */
export async function identitiesAfter(
  db: Db,
  workspaceId: number,
  after: string | undefined,
  limit: number,
): Promise<Keyed[]> {
  const later = after === undefined ? sql`true` : sql`p.id > ${after}::uuid`;
  return selectKeyed(db, workspaceId, later, limit);
}

async function selectKeyed(
  db: Db,
  workspaceId: number,
  which: RawBuilder<unknown>,
  limit: number | null,
): Promise<Keyed[]> {
  const { rows } = await sql<{
    id: string;
    email: string | null;
    users: { platform: string; externalId: string }[];
  }>`
    select p.id, case when ${trusted} then p.email end as email,
      (select coalesce(jsonb_agg(jsonb_build_object('platform', c.platform,
          'externalId', i.external_id)), '[]')
        from identities i
        join connections c on c.workspace_id = i.workspace_id and c.id = i.connection_id
        where i.workspace_id = p.workspace_id and i.person_id = p.id) as users
    from people p
    where p.workspace_id = ${workspaceId} and ${which}
    order by p.id
    limit ${limit}
  `.execute(db);
  return rows.map(({ id, email, users }) => ({
    personId: id,
    keys: [
      ...users.map((user) => ({ kind: "user" as const, ...user })),
      ...(email === null ? [] : [{ kind: "email" as const, email }]),
    ],
  }));
}
