/** `/aftertalk sample` and `/aftertalk sample remove`: made-up data to look at, marked as such. */
import { type Language, textsFor } from "../locales/index.ts";
import { lineReply } from "../messages.ts";
import { addSample, removeSample, USUAL_WEEKS } from "../sampling/sample.ts";
import type { Command, CommandContext } from "./command.ts";
import { unknownWord } from "./unknown.ts";

const ADD = ["", "add"];
const REMOVE = "remove";

export const sampleCommand: Command = {
  name: "sample",
  roles: ["admin"],
  async run(context, { workspace, language, text }) {
    const word = text.trim().toLowerCase();
    if (ADD.includes(word)) return add(context, workspace.id, language);
    if (word === REMOVE) return remove(context, workspace.id, language);
    return unknownWord(language, word, [REMOVE], "/aftertalk sample · /aftertalk sample remove");
  },
};

async function add({ patiently, clock }: CommandContext, workspaceId: number, language: Language) {
  const texts = textsFor(language);
  const sample = { workspaceId, weeks: USUAL_WEEKS, now: clock.now() };
  const added = await patiently((db) => addSample(db, sample));
  if (added.kind === "there") return lineReply(language, texts.text("sample.there"));
  const { chats, answers } = added;
  return lineReply(language, texts.text("sample.added", { chats, answers, weeks: USUAL_WEEKS }));
}

async function remove({ patiently }: CommandContext, workspaceId: number, language: Language) {
  const removed = await patiently((db) => removeSample(db, workspaceId));
  return lineReply(language, textsFor(language).text(removed ? "sample.removed" : "sample.none"));
}
