/** What is kept sealed. The vault opens it; nothing here can. */
import type { Vault } from "../vault.ts";
import type { Db } from "./schema.ts";

/** A sealed secret as it is kept. */
export interface KeptSecret {
  readonly name: string;
  /** Of the key that sealed it. */
  readonly keyId: string;
  readonly sealed: string;
  /** When it was sealed by this key. */
  readonly keptAt: Date;
}

/** Where a workspace's secret of this name is sealed to. */
export function secretPlace(workspaceId: number, name: string) {
  return { workspaceId, row: `secrets:${name}`, column: "sealed" };
}

/** The secret of this name, still sealed; `undefined` when there is none. */
export async function readSecret(
  db: Db,
  workspaceId: number,
  name: string,
): Promise<KeptSecret | undefined> {
  const secrets = await listSecrets(db, workspaceId);
  return secrets.find((secret) => secret.name === name);
}

/** All of a workspace's, by name. */
export async function listSecrets(db: Db, workspaceId: number): Promise<KeptSecret[]> {
  const rows = await db
    .selectFrom("secrets")
    .select(["name", "key_id", "sealed", "kept_at"])
    .where("workspace_id", "=", workspaceId)
    .orderBy("name")
    .execute();
  return rows.map((row) => ({
    name: row.name,
    keyId: row.key_id,
    sealed: row.sealed,
    keptAt: row.kept_at,
  }));
}

/** Seals and keeps a secret unless there is one of this name; false when there is. */
export async function keepNewSecret(
  db: Db,
  vault: Vault,
  workspaceId: number,
  secret: { name: string; text: string; at: Date },
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await db
    .insertInto("secrets")
    .values({
      workspace_id: workspaceId,
      name: secret.name,
      key_id: vault.keyId,
      sealed: vault.seal(secret.text, secretPlace(workspaceId, secret.name)),
      kept_at: secret.at,
    })
    .onConflict((conflict) => conflict.columns(["workspace_id", "name"]).doNothing())
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n;
}

/** Takes a secret away: only for one that nobody can open any more. */
export async function dropSecret(db: Db, workspaceId: number, name: string): Promise<void> {
  await db
    .deleteFrom("secrets")
    .where("workspace_id", "=", workspaceId)
    .where("name", "=", name)
    .execute();
}

/**
 * Puts the same secret under the current key. Nothing happens when another instance was faster.
 * Throws `secret-lost` when it does not open.
 */
export async function resealSecret(
  db: Db,
  vault: Vault,
  workspaceId: number,
  { name, sealed }: KeptSecret,
  at: Date,
): Promise<void> {
  const place = secretPlace(workspaceId, name);
  await db
    .updateTable("secrets")
    .set({ key_id: vault.keyId, sealed: vault.seal(vault.open(sealed, place), place), kept_at: at })
    .where("workspace_id", "=", workspaceId)
    .where("name", "=", name)
    .where("sealed", "=", sealed)
    .execute();
}
