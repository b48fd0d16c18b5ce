/** Typing slash commands and using message commands, as Discord's client lets a person do. */
import { type Command, type CommandOption, commandTypes, optionTypes } from "./command-rules.ts";
import { type Answer, interactionTypes } from "./interactions.ts";
import { type Channel, isThread, type Json, type Message, type User } from "./model.ts";
import { guildPermissions, may } from "./permissions.ts";
import { channelJson, memberJson, roleJson, userJson } from "./wire.ts";
import { messageJson } from "./wire-message.ts";
import type { World } from "./world.ts";

export type OptionValues = Readonly<Record<string, string | number | boolean>>;

/** Types "/nps" or "/aftertalk setup" with options; ids for people, roles and channels. */
export async function typeCommand(
  world: World,
  user: User,
  channel: Channel,
  line: string,
  given: OptionValues,
): Promise<Answer> {
  const { command, path, options } = find(world, user, channel, line);
  const values = options.flatMap((option) => valuesOf(option, given[option.name]));
  checkNames(line, options, given);
  const data = {
    ...head(command, channel),
    options: nest(path, values),
    ...resolved(world, channel, values),
  };
  return await world.interactions.send({ type: interactionTypes.command, channel, user, data });
}

/** What the app offers while a person types in `focused`. */
export async function completeCommand(
  world: World,
  user: User,
  channel: Channel,
  line: string,
  given: OptionValues,
  focused: string,
): Promise<Answer> {
  const { command, path, options } = find(world, user, channel, line);
  const option = options.find(({ name }) => name === focused);
  if (option?.autocomplete !== true) throw new Error(`"${focused}" of ${line} does not complete.`);
  checkNames(line, options, given);
  // Half-typed values are sent as they are.
  const values = options
    .filter(({ name }) => name in given)
    .map(({ name, type }) => ({
      name,
      type,
      value: given[name],
      ...(name === focused ? { focused: true } : {}),
    }));
  const data = { ...head(command, channel), options: nest(path, values) };
  return await world.interactions.send({
    type: interactionTypes.autocomplete,
    channel,
    user,
    data,
  });
}

/** Uses a message command, by its name. */
export async function useOnMessage(
  world: World,
  user: User,
  message: Message,
  name: string,
): Promise<Answer> {
  const { channel } = message;
  const command = offered(world, user, channel, commandTypes.message, name);
  const messages = { [message.id]: messageJson(message, world.state.bot) };
  const data = { ...head(command, channel), target_id: message.id, resolved: { messages } };
  return await world.interactions.send({ type: interactionTypes.command, channel, user, data });
}

const head = ({ id, name, type }: Command, { guild }: Channel): Json => ({
  id,
  name,
  type,
  ...(guild?.commands.has(id) === true ? { guild_id: guild.id } : {}),
});

/** The command if this person is offered it here, by its name or one in their language. */
function offered(world: World, user: User, channel: Channel, type: number, name: string): Command {
  const { guild } = channel;
  const found = world.registry
    .offered(guild)
    .find(
      (command) =>
        command.type === type &&
        [command.name, command.name_localizations?.[user.locale]].includes(name),
    );
  if (found === undefined) throw new Error(`There is no command "${name}" here.`);
  if (isThread(channel) && channel.thread.archived) {
    throw new Error("There are no commands in an archived thread.");
  }
  if (guild === undefined) return found;
  if (!may(channel, user, "UseApplicationCommands"))
    throw new Error(`${user.name} may not use commands here.`);
  const needed = found.default_member_permissions;
  if (needed == null) return found;
  const has = guildPermissions(guild, user);
  // "0" means: administrators alone.
  const all = BigInt(needed) === 0n ? 1n << 3n : BigInt(needed);
  if ((has & all) !== all) throw new Error(`${user.name} is not offered "${name}".`);
  return found;
}

function find(world: World, user: User, channel: Channel, line: string) {
  const [name = "", ...path] = line.replace(/^\//, "").split(" ");
  const command = offered(world, user, channel, commandTypes.slash, name);
  let options: readonly CommandOption[] = command.options ?? [];
  const steps: { name: string; type: number }[] = [];
  for (const step of path) {
    const inner = options.find(
      (option) => option.name === step && option.type <= optionTypes.group,
    );
    if (inner === undefined) throw new Error(`There is no subcommand "${step}" of /${name}.`);
    steps.push({ name: inner.name, type: inner.type });
    options = inner.options ?? [];
  }
  if (options.some(({ type }) => type <= optionTypes.group))
    throw new Error(`${line} needs a subcommand.`);
  return { command, path: steps, options };
}

const nest = (path: readonly { name: string; type: number }[], values: readonly Json[]): Json[] =>
  path.reduceRight<Json[]>((inner, step) => [{ ...step, options: inner }], [...values]);

function checkNames(line: string, options: readonly CommandOption[], given: OptionValues): void {
  const unknown = Object.keys(given).filter(
    (name) => !options.some((option) => option.name === name),
  );
  if (unknown.length > 0) throw new Error(`${line} has no option ${unknown}.`);
}

function valuesOf(option: CommandOption, given: string | number | boolean | undefined): Json[] {
  const { name, type, required } = option;
  if (given === undefined) {
    if (required === true) throw new Error(`"${name}" is required.`);
    return [];
  }
  const value = chosen(option, given);
  checkType(option, value);
  return [{ name, type, value }];
}

/** Of a list the entry with this name or value. */
function chosen({ name, choices = [] }: CommandOption, given: string | number | boolean) {
  if (choices.length === 0) return given;
  const found = choices.find((choice) => choice.value === given || choice.name === given);
  if (found !== undefined) return found.value;
  throw new Error(`"${name}" is one of: ${choices.map((choice) => choice.name).join(" | ")}`);
}

function checkType(option: CommandOption, value: string | number | boolean): void {
  const { name, type } = option;
  const isNumber = type === optionTypes.integer || type === optionTypes.number;
  const wanted = isNumber ? "number" : type === optionTypes.boolean ? "boolean" : "string";
  if (typeof value !== wanted) throw new Error(`"${name}" takes a ${wanted}.`);
  if (type === optionTypes.integer && !Number.isInteger(value))
    throw new Error(`"${name}" takes an integer.`);
  const size = typeof value === "string" ? value.length : Number(value);
  const [least, most] =
    type === optionTypes.string
      ? [option.min_length ?? 0, option.max_length ?? 6000]
      : isNumber
        ? [option.min_value ?? -Infinity, option.max_value ?? Infinity]
        : [-Infinity, Infinity];
  if (size < least || size > most) throw new Error(`"${name}" is out of its bounds.`);
}

/** "Resolved Data": the people, roles and channels behind the ids. */
function resolved(world: World, channel: Channel, values: readonly Json[]): Json {
  const users: Json = {};
  const members: Json = {};
  const roles: Json = {};
  const channels: Json = {};
  for (const { type, value } of values) {
    const id = String(value);
    const user = world.state.users.get(id);
    const member = channel.guild?.members.get(id);
    const role = channel.guild?.roles.get(id);
    const place = world.state.channels.get(id);
    const takesUser = type === optionTypes.user || type === optionTypes.mentionable;
    if (takesUser && user !== undefined) users[id] = userJson(user);
    if (takesUser && member !== undefined) members[id] = memberJson(member, false);
    if ((type === optionTypes.role || type === optionTypes.mentionable) && role !== undefined)
      roles[id] = roleJson(role, 0);
    if (type === optionTypes.channel && place !== undefined) channels[id] = channelJson(place);
  }
  const all = { users, members, roles, channels };
  const filled = Object.entries(all).filter(([, known]) => Object.keys(known).length > 0);
  return filled.length === 0 ? {} : { resolved: Object.fromEntries(filled) };
}
