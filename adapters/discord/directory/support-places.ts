/** The channels in which support chats are looked for: are they there, and may the bot do its work in them? */
import { ChannelType, type REST } from "discord.js";
import type { SupportPlace } from "../../../src/platform.ts";
import { lacksIn } from "../doctor/channels.ts";
import { loadServer } from "../doctor/servers.ts";
import { discordError } from "../errors.ts";
import { isSnowflake } from "../ids.ts";
import type { DiscordOptions } from "../options.ts";
import { isNamed } from "../receive/chat.ts";

/** `isOnly`: of several servers a channel may be another one's. @throws AppError */
export async function findSupportPlaces(
  rest: REST,
  guild: { readonly id: string; readonly botId: string; readonly isOnly: boolean },
  { supportChannels }: Pick<DiscordOptions, "supportChannels">,
): Promise<readonly SupportPlace[]> {
  try {
    const server = await loadServer(rest, guild.id, guild.botId);
    return supportChannels.flatMap((entry): SupportPlace[] => {
      const found = server.channels.filter((channel) => isNamed([entry], channel));
      const places = found.map((channel): SupportPlace => {
        const lacks = lacksIn(server, channel);
        const isCategory = channel.type === ChannelType.GuildCategory;
        const name = isCategory ? channel.name : `#${channel.name}`;
        return { name, state: lacks.length === 0 ? "ready" : "outside", lacks };
      });
      if (places.length > 0 || !guild.isOnly) return places;
      return [{ name: isSnowflake(entry) ? entry : `#${entry}`, state: "absent", lacks: [] }];
    });
  } catch (error) {
    throw discordError(error, "read");
  }
}
