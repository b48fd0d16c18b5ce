/** Our commands as Discord lists them: those of the core, and our own about a chat. Pure. */
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
import type { CommandOptionSpec, CommandSpec } from "../../../src/platform.ts";
import type { DiscordOptions } from "../options.ts";
import { localizations } from "./localized.ts";

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
