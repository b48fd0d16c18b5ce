/** Accounts: what people are customers of, or belong to. */
import { sql } from "kysely";
import { newId } from "./ids.ts";
import type { Db } from "./schema.ts";

/** An account by its key where it comes from; `name` undefined: as it is called already, else the key. */
export interface NamedAccount {
  readonly key: string;
  readonly name: string | undefined;
}

/** Makes the accounts that are not there, renames those that are called anew; ids by key. */
export async function ensureAccounts(
  db: Db,
  workspaceId: number,
  accounts: readonly NamedAccount[],
): Promise<Map<string, string>> {
  return (await keepAccounts(db, workspaceId, accounts)).ids;
}

/** The same, with the ids of those that are new or called anew. */
export async function keepAccounts(
  db: Db,
  workspaceId: number,
  accounts: readonly NamedAccount[],
): Promise<{ readonly ids: Map<string, string>; readonly changed: readonly string[] }> {
  if (accounts.length === 0) return { ids: new Map(), changed: [] };
  const keys = accounts.map(({ key }) => key);
  const names = accounts.map(({ name }) => name ?? null);
  const ids = accounts.map(() => newId());
  const changed = await sql<{ id: string }>`
    insert into accounts as known (workspace_id, id, external_id, name)
    select ${workspaceId}::int, id, key, coalesce(name, regexp_replace(key, '^[a-z]+:', ''))
    from unnest(${ids}::uuid[], ${keys}::text[], ${names}::text[]) wanted (id, key, name)
    order by key
    on conflict (workspace_id, external_id) do update set name = excluded.name
    where excluded.name <> known.name
      and excluded.name <> regexp_replace(excluded.external_id, '^[a-z]+:', '')
    returning id`.execute(db);
  const rows = await db
    .selectFrom("accounts")
    .select(["external_id", "id"])
    .where("workspace_id", "=", workspaceId)
    .where(sql<boolean>`external_id = any(${keys}::text[])`)
    .execute();
  return {
    ids: new Map(rows.map((row) => [row.external_id, row.id])),
    changed: changed.rows.map(({ id }) => id),
  };
}

/** Puts rows of people into an account. */
export async function setAccount(
  db: Db,
  workspaceId: number,
  people: readonly string[],
  accountId: string | null,
): Promise<void> {
  await db
    .updateTable("people")
    .set({ account_id: accountId })
    .where("workspace_id", "=", workspaceId)
    .where(sql<boolean>`id = any(${[...people]}::uuid[])`)
    .execute();
}

/** Customers with a verified address and no account. */
function withoutAccount(workspaceId: number) {
  return sql`people p where p.workspace_id = ${workspaceId} and p.email_verified
    and p.role = 'customer' and not p.bot and p.account_id is null`;
}

const domainOfEmail = sql<string>`lower(split_part(p.email, '@', 2))`;

/** Domains of verified addresses of customers who belong to no account, in lower case. */
export async function domainsWithoutAccount(db: Db, workspaceId: number): Promise<string[]> {
  const { rows } = await sql<{ domain: string }>`
    select distinct ${domainOfEmail} as domain from ${withoutAccount(workspaceId)} order by 1
  `.execute(db);
  return rows.map(({ domain }) => domain);
}

/** Puts these customers, with all rows of their humans that have none, into the domains' accounts. */
export async function setAccountsOfDomains(
  db: Db,
  workspaceId: number,
  accounts: readonly { readonly domain: string; readonly accountId: string }[],
): Promise<number> {
  const domains = accounts.map(({ domain }) => domain);
  const ids = accounts.map(({ accountId }) => accountId);
  const { numAffectedRows } = await sql`
    update people part set account_id = found.account_id
    from (
      select distinct on (human) coalesce(p.human_id, p.id) as human, wanted.account_id
      from unnest(${domains}::text[], ${ids}::uuid[]) wanted (domain, account_id),
        ${withoutAccount(workspaceId)} and ${domainOfEmail} = wanted.domain
      order by human, p.id
    ) found
    where part.workspace_id = ${workspaceId} and part.account_id is null
      and (part.id = found.human or part.human_id = found.human)
      and not exists (select from people other where other.workspace_id = ${workspaceId}
        and other.account_id is not null
        and (other.id = found.human or other.human_id = found.human))`.execute(db);
  return Number(numAffectedRows ?? 0);
}
