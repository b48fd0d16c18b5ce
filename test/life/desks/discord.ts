/** The desk on Discord: a language is that of each interaction, and a command has options. */
import { createDiscord } from "../../../adapters/discord/index.ts";
import { commandCatalogue } from "../../../src/commands/catalogue.ts";
import { languages } from "../../../src/locales/index.ts";
import { say } from "../../../src/wiring/settings.ts";
import { createStage } from "../../adapters/discord/stage.ts";
import type { ChannelFace, Discord, Person } from "../../support/discord/index.ts";
import { someone } from "../towns/discord.ts";
import { type Asked, type Asker, answerTo, type Desk } from "./desk.ts";

/** With what is behind it, for whoever looks at it as a page. */
export interface DiscordDesk extends Desk {
  readonly discord: Discord;
  readonly channel: ChannelFace;
  /** The person behind an asker, by their id. */
  personOf(id: string): Person | undefined;
}

export async function openDiscordDesk(): Promise<DiscordDesk> {
  const stage = await createStage({ limits: "off" });
  const { discord, clock } = stage;
  const acme = discord.guild("Acme");
  const support = acme.role("Support", { permissions: ["ManageThreads", "ManageMessages"] });
  const head = acme.role("Leads", { permissions: ["ManageThreads"] });
  const chief = acme.role("Admins", { permissions: ["ManageThreads", "ManageGuild"] });
  const channel = acme.channel("support-leads");
  acme.channel("help");
  const lead = { roles: [support, head] };
  const admin = { roles: [support, head, chief] };
  const robin = acme.person("Robin", { ...admin, locale: "en-US" });
  const mei = acme.person("Mei", { ...admin, locale: "zh-CN" });
  const ting = acme.person("Ting", { ...lead, locale: "zh-TW" });
  const vera = acme.person("Vera", { ...lead, locale: "ru" });
  const noor = acme.person("Noor", lead);
  const nadia = acme.person("Nadia", { roles: [support] });
  // Of a role that sees the commands: whoever is no lead is refused by us, not by the list.
  const dana = acme.person("Dana", {
    roles: [acme.role("Helpers", { permissions: ["ManageThreads"] })],
  });
  const wired = await createDiscord(
    stage.options({
      ...{ team: ["Support"], leads: ["Leads"], leadsChannels: ["support-leads"] },
      ...{ commands: commandCatalogue(), say, languages },
    }),
    { start: [], client: { guilds: 50 }, gateway: { turn: 0 } },
  );
  const [connection] = wired.connections.map(({ ref }) => ref);
  if (connection === undefined) throw new Error("there is a guild");
  const face = (person: Person) => asker(discord, person, channel);
  return {
    ...{ platform: wired.platform, connection, clock, discord, channel },
    leads: { en: face(robin), "zh-Hans": face(mei), "zh-Hant": face(ting), ru: face(vera) },
    ...{ admin: face(robin), agent: face(nadia), teamLead: face(noor), customer: face(dana) },
    leading: {
      mention: `<@&${head.id}>`,
      joins: (who) => acme.gives(who, head),
      leaves: (who) => acme.takes(who, head),
    },
    whispersPictures: true,
    personOf: (id) => [robin, mei, ting, vera, noor, nadia, dana].find((each) => each.id === id),
    settled: discord.settled,
    problems: () => discord.problems,
    logged: () => stage.logged,
    async stop() {
      await wired.platform.stop();
      await discord.stop();
    },
  };
}

function asker(discord: Discord, person: Person, leads: ChannelFace): Asker {
  const self = someone(person, leads, discord.applicationId, discord.settled);
  return {
    ...self,
    async asks(asked) {
      const options = await chosen(person, leads, asked);
      return answerTo(
        self,
        () => onceRegistered(() => person.types(leads, `/${asked.command}`, options)),
        ({ id }) => person.sees(leads).some((message) => message.id === id && message.thinking),
      );
    },
  };
}

/** The commands are registered while everything else has started: a person waits until they are listed. */
async function onceRegistered(type: () => Promise<unknown>): Promise<void> {
  const end = Date.now() + 40_000;
  for (;;) {
    try {
      return void (await type());
    } catch (error) {
      const isMissing = error instanceof Error && error.message.startsWith("There is no command");
      if (!isMissing || Date.now() > end) throw error;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}

/** The options of a command, chosen from what is offered while they are typed. */
async function chosen(person: Person, leads: ChannelFace, asked: Asked) {
  const { command, period, vs, filters = {}, by, which, words } = asked;
  const options: Record<string, string> = { ...asked.options };
  for (const [name, typed] of Object.entries({ period, vs, ...filters })) {
    if (typed === undefined) continue;
    const offered = await offeredTo(person, leads, { command, options, name, typed });
    // What is not offered can be typed all the same.
    options[name] = offered[0] ?? typed;
  }
  for (const [name, value] of Object.entries({ by, which, words }))
    if (value !== undefined) options[name] = value;
  return options;
}

/** "Option Choice": what a person could read and choose. */
const MOST = 25;
const LONGEST = 100;

async function offeredTo(
  person: Person,
  leads: ChannelFace,
  asked: {
    command: string;
    options: Readonly<Record<string, string>>;
    name: string;
    typed: string;
  },
): Promise<string[]> {
  const { command, options, name, typed } = asked;
  const given = { ...options, [name]: typed };
  const answer = await person.completes(leads, `/${command}`, given, name);
  if (answer.outcome !== "choices") throw new Error(`"${name}": nothing came in time`);
  const { choices } = answer;
  const isReadable = choices.every(
    (choice) => choice.name.length <= LONGEST && String(choice.value).length <= LONGEST,
  );
  if (choices.length > MOST || !isReadable) throw new Error(`"${name}": more than can be shown`);
  return choices.map(({ value }) => String(value));
}
