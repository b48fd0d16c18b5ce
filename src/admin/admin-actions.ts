/** Every action of admins' cards, by the question of its token. */
import type { AdminAction } from "./admin-action.ts";
import { resumeAll, stopAll } from "./stop/stop-actions.ts";
import { RESUME_ALL, STOP_ALL } from "./stop/stopped.ts";
import { changeState, showState } from "./survey-state/state-actions.ts";
import { CHANGE_STATE, SHOW_STATE } from "./survey-state/state-card.ts";

export const adminActions: ReadonlyMap<string, AdminAction> = new Map([
  [STOP_ALL, stopAll],
  [RESUME_ALL, resumeAll],
  [SHOW_STATE, showState],
  [CHANGE_STATE, changeState],
]);
