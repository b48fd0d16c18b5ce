/** `/aftertalk after-chat nps|ces|csat`: which survey is asked after a chat. */
import { applyFromChat } from "../admin/apply.ts";
import { doWork, type Engine } from "../engine.ts";
import { textsFor } from "../locales/index.ts";
import { lineReply } from "../messages.ts";
import type { Reply } from "../platform.ts";
import { readKeptSurvey } from "../store/survey-versions.ts";
import { afterChatSurvey } from "../store/surveys.ts";
import type { AdminCommand, AdminRequest } from "./command.ts";
import { unknownWord } from "./unknown.ts";

const choices = ["nps", "ces", "csat"] as const;

export const afterChatCommand: AdminCommand = {
  name: "after-chat",
  roles: ["admin"],
  options: [{ name: "question", suggests: "survey" }],
  async act(engine, request) {
    const { workspace, language, text } = request;
    const texts = textsFor(language);
    const word = text.trim().toLowerCase();
    const choice = choices.find((each) => each === word);
    if (word !== "" && choice === undefined)
      return unknownWord(language, word, choices, "/aftertalk after-chat csat");
    const waits = choice && (await choose(engine, request, `chat-${choice}`));
    if (waits !== undefined) return waits;
    const survey = await afterChatSurvey(engine.db, workspace.id);
    const asked = survey?.definition.metric;
    if (asked === undefined) return lineReply(language, texts.text("after-chat.none"));
    const metric = texts.text(`metric.${asked}.name`);
    return lineReply(language, texts.text("after-chat.now", { metric }));
  },
};

/** Switches it on, in the place of the one that was; what is to be said where that is not all. */
function choose(engine: Engine, request: AdminRequest, key: string): Promise<Reply | undefined> {
  const { workspace, connection } = request;
  return doWork(engine, async (work): Promise<Reply | undefined> => {
    const { transaction: db, now } = work;
    const was = (await readKeptSurvey(db, workspace.id, key))?.state ?? "paused";
    if (was === "on") return undefined;
    const context = { engine, db, now, reader: request, connection, work };
    const change = { kind: "survey-state", key, to: "on", was } as const;
    const { message } = await applyFromChat(context, [change], { origin: "chat" });
    return { kind: "message", message };
  });
}
