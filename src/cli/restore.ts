/** `aftertalk restore FILE`: a backup takes the place of what the database holds. */
import { guardLedger } from "../backup/guard-ledger.ts";
import { checkBackup } from "../backup/read.ts";
import { refuseWhileServed, restoreBackup } from "../backup/restore.ts";
import { hasCode } from "../errors.ts";
import { createJobs } from "../scheduling/jobs/jobs.ts";
import { loadSecrets } from "../secret.ts";
import type { Database } from "../store/database.ts";
import { migrateToLatest } from "../store/migrate.ts";
import { listWorkspaces } from "../store/workspaces.ts";
import { createVault } from "../vault.ts";
import type { CliContext } from "./context.ts";
import { exitCodes } from "./exit-codes.ts";
import { withOpenDatabase } from "./with-database.ts";
import { openCommandEngine } from "./with-engine.ts";

export interface RestoreFileOptions {
  readonly replace?: boolean;
}

export async function restore(
  context: CliContext,
  file: string,
  { replace = false }: RestoreFileOptions,
): Promise<number> {
  const { out, signal, clock } = context;
  const progress = out.progress();
  const counted = (rows: number) =>
    progress.update(() => `${rows.toLocaleString("en")} rows restored`);
  try {
    const summary = await checkBackup(file, signal);
    const erased = await withOpenDatabase(context, async (database) => {
      await migrateToLatest(database);
      await refuseWhileServed(database);
      const { dataFolder } = context.config();
      const vault = createVault(await loadSecrets(context.config()));
      await guardLedger(database.db, vault, summary, dataFolder);
      await withJobs(context, database, (jobs) =>
        restoreBackup(database, {
          ...{ file, summary, jobs, now: clock.now(), replace, signal },
          onProgress: counted,
        }),
      );
      return forgetAgain(context, database);
    });
    const total = Object.values(summary.rows).reduce((sum, n) => sum + n, 0);
    progress.done();
    out.line(`${total.toLocaleString("en")} rows of ${summary.header.madeAt} are restored.`);
    tellForgotten(context, erased);
    out.result({ file, madeAt: summary.header.madeAt, rows: summary.rows, forgottenAgain: erased });
    return exitCodes.ok.code;
  } finally {
    progress.done();
  }
}

async function withJobs<T>(
  context: CliContext,
  database: Database,
  work: (jobs: ReturnType<typeof createJobs>) => Promise<T>,
): Promise<T> {
  const { kind, jobsDatabase } = database;
  const jobs = createJobs({ database: jobsDatabase, kind, log: context.log("warn") });
  try {
    await jobs.start();
    return await work(jobs);
  } finally {
    await jobs.stop();
  }
}

/** How many were forgotten again; null when that has to wait for the right secret. */
async function forgetAgain(context: CliContext, database: Database): Promise<number | null> {
  let erased = 0;
  for (const workspace of await listWorkspaces(database.db)) {
    try {
      const engine = await openCommandEngine(context, database, workspace, (people) => {
        erased += people;
      });
      await engine.jobs.stop();
    } catch (error) {
      if (hasCode(error, "secret-lost")) return null;
      throw error;
    }
  }
  return erased;
}

function tellForgotten({ out }: CliContext, erased: number | null): void {
  if (erased === null) {
    out.note(
      "The secret that this backup was made with is not here: aftertalk will not start before it is in AFTERTALK_SECRET or AFTERTALK_SECRET_PREVIOUS (or, when it is lost for good: aftertalk secret reset).",
    );
  } else if (erased > 0) {
    const people = erased === 1 ? "1 person" : `${erased} people`;
    out.line(`${people} had asked to be forgotten since; they are gone again.`);
  }
}
