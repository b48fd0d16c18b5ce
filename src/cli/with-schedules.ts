/** Opens the database for a command about schedules, with those that every workspace has. */
import { nearest } from "../commands/nearest.ts";
import { AppError } from "../errors.ts";
import type { Schedule } from "../scheduling/definition/schedule.ts";
import { standardSchedules } from "../scheduling/definition/standard-schedules.ts";
import type { Database } from "../store/database.ts";
import { ensureSchedules, listSchedules, readSchedule } from "../store/schedules.ts";
import type { Db } from "../store/schema.ts";
import { ensureSurveys } from "../store/surveys.ts";
import type { Workspace } from "../store/workspaces.ts";
import { standardSurveys } from "../surveys/standard.ts";
import type { CliContext } from "./context.ts";
import { withDatabase } from "./with-database.ts";
import { inWork } from "./with-engine.ts";

export function withSchedules<T>(
  context: CliContext,
  work: (database: Database, workspace: Workspace) => Promise<T>,
): Promise<T> {
  return withDatabase(context, async (database, workspace) => {
    await inWork(context, database, async ({ transaction, now }) => {
      await ensureSurveys(transaction, workspace.id, standardSurveys(workspace.name));
      await ensureSchedules(transaction, workspace.id, standardSchedules, now);
    });
    return work(database, workspace);
  });
}

/** The schedule that an operator names. Errors: `not-found`, with the name they may have meant. */
export async function findSchedule(db: Db, workspaceId: number, name: string): Promise<Schedule> {
  const schedule = await readSchedule(db, workspaceId, name);
  if (schedule !== undefined) return schedule;
  const all = (await listSchedules(db, workspaceId)).map(({ definition }) => definition.name);
  const near = nearest(name, all);
  throw new AppError("not-found", `There is no schedule ${JSON.stringify(name)}.`, {
    advice:
      near === undefined ? "aftertalk schedules list names them all." : `Did you mean ${near}?`,
  });
}
