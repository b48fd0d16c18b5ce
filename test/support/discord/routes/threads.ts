/** Starting threads and forum posts, and who is in them ("Channel", section on threads). */
import { z } from "zod";
import { text } from "../form.ts";
import { CHANNEL_NAME, LARGEST_PAGE, PAGE } from "../limits.ts";
import { messageBody, messageForms, newContent } from "../message-form.ts";
import { type Channel, isNotice, isThread, type ThreadState } from "../model.ts";
import { noticeOfStart } from "../notices.ts";
import { demand, may } from "../permissions.ts";
import { formError, refused } from "../refusal.ts";
import { bodyOf, count, done, type Incoming, ok, queryOf, type Route, route } from "../route.ts";
import { channelJson, threadMemberJson } from "../wire.ts";
import { messageJson } from "../wire-message.ts";
import type { World } from "../world.ts";
import { appliedTags, autoArchive, channelOf } from "./channels.ts";

const name = text(1, CHANNEL_NAME);
const common = { name, auto_archive_duration: autoArchive.optional() };
const fromMessage = z.strictObject(common);
const alone = z.strictObject({
  ...common,
  type: z.union([z.literal(11), z.literal(12)]).optional(),
  invitable: z.boolean().optional(),
});
const post = z.strictObject({
  ...common,
  message: z.unknown(),
  applied_tags: appliedTags.optional(),
});

export const threadRoutes: readonly Route[] = [
  route("POST /channels/:channel/threads", (world, incoming) => {
    const parent = channelOf(world, incoming);
    const { bot } = world.state;
    if (parent.type === 15) return ok(startPost(world, parent, incoming));
    if (parent.type !== 0) throw refused("wrongChannelType");
    // The type's default is a private thread ("Start Thread without Message").
    const { name, auto_archive_duration: minutes, type = 12 } = bodyOf(incoming, alone);
    const hidden = type === 12;
    demand(parent, bot, hidden ? "CreatePrivateThreads" : "CreatePublicThreads");
    const options = { name, owner: bot, private: hidden, autoArchive: minutes };
    const thread = world.threads.start(parent, options);
    noticeOfStart(world, thread, bot, undefined);
    return ok(channelJson(thread));
  }),
  route("POST /channels/:channel/messages/:message/threads", (world, incoming) => {
    const parent = channelOf(world, incoming);
    if (parent.type !== 0) throw refused("wrongChannelType");
    const { bot } = world.state;
    const message = world.state.message(parent, incoming.param("message"));
    if (isNotice(message)) throw refused("systemMessage");
    demand(parent, bot, "CreatePublicThreads");
    if (message.thread !== undefined) throw refused("threadExists");
    const { name, auto_archive_duration: minutes } = bodyOf(incoming, fromMessage);
    const options = { name, owner: bot, autoArchive: minutes, id: message.id };
    message.thread = world.threads.start(parent, options);
    noticeOfStart(world, message.thread, bot, message);
    return ok(channelJson(message.thread));
  }),
  route("PUT /channels/:channel/thread-members/:user", (world, incoming) => {
    const thread = threadOf(world, incoming);
    const { bot } = world.state;
    if (thread.thread.archived) throw refused("archived");
    demand(thread, bot);
    const id = incoming.param("user") === "@me" ? bot.id : incoming.param("user");
    const user = world.state.users.get(id);
    if (user === undefined || thread.guild?.members.has(id) !== true)
      throw refused("unknownMember");
    if (user !== bot) demand(thread, bot, "SendMessagesInThreads");
    world.threads.add(thread, user);
    return done;
  }),
  route("GET /channels/:channel/thread-members", (world, incoming) => {
    const thread = threadOf(world, incoming);
    return ok([...thread.thread.members].map((id) => threadMemberJson(thread, id)));
  }),
  route("GET /channels/:channel/threads/archived/public", (world, incoming) =>
    ok(archived(world, incoming, 11)),
  ),
  route("GET /channels/:channel/threads/archived/private", (world, incoming) => {
    demand(channelOf(world, incoming), world.state.bot, "ManageThreads");
    return ok(archived(world, incoming, 12));
  }),
  route("GET /guilds/:guild/threads/active", (world, incoming) => {
    const guild = world.state.guild(incoming.param("guild"));
    const { bot } = world.state;
    const threads = world.state
      .activeThreads(guild)
      .filter((thread) => may(thread, bot, "ViewChannel"));
    const own = threads.filter(({ thread }) => thread?.members.has(bot.id));
    const members = own.map((thread) => threadMemberJson(thread, bot.id));
    return ok({ threads: threads.map(channelJson), members });
  }),
];

function threadOf(world: World, incoming: Incoming): Channel & { thread: ThreadState } {
  const thread = channelOf(world, incoming);
  if (!isThread(thread)) throw refused("wrongChannelType");
  return thread;
}

/** Those that were archived last come first ("List Public Archived Threads"). */
function archived(world: World, incoming: Incoming, type: 11 | 12) {
  const parent = channelOf(world, incoming);
  const { bot } = world.state;
  demand(parent, bot, "ReadMessageHistory");
  const { before, limit = PAGE } = queryOf(incoming, {
    before: z.iso.datetime({ offset: true }).optional(),
    limit: count(2, LARGEST_PAGE),
  });
  const until = before === undefined ? Infinity : Date.parse(before);
  const found = [...world.state.channels.values()]
    .filter((channel) => channel.parent === parent && channel.type === type && !channel.deleted)
    .filter(isThread)
    .filter(({ thread }) => thread.archived && thread.archivedAt < until)
    .sort((a, b) => b.thread.archivedAt - a.thread.archivedAt);
  const page = found.slice(0, limit);
  const own = page.filter(({ thread }) => thread.members.has(bot.id));
  return {
    threads: page.map(channelJson),
    members: own.map((thread) => threadMemberJson(thread, bot.id)),
    has_more: found.length > limit,
  };
}

/** A post of a forum is a thread and its first message, both of the same id. */
function startPost(world: World, forum: Channel, incoming: Incoming) {
  const { bot } = world.state;
  const {
    name,
    auto_archive_duration: minutes,
    applied_tags: tags,
    message,
  } = bodyOf(incoming, post);
  demand(forum, bot, "SendMessages");
  for (const [index, id] of (tags ?? []).entries()) {
    if (forum.tags.some((tag) => tag.id === id)) continue;
    throw formError(["applied_tags", index], "FORUM_TAG_NOT_FOUND", `There is no tag ${id}.`);
  }
  const form = messageBody(messageForms.answer, message, ["message"]);
  const content = newContent(world, form, incoming.files, "create");
  const thread = world.threads.start(forum, { name, owner: bot, autoArchive: minutes, tags });
  const first = world.messages.post(thread, { author: bot, id: thread.id, ...content });
  return { ...channelJson(thread), message: messageJson(first, bot) };
}
