/** The first answer to an interaction ("Interaction Response"). */
import { z } from "zod";
import { checkModal } from "../components/modal.ts";
import { text } from "../form.ts";
import { type Answer, type Interaction, interactionTypes } from "../interactions.ts";
import { changedContent, messageBody, messageForms, newContent } from "../message-form.ts";
import { flags, type Message } from "../model.ts";
import { formError } from "../refusal.ts";
import {
  bodyOf,
  done,
  type Incoming,
  ok,
  queryOf,
  type Reply,
  type Route,
  route,
} from "../route.ts";
import { messageJson } from "../wire-message.ts";
import type { World } from "../world.ts";

/** "Interaction Callback Type". */
const callbacks = {
  message: 4,
  deferredMessage: 5,
  deferredUpdate: 6,
  update: 7,
  choices: 8,
  modal: 9,
} as const;

const body = z.strictObject({ type: z.int(), data: z.unknown().optional() });
/** A deferred answer carries the ephemeral flag and nothing else (see the notes on platforms). */
const deferred = z.strictObject({ flags: z.literal([0, flags.ephemeral]).nullish() }).nullish();
/** "Autocomplete": at most 25 choices of 100 characters. */
const choiceList = z.strictObject({
  choices: z
    .array(
      z.strictObject({
        name: text(1, 100),
        name_localizations: z.record(z.string(), text(1, 100)).nullish(),
        value: z.union([text(1, 100), z.number()]),
      }),
    )
    .max(25),
});

export const interactionRoutes: readonly Route[] = [
  route(
    "POST /interactions/:interaction/:token/callback",
    (world, incoming) => {
      const { with_response: wanted } = queryOf(incoming, {
        with_response: z.enum(["true", "false"]).optional(),
      });
      const interaction = world.interactions.waiting(
        incoming.param("interaction"),
        incoming.param("token"),
      );
      const { type, data } = bodyOf(incoming, body);
      checkFits(interaction, type);
      const answer = carryOut(world, interaction, type, data, incoming);
      interaction.answer = answer;
      interaction.settle(answer);
      return wanted === "true" ? ok(responseOf(world, interaction, type)) : (done satisfies Reply);
    },
    { auth: "token" },
  ),
];

/** Which answers an interaction takes ("Interaction Callback Type", the notes at each). */
function checkFits({ type: asked, message }: Interaction, type: number): void {
  const { message: post, deferredMessage, deferredUpdate, update, choices, modal } = callbacks;
  const allowed: number[] =
    asked === interactionTypes.autocomplete ? [choices] : [post, deferredMessage];
  if (asked === interactionTypes.command || asked === interactionTypes.component)
    allowed.push(modal);
  if (message !== undefined) allowed.push(deferredUpdate, update);
  if (allowed.includes(type)) return;
  throw formError(
    ["type"],
    "BASE_TYPE_CHOICES",
    `Value of field "type" must be one of (${allowed}).`,
  );
}

function carryOut(
  world: World,
  interaction: Interaction,
  type: number,
  data: unknown,
  incoming: Incoming,
): Answer {
  if (type === callbacks.modal) {
    const modal = checkModal(data);
    world.interactions.showModal(interaction, modal);
    return { outcome: "modal", title: modal.title };
  }
  if (type === callbacks.choices) {
    return { outcome: "choices", choices: messageBody(choiceList, data, ["data"]).choices };
  }
  if (type === callbacks.deferredUpdate) {
    interaction.original = interaction.message;
    return { outcome: "update deferred" };
  }
  if (type === callbacks.update) {
    const { message } = interaction;
    if (message === undefined)
      throw formError(["type"], "BASE_TYPE_CHOICES", "There is no message.");
    const form = messageBody(messageForms.answer, data, ["data"]);
    world.messages.change(message, changedContent(world, form, incoming.files, message));
    interaction.original = message;
    return { outcome: "updated" };
  }
  return answerWithMessage(world, interaction, type, data, incoming);
}

function answerWithMessage(
  world: World,
  interaction: Interaction,
  type: number,
  data: unknown,
  incoming: Incoming,
): Answer {
  if (type === callbacks.deferredMessage) {
    const bits = messageBody(deferred, data, ["data"])?.flags ?? 0;
    const message = postAnswer(world, interaction, { flags: bits | flags.loading });
    interaction.original = message;
    return { outcome: "deferred", id: message.id, ephemeral: bits !== 0 };
  }
  const form = messageBody(messageForms.answer, data, ["data"]);
  const content = newContent(world, form, incoming.files, "answer");
  const message = postAnswer(world, interaction, content);
  interaction.original = message;
  return { outcome: "message", id: message.id, ephemeral: message.whisperTo !== undefined };
}

/** A message of the app in the place of the interaction; ephemeral when its flag says so. */
export function postAnswer(
  world: World,
  { channel, user, type, metadata }: Interaction,
  content: { readonly flags: number } & Partial<ReturnType<typeof newContent>>,
): Message {
  const hidden = (content.flags & flags.ephemeral) !== 0;
  return world.messages.post(channel, {
    author: world.state.bot,
    type: type === interactionTypes.command ? 20 : 0,
    interaction: metadata,
    ...content,
    whisperTo: hidden ? user.id : undefined,
  });
}

/** "Interaction Callback Response". */
function responseOf(
  world: World,
  { id, type: asked, original, answer }: Interaction,
  type: number,
) {
  const shows = type === callbacks.modal || type === callbacks.choices ? undefined : original;
  return {
    interaction: {
      id,
      type: asked,
      ...(shows === undefined
        ? {}
        : {
            response_message_id: shows.id,
            response_message_loading: answer?.outcome === "deferred",
            response_message_ephemeral: shows.whisperTo !== undefined,
          }),
    },
    resource: {
      type,
      ...(shows === undefined ? {} : { message: messageJson(shows, world.state.bot) }),
    },
  };
}
