/** `/aftertalk after-chat nps|ces|csat`: which survey is asked after a chat. */
import { textsFor } from "../locales/index.ts";
import { lineReply } from "../messages.ts";
import { audit } from "../store/audit.ts";
import { afterChatSurvey, chooseAfterChat } from "../store/surveys.ts";
import { inTransaction } from "../store/transaction.ts";
import type { Command } from "./command.ts";
import { unknownWord } from "./unknown.ts";

const choices = ["nps", "ces", "csat"] as const;

export const afterChatCommand: Command = {
  name: "after-chat",
  roles: ["admin"],
  async run({ db, clock }, { workspace, person, language, text }) {
    const texts = textsFor(language);
    const word = text.trim().toLowerCase();
    const choice = choices.find((each) => each === word);
    if (word !== "" && choice === undefined) {
      return unknownWord(language, word, choices, "/aftertalk after-chat csat");
    }
    if (choice !== undefined) {
      await inTransaction(db, async (transaction) => {
        await chooseAfterChat(transaction, workspace.id, `chat-${choice}`);
        await audit(transaction, workspace.id, clock.now(), {
          actor: person.id,
          action: "survey.after-chat",
          target: `chat-${choice}`,
        });
      });
    }
    const survey = await afterChatSurvey(db, workspace.id);
    const asked = survey?.definition.metric;
    if (asked === undefined) return lineReply(language, texts.text("after-chat.none"));
    const metric = texts.text(`metric.${asked}.name`);
    return lineReply(language, texts.text("after-chat.now", { metric }));
  },
};
