/** What the parts of the watch have at hand. */
import type { Client } from "discord.js";
import type { PlatformEvent, PlatformUser, Reply } from "../../../src/platform.ts";
import { isTeam } from "../../common/people.ts";
import type { Directory } from "../directory.ts";
import type { DiscordGuild, Guilds } from "../guilds.ts";
import type { DiscordOptions } from "../options.ts";
import type { Chat, Support } from "../receive/chat.ts";
import { isBot } from "../receive/messages.ts";
import type { MessagePayload } from "../receive/payloads.ts";
import { channelOf } from "../receive.ts";
import type { Tell } from "../send.ts";
import type { Audit } from "./audit.ts";
import type { Reader } from "./reader.ts";

export interface Desk {
  readonly client: Client;
  readonly guilds: Guilds;
  readonly directory: Directory;
  readonly support: Support;
  readonly audit: Audit;
  readonly reader: Reader;
  readonly tell: Tell;
  readonly options: Pick<DiscordOptions, "closeEmoji" | "leadsChannels" | "log">;
  readonly now: () => number;
  /** Hands an event to the inbox. @throws whatever it throws: it is tried again. */
  take(event: PlatformEvent): Promise<Reply>;
}

/** The chat that a channel is, asked of Discord when it is a thread that sleeps. */
export async function chatIn(desk: Desk, channelId: string): Promise<Chat | undefined> {
  const { client, support, reader } = desk;
  const cached = client.channels.cache.get(channelId);
  if (cached !== undefined) return support.find(cached);
  const found = await reader.channel(channelId);
  return typeof found === "string" ? undefined : support.find(channelOf(found));
}

/** Who wrote a message: by the gateway it tells the member, what is read back does not. */
export async function authorOf(
  { directory }: Desk,
  guild: DiscordGuild,
  message: MessagePayload,
): Promise<{ readonly from: PlatformUser; readonly team?: string }> {
  const { author, member } = message;
  if (isBot(message)) {
    return { from: await directory.userOf(guild, { user: { ...author, bot: true } }) };
  }
  const from =
    member === undefined
      ? // Whoever has left the guild was a customer, or is one now.
        ((await directory.member(guild, author.id, "certain")) ??
        (await directory.userOf(guild, { user: author })))
      : await directory.userOf(guild, { user: author, member });
  const team = isTeam(from) ? directory.teamOf(guild, author.id, member?.roles) : undefined;
  return { from, ...(team === undefined ? {} : { team }) };
}
