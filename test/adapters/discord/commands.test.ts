import { expect, onTestFinished, test } from "vitest";
import { createClient } from "../../../adapters/discord/client.ts";
import {
  chatCommandOf,
  focusedOption,
  registerCommands,
  registeredCommands,
  textOf,
} from "../../../adapters/discord/commands.ts";
import type { DiscordOptions } from "../../../adapters/discord/options.ts";
import { commandCatalogue } from "../../../src/commands/catalogue.ts";
import { isTextKey, languageFor, languages, textsFor } from "../../../src/locales/index.ts";
import type { CommandSpec } from "../../../src/platform.ts";
import { checkCommand, checkCommands } from "../../support/discord/command-rules.ts";
import { createStage } from "./stage.ts";

const options: Pick<DiscordOptions, "commands" | "say" | "languages"> = {
  commands: commandCatalogue(),
  languages,
  say: (locale, key) => (isTextKey(key) ? textsFor(languageFor(locale)).text(key) : key),
};
const all = registeredCommands(options);
const named = (name: string) => {
  const found = all.find((command) => command.name === name);
  if (found === undefined) throw new Error(`there is no command ${name}`);
  return found;
};

test("Discord takes all commands: names, descriptions, options and choices within its limits", () => {
  checkCommands(all.map((command) => checkCommand(command)));
  expect(all.map(({ name }) => name)).toEqual([
    ...commandCatalogue().map(({ name }) => name),
    "close",
    ...["Close and ask for feedback", "Ask for feedback", "Show scores"],
  ]);
});

/** Every object of a value that has a name. */
function objectsIn(value: unknown): Readonly<Record<string, unknown>>[] {
  if (typeof value !== "object" || value === null) return [];
  const inner = Object.values(value).flatMap(objectsIn);
  return "name" in value ? [{ ...value }, ...inner] : inner;
}

/** What is called the same in every language. */
const unlocalized = ["nps", "ces", "csat", "cx", "aftertalk"];

test("everything that is shown is there in each of our languages, by Discord's names of them", () => {
  for (const each of objectsIn(all)) {
    const locales = (field: string) => Object.keys(each[field] ?? {}).sort();
    const wanted = ["ru", "zh-CN", "zh-TW"];
    if (typeof each.description === "string") {
      expect(locales("description_localizations")).toEqual(wanted);
    }
    if (!unlocalized.includes(String(each.name))) {
      expect(locales("name_localizations"), String(each.name)).toEqual(wanted);
    }
  }
  expect(named("feedback")).toMatchObject({
    name_localizations: { ru: "отзывы", "zh-CN": "反馈", "zh-TW": "意見回饋" },
  });
});

test("a command with another name in some language says what it is called elsewhere", () => {
  const renamed = objectsIn(all).filter(
    ({ name, type, name_localizations: names }) =>
      type === 1 && names !== undefined && name !== "aftertalk",
  );
  expect(renamed.length).toBeGreaterThan(8);
  for (const { name, description_localizations: texts } of renamed) {
    for (const text of Object.values(texts ?? {})) expect(text).toContain(String(name));
  }
});

test("what leads and the team use is shown to whoever may manage threads, the rest to everybody", () => {
  const everybody = all.filter((command) => command.default_member_permissions === null);
  expect(everybody.map(({ name }) => name)).toEqual(["feedback", "aftertalk"]);
  const others = all.filter((command) => !everybody.includes(command));
  expect(new Set(others.map((each) => each.default_member_permissions))).toEqual(
    new Set([String(1n << 34n)]),
  );
  expect(everybody.map(({ contexts }) => contexts)).toEqual([
    [0, 1],
    [0, 1],
  ]);
  expect(new Set(others.flatMap(({ contexts }) => contexts))).toEqual(new Set([0]));
});

test("periods, teams and surveys are offered while typing, what has few words is a choice", () => {
  const typed = (name: string) => ({ name, type: 3, autocomplete: true });
  const filters = ["team", "agent", "channel", "touchpoint", "account", "platform", "language"];
  expect(named("nps")).toMatchObject({
    options: [
      typed("period"),
      { name: "by", type: 3, choices: expect.anything() },
      ...["vs", ...filters, "tag"].map(typed),
    ],
  });
  const behind = (name: string, option: object) =>
    expect.objectContaining({ name, type: 1, options: [expect.objectContaining(option)] });
  const choices = ["add", "remove"].map((value) => expect.objectContaining({ value }));
  expect(named("aftertalk")).toMatchObject({
    options: expect.arrayContaining([
      behind("after-chat", typed("question")),
      behind("sample", { name: "action", type: 3, choices }),
    ]),
  });
});

const spec = (name: string): CommandSpec => {
  const found = options.commands.find((command) => command.name === name);
  if (found === undefined) throw new Error(`there is no ${name}`);
  return found;
};

test("what is chosen for options is the text of the command, in the order in which it is read", () => {
  expect(textOf([], spec("nps"))).toEqual({ name: "nps", text: "" });
  const all = [
    { name: "team", value: ' "Billing EU" ' },
    { name: "vs", value: "same last year" },
    { name: "by", value: "channel" },
    { name: "period", value: "last week" },
  ];
  const text = 'last week by channel vs same last year team:"Billing EU"';
  expect(textOf(all, spec("nps"))).toEqual({ name: "nps", text });
  expect(textOf([{ name: "team", value: " " }], spec("nps")).text).toBe("");
  const behind = [{ name: "cases", options: [{ name: "period", value: "7d" }] }];
  expect(textOf(behind, spec("aftertalk"))).toEqual({ name: "aftertalk", text: "cases 7d" });
  expect(textOf([{ name: "help", options: [] }], spec("aftertalk")).text).toBe("help");
  expect(textOf([{ name: "elsewhere" }], spec("aftertalk")).text).toBe("");
});

test("somebody mentioned in an option is named by id", () => {
  const people = [
    { name: "other", value: " <@!42> " },
    { name: "person", value: "<@9000>" },
  ];
  expect(textOf([{ name: "link", options: people }], spec("aftertalk"))).toEqual({
    name: "aftertalk",
    text: "link discord:9000 discord:42",
  });
  expect(named("aftertalk")).toMatchObject({
    options: expect.arrayContaining([
      expect.objectContaining({
        name: "link",
        options: ["person", "other"].map((name) => {
          return expect.objectContaining({ name, type: 3, required: true });
        }),
      }),
    ]),
  });
});

test("the option that is being typed is found, behind another command too", () => {
  const typing = { name: "period", value: "we", focused: true };
  expect(focusedOption([typing], spec("nps"))).toMatchObject({
    typed: "we",
    option: { suggests: "period" },
  });
  const behind = [{ name: "silent", options: [{ name: "period", value: "B", focused: true }] }];
  expect(focusedOption(behind, spec("aftertalk"))).toMatchObject({
    typed: "B",
    option: { suggests: "period" },
  });
  expect(focusedOption([{ name: "period", value: "week" }], spec("nps"))).toBeUndefined();
  expect(focusedOption([{ ...typing, name: "other" }], spec("nps"))).toBeUndefined();
});

test("our own commands are known by the names that Discord tells", () => {
  const own = all.map(({ type = 1, name }) => chatCommandOf({ type, name }, options));
  expect(own).toEqual([
    ...Array(options.commands.length).fill(undefined),
    "close",
    "close",
    "ask",
    "scores",
  ]);
  expect(chatCommandOf({ type: 3, name: "close" }, options)).toBeUndefined();
});

async function registering() {
  const stage = await createStage();
  const { discord } = stage;
  onTestFinished(() => discord.stop());
  const base = stage.options({ ...options });
  const client = createClient(base, { request: 1000 });
  onTestFinished(() => client.destroy());
  const { applicationId } = discord;
  return {
    ...stage,
    start: (change: Partial<DiscordOptions> = {}) =>
      registerCommands({ client, applicationId, options: { ...base, ...change }, log: base.log }),
    puts: () => discord.calls("PUT /applications/:application/commands").length,
  };
}

test("commands are registered at the first start and at no later one", async () => {
  const { discord, start, puts } = await registering();
  expect(await start()).toBe(true);
  expect(puts()).toBe(1);
  expect(discord.commands().map(({ name }) => name)).toEqual(all.map(({ name }) => name));
  expect([await start(), await start()]).toEqual([true, true]);
  expect(puts()).toBe(1);
  expect(discord.problems).toEqual([]);
});

test.each<[string, Partial<DiscordOptions>]>([
  [
    "description",
    { commands: options.commands.map((each) => ({ ...each, description: { en: "Another one" } })) },
  ],
  ["command less", { commands: options.commands.slice(1) }],
  ["language less", { languages: ["en"] }],
  ["audience", { commands: options.commands.map((each) => ({ ...each, audience: "leads" })) }],
])("another %s is registered, once", async (_, change) => {
  const { start, puts } = await registering();
  await start();
  await start(change);
  await start(change);
  expect(puts()).toBe(2);
});

test("commands that others registered by the same token are replaced", async () => {
  const { discord, start, puts } = await registering();
  await start({ commands: [{ ...spec("nps"), name: "strange" }] });
  await start();
  expect(puts()).toBe(2);
  expect(discord.commands().map(({ name }) => name)).not.toContain("strange");
});

test("P7 a refusal is logged with what to do and without what was sent, and ends nothing", async () => {
  const { discord, start, logged } = await registering();
  discord.fail("PUT /applications/:application/commands", {
    kind: "refused",
    status: 403,
    code: 50001,
  });
  expect(await start()).toBe(false);
  const line = logged.join("");
  expect(line).toContain("compared again");
  expect(line).not.toContain("Net Promoter");
  expect(line).not.toContain(discord.token);
  expect(await start()).toBe(true);
});
