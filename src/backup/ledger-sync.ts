/** Keeps the ledger of the forgotten in the database and in its file alike. */
import type { Engine } from "../engine.ts";
import { applyLedger } from "../people/forget.ts";
import { readLedger } from "../store/forgotten.ts";
import { addToLedgerFile, type FiledLedger, ledgerFile, readLedgerFile } from "./ledger-file.ts";

type LedgerEngine = Pick<Engine, "db" | "jobs" | "ledger" | "clock" | "log">;

/**
 * What the file has and the database has not is applied: whoever it is about is erased. Then the
 * file gets what it lacks. Before anything is served. Gives how many humans were erased.
 */
export async function applyLedgerFile(
  engine: LedgerEngine,
  workspaceId: number,
  dataFolder: string,
): Promise<{ readonly erased: number }> {
  const { entries, foreign } = await readFiled(engine, workspaceId, dataFolder);
  if (foreign > 0) {
    engine.log.warn({ entries: foreign }, "entries of another ledger's key say nothing here");
  }
  const applied = await applyLedger(engine, workspaceId, entries);
  if (applied.erased > 0) engine.log.info(applied, "people were forgotten again after a restore");
  await keepLedgerFile(engine, workspaceId, dataFolder);
  return applied;
}

/** Brings the file up to date. A folder that cannot be written to is told in the log. */
export async function keepLedgerFile(
  { db, ledger, log }: LedgerEngine,
  workspaceId: number,
  dataFolder: string,
): Promise<void> {
  const entries = await readLedger(db, workspaceId);
  if (entries.length === 0) return;
  try {
    await addToLedgerFile(ledgerFile(dataFolder), workspaceId, ledger, entries);
  } catch (error) {
    log.warn({ error }, "who was forgotten could not be written beside the database");
  }
}

function readFiled(
  { ledger }: LedgerEngine,
  workspaceId: number,
  dataFolder: string,
): Promise<FiledLedger> {
  return readLedgerFile(ledgerFile(dataFolder), workspaceId, ledger);
}
