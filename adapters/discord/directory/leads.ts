/** Where leads hear of low scores. */
import { ChannelType } from "discord.js";
import { noLeadsChannel } from "../errors.ts";
import type { DiscordGuild } from "../guilds.ts";
import type { DiscordOptions } from "../options.ts";
import type { ChannelFact, Facts } from "./facts.ts";
import { createNames, meantBy } from "./names.ts";

export interface LeadsChannels {
  /**
   * The id of this guild's leads' channel.
   * @throws AppError `unreachable` when it has none, or what the client throws when Discord cannot
   * be asked.
   */
  of(guild: DiscordGuild): Promise<string>;
}

export function createLeadsChannels(
  facts: Pick<Facts, "channels">,
  options: Pick<DiscordOptions, "leadsChannels" | "log">,
): LeadsChannels {
  const names = createNames(options.log);
  return {
    async of({ ref }) {
      const entries = options.leadsChannels;
      if (entries.length === 0) throw noLeadsChannel();
      const all = await facts.channels(ref.externalId);
      const origin = { guild: ref.externalId, setting: "DISCORD_LEADS_CHANNEL" };
      const find = (texts: typeof all, entry: string) => names.find(texts, entry, origin);
      const found = leadsChannelOf(entries, all, find);
      if (found === undefined) throw noLeadsChannel();
      return found.id;
    },
  };
}

/** The text channel that the first entry means which means one here; several of one name are none. */
export function leadsChannelOf<T extends ChannelFact>(
  entries: readonly string[],
  channels: readonly T[],
  find = theOne<T>,
): T | undefined {
  const texts = channels.filter(isText);
  for (const entry of entries) {
    const found = find(texts, entry);
    if (found !== undefined) return found;
  }
  return undefined;
}

function theOne<T extends ChannelFact>(all: readonly T[], entry: string): T | undefined {
  const found = meantBy(entry, all);
  return found.length === 1 ? found[0] : undefined;
}

function isText({ type }: ChannelFact): boolean {
  return type === ChannelType.GuildText || type === ChannelType.GuildAnnouncement;
}
