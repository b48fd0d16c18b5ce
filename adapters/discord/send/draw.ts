/** What of a message is drawn where. */
import type { Address, Message } from "../../../src/platform.ts";
import type { Say } from "../../common/say.ts";
import { withinSize } from "../answer/notices.ts";
import type { DiscordGuild } from "../guilds.ts";
import { type Rendered, renderLine, renderMessage, renderOpener } from "../render.ts";

/** Never with a name of somebody: everybody in the channel sees it. */
export function threadName(say: Say, to: Address, { locale }: Message): string {
  const named = to.kind === "thread" ? to.name : undefined;
  return named ?? say(locale, "discord.thread");
}

/** In a direct message the buttons carry the guild; of a whisper only what everybody may see is drawn. */
export function drawn(say: Say, { ref }: DiscordGuild, to: Address, message: Message): Rendered {
  if (to.kind === "direct") {
    return renderMessage(withinSize(say, message), { guildId: ref.externalId });
  }
  if (to.kind !== "whisper") return renderMessage(withoutFiles(message));
  return renderOpener(message) ?? renderLine(say(message.locale, "discord.whisper.done"));
}

/** A file is for one reader alone: never where others look. */
function withoutFiles(message: Message): Message {
  return { ...message, parts: message.parts.filter(({ kind }) => kind !== "file") };
}
