/** Where leads hear of low scores. */
import { ChannelType } from "discord.js";
import { noLeadsChannel } from "../errors.ts";
import type { DiscordGuild } from "../guilds.ts";
import { isSnowflake } from "../ids.ts";
import type { DiscordOptions } from "../options.ts";
import type { ChannelFact, Facts } from "./facts.ts";
import { createNames } from "./names.ts";

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
      if (options.leadsChannels.length === 0) throw noLeadsChannel();
      const all = await facts.channels(ref.externalId);
      const origin = { guild: ref.externalId, setting: "DISCORD_LEADS_CHANNEL" };
      for (const entry of options.leadsChannels) {
        const found = isSnowflake(entry)
          ? all.find(({ id }) => id === entry)
          : names.find(all.filter(isText), entry.replace(/^#/, ""), origin);
        if (found !== undefined) return found.id;
      }
      throw noLeadsChannel();
    },
  };
}

function isText({ type }: ChannelFact): boolean {
  return type === ChannelType.GuildText || type === ChannelType.GuildAnnouncement;
}
