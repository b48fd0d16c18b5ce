/** `/survey history KEY`: its versions; with two numbers what differs between them. */
import { diffCard, historyCard } from "../../admin/survey/history.ts";
import type { AdminCommand } from "../command.ts";
import { aboutSurvey, contextOf, wordsOf } from "./named.ts";

export const surveyHistoryCommand: AdminCommand = {
  name: "history",
  roles: ["lead", "admin"],
  options: [{ name: "survey", suggests: "survey-key" }, { name: "versions" }],
  act(engine, request) {
    const how = { action: "sv-hist", example: "/survey history relationship-nps 1 3" };
    const context = contextOf(engine, request);
    const [from, to] = wordsOf(request)
      .slice(1)
      .map((word) => Number(word.replace(/\D/gu, "")))
      .filter((n) => n > 0);
    return aboutSurvey(engine, request, how, async (key) => {
      const compared =
        from === undefined || to === undefined
          ? undefined
          : await diffCard(context, key, [from, to]);
      return compared ?? historyCard(context, key);
    });
  },
};
