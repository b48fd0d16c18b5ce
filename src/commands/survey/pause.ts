/** `/survey pause KEY`: what pausing a survey means, and the button that does it. */
import { STATE_ROLES } from "../../admin/survey-state/state-actions.ts";
import type { AdminCommand } from "../command.ts";
import { askForState } from "./state.ts";

export const surveyPauseCommand: AdminCommand = {
  name: "pause",
  roles: STATE_ROLES,
  options: [{ name: "survey", suggests: "survey-key" }],
  act: (engine, request) => askForState(engine, request, { command: "pause", to: "paused" }),
};
