/** Our commands as Discord lists them, and what somebody typed into them as the core reads it. */
import {
  type APIApplicationCommandBasicOption,
  type APIApplicationCommandOption,
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
  type LocalizationMap,
  PermissionFlagsBits,
  type RESTPostAPIApplicationCommandsJSONBody,
  type RESTPutAPIApplicationCommandsJSONBody,
} from "discord.js";
import type { CommandOptionSpec, CommandSpec } from "../../src/platform.ts";
import { localizations } from "./commands/localized.ts";
import type { DiscordOptions } from "./options.ts";

export { registerCommands } from "./commands/register.ts";

type CommandOptions = Pick<DiscordOptions, "commands" | "say" | "languages">;

/** What an own command of this adapter asks of a chat. */
export type ChatCommand = "close" | "ask" | "scores";

/** Our own commands: `/close`, and the entries in the menu of a message. */
const chatCommands = [
  { key: "discord.command.close-and-ask", does: "close" },
  { key: "discord.command.ask", does: "ask" },
  { key: "discord.command.scores", does: "scores" },
] as const;
const CLOSE = "close";

/** Whoever may do this is shown what is the team's. Only a help: rights are checked at every use. */
const TEAM = String(PermissionFlagsBits.ManageThreads);

/** Everything that is registered, in the order of the core's list. Pure. */
export function registeredCommands(options: CommandOptions): RESTPutAPIApplicationCommandsJSONBody {
  return [
    ...options.commands.map(slashCommand),
    closeCommand(options),
    ...chatCommands.map(({ key }) => messageCommand(key, options)),
  ];
}

/** What an own command does, by the name that Discord tells: the English one. */
export function chatCommandOf(
  { type, name }: { readonly type: ApplicationCommandType; readonly name: string },
  { say }: Pick<DiscordOptions, "say">,
): ChatCommand | undefined {
  if (type === ApplicationCommandType.ChatInput) return name === CLOSE ? "close" : undefined;
  return chatCommands.find(({ key }) => say("en", key) === name)?.does;
}

function slashCommand(spec: CommandSpec): RESTPostAPIApplicationCommandsJSONBody {
  return {
    type: ApplicationCommandType.ChatInput,
    ...named(spec),
    ...described(spec),
    ...shownTo(spec.audience),
    options: spec.commands?.map(subcommand) ?? spec.options.map(stringOption),
  };
}

function shownTo(audience: CommandSpec["audience"]) {
  const everyone = audience === "everyone";
  return {
    default_member_permissions: everyone ? null : TEAM,
    // In a direct message with us there is nobody's rights to look at.
    contexts: everyone
      ? [InteractionContextType.Guild, InteractionContextType.BotDM]
      : [InteractionContextType.Guild],
    integration_types: [ApplicationIntegrationType.GuildInstall],
  };
}

function subcommand(spec: CommandSpec): APIApplicationCommandOption {
  return {
    type: ApplicationCommandOptionType.Subcommand,
    ...named(spec),
    ...described(spec),
    options: spec.options.map(stringOption),
  };
}

function stringOption(spec: CommandOptionSpec): APIApplicationCommandBasicOption {
  const option = {
    type: ApplicationCommandOptionType.String as const,
    ...named(spec),
    ...described(spec),
    ...(spec.required === true ? { required: true } : {}),
  };
  if (spec.suggests !== undefined) return { ...option, autocomplete: true };
  if (spec.choices === undefined) return option;
  return {
    ...option,
    choices: spec.choices.map(({ label, value }) => ({
      name: label.en,
      ...nameLocalizations(label),
      value,
    })),
  };
}

function named({ name, names }: Pick<CommandSpec, "name" | "names">) {
  return { name, ...nameLocalizations(names ?? {}) };
}

function nameLocalizations(texts: Readonly<Record<string, string>>): {
  name_localizations?: LocalizationMap;
} {
  const others = localizations(texts);
  return others === undefined ? {} : { name_localizations: others };
}

function described({ description }: Pick<CommandSpec, "description">) {
  const others = localizations(description);
  return {
    description: description.en,
    ...(others === undefined ? {} : { description_localizations: others }),
  };
}

function closeCommand(options: CommandOptions): RESTPostAPIApplicationCommandsJSONBody {
  return {
    type: ApplicationCommandType.ChatInput,
    name: CLOSE,
    ...nameLocalizations(said("discord.command.close.name", options)),
    ...described({ description: said("discord.command.close.description", options) }),
    ...shownTo("leads"),
  };
}

function messageCommand(
  key: string,
  options: CommandOptions,
): RESTPostAPIApplicationCommandsJSONBody {
  const names = said(key, options);
  return {
    type: ApplicationCommandType.Message,
    name: names.en,
    ...nameLocalizations(names),
    ...shownTo("leads"),
  };
}

function said(key: string, { say, languages }: CommandOptions) {
  const all = languages.map((language) => [language, say(language, key)] as const);
  return { ...Object.fromEntries(all), en: say("en", key) };
}

/** What was typed: an option of a command, as discord.js's `options.data` and the payload have it. */
export interface TypedOption {
  readonly name: string;
  readonly value?: string | number | boolean | undefined;
  readonly options?: readonly TypedOption[] | undefined;
  readonly focused?: boolean | undefined;
}

/** The command's name and the text behind it, as if it had been typed on one line. */
export function textOf(
  typed: readonly TypedOption[],
  spec: CommandSpec,
): { readonly name: string; readonly text: string } {
  return { name: spec.name, text: wordsOf(typed, spec).join(" ") };
}

function wordsOf(typed: readonly TypedOption[], spec: CommandSpec): string[] {
  const inner = below(typed, spec);
  if (inner !== undefined) return [inner.spec.name, ...wordsOf(inner.typed, inner.spec)];
  return spec.options.flatMap(({ name, prefix = "" }) => {
    const value = typed.find((option) => option.name === name)?.value;
    const words = String(value ?? "").trim();
    return words === "" ? [] : [`${prefix}${words}`];
  });
}

/** The option that somebody is typing in, and what it has so far; undefined for none of ours. */
export function focusedOption(
  typed: readonly TypedOption[],
  spec: CommandSpec,
): { readonly option: CommandOptionSpec; readonly typed: string } | undefined {
  const inner = below(typed, spec);
  if (inner !== undefined) return focusedOption(inner.typed, inner.spec);
  const focused = typed.find((option) => option.focused === true);
  const option = spec.options.find(({ name }) => name === focused?.name);
  return option && { option, typed: String(focused?.value ?? "") };
}

/** The command behind this one that was used. */
function below(typed: readonly TypedOption[], { commands = [] }: CommandSpec) {
  const [first] = typed;
  const spec = commands.find(({ name }) => name === first?.name);
  return spec && { spec, typed: first?.options ?? [] };
}
