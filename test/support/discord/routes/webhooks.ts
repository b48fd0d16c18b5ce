/** What comes after the first answer: for fifteen minutes, by the interaction's token ("Followup Messages"). */
import { z } from "zod";
import type { Interaction } from "../interactions.ts";
import { changedContent, messageBody, messageForms, newContent } from "../message-form.ts";
import { flags, type Message } from "../model.ts";
import { refused } from "../refusal.ts";
import { done, type Incoming, ok, queryOf, type Route, route } from "../route.ts";
import { messageJson } from "../wire-message.ts";
import type { World } from "../world.ts";
import { postAnswer } from "./interactions.ts";

const ONE = "/webhooks/:application/:token/messages/:message";

export const webhookRoutes: readonly Route[] = [
  route(
    "POST /webhooks/:application/:token",
    (world, incoming) => {
      queryOf(incoming, { wait: z.enum(["true", "false"]).optional() });
      const interaction = find(world, incoming);
      const form = messageBody(messageForms.answer, incoming.body);
      const content = newContent(world, form, incoming.files, "answer");
      const { original } = interaction;
      // The first follow-up takes the place of "is thinking…", with the visibility that has.
      const fills = original !== undefined && (original.flags & flags.loading) !== 0;
      const message = fills ? original : postAnswer(world, interaction, content);
      if (fills) fill(world, original, content);
      return ok(messageJson(message, world.state.bot));
    },
    { auth: "token", bucket: "messages" },
  ),
  route(
    `GET ${ONE}`,
    (world, incoming) => ok(messageJson(messageOf(world, incoming), world.state.bot)),
    {
      auth: "token",
    },
  ),
  route(
    `PATCH ${ONE}`,
    (world, incoming) => {
      const message = messageOf(world, incoming);
      const form = messageBody(messageForms.edit, incoming.body);
      const content = changedContent(world, form, incoming.files, message);
      if ((message.flags & flags.loading) !== 0) fill(world, message, content);
      else world.messages.change(message, content);
      return ok(messageJson(message, world.state.bot));
    },
    { auth: "token", bucket: "messages" },
  ),
  route(
    `DELETE ${ONE}`,
    (world, incoming) => {
      world.messages.remove(messageOf(world, incoming));
      return done;
    },
    { auth: "token" },
  ),
];

function find(world: World, incoming: Incoming): Interaction {
  if (incoming.param("application") !== world.app.id) throw refused("unknownWebhook");
  return world.interactions.answered(incoming.param("token"));
}

/** `@original`, or one of the app's own messages of this place. */
function messageOf(world: World, incoming: Incoming): Message {
  const { original, channel, user } = find(world, incoming);
  const id = incoming.param("message");
  const found =
    id === "@original" ? original : channel.messages.find((message) => message.id === id);
  const ours = found?.author === world.state.bot && found.interaction !== undefined;
  const visible = found?.whisperTo === undefined || found.whisperTo === user.id;
  if (found?.channel.messages.includes(found) !== true || !visible || (id !== "@original" && !ours))
    throw refused("unknownMessage");
  return found;
}

/** What was deferred becomes a message; whether it is ephemeral was decided then. */
function fill(world: World, message: Message, content: ReturnType<typeof newContent>): void {
  const kept = content.flags & ~flags.loading & ~flags.ephemeral;
  const bits = kept | (message.flags & flags.ephemeral);
  world.messages.change(message, { ...content, flags: bits }, false);
}
