/** The commands as a platform lists them that knows them beforehand: texts, options, choices. */
import { isTextKey, languages, textsFor } from "../locales/index.ts";
import { metricNames } from "../metrics/metric.ts";
import type { CommandOptionSpec, CommandSpec, TextByLanguage } from "../platform.ts";
import type { Command } from "./command.ts";
import { commands } from "./registry.ts";

/** Commands of their own; every other one stands behind this one. */
const ownNames: readonly string[] = ["nps", "ces", "csat", "feedback", "survey"];
const ABOVE = "aftertalk";

/** The registry's commands with their texts in all our languages. */
export function commandCatalogue(): readonly CommandSpec[] {
  const all = [...commands.values()];
  const own = all.filter(({ name }) => ownNames.includes(name));
  const others = all.filter(({ name }) => !ownNames.includes(name));
  const above: CommandSpec = {
    name: ABOVE,
    description: inAllLanguages(`catalogue.${ABOVE}`),
    audience: "everyone",
    options: [],
    commands: others.map(specOf),
  };
  return [...own.map(specOf), above];
}

function specOf({ name, roles }: Command): CommandSpec {
  return {
    name,
    ...namesOf(name),
    description: inAllLanguages(`catalogue.${name}`),
    audience: roles.includes("customer") ? "everyone" : "leads",
    options: optionsOf(name),
  };
}

/** What everybody may want for themselves. Any other length of a pause can be typed. */
const wishes = ["my data", "pause 7d", "pause 30d", "pause 90d", "never", "resume", "forget me"];

/** What can be typed behind a command, in the order in which it is read. */
function optionsOf(command: string): readonly CommandOptionSpec[] {
  const period = option("period", { suggests: "period" });
  if (metricNames.some((metric) => metric === command)) {
    return [period, option("team", { suggests: "team", prefix: "team:" })];
  }
  switch (command) {
    case "feedback":
      return [period, option("wish", { choices: wishes.map(wordChoice) })];
    case "cases":
    case "silent":
      return [period];
    case "after-chat":
      return [option("question", { suggests: "survey" })];
    case "link":
      return ["person", "other"].map((name) => option(name, { required: true }));
    case "sample":
      return [option("action", { choices: ["add", "remove"].map(wordChoice) })];
    default:
      return [];
  }
}

function option(
  name: string,
  more: Pick<CommandOptionSpec, "suggests" | "prefix" | "choices" | "required">,
): CommandOptionSpec {
  return {
    name,
    ...namesOf(name),
    description: inAllLanguages(`catalogue.option.${name}`),
    ...more,
  };
}

function wordChoice(word: string) {
  const key = `catalogue.choice.${word.replaceAll(" ", "-")}`;
  return { label: inAllLanguages(key), value: word };
}

/** Nothing for what is called the same everywhere: NPS, and our own name. */
function namesOf(name: string): Pick<CommandSpec, "names"> {
  const key = `catalogue.name.${name}`;
  return isTextKey(key) ? { names: inAllLanguages(key) } : {};
}

/** @throws Error for a command without its texts: a test lists them all. */
function inAllLanguages(key: string): TextByLanguage {
  if (!isTextKey(key)) throw new Error(`there is no text ${key}`);
  const others = languages.map((language) => [language, textsFor(language).text(key)] as const);
  return { ...Object.fromEntries(others), en: textsFor("en").text(key) };
}
