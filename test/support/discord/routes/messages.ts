/** Messages of channels, threads and direct messages ("Message"). */
import { auditActions } from "../audit.ts";
import { snowflake } from "../form.ts";
import { LARGEST_PAGE, PAGE } from "../limits.ts";
import { changedContent, messageBody, messageForms, newContent } from "../message-form.ts";
import { type Channel, flags, isLasting, isThread, type Message } from "../model.ts";
import { demand, may } from "../permissions.ts";
import { formError, refused } from "../refusal.ts";
import { count, done, type Incoming, ok, queryOf, type Route, route } from "../route.ts";
import { isOpenTo, messageJson, nothingInside } from "../wire-message.ts";
import type { World } from "../world.ts";
import { channelOf } from "./channels.ts";

export const messageRoutes: readonly Route[] = [
  route("POST /channels/:channel/messages", create, { bucket: "messages" }),
  route("GET /channels/:channel/messages", (world, incoming) => {
    const channel = channelOf(world, incoming);
    const query = queryOf(incoming, {
      limit: count(1, LARGEST_PAGE),
      before: snowflake.optional(),
      after: snowflake.optional(),
      around: snowflake.optional(),
    });
    // Without this permission there is simply nothing to read.
    if (!may(channel, world.state.bot, "ReadMessageHistory")) return ok([]);
    return ok(page(channel, query).map((message) => readJson(world, message)));
  }),
  route("GET /channels/:channel/messages/:message", (world, incoming) => {
    const channel = channelOf(world, incoming);
    demand(channel, world.state.bot, "ReadMessageHistory");
    return ok(readJson(world, world.state.message(channel, incoming.param("message"))));
  }),
  route(
    "PATCH /channels/:channel/messages/:message",
    (world, incoming) => {
      const channel = channelOf(world, incoming);
      const message = world.state.message(channel, incoming.param("message"));
      if (message.author !== world.state.bot) throw refused("notTheAuthor");
      checkAwake(channel);
      const form = messageBody(messageForms.edit, incoming.body);
      world.messages.change(message, changedContent(world, form, incoming.files, message));
      return ok(messageJson(message, world.state.bot));
    },
    { bucket: "messages" },
  ),
  route(
    "DELETE /channels/:channel/messages/:message",
    (world, incoming) => {
      const channel = channelOf(world, incoming);
      const message = world.state.message(channel, incoming.param("message"));
      const { bot } = world.state;
      checkAwake(channel);
      if (isLasting(message)) throw refused("systemMessage");
      if (message.author !== bot) {
        if (channel.guild === undefined) throw refused("inDirect");
        demand(channel, bot, "ManageMessages");
        world.audit.record(channel.guild, bot, message.author.id, auditActions.messageDelete);
      }
      world.messages.remove(message);
      return done;
    },
    { bucket: "messages" },
  ),
];

/** "Message Content Intent": what the portal does not allow is empty here as well. */
function readJson({ state: { bot }, options }: World, message: Message) {
  const whole = messageJson(message, bot);
  const isOpen = options.privileged.includes("content") || isOpenTo(message, bot.id);
  return isOpen ? whole : { ...whole, ...nothingInside };
}

function create(world: World, incoming: Incoming) {
  const channel = channelOf(world, incoming);
  const { bot } = world.state;
  const form = messageBody(messageForms.create, incoming.body);
  checkMayWrite(world, channel, incoming.files.length > 0);
  const content = newContent(world, form, incoming.files, "create");
  const nonce = form.nonce == null ? undefined : String(form.nonce);
  if (form.enforce_nonce === true && nonce !== undefined) {
    const known = world.messages.byNonce(bot, nonce);
    if (known !== undefined) return ok(messageJson(known, bot));
  }
  const replyTo = repliedTo(world, channel, form.message_reference ?? undefined);
  const message = world.messages.post(channel, { author: bot, ...content, nonce, replyTo });
  return ok(messageJson(message, bot));
}

/** Whether the bot can write here at all: closed direct messages, permissions, locked threads. */
function checkMayWrite(world: World, channel: Channel, withFiles: boolean): void {
  const { bot } = world.state;
  const { recipient } = channel;
  if (recipient !== undefined) {
    if (!world.state.shareGuild(recipient)) throw refused("noMutualGuilds");
    if (recipient.dm === "closed") throw refused("cannotSend");
    return;
  }
  if (channel.type !== 0 && !isThread(channel)) throw refused("noTextChannel");
  demand(channel, bot, isThread(channel) ? "SendMessagesInThreads" : "SendMessages");
  if (withFiles) demand(channel, bot, "AttachFiles");
  if (!isThread(channel) || !channel.thread.locked) return;
  if (channel.thread.archived) throw refused("archived");
  if (!may(channel, bot, "ManageThreads")) throw refused("locked");
}

/** In an archived thread nothing can be changed, deleted or reacted to. */
export function checkAwake(channel: Channel): void {
  if (channel.thread?.archived === true) throw refused("archived");
}

interface Reference {
  readonly message_id: string;
  readonly channel_id?: string | undefined;
  readonly fail_if_not_exists?: boolean | undefined;
}

function repliedTo(world: World, channel: Channel, reference?: Reference): Message | undefined {
  if (reference === undefined) return undefined;
  const found = channel.messages.find(({ id }) => id === reference.message_id);
  const elsewhere = (reference.channel_id ?? channel.id) !== channel.id;
  if (found === undefined || elsewhere || found.whisperTo !== undefined) {
    if (reference.fail_if_not_exists === false && !elsewhere) return undefined;
    throw formError(["message_reference"], "REPLIES_UNKNOWN_MESSAGE", "Unknown message");
  }
  demand(channel, world.state.bot, "ReadMessageHistory");
  return found;
}

interface Page {
  readonly limit?: number | undefined;
  readonly before?: string | undefined;
  readonly after?: string | undefined;
  readonly around?: string | undefined;
}

/** Newest first; "after" begins with the oldest that is newer, "around" has the one in the middle. */
function page(channel: Channel, { limit = PAGE, before, after, around }: Page): Message[] {
  const all = channel.messages.filter(({ flags: bits }) => (bits & flags.ephemeral) === 0);
  if (after !== undefined) {
    return all
      .filter(({ id }) => BigInt(id) > BigInt(after))
      .slice(0, limit)
      .reverse();
  }
  if (around !== undefined) {
    const middle = all.findIndex(({ id }) => BigInt(id) >= BigInt(around));
    const from = Math.max(0, middle - Math.floor(limit / 2));
    return all.slice(from, from + limit).reverse();
  }
  const older = before === undefined ? all : all.filter(({ id }) => BigInt(id) < BigInt(before));
  return older.slice(-limit).reverse();
}
