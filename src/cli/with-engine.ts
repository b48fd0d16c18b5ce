/** Opens the engine for one command: what is put into its queue is done by the running service. */
import type { Engine, Work } from "../engine.ts";
import { loadSecrets } from "../secret.ts";
import type { Database } from "../store/database.ts";
import { inTransaction } from "../store/transaction.ts";
import type { Workspace } from "../store/workspaces.ts";
import type { CliContext } from "./context.ts";
import { withDatabase } from "./with-database.ts";

export function withEngine<T>(
  context: CliContext,
  work: (engine: Engine, workspace: Workspace) => Promise<T>,
): Promise<T> {
  return withDatabase(context, async (database, workspace) => {
    const engine = await openCommandEngine(context, database, workspace);
    try {
      return await work(engine, workspace);
    } finally {
      await engine.jobs.stop();
    }
  });
}

/** The engine on a database that is open already. Whoever opened it stops its jobs. */
export async function openCommandEngine(
  context: CliContext,
  database: Database,
  workspace: Workspace,
  onForgottenAgain?: (people: number) => void,
): Promise<Engine> {
  const { openEngine } = await import("../open-engine.ts");
  const config = context.config();
  return openEngine(database, workspace, {
    ...(await loadSecrets(config)),
    dataFolder: config.dataFolder,
    log: context.log("warn"),
    clock: context.clock,
    onForgottenAgain,
  });
}

/** Does one thing in a transaction that needs no queue. Who interrupts it before its end takes it back. */
export async function inWork<T>(
  { clock, signal }: CliContext,
  database: Database,
  step: (work: Work) => Promise<T>,
): Promise<T> {
  try {
    return await inTransaction(database.db, async (transaction) => {
      const done = await step({ transaction, now: clock.now(), wake: new Set() });
      signal.throwIfAborted();
      return done;
    });
  } catch (error) {
    // What it waited for may have failed meanwhile.
    signal.throwIfAborted();
    throw error;
  }
}
