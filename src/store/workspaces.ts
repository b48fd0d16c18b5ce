/** The tenants. For now there is one, made at the first start. */
import { sql } from "kysely";
import type { Db } from "./schema.ts";

/** Namespace of the advisory lock that makes the first workspace once; chosen at random. */
const LOCK = 0x61747773;

/** A tenant. */
export interface Workspace {
  readonly id: number;
  readonly name: string;
  /** IANA time zone: periods and days are computed in it. */
  readonly timeZone: string;
  readonly locale: string;
}

/** What a workspace starts with. `timeZone` is an IANA name, `locale` a BCP 47 tag. */
export type NewWorkspace = Omit<Workspace, "id">;

/**
 * The workspace of this installation, made with `wanted` when there is none (several instances may
 * start at once: one makes it). An existing one is left as it is.
 */
export async function ensureWorkspace(db: Db, wanted: NewWorkspace): Promise<Workspace> {
  const found = await findWorkspace(db);
  if (found) return found;
  return db.transaction().execute(async (trx) => {
    await sql`select pg_advisory_xact_lock(${LOCK}::int, 0)`.execute(trx);
    const made = await findWorkspace(trx);
    if (made) return made;
    const { id } = await trx
      .insertInto("workspaces")
      .values({ name: wanted.name, time_zone: wanted.timeZone, locale: wanted.locale })
      .returning("id")
      .executeTakeFirstOrThrow();
    return { ...wanted, id };
  });
}

async function findWorkspace(db: Db): Promise<Workspace | undefined> {
  const row = await db
    .selectFrom("workspaces")
    .select(["id", "name", "time_zone", "locale"])
    .orderBy("id")
    .limit(1)
    .executeTakeFirst();
  return row && { id: row.id, name: row.name, timeZone: row.time_zone, locale: row.locale };
}

/** The workspace with this id. */
export async function readWorkspace(db: Db, workspaceId: number): Promise<Workspace> {
  const row = await db
    .selectFrom("workspaces")
    .select(["id", "name", "time_zone", "locale"])
    .where("id", "=", workspaceId)
    .executeTakeFirstOrThrow();
  return { id: row.id, name: row.name, timeZone: row.time_zone, locale: row.locale };
}

/** All of them. */
export async function listWorkspaces(db: Db): Promise<Workspace[]> {
  const rows = await db
    .selectFrom("workspaces")
    .select(["id", "name", "time_zone", "locale"])
    .orderBy("id")
    .execute();
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    timeZone: row.time_zone,
    locale: row.locale,
  }));
}
