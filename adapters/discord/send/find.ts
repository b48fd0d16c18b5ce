/**
 * Whether a delivery arrived, for the time when Discord has forgotten its nonce: our newest messages
 * at the place are read back and their marks compared (D4).
 */
import { type Client, Routes } from "discord.js";
import { z } from "zod";
import type { MessagePlace } from "../ids.ts";
import { markOf } from "./mark.ts";

/** An unclear delivery is looked for within minutes or at the next start: it is among the newest. */
const NEWEST = 100;

const messages = z.array(
  z.object({
    id: z.string(),
    channel_id: z.string(),
    author: z.object({ id: z.string() }),
    components: z
      .array(z.object({ id: z.number().optional().catch(undefined) }))
      .optional()
      .catch(undefined),
  }),
);

/** Undefined: not there, or the bot may not read back there. @throws what the client throws. */
export async function findMarked(
  client: Client,
  channelId: string,
  botId: string,
  key: string,
): Promise<MessagePlace | undefined> {
  const query = new URLSearchParams({ limit: String(NEWEST) });
  const found = messages.parse(await client.rest.get(Routes.channelMessages(channelId), { query }));
  const mark = markOf(key);
  const ours = found.find(
    ({ author, components }) => author.id === botId && components?.[0]?.id === mark,
  );
  return ours === undefined ? undefined : { channelId: ours.channel_id, id: ours.id };
}
