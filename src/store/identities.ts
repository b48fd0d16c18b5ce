/** Identities: whom the platforms' ids and addresses belong to. Only ever within a workspace. */
import { sql } from "kysely";
import type { Consent, Db, Row } from "./schema.ts";

/** Namespace of the advisory locks on what makes somebody known; chosen at random. */
const LOCK = 0x7065726f;

/**
 * Lets events about the same user or address come one after the other until their transactions end:
 * whoever is met on two connections at once is found on one of them.
 */
export async function lockIdentities(
  db: Db,
  workspaceId: number,
  { externalId, email }: { readonly externalId: string; readonly email: string | undefined },
): Promise<void> {
  const keys = [
    `${workspaceId}:user:${externalId}`,
    ...(email === undefined ? [] : [`${workspaceId}:email:${email.toLowerCase()}`]),
  ];
  await sql`select pg_advisory_xact_lock(${LOCK}::int, key)
    from (select distinct hashtext(each) as key from unnest(${keys}::text[]) each order by 1) keys
  `.execute(db);
}

/** Somebody with the same user id on another connection of this one's platform; the first one met. */
export async function sameUserElsewhere(
  db: Db,
  workspaceId: number,
  connectionId: string,
  externalId: string,
): Promise<string | undefined> {
  const row = await db
    .selectFrom("connections as here")
    .innerJoin("connections as there", (join) =>
      join
        .onRef("there.workspace_id", "=", "here.workspace_id")
        .onRef("there.platform", "=", "here.platform")
        .onRef("there.id", "<>", "here.id"),
    )
    .innerJoin("identities as i", (join) =>
      join
        .onRef("i.workspace_id", "=", "there.workspace_id")
        .onRef("i.connection_id", "=", "there.id"),
    )
    .where("here.workspace_id", "=", workspaceId)
    .where("here.id", "=", connectionId)
    .where("i.external_id", "=", externalId)
    .select("i.person_id")
    .orderBy("i.person_id")
    .limit(1)
    .executeTakeFirst();
  return row?.person_id;
}

/** Somebody whom an address belongs to. */
export interface AddressOwner {
  readonly personId: string;
  readonly humanId: string;
  /** By a platform; else a file says so. */
  readonly verified: boolean;
}

/** Whose address this is, by a platform's or a file's word; bots have none. */
export async function ownersOfEmail(
  db: Db,
  workspaceId: number,
  email: string,
): Promise<AddressOwner[]> {
  const rows = await db
    .selectFrom("people")
    .select(["id", "human_id", "email_verified"])
    .where("workspace_id", "=", workspaceId)
    .where(sql<boolean>`lower(email) = ${email.trim().toLowerCase()}`)
    .where((where) =>
      where.or([where("email_verified", "=", true), where("source", "=", "import")]),
    )
    .where("bot", "=", false)
    .orderBy("id")
    .execute();
  return rows.map((row) => ({
    personId: row.id,
    humanId: row.human_id ?? row.id,
    verified: row.email_verified,
  }));
}

/** One row of people as somebody is met on a connection. */
export interface MetAs {
  readonly personId: string;
  readonly name: string;
  readonly role: Row<"people">["role"];
  readonly bot: boolean;
  readonly email: string | null;
  readonly emailVerified: boolean;
  readonly consent: Consent;
  readonly pausedUntil: Date | null;
  readonly account: string | null;
  readonly source: Row<"people">["source"];
  /** Where, and as which user; more than one when a file names several. */
  readonly identities: readonly {
    readonly platform: string;
    /** The connection as the platform calls it. */
    readonly connection: string;
    readonly userId: string;
  }[];
}

/** Somebody with all that they are met as; the row that stands for them is the first. */
export interface FoundHuman {
  readonly humanId: string;
  readonly people: readonly MetAs[];
}

/** How somebody is looked for. */
export type Looked =
  | { readonly by: "id"; readonly id: string }
  | { readonly by: "user"; readonly platform: string; readonly userId: string }
  /** Verified or not, in any case of letters. */
  | { readonly by: "email"; readonly email: string }
  /** As they are called somewhere, in any case of letters; nobody who is made up. */
  | { readonly by: "name"; readonly name: string };

/** So many are shown at most. */
const MOST_FOUND = 50;

/** The humans behind what somebody looks for. */
export async function readHumans(
  db: Db,
  workspaceId: number,
  looked: Looked,
): Promise<FoundHuman[]> {
  const { rows } = await sql<MetAs & { humanId: string }>`
    with humans as (
      select distinct coalesce(p.human_id, p.id) as id from people p
      where p.workspace_id = ${workspaceId} and ${isLookedFor(workspaceId, looked)}
      order by 1 limit ${MOST_FOUND}
    )
    select h.id as "humanId", p.id as "personId", p.name, p.role, p.bot, p.email,
      p.email_verified as "emailVerified", p.consent, p.paused_until as "pausedUntil",
      p.source, a.name as account,
      (select coalesce(jsonb_agg(jsonb_build_object('platform', c.platform, 'connection', c.name,
          'userId', i.external_id) order by c.platform, c.name, i.external_id), '[]')
        from identities i
        join connections c on c.workspace_id = i.workspace_id and c.id = i.connection_id
        where i.workspace_id = ${workspaceId} and i.person_id = p.id) as identities
    from humans h
    join people p on p.workspace_id = ${workspaceId} and (p.id = h.id or p.human_id = h.id)
    left join accounts a on a.workspace_id = p.workspace_id and a.id = p.account_id
    order by h.id, p.human_id is not null, p.id
  `.execute(db);
  const humans = new Map<string, MetAs[]>();
  for (const { humanId, ...person } of rows) {
    humans.set(humanId, [...(humans.get(humanId) ?? []), person]);
  }
  return [...humans].map(([humanId, people]) => ({ humanId, people }));
}

function isLookedFor(workspaceId: number, looked: Looked) {
  switch (looked.by) {
    case "id":
      return sql`p.id = ${looked.id}::uuid`;
    case "email":
      return sql`lower(p.email) = ${looked.email.trim().toLowerCase()}`;
    case "name":
      return sql`lower(p.name) = lower(${looked.name.trim()}) and p.source <> 'sample'`;
    case "user":
      return sql`p.id in (
        select i.person_id from identities i
        join connections c on c.workspace_id = i.workspace_id and c.id = i.connection_id
        where i.workspace_id = ${workspaceId} and i.external_id = ${looked.userId}
          and c.platform = ${looked.platform})`;
  }
}
