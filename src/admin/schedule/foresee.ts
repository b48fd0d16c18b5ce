/** What a schedule would do as it is in a draft: kept, looked at and undone. Nothing of it is ever seen. */
import type { Engine } from "../../engine.ts";
import type { ScheduleDefinition } from "../../scheduling/definition/schedule.ts";
import { type Preview, previewSchedule } from "../../scheduling/preview/preview.ts";
import { readSchedule, saveSchedule, switchSchedule } from "../../store/schedules.ts";
import { inTransaction } from "../../store/transaction.ts";
import type { Workspace } from "../../store/workspaces.ts";

/** So far ahead it is looked. */
export const AHEAD_DAYS = 30;

/** Undoes what was kept only to be looked at. */
class Undo extends Error {
  readonly preview: Preview;
  constructor(preview: Preview) {
    super("undone");
    this.preview = preview;
  }
}

/**
 * The look ahead, as if it was on. Takes as long as it needs, so call it outside of any transaction;
 * the definition must be one that may be kept.
 */
export function foresee(
  engine: Pick<Engine, "patiently" | "clock">,
  workspace: Workspace,
  definition: ScheduleDefinition,
): Promise<Preview> {
  const { name } = definition;
  const now = engine.clock.now();
  return engine.patiently(async (db) => {
    try {
      return await inTransaction(db, async (trx): Promise<never> => {
        const before = await readSchedule(trx, workspace.id, name);
        await saveSchedule(trx, workspace.id, definition, "aftertalk", now);
        // One that was put away is looked at as one that is off.
        if (before?.state === "archived")
          await switchSchedule(trx, workspace.id, name, "paused", now);
        const options = { name, days: AHEAD_DAYS, now, replay: true };
        throw new Undo(await previewSchedule(trx, workspace, options));
      });
    } catch (error) {
      if (error instanceof Undo) return error.preview;
      throw error;
    }
  });
}
