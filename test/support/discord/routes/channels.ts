/** Channels: looking, changing, deleting; threads are channels too ("Channel", "Modify Channel"). */
import { z } from "zod";
import { auditActions } from "../audit.ts";
import { snowflake, text } from "../form.ts";
import { APPLIED_TAGS, AUTO_ARCHIVE, CHANNEL_NAME, TOPIC } from "../limits.ts";
import { type Channel, isThread, type ThreadState } from "../model.ts";
import { noticeOfName } from "../notices.ts";
import { demand, may } from "../permissions.ts";
import { formError, Limited, refused } from "../refusal.ts";
import { bodyOf, type Incoming, ok, type Route, route } from "../route.ts";
import { channelJson } from "../wire.ts";
import type { World } from "../world.ts";

/** A channel that the bot can see, or 10003 and 50001. */
export function channelOf(world: World, incoming: Incoming): Channel {
  const channel = world.state.channel(incoming.param("channel"));
  demand(channel, world.state.bot);
  return channel;
}

export const autoArchive = z
  .int()
  .refine((minutes) => AUTO_ARCHIVE.includes(minutes), `Value must be one of ${AUTO_ARCHIVE}.`);
export const appliedTags = z.array(snowflake).max(APPLIED_TAGS);

const threadForm = z.strictObject({
  name: text(1, CHANNEL_NAME).optional(),
  archived: z.boolean().optional(),
  locked: z.boolean().optional(),
  auto_archive_duration: autoArchive.optional(),
  applied_tags: appliedTags.optional(),
});
const channelForm = z.strictObject({
  name: text(1, CHANNEL_NAME).optional(),
  topic: text(0, TOPIC).nullish(),
});

export const channelRoutes: readonly Route[] = [
  route("GET /channels/:channel", (world, incoming) => ok(channelJson(channelOf(world, incoming)))),
  route("PATCH /channels/:channel", (world, incoming) => {
    const channel = channelOf(world, incoming);
    if (channel.guild === undefined) throw refused("wrongChannelType");
    if (isThread(channel)) changeThread(world, channel, incoming);
    else changeChannel(world, channel, incoming);
    return ok(channelJson(channel));
  }),
  route("DELETE /channels/:channel", (world, incoming) => {
    const channel = channelOf(world, incoming);
    const { bot } = world.state;
    // A direct message is only closed; it can be opened again.
    if (channel.guild === undefined) return ok(channelJson(channel));
    demand(channel, bot, isThread(channel) ? "ManageThreads" : "ManageChannels");
    removeChannel(world, channel, bot.id);
    return ok(channelJson(channel));
  }),
];

function changeThread(
  world: World,
  channel: Channel & { thread: ThreadState },
  incoming: Incoming,
): void {
  const { archived, locked, name, applied_tags, auto_archive_duration } = bodyOf(
    incoming,
    threadForm,
  );
  const { bot } = world.state;
  const manages = may(channel, bot, "ManageThreads");
  const { thread } = channel;
  if (thread.archived && archived !== false) throw refused("archived");
  if (thread.locked && archived === false && !manages) throw refused("missingPermissions");
  // Whoever started it may do everything but lock it; unarchiving takes the right to write.
  const onlyWakes =
    archived === false &&
    [locked, name, applied_tags, auto_archive_duration].every((value) => value === undefined);
  if (onlyWakes) demand(channel, bot, "SendMessagesInThreads");
  else if (!manages && (thread.ownerId !== bot.id || locked !== undefined)) {
    throw refused("missingPermissions");
  }
  const known = channel.parent?.tags ?? [];
  for (const [index, id] of (applied_tags ?? []).entries()) {
    if (known.some((tag) => tag.id === id)) continue;
    throw formError(["applied_tags", index], "FORUM_TAG_NOT_FOUND", `There is no tag ${id}.`);
  }
  world.threads.change(channel, bot, {
    name,
    archived,
    locked,
    autoArchive: auto_archive_duration,
    tags: applied_tags,
  });
  if (name !== undefined) noticeOfName(world, channel, bot);
}

function changeChannel(world: World, channel: Channel, incoming: Incoming): void {
  demand(channel, world.state.bot, "ManageChannels");
  const { name, topic } = bodyOf(incoming, channelForm);
  const { wait } = world.rates.take("rename", channel.id, true);
  if (wait !== undefined) throw new Limited(wait.seconds);
  renameChannel(world, channel, world.state.bot.id, name ?? channel.name, topic);
}

/** A new name or topic, by whoever it is. */
export function renameChannel(
  world: World,
  channel: Channel,
  by: string,
  name: string,
  topic?: string | null,
): void {
  const changes = [{ key: "name", old_value: channel.name, new_value: name }];
  channel.name = name;
  if (topic !== undefined) channel.topic = topic ?? undefined;
  world.events.channel("CHANNEL_UPDATE", channel);
  const user = world.state.users.get(by);
  if (channel.guild !== undefined && user !== undefined) {
    world.audit.record(channel.guild, user, channel.id, auditActions.channelUpdate, changes);
  }
}

/** Its threads go with it, without events of their own ("Gateway Events", section on Thread Delete). */
export function removeChannel(world: World, channel: Channel, by: string): void {
  const { guild } = channel;
  const user = world.state.users.get(by);
  if (isThread(channel)) world.events.thread("THREAD_DELETE", channel);
  else world.events.channel("CHANNEL_DELETE", channel);
  channel.deleted = true;
  for (const other of world.state.channels.values()) {
    if (other.parent === channel && isThread(other)) other.deleted = true;
    else if (other.parent === channel) other.parent = undefined;
  }
  if (guild === undefined || user === undefined) return;
  const action = isThread(channel) ? auditActions.threadDelete : auditActions.channelDelete;
  const changes = [{ key: "name", old_value: channel.name }];
  world.audit.record(guild, user, channel.id, action, changes);
}
