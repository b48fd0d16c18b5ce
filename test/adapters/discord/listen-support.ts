/** The way in for what people do, on the real client and the emulator; the core is a script. */
import { Routes } from "discord.js";
import { readApplication } from "../../../adapters/discord/application.ts";
import { createClient } from "../../../adapters/discord/client.ts";
import { registeredCommands } from "../../../adapters/discord/commands.ts";
import { createDirectory } from "../../../adapters/discord/directory.ts";
import { openGateway } from "../../../adapters/discord/gateway.ts";
import { openGuilds } from "../../../adapters/discord/guilds.ts";
import { createListener } from "../../../adapters/discord/listen.ts";
import { createSupport } from "../../../adapters/discord/receive/chat.ts";
import { createSender } from "../../../adapters/discord/send.ts";
import { commandCatalogue } from "../../../src/commands/catalogue.ts";
import { isTextKey, languageFor, languages, textsFor } from "../../../src/locales/index.ts";
import type { Form, Message, Option, PlatformEvent, Reply } from "../../../src/platform.ts";
import { fakeCoreServices } from "../../support/core-services.ts";
import type { Located, Person } from "../../support/discord/person.ts";
import type { SeenMessage } from "../../support/discord/seen.ts";
import { createStage, unlimited } from "./stage.ts";

/** In milliseconds: longer than a busy machine needs, and so short that waiting costs little. */
const patient = { answer: 10_000, form: 10_000 };
const hurried = { answer: 60, form: 60 };

/** A listener on a guild; what it hands in is in `events`, what it gets is `reply`'s. */
export async function openDesk() {
  const stage = await createStage({ limits: "off" });
  const { discord } = stage;
  const acme = discord.guild("Acme");
  const support = acme.role("Support", { permissions: ["ManageThreads"] });
  const [help, lounge] = [acme.channel("help"), acme.channel("lounge")];
  const options = stage.options({
    ...{ guilds: [acme.id], team: ["Support"], leads: ["Support"], commands: commandCatalogue() },
    ...{ languages, say: (locale, key) => textOf(locale, key) },
  });
  const client = createClient(options, { guilds: 50, request: 1000 });
  unlimited(client);
  const guilds = await openGuilds(client, options, []);
  const directory = createDirectory(client, options);
  const core = fakeCoreServices();
  const botId = discord.applicationId;
  const sender = createSender({ client, guilds, options, botId, tellPauses: [] });
  const deadlines = { ...patient, stop: 500 };
  const events: PlatformEvent[] = [];
  const desk = { reply: async (_event: PlatformEvent): Promise<Reply> => ({ kind: "nothing" }) };
  const listener = createListener({
    ...{ client, options, guilds, directory, core, deadlines },
    support: createSupport({ client, options }),
    tell: sender.tell,
    inbox: {
      receive(event) {
        events.push(event);
        return desk.reply(event);
      },
    },
  });
  const application = await readApplication(client.rest);
  const pace = { turn: 0, stop: 500 };
  const gateway = openGateway({ client, application, options, core, pace });
  const body = registeredCommands(options);
  await client.rest.put(Routes.applicationCommands(discord.applicationId), { body });
  listener.start();
  await gateway.start();
  const ref = { platform: "discord", externalId: acme.id };
  let keys = 0;
  return {
    ...{ stage, discord, acme, help, lounge, client, core, desk, events, listener, options, ref },
    agent: acme.person("Kim", { roles: [support] }),
    /** From now on an answer that does not come at once is late, or it has all the time there is. */
    hurries: (isHurried: boolean) => void Object.assign(deadlines, isHurried ? hurried : patient),
    customer: (locale = "en-US") => acme.person("Dana", { locale }),
    /** Shows a message to somebody, in their direct messages or in a channel. */
    async shows(message: Message, to: Person | { readonly id: string }): Promise<Located> {
      keys += 1;
      // Our own pacing lets nobody be written to twice within a second.
      stage.clock.advance(5000);
      const address =
        "sees" in to
          ? ({ kind: "direct", userId: to.id } as const)
          : ({ kind: "channel", channelId: to.id } as const);
      const { messageId } = await sender.send(ref, address, message, `key-${keys}`);
      stage.clock.advance(5000);
      const [channel = "", id = ""] = messageId.split(":");
      return { channel, id };
    },
    async close() {
      await listener.stop();
      await gateway.stop();
      await discord.stop();
    },
  };
}

function textOf(locale: string | undefined, key: string): string {
  if (!isTextKey(key)) throw new Error(`There is no text ${key}.`);
  return textsFor(languageFor(locale)).text(key);
}

export function card(text: string, ...options: readonly Option[]): Message {
  const actions = options.length === 0 ? [] : [{ kind: "actions", options } as const];
  return { summary: text, locale: "en", parts: [{ kind: "text", text }, ...actions] };
}

export function message(text: string, ...options: readonly Option[]): Reply {
  return { kind: "message", message: card(text, ...options) };
}

export function update(text: string, ...options: readonly Option[]): Reply {
  return { kind: "update", message: card(text, ...options) };
}

export const form: Form = {
  title: "What went wrong?",
  submit: { label: "Send", token: "tok.comment" },
  fields: [
    {
      ...{ name: "comment", label: "Your words", multiline: true, required: true },
      ...{ maxLength: 3000, value: "as said before" },
    },
  ],
};

/** The last thing that somebody sees somewhere. */
export function lastSeen(
  person: Person,
  place: { readonly id: string } | "dm",
): SeenMessage | undefined {
  return person.sees(place).at(-1);
}
