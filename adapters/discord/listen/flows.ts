/**
 * From an interaction to its answer: who it was, what it means, the inbox, and in time something to
 * see. Discord delivers each only once, so nobody waits for a second try that does not come (F13).
 */
import type { PlatformEvent, Reply } from "../../../src/platform.ts";
import type { WrongForms } from "../answer/wrong-forms.ts";
import { type Answer, type Asker, createAnswering } from "../answer.ts";
import { type ChatCommand, chatCommandOf } from "../commands.ts";
import type { Deadlines, ListenerOptions } from "../listen.ts";
import type { Act, CommandInteraction, Interaction } from "../receive/interactions.ts";
import { type Actor, actionOf, chatEventOf, commandOf } from "./events.ts";
import { suggest } from "./suggestions.ts";
import type { Who } from "./who.ts";

export interface FlowOptions extends ListenerOptions {
  readonly who: Who;
  readonly wrongForms: WrongForms;
  readonly times: Deadlines;
}

/** Takes one interaction to its end. Never rejects. */
export async function takeInteraction(
  interaction: Interaction,
  options: FlowOptions,
): Promise<void> {
  if (interaction.kind === "typing") return suggest(interaction, options);
  const { client, tell, times, who } = options;
  const { say, log } = options.options;
  const asker: Asker = { guild: undefined, locale: who.localeOf(interaction) };
  const answering = createAnswering({ client, say, log, tell }, interaction, asker);
  const opensForm = interaction.kind === "press" && interaction.pressed.opensForm;
  const patience = opensForm ? times.form : times.answer;
  const waiting = setTimeout(() => void answering.wait(), patience);
  const answer = await answerTo(interaction, asker, options);
  clearTimeout(waiting);
  await answering.give(answer);
}

/** What there is to say; a friendly word when it could not be written. */
async function answerTo(interaction: Act, asker: Asker, options: FlowOptions): Promise<Answer> {
  try {
    const actor = await options.who.find(interaction);
    if (actor === undefined) return { kind: "notice", key: "discord.elsewhere" };
    asker.guild = actor.guild;
    const event = eventOf(interaction, actor, options);
    if (event === undefined) return { kind: "notice", key: "discord.no-chat" };
    return (
      writtenBefore(interaction, options) ??
      noted(interaction, await options.inbox.receive(event), options)
    );
  } catch (error) {
    options.options.log.warn(
      { error, kind: interaction.kind },
      "what somebody did in Discord could not be taken",
    );
    return { kind: "notice", key: "discord.failed" };
  }
}

/** A form with something wrong in it, as it was written. */
function writtenBefore(interaction: Act, { wrongForms }: FlowOptions): Reply | undefined {
  if (interaction.kind !== "press" || !interaction.pressed.opensForm) return undefined;
  const form = wrongForms.find(interaction.user.id, interaction.pressed.token);
  return form && { kind: "form", form };
}

function noted(interaction: Act, reply: Reply, { wrongForms }: FlowOptions): Reply {
  if (interaction.kind !== "submit") return reply;
  wrongForms.forget(interaction.user.id, interaction.pressed.token);
  if (reply.kind === "form") wrongForms.keep(interaction.user.id, reply.form);
  return reply;
}

/** Undefined: it is about a chat, and there is none. */
function eventOf(interaction: Act, actor: Actor, options: FlowOptions): PlatformEvent | undefined {
  if (interaction.kind !== "command") return actionOf(interaction, actor);
  const { command } = interaction;
  const does = chatCommandOf(command, options.options);
  return does === undefined
    ? commandOf(interaction, actor, options.options.commands)
    : aboutChat(interaction, does, actor, options);
}

function aboutChat(
  interaction: CommandInteraction,
  does: ChatCommand,
  actor: Actor,
  { client, support, directory }: FlowOptions,
): PlatformEvent | undefined {
  const { channelId, command, user, member } = interaction;
  const channel = client.channels.cache.get(channelId) ?? interaction.channel;
  const chat =
    command.targetId === undefined
      ? support.chatOf(channel)
      : support.chatAt(channel, command.targetId);
  if (chat === undefined) return undefined;
  const isCustomer = actor.from.role === "customer";
  const team = isCustomer ? undefined : directory.teamOf(actor.guild, user.id, member?.roles);
  const named = team === undefined ? chat : { ...chat, team };
  return chatEventOf(interaction, does, actor, named);
}
