/** Application commands as they may be registered ("Application Commands", section of each limit). */
import { z } from "zod";
import { parseForm, rule, text } from "./form.ts";
import { formError } from "./refusal.ts";

/** "Command types". */
export const commandTypes = { slash: 1, user: 2, message: 3 } as const;
/** "Option types". */
export const optionTypes = {
  subcommand: 1,
  group: 2,
  string: 3,
  integer: 4,
  boolean: 5,
  user: 6,
  channel: 7,
  role: 8,
  mentionable: 9,
  number: 10,
} as const;

/** "Limits": how many of each type, for an app or for an app in a guild. */
const COMMANDS: Readonly<Record<number, number>> = { 1: 100, 2: 15, 3: 15 };
/** "Slash commands": names, descriptions and values of a command together. */
const CHARACTERS = 8000;

/** "Locales" in "Reference". */
const locale = z.enum(
  (
    "id da de en-GB en-US es-ES es-419 fr hr it lt hu nl no pl pt-BR ro fi sv-SE vi tr cs el bg ru uk hi th " +
    "zh-CN ja zh-TW ko"
  ).split(" "),
);
const localized = (value: z.ZodType<string>) => z.partialRecord(locale, value).nullish();

/** "Naming": 1–32 word characters, in lower case where there is such a thing. */
const slashName = text(1, 32)
  .regex(/^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u)
  .refine((name) => name === name.toLowerCase(), "Command name is invalid");
const description = text(1, 100);

/** "Choices": at most 25; name 100, a text as value 100 characters. */
const choices = z
  .array(
    z.strictObject({
      name: text(1, 100),
      name_localizations: localized(text(1, 100)),
      value: z.union([text(1, 100), z.number()]),
    }),
  )
  .max(25);

const option = z
  .strictObject({
    type: z.int().min(1).max(10),
    name: slashName,
    name_localizations: localized(slashName),
    description,
    description_localizations: localized(description),
    required: z.boolean().optional(),
    choices: choices.optional(),
    autocomplete: z.boolean().optional(),
    channel_types: z.array(z.int()).optional(),
    min_value: z.number().optional(),
    max_value: z.number().optional(),
    min_length: z.int().min(0).max(6000).optional(),
    max_length: z.int().min(1).max(6000).optional(),
    get options() {
      return optionList.optional();
    },
  })
  .superRefine((value, context) => {
    if (value.autocomplete === true && (value.choices ?? []).length > 0) {
      rule(
        context,
        ["autocomplete"],
        "APPLICATION_COMMAND_AUTOCOMPLETE_CHOICES",
        "Not together with choices.",
      );
    }
    const nests = value.type === optionTypes.subcommand || value.type === optionTypes.group;
    if (value.options !== undefined && !nests) {
      rule(
        context,
        ["options"],
        "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID",
        "Only subcommands have options.",
      );
    }
  });

export interface CommandOption {
  readonly type: number;
  readonly name: string;
  readonly name_localizations?: Partial<Record<string, string>> | null | undefined;
  readonly description: string;
  readonly description_localizations?: Partial<Record<string, string>> | null | undefined;
  readonly required?: boolean | undefined;
  readonly choices?: readonly Choice[] | undefined;
  readonly autocomplete?: boolean | undefined;
  readonly min_value?: number | undefined;
  readonly max_value?: number | undefined;
  readonly min_length?: number | undefined;
  readonly max_length?: number | undefined;
  readonly options?: readonly CommandOption[] | undefined;
}

export interface Choice {
  readonly name: string;
  readonly name_localizations?: Partial<Record<string, string>> | null | undefined;
  readonly value: string | number;
}

/** "Options": at most 25, names unique, required ones first. */
const optionList: z.ZodType<CommandOption[]> = z
  .array(option)
  .max(25)
  .superRefine((all, context) => {
    const names = new Set<string>();
    for (const [index, { name, required }] of all.entries()) {
      if (names.has(name)) {
        rule(
          context,
          [index, "name"],
          "APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS",
          "Option name already exists",
        );
      }
      names.add(name);
      if (
        required === true &&
        all[index - 1]?.required !== true &&
        index > 0 &&
        !nested(all[index - 1])
      ) {
        rule(
          context,
          [index],
          "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID",
          "Required options must be placed before non-required options",
        );
      }
    }
  });

const nested = (value: { type: number } | undefined) => value !== undefined && value.type <= 2;

const fields = {
  id: z.string().optional(),
  default_member_permissions: z.string().regex(/^\d+$/).nullish(),
  dm_permission: z.boolean().nullish(),
  nsfw: z.boolean().optional(),
  /** 0 in guilds, 1 in the direct message with the bot, 2 elsewhere. */
  contexts: z.array(z.int().min(0).max(2)).nullish(),
  /** 0 installed in a guild, 1 by a person. */
  integration_types: z.array(z.int().min(0).max(1)).nullish(),
};
const slash = z.strictObject({
  ...fields,
  type: z.literal(1).optional(),
  name: slashName,
  name_localizations: localized(slashName),
  description,
  description_localizations: localized(description),
  options: optionList.nullish(),
});
/** "User commands" and "message commands": names with spaces and capitals, no description, no options. */
const menu = z.strictObject({
  ...fields,
  type: z.union([z.literal(2), z.literal(3)]),
  name: text(1, 32),
  name_localizations: localized(text(1, 32)),
  description: z.literal("").optional(),
  options: z.array(z.never()).optional(),
});

/** What an app may register. */
type CommandForm = z.output<typeof slash> | z.output<typeof menu>;
export type Command = Omit<CommandForm, "id" | "type"> & {
  readonly id: string;
  readonly type: 1 | 2 | 3;
};

/** One command, or 50035. */
export function checkCommand(value: unknown, at: readonly (string | number)[] = []): CommandForm {
  const isMenu = typeof value === "object" && value !== null && "type" in value && value.type !== 1;
  const command = parseForm(isMenu ? menu : slash, value, at);
  if (charactersOf(command) > CHARACTERS) {
    throw formError(
      at,
      "APPLICATION_COMMAND_TOO_LARGE",
      `Command exceeds maximum size (${CHARACTERS})`,
    );
  }
  return command;
}

/** How many there may be, and no two of one type with the same name. */
export function checkCommands(
  commands: readonly { readonly type?: number | undefined; readonly name: string }[],
): void {
  const names = new Set<string>();
  const counts = new Map<number, number>();
  for (const [index, { type = 1, name }] of commands.entries()) {
    if (names.has(`${type} ${name}`)) {
      throw formError(
        [index, "name"],
        "APPLICATION_COMMANDS_DUPLICATE_NAME",
        "Application command names must be unique",
      );
    }
    names.add(`${type} ${name}`);
    counts.set(type, (counts.get(type) ?? 0) + 1);
  }
  for (const [type, count] of counts) {
    if (count > (COMMANDS[type] ?? 0)) {
      throw formError(
        [],
        "BASE_TYPE_BAD_LENGTH",
        `Must be ${COMMANDS[type]} or fewer commands of type ${type}.`,
      );
    }
  }
}

const isSlash = (command: CommandForm): command is z.output<typeof slash> =>
  command.type === undefined || command.type === commandTypes.slash;

/** Of translated texts the longest one counts. */
function charactersOf(command: CommandForm): number {
  const own = longest(command.name, command.name_localizations);
  if (!isSlash(command)) return own;
  const about = longest(command.description, command.description_localizations);
  return own + about + inOptions(command.options ?? []);
}

function inOptions(options: readonly CommandOption[]): number {
  return options.reduce((sum, entry) => {
    const texts =
      longest(entry.name, entry.name_localizations) +
      longest(entry.description, entry.description_localizations);
    const chosen = (entry.choices ?? []).reduce(
      (all, { name, name_localizations, value }) =>
        all + longest(name, name_localizations) + String(value).length,
      0,
    );
    return sum + texts + chosen + inOptions(entry.options ?? []);
  }, 0);
}

const longest = (own: string, others: Partial<Record<string, string>> | null | undefined): number =>
  Math.max(own.length, ...Object.values(others ?? {}).map((other) => other?.length ?? 0));
