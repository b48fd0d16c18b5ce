/** Before a database is replaced: who was forgotten in it stays known beside it. */
import { AppError, hasCode } from "../errors.ts";
import type { Ledger } from "../people/ledger.ts";
import { readLedger } from "../store/forgotten.ts";
import type { Db } from "../store/schema.ts";
import { listWorkspaces } from "../store/workspaces.ts";
import { loadLedger, openLedger } from "../vault/ledger-key.ts";
import type { Vault } from "../vault.ts";
import { addToLedgerFile, ledgerFile, ledgerId } from "./ledger-file.ts";
import type { BackupSummary } from "./read.ts";

/**
 * Writes the present ledger to its file. Throws `bad-input` when its hashes say nothing about the
 * people of the backup (another key made them): they would come back. Throws `secret-lost` when the
 * present key cannot be opened.
 */
export async function guardLedger(
  db: Db,
  vault: Vault,
  { ledgerKeys, header }: BackupSummary,
  dataFolder: string,
): Promise<void> {
  for (const { id } of await listWorkspaces(db)) {
    const entries = await readLedger(db, id);
    if (entries.length === 0) continue;
    const present = await loadLedger(db, vault, id, new Date(header.madeAt));
    await addToLedgerFile(ledgerFile(dataFolder), id, present, entries);
    const theirs = openBackups(vault, id, ledgerKeys.get(id));
    if (theirs === undefined || ledgerId(theirs) !== ledgerId(present))
      throw foreign(entries.length);
  }
}

function openBackups(
  vault: Vault,
  workspaceId: number,
  sealed: string | undefined,
): Ledger | undefined {
  try {
    return sealed === undefined ? undefined : openLedger(vault, workspaceId, sealed);
  } catch (error) {
    if (hasCode(error, "secret-lost")) return undefined;
    throw error;
  }
}

function foreign(entries: number): AppError {
  return new AppError(
    "bad-input",
    `The backup is of another installation, or from before a lost secret: ${entries} entries of this ledger would not be known in it, and who was forgotten would come back.`,
    {
      advice:
        "Nothing was changed. If the backup needs an older secret, give it in AFTERTALK_SECRET_PREVIOUS; else restore into an empty database with a data folder of its own.",
    },
  );
}
