/**
 * How soon whoever presses a button or types a command in Discord has their answer:
 * `node bench/discord-answer.ts`. The whole service on an embedded database beside a bare discord.js
 * handler that answers and does nothing, in the same run, each on an emulator of its own. Emulators,
 * apps and database share this process and its processor (the database has a thread of its own), so
 * the ratio says more than the milliseconds. A press is a score that is given or taken back: written
 * before it is answered. Then: what people hear while nothing can be written.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import {
  ApplicationCommandOptionType,
  Client,
  ComponentType,
  Events,
  MessageFlags,
  Routes,
} from "discord.js";
import { readConfig } from "../src/config.ts";
import { createLog } from "../src/log.ts";
import type { Inbox } from "../src/platform.ts";
import { startAftertalk } from "../src/start.ts";
import { wireDiscord } from "../src/wiring/discord.ts";
import { type Discord, type GuildFace, startDiscord } from "../test/support/discord/index.ts";
import type { Person } from "../test/support/discord/person.ts";
import type { SeenMessage } from "../test/support/discord/seen.ts";

const WARM_UP = 30;
const ONE_BY_ONE = 300;
const STALL_MS = 5000;

const log = createLog("silent");
const ends: (() => Promise<unknown>)[] = [];

interface Town {
  readonly discord: Discord;
  readonly acme: GuildFace;
  readonly dana: Person;
  readonly robin: Person;
}

async function town(): Promise<Town> {
  const discord = await startDiscord({ limits: "off" });
  ends.push(() => discord.stop());
  const acme = discord.guild("Acme");
  const robin = acme.person("Robin", {
    roles: [acme.role("Team", { permissions: ["ManageThreads", "ManageGuild"] })],
  });
  return { discord, acme, dana: acme.person("Dana"), robin };
}

/** What is measured: each resolves when Discord has the answer. */
interface App {
  press(): Promise<{ readonly outcome: string }>;
  types(command: string): Promise<{ readonly outcome: string }>;
}

/** The same shape of answers, of constants. */
async function bareApp(): Promise<App> {
  const { discord, acme, dana, robin } = await town();
  const help = acme.channel("help");
  const client = new Client({ intents: ["Guilds"], rest: { api: discord.apiUrl } });
  ends.push(() => client.destroy());
  client.on(Events.InteractionCreate, async (interaction) => {
    if (interaction.isButton()) await interaction.update({ content: "You answered 9" });
    if (interaction.isChatInputCommand()) {
      await interaction.reply({ content: "NPS +12", flags: MessageFlags.Ephemeral });
    }
  });
  const ready = new Promise((resolve) => client.once(Events.ClientReady, resolve));
  await client.login(discord.token);
  await ready;
  const period = {
    ...{ type: ApplicationCommandOptionType.String, name: "period", description: "When" },
  };
  const topic = { ...period, name: "topic" };
  await client.rest.put(Routes.applicationCommands(discord.applicationId), {
    body: [
      { name: "nps", description: "NPS", options: [period] },
      { name: "help", description: "Help", options: [topic] },
    ],
  });
  const button = { type: ComponentType.Button, style: 2, label: "9", custom_id: "nine" };
  const row = { type: ComponentType.ActionRow, components: [button] };
  const question = await dana.posts(help, "hello");
  await client.rest.post(Routes.channelMessages(help.id), {
    body: { content: "How likely?", components: [row] },
  });
  const asked = dana.sees(help).find(({ id }) => id !== question);
  if (asked === undefined) throw new Error("nothing was asked");
  return {
    press: () => dana.presses(asked, "9"),
    types: (command) =>
      command === "/nps"
        ? robin.types(help, "/nps", { period: "week" })
        : robin.types(help, "/help"),
  };
}

/** Time in the core, and whether it stands still. */
const core = { times: [] as number[], stall: undefined as Promise<unknown> | undefined };

function timed(inbox: Inbox): Inbox {
  return {
    async receive(event) {
      await core.stall;
      const start = performance.now();
      try {
        return await inbox.receive(event);
      } finally {
        core.times.push(performance.now() - start);
      }
    },
  };
}

async function ourApp(): Promise<App> {
  const { discord, acme, dana, robin } = await town();
  const help = acme.channel("help");
  const dataFolder = mkdtempSync(join(tmpdir(), "aftertalk-bench-"));
  ends.push(async () => rmSync(dataFolder, { recursive: true }));
  const config = readConfig({
    AFTERTALK_DATA_DIR: dataFolder,
    PORT: "0",
    DISCORD_TOKEN: discord.token,
    DISCORD_API_URL: discord.apiUrl,
    DISCORD_SUPPORT_CHANNELS: "help",
    DISCORD_LEADS: "Team",
    DISCORD_TEAM: "Team",
  });
  const running = await startAftertalk({
    config,
    secret: "a secret of at least thirty-two characters",
    log,
    platforms: async () => {
      const wired = await wireDiscord(config, discord.token, log, () => {});
      const { platform } = wired;
      const start = (inbox: Inbox, services: Parameters<typeof platform.start>[1]) =>
        platform.start(timed(inbox), services);
      return [{ ...wired, platform: { ...platform, start } }];
    },
  });
  ends.push(() => running.stop());
  const question = await asked(dana, robin, help);
  return {
    press: async () => {
      const seen = dana.sees("dm").find(({ id }) => id === question);
      if (seen === undefined) throw new Error("the question is gone");
      return dana.presses(seen, seen.buttons.includes("9") ? "9" : "Change");
    },
    types: (command) =>
      command === "/nps"
        ? robin.types(help, "/nps", { period: "week" })
        : robin.types(help, "/aftertalk help"),
  };
}

/** A chat that was solved, and the question about it, which does not wait for working hours. */
async function asked(dana: Person, robin: Person, help: { readonly id: string }): Promise<string> {
  const chat = await dana.starts(help, "My invoice is wrong", { text: "It says 70 €" });
  await robin.posts(chat, "I look into it");
  await dana.posts(chat, "Thank you!");
  while (core.times.length < 3) await pause(50);
  await robin.types(chat, "/close");
  const planned = await sees(robin, chat, ({ buttons }) => buttons.length > 0);
  await robin.presses(planned, planned.buttons[0] ?? "");
  return (await sees(dana, "dm", ({ buttons }) => buttons.includes("9"))).id;
}

async function sees(
  person: Person,
  place: Parameters<Person["sees"]>[0],
  what: (seen: SeenMessage) => boolean,
): Promise<SeenMessage> {
  for (let tries = 0; tries < 200; tries += 1) {
    const seen = person.sees(place).findLast(what);
    if (seen !== undefined) return seen;
    await pause(50);
  }
  throw new Error(`what ${person.name} sees: ${person.sees(place).map(({ words }) => words)}`);
}

/** Milliseconds of each answer, one after another. */
async function oneByOne(act: () => Promise<{ readonly outcome: string }>): Promise<number[]> {
  const times: number[] = [];
  for (let index = -WARM_UP; index < ONE_BY_ONE; index += 1) {
    const start = performance.now();
    const { outcome } = await act();
    if (!["message", "updated"].includes(outcome)) throw new Error(`answered with: ${outcome}`);
    if (index >= 0) times.push(performance.now() - start);
  }
  return times;
}

function at(times: readonly number[], share: number): number {
  return times.toSorted((a, b) => a - b)[Math.ceil(times.length * share) - 1] ?? 0;
}

function row(...cells: readonly (string | number)[]): void {
  const shown = cells.map((cell) => (typeof cell === "number" ? cell.toFixed(2) : cell));
  console.log(shown.map((cell, index) => cell.padEnd(index === 0 ? 22 : 11)).join(""));
}

const [bare, ours] = [await bareApp(), await ourApp()];
const names = ["bare p50", "bare p99", "ours p50", "ours p99", "ratio p50", "p99"];
row("answered after ms", ...names, "core p50", "core p99");
const acts = [
  ["button press", (app: App) => app.press()],
  ["/aftertalk help", (app: App) => app.types("/help")],
  ["/nps period:week", (app: App) => app.types("/nps")],
] as const;
for (const [what, act] of acts) {
  const them = await oneByOne(() => act(bare));
  core.times = [];
  const us = await oneByOne(() => act(ours));
  const [a, b, c, d] = [at(them, 0.5), at(them, 0.99), at(us, 0.5), at(us, 0.99)];
  const inCore = core.times.slice(-ONE_BY_ONE);
  row(what, a, b, c, d, c / a, d / b, at(inCore, 0.5), at(inCore, 0.99));
}

core.stall = pause(STALL_MS);
const heard = await Promise.all(
  Array.from({ length: 20 }, async (_, index) => {
    const start = performance.now();
    const { outcome } = await (index % 2 === 0 ? ours.press() : ours.types("/help"));
    return { ms: performance.now() - start, outcome };
  }),
);
await core.stall;
const latest = at(
  heard.map(({ ms }) => ms),
  1,
);
const silent = heard.filter(({ outcome }) => outcome === "timed out").length;
console.log(
  `\nwhile nothing can be written for ${STALL_MS / 1000} s, twenty presses and commands heard something after ${latest.toFixed(0)} ms at the latest; ${silent} heard nothing`,
);

for (const end of ends.reverse()) await end();
