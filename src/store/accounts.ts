/** Accounts: what people are customers of, or belong to. */
import { sql } from "kysely";
import { newId } from "./ids.ts";
import type { Db, Row } from "./schema.ts";

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
  if (accounts.length === 0) return new Map();
  const keys = accounts.map(({ key }) => key);
  const names = accounts.map(({ name }) => name ?? null);
  const ids = accounts.map(() => newId());
  await sql`
    insert into accounts as known (workspace_id, id, external_id, name)
    select ${workspaceId}::int, id, key, coalesce(name, regexp_replace(key, '^[a-z]+:', ''))
    from unnest(${ids}::uuid[], ${keys}::text[], ${names}::text[]) wanted (id, key, name)
    order by key
    on conflict (workspace_id, external_id) do update set name = excluded.name
    where excluded.name <> known.name
      and excluded.name <> regexp_replace(excluded.external_id, '^[a-z]+:', '')`.execute(db);
  const rows = await db
    .selectFrom("accounts")
    .select(["external_id", "id"])
    .where("workspace_id", "=", workspaceId)
    .where(sql<boolean>`external_id = any(${keys}::text[])`)
    .execute();
  return new Map(rows.map((row) => [row.external_id, row.id]));
}

/** Puts rows of people into an account; a role of `undefined` stays as it is. */
export async function setAccount(
  db: Db,
  workspaceId: number,
  people: readonly string[],
  accountId: string | null,
  role?: Row<"people">["account_role"],
): Promise<void> {
  await db
    .updateTable("people")
    .set({ account_id: accountId, ...(role === undefined ? {} : { account_role: role }) })
    .where("workspace_id", "=", workspaceId)
    .where(sql<boolean>`id = any(${[...people]}::uuid[])`)
    .execute();
}
