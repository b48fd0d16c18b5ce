/** The application behind the token. */
import { ApplicationFlags, type REST, Routes } from "discord.js";
import { z } from "zod";

export interface Application {
  readonly id: string;
  /** The bot's user; applications of old have another id than their bot. */
  readonly botId: string;
  readonly name: string;
  /** Anybody can invite it. */
  readonly isPublic: boolean;
  /** False: only direct messages and mentions of us have words. */
  readonly readsContent: boolean;
}

/** https://docs.discord.com/developers/resources/application#application-object */
const answer = z.object({
  id: z.string(),
  name: z.string().catch("?"),
  bot_public: z.boolean().catch(true),
  flags: z.int().catch(0),
  bot: z.object({ id: z.string() }).optional(),
});

/** The second flag is that of applications in fewer than 100 servers, which need no review. */
const CONTENT =
  ApplicationFlags.GatewayMessageContent | ApplicationFlags.GatewayMessageContentLimited;

/** Asks Discord whose token it is. Rejects with what the request threw. */
export async function readApplication(rest: Pick<REST, "get">): Promise<Application> {
  const { id, name, bot_public, flags, bot } = answer.parse(
    await rest.get(Routes.currentApplication()),
  );
  return {
    ...{ id, name, botId: bot?.id ?? id },
    ...{ isPublic: bot_public, readsContent: (flags & CONTENT) !== 0 },
  };
}
