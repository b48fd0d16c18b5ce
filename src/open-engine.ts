/** The engine on an open database: keys, ledger and queue. Nothing runs by itself yet. */
import { applyLedgerFile } from "./backup/ledger-sync.ts";
import type { Clock } from "./clock.ts";
import type { Engine } from "./engine.ts";
import type { Log } from "./log.ts";
import { openClock } from "./scheduling/clockwork/database-clock.ts";
import { createJobs, type JobTiming } from "./scheduling/jobs/jobs.ts";
import type { Secrets } from "./secret.ts";
import type { Database } from "./store/database.ts";
import type { Workspace } from "./store/workspaces.ts";
import { createTokens } from "./surveys/tokens.ts";
import { loadLedger } from "./vault/ledger-key.ts";
import { resealAll } from "./vault/reseal.ts";
import { createVault } from "./vault.ts";

export interface EngineOptions extends Secrets {
  /** Where the ledger's file is. */
  readonly dataFolder: string;
  readonly log: Log;
  /** Else the database's, where several instances may share it. */
  readonly clock?: Clock | undefined;
  readonly timing?: JobTiming | undefined;
  readonly reach?: Engine["reach"] | undefined;
  /** Told how many people a restored database had to forget again. */
  readonly onForgottenAgain?: ((people: number) => void) | undefined;
}

/**
 * Opens it and, before anybody can use it, seals anew what an older secret has sealed and erases
 * whom the ledger's file knows as forgotten and the database does not. Whoever opened it stops its
 * jobs. Throws `secret-lost`.
 */
export async function openEngine(
  database: Database,
  workspace: Workspace,
  options: EngineOptions,
): Promise<Engine> {
  const { secret, previous, log, reach = () => {} } = options;
  const clock = options.clock ?? (await openClock(database, log));
  const vault = createVault({ secret, previous });
  const ledger = await loadLedger(database.db, vault, workspace.id, clock.now());
  const resealed = await resealAll(database.db, vault, workspace.id, clock.now());
  if (resealed > 0) log.info({ resealed }, "what an older secret had sealed is sealed anew");
  const jobs = createJobs({
    database: database.jobsDatabase,
    kind: database.kind,
    log,
    clock,
    ...(options.timing === undefined ? {} : { timing: options.timing }),
  });
  const tokens = createTokens(secret, previous);
  const { db, patiently } = database;
  const engine: Engine = { db, patiently, clock, jobs, tokens, ledger, log, reach };
  try {
    await jobs.start();
    const { erased } = await applyLedgerFile(engine, workspace.id, options.dataFolder);
    options.onForgottenAgain?.(erased);
    return engine;
  } catch (error) {
    await jobs.stop();
    throw error;
  }
}
