/** docs/discord.md against the code: what it lists is what there is. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { registeredCommands } from "../adapters/discord/commands.ts";
import { permissions, privateThreadPermissions } from "../adapters/discord/invite.ts";
import { commandCatalogue } from "../src/commands/catalogue.ts";
import { settings } from "../src/config/settings.ts";
import { readConfig } from "../src/config.ts";
import { isTextKey, languageFor, languages, textsFor } from "../src/locales/index.ts";
import { codeUnder } from "./support/sources.ts";

const root = new URL("../", import.meta.url);
const page = readFileSync(new URL("docs/discord.md", root), "utf8");
const rows = page.split("\n").filter((line) => line.startsWith("| "));
const cells = (row: string) => row.split(" | ").map((cell) => cell.replace(/^\| | \|$/g, ""));
const flat = page.replace(/\s+/g, " ");
const say = (locale: string | undefined, key: string) =>
  isTextKey(key) ? textsFor(languageFor(locale)).text(key) : key;

test("every setting of Discord has its row, and no other", () => {
  const listed = rows.flatMap((row) => /^\| `(DISCORD_[A-Z_]+)` \|/.exec(row)?.[1] ?? []);
  const known = Object.keys(settings).filter((name) => name.startsWith("DISCORD_"));
  expect(listed.sort()).toEqual(known.sort());
});

test("the five steps can be followed as they are written", () => {
  const steps = page.slice(page.indexOf("## Five steps"), page.indexOf("## Settings"));
  const set = [...steps.matchAll(/^export ([A-Z_]+)=('?)([^'#\n]*?)\2(?:\s+#.*)?$/gm)];
  const env = Object.fromEntries(
    set.map(([, name = "", , value]) => [name, value?.replace("…", "x".repeat(8))]),
  );
  expect(readConfig(env).discord).toMatchObject({
    token: expect.any(String),
    supportChannels: ["help", "help-forum", "Support Tickets"],
    team: ["Support"],
    leads: ["Support Leads"],
    leadsChannels: ["support-leads"],
  });
});

test("every permission of the invite link has its row, with its reason", () => {
  const table = page.slice(page.indexOf("| permission | to |"));
  const listed = table.slice(0, table.indexOf("\n\n")).split("\n").slice(2).map(cells);
  const asked = Object.values({ ...permissions, ...privateThreadPermissions });
  expect(listed).toEqual(asked.map(({ name, to }) => [name, to]));
  expect(Object.keys(permissions)).toHaveLength(7);
  expect(flat).toContain("the [seven permissions]");
});

test("every command and entry of a message's menu is told of, as it is registered", () => {
  const all = registeredCommands({ commands: commandCatalogue(), say, languages });
  expect(all.length).toBeGreaterThan(6);
  const names = all.map(({ name, type }) => (type === 3 ? `*${name}*` : `\`/${name}`));
  expect(names.filter((name) => !flat.includes(name))).toEqual([]);
});

test("what it says that the doctor says, the doctor does say", () => {
  const code = codeUnder("adapters/discord", (file) => /^(doctor|errors|guilds)/.test(file));
  const troubles = page.slice(page.indexOf("## When something is wrong"));
  const said = troubles.split("\n").flatMap((row) => cells(row)[1]?.match(/\*[^*]+\*/g) ?? []);
  expect(said.length).toBeGreaterThan(15);
  expect(said.filter((words) => !code.includes(words.slice(1, -1)))).toEqual([]);
});

test("what it says that people read in Discord, they do read", () => {
  const texts = ["ask.opener.button", "ask.write", "discord.command.ask", "discord.command.scores"];
  expect(texts.filter((key) => !flat.includes(`*${say("en", key)}*`))).toEqual([]);
});

test("every file and heading that it points to is there", () => {
  const headings = [...page.matchAll(/^#+ (.+)$/gm)].map(([, words = ""]) =>
    words
      .toLowerCase()
      .replace(/[^\p{L}\p{N} -]/gu, "")
      .replaceAll(" ", "-"),
  );
  const links = [...page.matchAll(/\]\(([^)#]*)(?:#([^)]*))?\)/g)];
  expect(links.length).toBeGreaterThan(3);
  for (const [, path = "", heading] of links) {
    if (path !== "") expect(() => readFileSync(new URL(`docs/${path}`, root))).not.toThrow();
    if (path === "" && heading !== undefined) expect(headings).toContain(heading);
  }
});
