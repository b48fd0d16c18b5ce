/** Every action of admins' cards, by the question of its token. */
import type { AdminAction } from "./admin-action.ts";
import { LIST_AUDIT, listAuditAction } from "./audit-card.ts";
import { LIST_CHANGES, listChangesAction } from "./change-set-list.ts";
import { LIST_ROLES, listRolesAction } from "./roles/list.ts";
import { scheduleActions } from "./schedule/actions.ts";
import { openSettings, WRITE_SETTINGS, writeSettings } from "./settings/settings-actions.ts";
import { OPEN_SETTINGS } from "./settings/settings-card.ts";
import { jobsAgain } from "./status/status-actions.ts";
import { JOBS_AGAIN } from "./status/status-machine.ts";
import { resumeAll, stopAll } from "./stop/stop-actions.ts";
import { RESUME_ALL, STOP_ALL } from "./stop/stopped.ts";
import { surveyActions } from "./survey/actions.ts";
import { changeState, showState } from "./survey-state/state-actions.ts";
import { CHANGE_STATE, SHOW_STATE } from "./survey-state/state-card.ts";

export const adminActions: ReadonlyMap<string, AdminAction> = new Map([
  ...scheduleActions,
  ...surveyActions,
  [LIST_ROLES, listRolesAction],
  [STOP_ALL, stopAll],
  [RESUME_ALL, resumeAll],
  [SHOW_STATE, showState],
  [CHANGE_STATE, changeState],
  [JOBS_AGAIN, jobsAgain],
  [OPEN_SETTINGS, openSettings],
  [WRITE_SETTINGS, writeSettings],
  [LIST_CHANGES, listChangesAction],
  [LIST_AUDIT, listAuditAction],
]);
