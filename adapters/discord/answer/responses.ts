/**
 * The ways to answer one interaction. Each is one request with the interaction's own token, which
 * neither a permission nor a rate limit of the bot's stands against; each rejects with what the
 * request threw. https://docs.discord.com/developers/interactions/receiving-and-responding
 */
import {
  type APIApplicationCommandOptionChoice,
  type Client,
  MessageFlags,
  type REST,
  Routes,
  InteractionResponseType as Types,
} from "discord.js";
import { z } from "zod";
import type { Form, Message } from "../../../src/platform.ts";
import type { Interaction } from "../receive/interactions.ts";
import { type Rendered, renderForm, renderMessage } from "../render.ts";

/** Of the first answers one is possible, within three seconds; the others follow for 15 minutes. */
export interface Responses {
  /** First: a message, for this person only where others are about. */
  show(message: Message): Promise<unknown>;
  /** First: in place of the message that was pressed. */
  replace(message: Message): Promise<unknown>;
  /** First: a form. */
  open(form: Form): Promise<unknown>;
  /** First: nothing changes (yet), of what was pressed. */
  keep(): Promise<unknown>;
  /** First: "thinking…", of what was not pressed but typed. */
  think(): Promise<unknown>;
  /** First: what can be chosen. */
  choices(choices: readonly APIApplicationCommandOptionChoice<string>[]): Promise<unknown>;
  /** In place of what was shown first, or of the message that was pressed. */
  edit(message: Message): Promise<unknown>;
  /** One more message, for this person only where others are about; resolves to its id. */
  follow(message: Message): Promise<string>;
  /** In place of one that followed. */
  editFollowing(id: string, message: Message): Promise<unknown>;
  removeFollowing(id: string): Promise<unknown>;
}

/** Buttons in a direct message carry the guild that they belong to. */
export function createResponses(
  { rest }: Pick<Client, "rest">,
  { id, token, applicationId, guildId }: Interaction,
  guildOf: () => string | undefined,
): Responses {
  const draw = (message: Message): Rendered => renderMessage(message, direct());
  const direct = () => {
    const belongs = guildId === undefined ? guildOf() : undefined;
    return belongs === undefined ? {} : { guildId: belongs };
  };
  const callback = (type: Types, data?: object, files?: Files) =>
    rest.post(Routes.interactionCallback(id, token), {
      ...{ auth: false, body: { type, ...(data === undefined ? {} : { data }) } },
      ...(files === undefined ? {} : { files }),
    });
  const first = (type: Types, rendered: Rendered, more: number) => {
    const { files, body } = requestOf(rendered, more);
    return callback(type, body, files);
  };
  const whisper = guildId === undefined ? 0 : MessageFlags.Ephemeral;
  const editAt = (messageId: string) => (message: Message) =>
    rest.patch(Routes.webhookMessage(applicationId, token, messageId), {
      ...{ auth: false, ...requestOf(draw(message)) },
    });

  return {
    show: (message) => first(Types.ChannelMessageWithSource, draw(message), whisper),
    replace: (message) => first(Types.UpdateMessage, draw(message), 0),
    open: async (form) => callback(Types.Modal, renderForm(form, direct())),
    keep: () => callback(Types.DeferredMessageUpdate),
    think: () => callback(Types.DeferredChannelMessageWithSource, { flags: whisper }),
    choices: (choices) => callback(Types.ApplicationCommandAutocompleteResult, { choices }),
    edit: editAt("@original"),
    async follow(message) {
      const answer = await rest.post(Routes.webhook(applicationId, token), {
        ...{ auth: false, ...requestOf(draw(message), whisper) },
      });
      return followed.parse(answer).id;
    },
    editFollowing: (messageId, message) => editAt(messageId)(message),
    removeFollowing: (messageId) =>
      rest.delete(Routes.webhookMessage(applicationId, token, messageId), { auth: false }),
  };
}

const followed = z.object({ id: z.string() });

type Files = NonNullable<NonNullable<Parameters<REST["post"]>[1]>["files"]>;

function requestOf({ files, flags, ...body }: Rendered, more = 0): { body: object; files: Files } {
  return {
    body: { ...body, flags: flags | more },
    files: files.map(({ name, data, contentType }) => ({ name, data, contentType })),
  };
}
