/** `/survey edit KEY`: a draft on its latest version, or the one that is open. */
import { beginEdit } from "../../admin/survey/begin.ts";
import { doWork } from "../../engine.ts";
import type { AdminCommand } from "../command.ts";
import { aboutSurvey, contextOf } from "./named.ts";

export const surveyEditCommand: AdminCommand = {
  name: "edit",
  roles: ["admin"],
  options: [{ name: "survey", suggests: "survey-key" }],
  act(engine, request) {
    const how = { action: "sv-edit", example: "/survey edit relationship-nps" };
    return aboutSurvey(engine, request, how, (key) =>
      doWork(engine, ({ transaction: db }) =>
        beginEdit({ ...contextOf(engine, request), db }, key),
      ),
    );
  },
};
