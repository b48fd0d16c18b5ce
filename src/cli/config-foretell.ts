/** Whom schedules would ask once changes are made: they are made, looked at, and taken back. */
import type { Change } from "../configuration/change.ts";
import { previewSchedule } from "../scheduling/preview/preview.ts";
import { applyChanges } from "../store/configuration.ts";
import type { Database } from "../store/database.ts";
import { readSchedule } from "../store/schedules.ts";
import { readWorkspace, type Workspace } from "../store/workspaces.ts";
import type { CliContext } from "./context.ts";
import { inWork } from "./with-engine.ts";

const DAYS = 30;

export interface ForetoldSchedule {
  readonly schedule: string;
  readonly days: number;
  readonly asked: number;
  readonly humans: number;
  /** The same for people. */
  readonly line: string;
}

/** Undoes what was made only to be looked at. */
class Undo extends Error {
  readonly foretold: readonly ForetoldSchedule[];
  constructor(foretold: readonly ForetoldSchedule[]) {
    super("undone");
    this.foretold = foretold;
  }
}

/** Of each schedule that changes and would be on. */
export async function foretell(
  context: CliContext,
  database: Database,
  { id }: Workspace,
  changes: readonly Change[],
): Promise<readonly ForetoldSchedule[]> {
  const names = new Set(
    changes.flatMap((each) => {
      if (each.kind === "schedule") return [each.definition.name];
      return each.kind === "schedule-state" ? [each.name] : [];
    }),
  );
  try {
    return await inWork(context, database, async ({ transaction, now }): Promise<never> => {
      await applyChanges(transaction, id, changes, { by: "operator", at: now, origin: "file" });
      const workspace = await readWorkspace(transaction, id);
      const foretold: ForetoldSchedule[] = [];
      for (const name of names) {
        const schedule = await readSchedule(transaction, id, name);
        if (schedule?.state !== "on") continue;
        const wanted = { name, days: DAYS, now, replay: true };
        const { asked, humans } = await previewSchedule(transaction, workspace, wanted);
        const line = `schedule ${name} would ask ${asked} questions of ${humans} people in the next ${DAYS} days.`;
        foretold.push({ schedule: name, days: DAYS, asked, humans, line });
      }
      throw new Undo(foretold);
    });
  } catch (error) {
    if (error instanceof Undo) return error.foretold;
    throw error;
  }
}
