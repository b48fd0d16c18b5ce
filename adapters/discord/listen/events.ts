/** What somebody did, as the core's event. Pure. */
import type {
  Address,
  ChatRef,
  CommandSpec,
  PlatformEvent,
  PlatformUser,
} from "../../../src/platform.ts";
import { type ChatCommand, textOf } from "../commands.ts";
import type { DiscordGuild } from "../guilds.ts";
import type {
  Act,
  CommandInteraction,
  PressInteraction,
  SubmitInteraction,
} from "../receive/interactions.ts";
import { dateOf } from "../receive/time.ts";

/** Who did it, and in which guild that counts. */
export interface Actor {
  readonly guild: DiscordGuild;
  readonly from: PlatformUser;
}

/** A button, an entry of a menu or a form. */
export function actionOf(
  interaction: PressInteraction | SubmitInteraction,
  actor: Actor,
): PlatformEvent {
  return {
    ...baseOf(interaction, actor),
    kind: "action",
    from: actor.from,
    token: interaction.pressed.token,
    place: placeOf(interaction),
    ...(interaction.kind === "submit" ? { values: interaction.values } : {}),
  };
}

/** A command of the core; one that it does not know is for it to say so. */
export function commandOf(
  interaction: CommandInteraction,
  actor: Actor,
  specs: readonly CommandSpec[],
): PlatformEvent {
  const used = interaction.command;
  const spec = specs.find(({ name }) => name === used.name) ?? unknownCommand(used.name);
  return {
    ...baseOf(interaction, actor),
    ...textOf(used.options, spec),
    kind: "command",
    from: actor.from,
    place: placeOf(interaction),
  };
}

function unknownCommand(name: string): CommandSpec {
  return { name, description: { en: name }, audience: "everyone", options: [] };
}

/** A command of ours about a chat. */
export function chatEventOf(
  interaction: CommandInteraction,
  does: ChatCommand,
  actor: Actor,
  chat: ChatRef,
): PlatformEvent {
  const base = { ...baseOf(interaction, actor), chat };
  if (does === "close") return { ...base, kind: "chat-closed", by: actor.from, reason: "manual" };
  return { ...base, kind: "chat-command", name: does, from: actor.from };
}

function baseOf({ id }: Act, { guild }: Actor) {
  return { id: `i:${id}`, connection: guild.ref, at: dateOf(id) };
}

/** The conversation with us is the person's own place. */
function placeOf({ guildId, channelId, user }: Act): Address {
  return guildId === undefined
    ? { kind: "direct", userId: user.id }
    : { kind: "channel", channelId };
}
