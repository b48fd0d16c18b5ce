/** The ledger of who asked to be forgotten: keyed hashes of their identities, and nothing else. */
import { sql } from "kysely";
import type { Db } from "./schema.ts";

/** Namespace of the advisory lock that keeps events and erasures apart; chosen at random. */
const LOCK = 0x66726774;

/** An entry of the ledger. */
export interface LedgerEntry {
  readonly hash: string;
  readonly forgottenAt: Date;
  /** When they came back by themselves; null: they did not. */
  readonly liftedAt: Date | null;
}

/** An event holds this until its transaction ends: an erasure comes before all of it, or after. */
export async function lockForEvent(db: Db, workspaceId: number): Promise<void> {
  await sql`select pg_advisory_xact_lock_shared(${LOCK}::int, ${workspaceId}::int)`.execute(db);
}

/** Waits for the events that are under way; new ones wait until the erasure is over. */
export async function lockForErasure(db: Db, workspaceId: number): Promise<void> {
  await sql`select pg_advisory_xact_lock(${LOCK}::int, ${workspaceId}::int)`.execute(db);
}

/** When the owners of these hashes asked to be forgotten; whoever did not, or came back, is not in it. */
export async function readForgotten(
  db: Db,
  workspaceId: number,
  hashes: readonly string[],
): Promise<Map<string, Date>> {
  if (hashes.length === 0) return new Map();
  const rows = await db
    .selectFrom("forgotten")
    .select(["hash", "forgotten_at"])
    .where("workspace_id", "=", workspaceId)
    .where(sql<boolean>`hash = any(${[...hashes]}::text[])`)
    .where("lifted_at", "is", null)
    .execute();
  return new Map(rows.map((row) => [row.hash, row.forgotten_at]));
}

/** They came back: the entries stay, so that an older copy of the ledger does not undo it. */
export async function liftForgotten(
  db: Db,
  workspaceId: number,
  hashes: readonly string[],
  at: Date,
): Promise<void> {
  await db
    .updateTable("forgotten")
    .set({ lifted_at: at })
    .where("workspace_id", "=", workspaceId)
    .where(sql<boolean>`hash = any(${[...hashes]}::text[])`)
    .where("lifted_at", "is", null)
    .execute();
}

/**
 * Puts entries in. Of two about one hash the latest that happened holds, in whichever order they
 * come: forgotten after they came back is forgotten.
 */
export async function keepForgotten(
  db: Db,
  workspaceId: number,
  entries: readonly LedgerEntry[],
): Promise<void> {
  const forgotten = sql`greatest(forgotten.forgotten_at, excluded.forgotten_at)`;
  const lifted = sql`greatest(forgotten.lifted_at, excluded.lifted_at)`;
  for (const { hash, forgottenAt, liftedAt } of entries) {
    await sql`
      insert into forgotten (workspace_id, hash, forgotten_at, lifted_at)
      values (${workspaceId}, ${hash}, ${forgottenAt}, ${liftedAt})
      on conflict (workspace_id, hash) do update set
        forgotten_at = ${forgotten},
        lifted_at = case when ${lifted} > ${forgotten} then ${lifted} end
    `.execute(db);
  }
}

/** The whole ledger of a workspace, in the order of its hashes. */
export async function readLedger(db: Db, workspaceId: number): Promise<LedgerEntry[]> {
  return db
    .selectFrom("forgotten")
    .select(["hash", "forgotten_at as forgottenAt", "lifted_at as liftedAt"])
    .where("workspace_id", "=", workspaceId)
    .orderBy("hash")
    .execute();
}
