/** Where leads hear of low scores. */
import { type Client, type GuildBasedChannel, NewsChannel, TextChannel } from "discord.js";
import { AppError } from "../../../src/errors.ts";
import { noLeadsChannel } from "../errors.ts";
import type { DiscordGuild } from "../guilds.ts";
import { isSnowflake } from "../ids.ts";
import type { DiscordOptions } from "../options.ts";
import { createNames } from "./names.ts";

export interface LeadsChannels {
  /**
   * The id of this guild's leads' channel.
   * @throws AppError `unreachable` when it has none, `rate-limited` while Discord has not told its
   * channels.
   */
  of(guild: DiscordGuild): string;
}

/** How long a message waits for Discord to tell the channels of a guild. */
const UNTOLD_MS = 5000;

export function createLeadsChannels(
  client: Client,
  options: Pick<DiscordOptions, "leadsChannels" | "log">,
): LeadsChannels {
  const names = createNames(options.log);
  return {
    of({ ref }) {
      if (options.leadsChannels.length === 0) throw noLeadsChannel();
      const guild = client.guilds.cache.get(ref.externalId);
      if (guild === undefined || guild.channels.cache.size === 0) throw untold();
      const all = [...guild.channels.cache.values()];
      const origin = { guild: guild.id, setting: "DISCORD_LEADS_CHANNEL" };
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

function isText(channel: GuildBasedChannel): boolean {
  return channel instanceof TextChannel || channel instanceof NewsChannel;
}

function untold(): AppError {
  return new AppError("rate-limited", "Discord has not told the channels of this server yet", {
    retryAfterMs: UNTOLD_MS,
  });
}
