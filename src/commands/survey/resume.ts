/** `/survey resume KEY` or `resume all`: one survey is asked again, or everything that was stopped. */
import { resumeCard } from "../../admin/stop/stop-card.ts";
import { STATE_ROLES } from "../../admin/survey-state/state-actions.ts";
import type { AdminCommand } from "../command.ts";
import { askForState } from "./state.ts";
import { ALL } from "./stop.ts";

export const surveyResumeCommand: AdminCommand = {
  name: "resume",
  roles: STATE_ROLES,
  options: [{ name: "survey", suggests: "survey-key" }],
  async act(engine, request) {
    if (request.text.trim().toLowerCase() !== ALL)
      return askForState(engine, request, { command: "resume", to: "on" });
    const drawing = { engine, db: engine.db, reader: request };
    return { kind: "message", message: await resumeCard(drawing) };
  },
};
