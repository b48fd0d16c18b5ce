/**
 * What people do (commands, buttons, menus, forms, typing in the options of a command) → what it
 * means, as plain data. Pure. https://docs.discord.com/developers/interactions/receiving-and-responding
 */
import { type ApplicationCommandType, InteractionType } from "discord.js";
import { z } from "zod";
import type { TypedOption } from "../commands.ts";
import type { MemberOf, Mentioned } from "../directory.ts";
import { type PressedOption, readCustomId } from "../render.ts";
import type { ChannelLike } from "./chat.ts";

interface Base {
  readonly id: string;
  readonly applicationId: string;
  /** Answers are sent with it, for fifteen minutes. A secret. */
  readonly token: string;
  /** Undefined in a direct message. */
  readonly guildId: string | undefined;
  readonly channelId: string;
  readonly channel: ChannelLike | undefined;
  readonly user: Mentioned["user"];
  readonly member: MemberOf | undefined;
  /** Discord's name of the language that this person reads Discord in. */
  readonly locale: string | undefined;
  /** What was pressed, or opened the form, is in a message: it can be replaced. */
  readonly onMessage: boolean;
}

/** A command with its options as they were typed. */
export interface UsedCommand {
  readonly name: string;
  readonly type: ApplicationCommandType;
  readonly options: readonly TypedOption[];
  /** The message that a command of a message's menu is about. */
  readonly targetId: string | undefined;
}

export interface CommandInteraction extends Base {
  readonly kind: "command";
  readonly command: UsedCommand;
}

/** Somebody types in an option of a command and wants to know what there is. */
export interface TypingInteraction extends Base {
  readonly kind: "typing";
  readonly command: UsedCommand;
}

/** A button, or an entry of a menu. */
export interface PressInteraction extends Base {
  readonly kind: "press";
  readonly pressed: PressedOption;
}

/** A form that was sent, with what was typed or chosen in its fields. */
export interface SubmitInteraction extends Base {
  readonly kind: "submit";
  readonly pressed: PressedOption;
  readonly values: Readonly<Record<string, string>>;
}

/** What is answered with a message, a form or a change. */
export type Act = CommandInteraction | PressInteraction | SubmitInteraction;
export type Interaction = Act | TypingInteraction;

const optionalText = z.string().nullish().catch(undefined);
const user = z.object({
  id: z.string(),
  username: z.string().catch(""),
  global_name: optionalText,
  bot: z.boolean().optional().catch(undefined),
});
const member = z.object({
  user,
  roles: z.array(z.string()).catch([]),
  nick: optionalText,
});
const channel = z.object({
  id: z.string(),
  type: z.number(),
  parent_id: optionalText,
  owner_id: optionalText,
  name: optionalText,
  applied_tags: z.array(z.string()).optional().catch(undefined),
});

const payload = z.object({
  id: z.string(),
  application_id: z.string(),
  type: z.number(),
  token: z.string(),
  guild_id: optionalText,
  channel_id: z.string(),
  channel: channel.optional().catch(undefined),
  member: member.optional(),
  user: user.optional(),
  locale: optionalText,
  message: z.object({ id: z.string() }).nullish().catch(undefined),
  data: z.unknown(),
});

const option = z.object({
  name: z.string(),
  value: z.union([z.string(), z.number(), z.boolean()]).optional().catch(undefined),
  focused: z.boolean().optional().catch(undefined),
  get options() {
    return z.array(option).optional();
  },
});
const commandData = z.object({
  name: z.string(),
  type: z.number(),
  options: z.array(option).catch([]),
  target_id: optionalText,
});
const pressData = z.object({
  custom_id: z.string(),
  values: z.array(z.string()).optional().catch(undefined),
});
/** What was typed, or what was chosen: one or several of a few, or none of them. */
const field = z.union([
  z.object({ custom_id: z.string(), value: z.string() }),
  z
    .object({ custom_id: z.string(), values: z.array(z.string()) })
    .transform(({ custom_id, values }) => ({ custom_id, value: values.join(",") })),
]);
/** A label with its field in it; whatever else stands in a form was not typed. */
const submitData = z.object({
  custom_id: z.string(),
  components: z.array(z.object({ component: field.optional().catch(undefined) })),
});

/** Undefined for what is none of the kinds we know, or not of their shape (F19). */
export function readInteraction(data: unknown): Interaction | undefined {
  const parsed = payload.safeParse(data);
  if (!parsed.success) return undefined;
  const base = baseOf(parsed.data);
  if (base === undefined) return undefined;
  switch (parsed.data.type) {
    case InteractionType.ApplicationCommand:
      return withCommand(base, "command", parsed.data.data);
    case InteractionType.ApplicationCommandAutocomplete:
      return withCommand(base, "typing", parsed.data.data);
    case InteractionType.MessageComponent:
      return withPress(base, parsed.data.data);
    case InteractionType.ModalSubmit:
      return withForm(base, parsed.data.data);
    default:
      return undefined;
  }
}

function baseOf(read: z.infer<typeof payload>): Base | undefined {
  const { id, application_id, token, guild_id, channel_id, locale, message } = read;
  const who = read.member?.user ?? read.user;
  if (who === undefined) return undefined;
  return {
    ...{ id, applicationId: application_id, token, channelId: channel_id, user: who },
    guildId: guild_id ?? undefined,
    channel: read.channel && channelOf(read.channel, guild_id),
    member: read.member,
    locale: locale ?? undefined,
    onMessage: message != null,
  };
}

function channelOf(
  { id, type, parent_id, owner_id, name, applied_tags }: z.infer<typeof channel>,
  guildId: string | null | undefined,
): ChannelLike {
  return {
    ...{ id, type, guildId: guildId ?? null, parentId: parent_id ?? null, name: name ?? null },
    ownerId: owner_id ?? null,
    ...(applied_tags === undefined ? {} : { appliedTags: applied_tags }),
  };
}

function withCommand(
  base: Base,
  kind: "command" | "typing",
  data: unknown,
): Interaction | undefined {
  const parsed = commandData.safeParse(data);
  if (!parsed.success) return undefined;
  const { name, type, options, target_id } = parsed.data;
  const command = { name, type, options, targetId: target_id ?? undefined };
  return { ...base, kind, command };
}

/** Of a menu what was chosen, which is one entry in ours. */
function withPress(base: Base, data: unknown): Interaction | undefined {
  const parsed = pressData.safeParse(data);
  if (!parsed.success) return undefined;
  const { custom_id, values } = parsed.data;
  const pressed = readCustomId(values === undefined ? custom_id : (values[0] ?? ""));
  return pressed && { ...base, kind: "press", pressed };
}

function withForm(base: Base, data: unknown): Interaction | undefined {
  const parsed = submitData.safeParse(data);
  if (!parsed.success) return undefined;
  const pressed = readCustomId(parsed.data.custom_id);
  const fields = parsed.data.components.flatMap(({ component }) => component ?? []);
  const values = Object.fromEntries(fields.map(({ custom_id, value }) => [custom_id, value]));
  return pressed && { ...base, kind: "submit", pressed, values };
}
