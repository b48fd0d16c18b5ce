/** By when somebody has to have replied, in the workspace's working hours. */
import { addWorkingTime } from "../scheduling/gates/calendar.ts";
import type { Db } from "../store/schema.ts";
import { readSettings, type WorkspaceSettings } from "../store/settings.ts";
import { readWorkspace } from "../store/workspaces.ts";

/** The owner is reminded when this much of the time is over. */
const REMIND_AFTER = 3 / 4;

export interface Deadline {
  readonly dueAt: Date;
  readonly remindAt: Date;
}

/** The deadline of whoever waits since `from`. */
function deadlineFrom(from: Date, settings: WorkspaceSettings, timeZone: string): Deadline {
  const { hours, cases } = settings;
  const after = (share: number) =>
    addWorkingTime(from, { days: cases.replyWithinDays * share }, hours, timeZone);
  return { dueAt: after(1), remindAt: after(REMIND_AFTER) };
}

/** The same with the settings that a workspace has now. */
export async function deadlineIn(db: Db, workspaceId: number, from: Date): Promise<Deadline> {
  const { timeZone } = await readWorkspace(db, workspaceId);
  return deadlineFrom(from, await readSettings(db, workspaceId), timeZone);
}
