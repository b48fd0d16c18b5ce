/** `/survey list`: which surveys there are, and how to choose the one after a chat. */
import { textsFor } from "../../locales/index.ts";
import { lineReply } from "../../messages.ts";
import { listSurveys } from "../../store/surveys.ts";
import type { AdminCommand } from "../command.ts";

export const surveyListCommand: AdminCommand = {
  name: "list",
  roles: ["admin"],
  async act({ db }, { workspace, language }) {
    const texts = textsFor(language);
    const surveys = await listSurveys(db, workspace.id);
    if (surveys.length === 0) return lineReply(language, texts.text("survey.none"));
    const rows = surveys.map(({ metric, trigger, on }) => {
      const key = trigger === "chat" ? "survey.row" : "survey.row.manual";
      const name = texts.text(key, { metric: texts.text(`metric.${metric}.name`) });
      return [name, texts.text(on ? "survey.on" : "survey.paused")] as const;
    });
    const title = texts.text("survey.title");
    return {
      kind: "message",
      message: {
        summary: title,
        parts: [
          { kind: "heading", text: title },
          { kind: "facts", rows },
          { kind: "text", text: texts.text("survey.how") },
        ],
        locale: language,
      },
    };
  },
};
