/** `/survey archive KEY`: what putting a survey away means, and the button that does it. */
import { STATE_ROLES } from "../../admin/survey-state/state-actions.ts";
import type { AdminCommand } from "../command.ts";
import { askForState } from "./state.ts";

export const surveyArchiveCommand: AdminCommand = {
  name: "archive",
  roles: STATE_ROLES,
  options: [{ name: "survey", suggests: "survey-key" }],
  act: (engine, request) => askForState(engine, request, { command: "archive", to: "archived" }),
};
