/** One delivery: where it belongs, or where that cannot be, beside it. */
import type { Client } from "discord.js";
import type { Address, Message } from "../../../src/platform.ts";
import type { Say } from "../../common/say.ts";
import type { DiscordGuild } from "../guilds.ts";
import type { MessagePlace } from "../ids.ts";
import { drawn, threadName } from "./draw.ts";
import { explained, showable } from "./permissions.ts";
import type { Places } from "./places.ts";
import { post } from "./post.ts";
import type { Target } from "./threads.ts";

interface Delivering {
  readonly client: Client;
  readonly places: Pick<Places, "targetOf" | "instead">;
  readonly say: Say;
}

interface Delivery {
  readonly guild: DiscordGuild;
  readonly to: Address;
  readonly message: Message;
  readonly key: string;
}

/** @throws what the client throws; an AppError that names a permission which is missing. */
export async function deliver(
  { client, places, say }: Delivering,
  { guild, to, message, key }: Delivery,
): Promise<MessagePlace> {
  const thread = threadName(say, to, message);
  const target = await places.targetOf(guild, to, { key, thread });
  const postAt = (at: Target) => {
    const rendered = drawn(say, guild, to, showable(client, at.channelId, message));
    return post(client, at, rendered, key).catch((error: unknown) => {
      throw explained(client, at.channelId, error);
    });
  };
  return postAt(target).catch((error: unknown) => {
    // Certainly nothing was sent.
    const instead = places.instead(to, error);
    if (instead === undefined) throw error;
    return postAt(instead);
  });
}
