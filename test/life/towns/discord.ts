/** The town on Discord: the real discord.js against the emulator. */
import { createDiscord } from "../../../adapters/discord/index.ts";
import { commandCatalogue } from "../../../src/commands/catalogue.ts";
import { createStage } from "../../adapters/discord/stage.ts";
import type { Person, SeenMessage } from "../../support/discord/index.ts";
import { until } from "../../support/until.ts";
import type { Seen, Someone, Town, Where } from "../town.ts";

export async function openDiscordTown(): Promise<Town> {
  const stage = await createStage({ limits: "off" });
  const { discord, clock } = stage;
  const acme = discord.guild("Acme");
  const support = acme.role("Support", { permissions: ["ManageThreads", "ManageMessages"] });
  const head = acme.role("Leads", { permissions: ["ManageThreads"] });
  const [help, leads] = [acme.channel("help"), acme.channel("leads")];
  const [dana, kim] = [acme.person("Dana"), acme.person("Kim", { roles: [support] })];
  const roles = [support, head];
  const [robin, noor] = [acme.person("Robin", { roles }), acme.person("Noor", { roles })];
  const wired = await createDiscord(
    stage.options({
      ...{ team: ["Support"], leads: ["Leads"], leadsChannels: ["leads"] },
      commands: commandCatalogue(),
    }),
    { start: [], client: { guilds: 50 }, gateway: { turn: 0 } },
  );
  const [connection] = wired.connections.map(({ ref }) => ref);
  if (connection === undefined) throw new Error("there is a guild");
  const face = (person: Person) => someone(person, leads, discord.applicationId, discord.settled);
  return {
    ...{ platform: wired.platform, connection, clock },
    dana: face(dana),
    robin: face(robin),
    noor: face(noor),
    async playChat() {
      const thread = await dana.starts(help, "My invoice", { text: "Hello, my invoice is wrong" });
      await kim.posts(thread, "Sorry! I have sent a new one");
      await dana.posts(thread, "Thank you");
      await kim.archives(thread);
      await until(() => thread.thread.archived(), "the thread is archived");
      await discord.settled();
    },
    settled: discord.settled,
    async danaLeaves() {
      acme.leaves(dana);
    },
    logged: () => stage.logged,
    problems: () => discord.problems,
    async stop() {
      await wired.platform.stop();
      await discord.stop();
    },
  };
}

export function someone(
  person: Person,
  leads: { readonly id: string },
  bot: string,
  settled: () => Promise<void>,
): Someone {
  const messages = (where: Where): SeenMessage[] => {
    const place = where === "direct" ? "dm" : where === "leads" ? leads : { id: where.beneath };
    return person.sees(place).filter(({ from }) => from === bot);
  };
  return {
    ...{ name: person.name, id: person.id },
    sees: async (where) => messages(where).map(seen),
    async presses(where, { id }, label) {
      const message = messages(where).find((each) => each.id === id);
      if (message === undefined) throw new Error(`${person.name} sees no such message`);
      if (message.buttons.includes(label)) await person.presses(message, label);
      else await person.chooses(message, label);
      await settled();
    },
    async fills(values) {
      await person.submits(values);
      await settled();
    },
    async writes(text) {
      await person.writes(text);
      await settled();
    },
    async types(command, text) {
      const [sub = "", period] = text.split(" ");
      const own = command !== "/aftertalk";
      const options = own ? { period: text } : period === undefined ? {} : { period };
      await person.types(leads, own ? command : `${command} ${sub}`, options);
      await settled();
    },
  };
}

function seen({ id, words, buttons, entries, files, components, content }: SeenMessage): Seen {
  const texts = [content, JSON.stringify(components)].join(" ");
  return {
    ...{ id, words, buttons: [...buttons, ...entries] },
    pictures: files.map(({ description = "", bytes }) => ({
      alt: description,
      png: async () => bytes,
    })),
    links: [...texts.matchAll(/\]\(<?(https?:[^)>]+)|"url":"(https?:[^"]+)"/g)].map(
      ([, masked, plain]) => masked ?? plain ?? "",
    ),
  };
}
