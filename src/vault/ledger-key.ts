/** The key of the ledger of forgotten people: made once for a workspace, sealed from then on. */
import { randomBytes } from "node:crypto";
import { AppError } from "../errors.ts";
import { createLedger, type Ledger } from "../people/ledger.ts";
import type { Db } from "../store/schema.ts";
import { dropSecret, keepNewSecret, readSecret, secretPlace } from "../store/secrets.ts";
import type { Vault } from "../vault.ts";

const NAME = "ledger";
const KEY_BYTES = 32;

/**
 * The workspace's ledger, made when there is none yet (several instances may start at once: one
 * makes it). Throws `secret-lost` when its key cannot be opened: without it forgotten people would
 * not be known again, so that nothing may be asked.
 */
export async function loadLedger(
  db: Db,
  vault: Vault,
  workspaceId: number,
  now: Date,
): Promise<Ledger> {
  const made = randomBytes(KEY_BYTES).toString("base64url");
  const kept =
    (await readSecret(db, workspaceId, NAME)) ??
    (await keepNewSecret(db, vault, workspaceId, { name: NAME, text: made, at: now }).then(() =>
      readSecret(db, workspaceId, NAME),
    ));
  if (kept === undefined) throw new AppError("temporary", "the ledger's key was taken away");
  return createLedger(openKey(vault, workspaceId, kept.sealed));
}

/** The ledger by a sealed key, as it stands in a backup. Throws `secret-lost`. */
export function openLedger(vault: Vault, workspaceId: number, sealed: string): Ledger {
  return createLedger(openKey(vault, workspaceId, sealed));
}

/** Instead of a key that nobody can open any more: what was forgotten under it is not known again. */
export async function resetLedger(
  db: Db,
  vault: Vault,
  workspaceId: number,
  now: Date,
): Promise<Ledger> {
  await dropSecret(db, workspaceId, NAME);
  return loadLedger(db, vault, workspaceId, now);
}

function openKey(vault: Vault, workspaceId: number, sealed: string): Buffer {
  return Buffer.from(vault.open(sealed, secretPlace(workspaceId, NAME)), "base64url");
}
