/**
 * The commands as a platform lists them that knows them beforehand: texts, options, choices.
 *
 * A new command needs its own file with its grammar beside it (`grammar` of Command), one line in
 * registry.ts, and the texts catalogue.NAME, catalogue.name.NAME and help.NAME. Its options, help,
 * hints and refusals are made from the grammar; one of its own stands in own-names.ts, the others
 * behind /aftertalk. Of an admin's command, what it takes stands with it (`options` of AdminCommand);
 * one behind another has the text catalogue.ABOVE.NAME.
 */
import { isTextKey, languages, textsFor } from "../locales/index.ts";
import { cuts, filterNames } from "../metrics/filter.ts";
import type { CommandOptionSpec, CommandSpec, TextByLanguage } from "../platform.ts";
import type { AdminCommand, AdminOption, Command } from "./command.ts";
import { ownNames } from "./own-names.ts";
import { commands } from "./registry.ts";
import type { Grammar } from "./view.ts";

const ABOVE = "aftertalk";

/** The registry's commands with their texts in all our languages. */
export function commandCatalogue(): readonly CommandSpec[] {
  const all = [...commands.values()];
  const own = ownNames.flatMap((name) => commands.get(name) ?? []);
  const others = all.filter(({ name }) => !ownNames.includes(name));
  const above: CommandSpec = {
    name: ABOVE,
    description: inAllLanguages(`catalogue.${ABOVE}`),
    audience: "everyone",
    options: [],
    commands: others.map((each) => specOf(each)),
  };
  return [...own.map((each) => specOf(each)), above];
}

function specOf(command: Command | AdminCommand, above = ""): CommandSpec {
  const { name, roles } = command;
  const shared = {
    name,
    ...namesOf(name),
    description: inAllLanguages(`catalogue.${above}${name}`),
    audience: roles.includes("customer") ? ("everyone" as const) : ("leads" as const),
  };
  if (!("act" in command)) return { ...shared, options: optionsOf(command) };
  const behind = command.commands?.map((each) => specOf(each, `${name}.`));
  const options = command.options?.map(adminOption) ?? [];
  return { ...shared, options, ...(behind === undefined ? {} : { commands: behind }) };
}

function adminOption({ words, ...more }: AdminOption): CommandOptionSpec {
  return option(more.name, {
    ...more,
    ...(words === undefined ? {} : { choices: words.map(wordChoice) }),
  });
}

/** What everybody may want for themselves. Any other length of a pause can be typed. */
const wishes = ["my data", "pause 7d", "pause 30d", "pause 90d", "never", "resume", "forget me"];

/** What can be typed behind a command, in the order in which it is read. */
function optionsOf({ name, grammar }: Command): readonly CommandOptionSpec[] {
  const own = ownOptions(name);
  return grammar === undefined ? own : [...optionsOfGrammar(grammar), ...own];
}

function optionsOfGrammar({
  cuts: by = [],
  filters = [],
  flags = [],
  ...more
}: Grammar): CommandOptionSpec[] {
  const cutChoices = cuts.filter((cut) => by.includes(cut)).map(cutChoice);
  return [
    option("period", { suggests: "period" }),
    ...(by.length === 0 ? [] : [option("by", { choices: cutChoices, prefix: "by " })]),
    ...(more.versus === true ? [option("vs", { suggests: "vs", prefix: "vs " })] : []),
    ...filterNames
      .filter((name) => filters.includes(name))
      .map((name) => option(name, { suggests: name, prefix: `${name}:` })),
    ...(flags.length === 0 ? [] : [option("which", { choices: flags.map(wordChoice) })]),
    ...(more.search === true ? [option("words", {})] : []),
  ];
}

/** What a command takes that is no view. */
function ownOptions(command: string): CommandOptionSpec[] {
  switch (command) {
    case "feedback":
      return [option("wish", { choices: wishes.map(wordChoice) })];
    case "cases":
    case "silent":
      return [option("period", { suggests: "period" })];
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
  const metric = `metric.${word}.name`;
  const key = isTextKey(metric) ? metric : `catalogue.choice.${word.replaceAll(" ", "-")}`;
  return { label: inAllLanguages(key), value: word };
}

/** A cut is called as the filter of the same name is. */
function cutChoice(cut: string) {
  const name = `catalogue.name.${cut}`;
  return { label: inAllLanguages(isTextKey(name) ? name : `catalogue.choice.${cut}`), value: cut };
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
