/** What the gateway is asked to tell, decided before it is opened: an intent too many ends it (4014). */
import {
  ApplicationFlagsBitField,
  type Client,
  GatewayIntentBits as Intents,
  IntentsBitField,
  Routes,
} from "discord.js";
import { z } from "zod";

/** None of them is privileged. GuildModeration is the audit log: who closed a thread. */
const always = [
  Intents.Guilds,
  Intents.GuildMessages,
  Intents.GuildMessageReactions,
  Intents.GuildModeration,
  Intents.DirectMessages,
];

const { GatewayMessageContent, GatewayMessageContentLimited } = ApplicationFlagsBitField.Flags;

const application = z.object({ id: z.string(), flags: z.int().catch(0) });

export interface Application {
  readonly id: string;
  readonly intents: IntentsBitField;
  /** False: only direct messages and mentions of us have words. */
  readonly readsContent: boolean;
}

/** Asks Discord what the app may be told. Rejects with what the request threw. */
export async function readApplication({ rest }: Pick<Client, "rest">): Promise<Application> {
  const { id, flags } = application.parse(await rest.get(Routes.currentApplication()));
  const readsContent = (flags & (GatewayMessageContent | GatewayMessageContentLimited)) !== 0;
  const intents = new IntentsBitField(always);
  if (readsContent) intents.add(Intents.MessageContent);
  return { id, intents, readsContent };
}
