/** `/survey try KEY [LANGUAGE]`: asked in a direct message, and nothing of it counts. */
import { trySaved } from "../../admin/survey/try-saved.ts";
import { doWork } from "../../engine.ts";
import type { AdminCommand } from "../command.ts";
import { aboutSurvey, contextOf, wordsOf } from "./named.ts";

export const surveyTryCommand: AdminCommand = {
  name: "try",
  roles: ["admin"],
  options: [{ name: "survey", suggests: "survey-key" }, { name: "in" }],
  act(engine, request) {
    const how = { action: "sv-try", example: "/survey try relationship-nps ru" };
    const [, language] = wordsOf(request);
    return aboutSurvey(engine, request, how, (key) =>
      doWork(engine, (work) =>
        trySaved({ ...contextOf(engine, request), db: work.transaction, work }, key, language),
      ),
    );
  },
};
