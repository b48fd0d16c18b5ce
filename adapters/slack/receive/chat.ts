/** Messages and reactions: what they mean in a support channel, and in the conversation with us. */
import type { ChatRef, PlatformEvent } from "../../../src/platform.ts";
import { isTeam } from "../../common/people.ts";
import type { Member } from "../directory.ts";
import { chatId } from "../ids.ts";
import { dateOf, type MessageEvent, messageEvent, reactionEvent } from "./payloads.ts";
import { type EventReading, ignored, type Reading } from "./reading.ts";
import { plainWords } from "./words.ts";

/** Everything else with a subtype is about the channel (joins, topics) or about an edit. */
const saying = new Set([undefined, "file_share", "thread_broadcast", "me_message", "bot_message"]);

export async function receiveMessage(reading: EventReading): Promise<PlatformEvent | undefined> {
  const parsed = messageEvent.safeParse(reading.event);
  if (!parsed.success) return ignored(reading, "message");
  const message = parsed.data;
  if (message.subtype === "message_deleted") return receiveDeletion(reading, message);
  if (!saying.has(message.subtype) || message.hidden) return undefined;
  if (reading.workspaces.isOurs(message)) return undefined; // D12
  if (message.channel_type === "im") return receiveDirectMessage(reading, message);
  const channel = reading.rules.channels.support(reading.workspace, message.channel);
  return channel === undefined ? undefined : receiveChatMessage(reading, message, channel);
}

async function receiveDirectMessage(
  reading: EventReading,
  message: MessageEvent,
): Promise<PlatformEvent | undefined> {
  const { workspace, directory, id } = reading;
  const text = plainWords(message.text);
  if (message.user === undefined || message.bot_id !== undefined || text === "") return undefined;
  const who = { id: message.user, name: nameIn(message) };
  // An answer counts whoever gives it: it does not wait for the role.
  const { user: from } = await directory.member(workspace, who, "at-least");
  const at = dateOf(message.ts);
  return { kind: "direct-message", id, connection: workspace.ref, at, from, text };
}

async function receiveChatMessage(
  reading: EventReading,
  message: MessageEvent,
  channel: string,
): Promise<PlatformEvent | undefined> {
  const { workspace, id } = reading;
  const root = message.thread_ts ?? message.ts;
  const isReply = root !== message.ts;
  const isBot = message.bot_id !== undefined || message.user === undefined;
  if (isBot && !isReply) return undefined;
  const { user: from, team } = isBot ? botOf(message) : await memberOf(reading, message);
  if (!isReply && from.role !== "customer") return undefined; // the team's own announcements
  return {
    kind: "chat-message",
    id,
    connection: workspace.ref,
    at: dateOf(message.ts),
    chat: chatRef(reading, { channelId: message.channel, channel, root }, team),
    from,
    text: plainWords(message.text),
    public: true,
    ...(isReply && !(await beganWithCustomer(reading, message)) ? { opens: false } : {}),
  };
}

/**
 * A reply tells who wrote the first message of its thread. When that was a customer it is a chat,
 * whether the first message has come in already, comes later, or came before we were there.
 */
async function beganWithCustomer(
  { workspace, workspaces, directory }: Reading,
  { parent_user_id: id }: MessageEvent,
): Promise<boolean> {
  if (id === undefined || workspaces.isOurs({ user: id })) return false;
  const { user } = await directory.member(workspace, { id }, "certain");
  return user.role === "customer" && user.bot !== true;
}

async function memberOf(reading: EventReading, message: MessageEvent): Promise<Member> {
  const who = { id: message.user ?? "", name: nameIn(message) };
  return reading.directory.member(reading.workspace, who, "certain");
}

/** Bots are nobody's role: they are never asked and never count as a human reply. */
function botOf({ user, bot_id, username, bot_profile }: MessageEvent): Member {
  const externalId = user ?? bot_id ?? "bot";
  const name = bot_profile?.name ?? username ?? externalId;
  return { user: { externalId, name, role: "customer", bot: true } };
}

function nameIn({ user_profile, username }: MessageEvent): string | undefined {
  const { display_name, real_name, name } = user_profile ?? {};
  return display_name || real_name || name || username;
}

/** A customer took the question back: only a first message without replies is really deleted. */
async function receiveDeletion(
  reading: EventReading,
  message: MessageEvent,
): Promise<PlatformEvent | undefined> {
  const { workspace, rules, workspaces } = reading;
  const channel = rules.channels.support(workspace, message.channel);
  const { previous_message: gone } = message;
  if (channel === undefined || gone?.user === undefined || workspaces.isOurs(gone))
    return undefined;
  const isReply = gone.thread_ts !== undefined && gone.thread_ts !== gone.ts;
  if (isReply || (gone.reply_count ?? 0) > 0 || gone.bot_id !== undefined) return undefined;
  if (!saying.has(gone.subtype)) return undefined;
  const by = await reading.certain({ id: gone.user });
  if (by.role !== "customer") return undefined; // it opened no chat
  return {
    kind: "chat-closed",
    id: reading.id,
    connection: workspace.ref,
    at: dateOf(message.ts),
    chat: chatRef(reading, { channelId: message.channel, channel, root: gone.ts }),
    by,
    reason: "inactivity",
  };
}

/** The team's ✅ on a message closes its chat; taking it away opens it again. */
export async function receiveReaction(reading: EventReading): Promise<PlatformEvent | undefined> {
  const parsed = reactionEvent.safeParse(reading.event);
  if (!parsed.success) return undefined; // on a file, or in an unknown shape
  const { user, reaction, item, event_ts } = parsed.data;
  const { workspace, rules, workspaces, id, type } = reading;
  const channel = rules.channels.support(workspace, item.channel);
  if (channel === undefined || !rules.emoji.closes(workspace, reaction)) return undefined;
  if (workspaces.isOurs({ user })) return undefined;
  const { user: by, team } = await reading.directory.member(workspace, { id: user }, "certain");
  if (!isTeam(by)) return undefined;
  const removed = type === "reaction_removed";
  if (removed && (await reading.rules.marks?.remain(workspace, item))) return undefined;
  const chat = chatRef(reading, { channelId: item.channel, channel, root: item.ts }, team);
  const at = event_ts === undefined ? (reading.at ?? new Date(reading.clock())) : dateOf(event_ts);
  const base = { id, connection: workspace.ref, at, chat, by };
  return removed
    ? { ...base, kind: "chat-reopened" }
    : { ...base, kind: "chat-closed", reason: "solved" };
}

/** A chat is a thread: channel and first message. `channel` is its "#name". */
export function chatRef(
  { workspace }: Reading,
  at: { readonly channelId: string; readonly channel: string; readonly root: string },
  team?: string,
): ChatRef {
  const { channelId, channel, root } = at;
  return {
    externalId: chatId({ channel: channelId, thread: root }),
    channel,
    url: `${workspace.url}archives/${channelId}/p${root.replace(".", "")}`,
    ...(team === undefined ? {} : { team }),
  };
}
