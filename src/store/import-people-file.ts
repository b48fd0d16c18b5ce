/** What a file of people changes, many rows to a statement. */
import { sql } from "kysely";
import { newId } from "./ids.ts";
import { insertMany } from "./insert-many.ts";
import type { Db } from "./schema.ts";

/** A user on a connection, and the name of a new row of people. */
export interface WantedIdentity {
  readonly connectionId: string;
  readonly externalId: string;
  readonly name: string;
}

type IdentityRef = Pick<WantedIdentity, "connectionId" | "externalId">;

/** How an identity is found in what is given by {@link findIdentities}. */
export function identityKey({ connectionId, externalId }: IdentityRef): string {
  return `${connectionId} ${externalId}`;
}

/** Ids of people by {@link identityKey}, of those that are known. */
export async function findIdentities(
  trx: Db,
  workspaceId: number,
  wanted: readonly IdentityRef[],
): Promise<Map<string, string>> {
  const connections = wanted.map(({ connectionId }) => connectionId);
  const users = wanted.map(({ externalId }) => externalId);
  const { rows } = await sql<IdentityRef & { personId: string }>`
    select i.connection_id as "connectionId", i.external_id as "externalId",
      i.person_id as "personId"
    from unnest(${connections}::uuid[], ${users}::text[]) wanted (connection_id, external_id)
    join identities i on i.workspace_id = ${workspaceId}
      and i.connection_id = wanted.connection_id and i.external_id = wanted.external_id
  `.execute(trx);
  return new Map(rows.map((row) => [identityKey(row), row.personId]));
}

/** Makes rows of people for identities that nobody has; the ids of those that were made. */
export async function insertIdentities(
  trx: Db,
  workspaceId: number,
  wanted: readonly WantedIdentity[],
): Promise<Set<string>> {
  const added = wanted.map((each) => ({ ...each, id: newId() }));
  const people = added.map(({ id, name }) => ({
    workspace_id: workspaceId,
    id,
    name,
    source: "import" as const,
  }));
  await insertMany(trx, "people", people, "id");
  const identities = added.map(({ id, connectionId, externalId }) => ({
    workspace_id: workspaceId,
    connection_id: connectionId,
    external_id: externalId,
    person_id: id,
  }));
  const kept = await insertMany(trx, "identities", identities, "person_id");
  const met = added.flatMap(({ id }) => (kept.has(id) ? [] : [id]));
  // Met while we were at it: theirs counts.
  if (met.length > 0) {
    await trx
      .deleteFrom("people")
      .where("workspace_id", "=", workspaceId)
      .where("id", "in", met)
      .execute();
  }
  return kept;
}

/** What a file says about somebody; undefined: nothing. */
export interface ToldPerson {
  readonly personId: string;
  readonly name: string | undefined;
  readonly email: string | undefined;
  readonly locale: string | undefined;
  readonly timeZone: string | undefined;
  readonly accountId: string | undefined;
  readonly accountRole: "buyer" | "user" | undefined;
}

function toldRows(told: readonly ToldPerson[]) {
  const column = (key: keyof ToldPerson) => told.map((each) => each[key] ?? null);
  return sql`unnest(${column("personId")}::uuid[], ${column("name")}::text[],
    ${column("email")}::text[], ${column("locale")}::text[], ${column("timeZone")}::text[],
    ${column("accountId")}::uuid[], ${column("accountRole")}::text[]
  ) told (person_id, name, email, locale, time_zone, account_id, account_role)`;
}

/** Brings the files' own rows of people up to date; the ids of those that changed. */
export async function updateTold(
  trx: Db,
  workspaceId: number,
  told: readonly ToldPerson[],
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    update people p set name = now.name, email = now.email, locale = now.locale,
      time_zone = now.time_zone, account_id = now.account_id, account_role = now.account_role
    from (
      select p.id, coalesce(told.name, p.name) as name, coalesce(told.email, p.email) as email,
        coalesce(told.locale, p.locale) as locale,
        coalesce(told.time_zone, p.time_zone) as time_zone,
        coalesce(told.account_id, p.account_id) as account_id,
        coalesce(told.account_role, p.account_role) as account_role
      from ${toldRows(told)}
      join people p on p.workspace_id = ${workspaceId} and p.id = told.person_id
    ) now
    where p.workspace_id = ${workspaceId} and p.id = now.id
      and (p.name, p.email, p.locale, p.time_zone, p.account_id, p.account_role) is distinct from
        (now.name, now.email, now.locale, now.time_zone, now.account_id, now.account_role)
    returning p.id`.execute(trx);
  return rows.map(({ id }) => id);
}

/**
 * The same for every other row of their humans, where no platform says it better: the account and its
 * role always, language and zone where there are none. `connectionId` is the files' own, whose rows each say
 * what their file says. Gives those of them whose humans changed.
 */
export async function spreadTold(
  trx: Db,
  workspaceId: number,
  connectionId: string,
  told: readonly ToldPerson[],
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    update people p set locale = coalesce(p.locale, now.locale),
      time_zone = coalesce(p.time_zone, now.time_zone),
      account_id = coalesce(now.account_id, p.account_id),
      account_role = coalesce(now.account_role, p.account_role)
    from (
      select distinct on (part.id) part.id, told.*
      from ${toldRows(told)}
      join people own on own.workspace_id = ${workspaceId} and own.id = told.person_id
      join people part on part.workspace_id = ${workspaceId} and (
        part.id = own.human_id or part.human_id = own.human_id or part.human_id = own.id)
      where not exists (select from identities i where i.workspace_id = ${workspaceId}
        and i.person_id = part.id and i.connection_id = ${connectionId}::uuid)
      order by part.id, told.person_id
    ) now
    where p.workspace_id = ${workspaceId} and p.id = now.id and (
      p.locale is null and now.locale is not null
      or p.time_zone is null and now.time_zone is not null
      or now.account_id is not null and p.account_id is distinct from now.account_id
      or now.account_role is not null and p.account_role is distinct from now.account_role)
    returning now.person_id as id`.execute(trx);
  return rows.map(({ id }) => id);
}

/** Which human each of these people is. */
export async function humansOf(
  trx: Db,
  workspaceId: number,
  people: readonly string[],
): Promise<Map<string, string>> {
  const { rows } = await sql<{ id: string; human: string }>`
    select id, coalesce(human_id, id) as human from people
    where workspace_id = ${workspaceId} and id = any(${[...people]}::uuid[])`.execute(trx);
  return new Map(rows.map(({ id, human }) => [id, human]));
}

/** Who has these addresses by a platform's word, by address in lower case; bots have none. */
export async function verifiedOwners(
  trx: Db,
  workspaceId: number,
  emails: readonly string[],
): Promise<Map<string, string[]>> {
  const { rows } = await sql<{ email: string; people: string[] }>`
    select lower(email) as email, array_agg(id order by id) as people from people
    where workspace_id = ${workspaceId} and email_verified and not bot
      and lower(email) = any(${emails.map((each) => each.toLowerCase())}::text[])
    group by lower(email)`.execute(trx);
  return new Map(rows.map(({ email, people }) => [email, people]));
}

/** Connections where these users are known, by {@link userKey}. */
export async function connectionsOfUsers(
  trx: Db,
  workspaceId: number,
  users: readonly { readonly platform: string; readonly userId: string }[],
): Promise<Map<string, string>> {
  const platforms = users.map(({ platform }) => platform);
  const ids = users.map(({ userId }) => userId);
  const { rows } = await sql<{ platform: string; userId: string; connectionId: string }>`
    select distinct on (c.platform, i.external_id) c.platform, i.external_id as "userId",
      c.id as "connectionId"
    from unnest(${platforms}::text[], ${ids}::text[]) wanted (platform, external_id)
    join connections c on c.workspace_id = ${workspaceId} and c.platform = wanted.platform
    join identities i on i.workspace_id = c.workspace_id and i.connection_id = c.id
      and i.external_id = wanted.external_id
    order by c.platform, i.external_id, i.person_id`.execute(trx);
  return new Map(rows.map((row) => [userKey(row), row.connectionId]));
}

/** How a user is found in what is given by {@link connectionsOfUsers}. */
export function userKey({ platform, userId }: { platform: string; userId: string }): string {
  return `${platform} ${userId}`;
}

/** The one human's row that has this address, verified or told, by address in lower case. */
export async function ownersOfEmails(
  trx: Db,
  workspaceId: number,
  emails: readonly string[],
): Promise<Map<string, string>> {
  if (emails.length === 0) return new Map();
  const { rows } = await sql<{ email: string; id: string }>`
    select lower(email) as email, min(id::text)::uuid as id from people
    where workspace_id = ${workspaceId} and email is not null and not bot
      and lower(email) = any(${emails.map((each) => each.toLowerCase())}::text[])
    group by lower(email)
    having count(distinct coalesce(human_id, id)) = 1`.execute(trx);
  return new Map(rows.map(({ email, id }) => [email, id]));
}
