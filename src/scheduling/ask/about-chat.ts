/** Which chat a question is about, in words. */
import type { Work } from "../../engine.ts";
import { type Language, textsFor } from "../../locales/index.ts";
import type { Chat } from "../../store/chats.ts";
import { handlerNames } from "../../store/handlers.ts";

/** "About your chat with Kim in #help". */
export async function aboutChat(
  work: Work,
  workspaceId: number,
  chat: Chat,
  language: Language,
): Promise<string> {
  const texts = textsFor(language);
  const names = await handlerNames(work.transaction, workspaceId, chat.id, chat.closings);
  const agents = new Intl.ListFormat(language, { type: "conjunction" }).format(names);
  const channel = chat.channel ?? "";
  return names.length === 0
    ? texts.text("ask.about.chat", { channel })
    : texts.text("ask.about.chat.with", { channel, agents });
}
