/** What the gateway is asked to tell, decided before it is opened: an intent too many ends it (4014). */
import { GatewayIntentBits as Intents, IntentsBitField } from "discord.js";
import type { Application } from "../application.ts";

/** None of them is privileged. GuildModeration is the audit log: who closed a thread. */
const always = [
  Intents.Guilds,
  Intents.GuildMessages,
  Intents.GuildMessageReactions,
  Intents.GuildModeration,
  Intents.DirectMessages,
];

export function intentsFor({ readsContent }: Pick<Application, "readsContent">): IntentsBitField {
  return new IntentsBitField(readsContent ? [...always, Intents.MessageContent] : always);
}
