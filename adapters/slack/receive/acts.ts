/** What people do: commands, buttons, forms and message shortcuts. */
import { createHash } from "node:crypto";
import type { Address, PlatformEvent } from "../../../src/platform.ts";
import { readOrigin } from "../answer/origin.ts";
import type { Mentioned } from "../directory.ts";
import { readForm } from "../render/views.ts";
import { chatRef } from "./chat.ts";
import { actionBody, commandBody, dateOf, shortcutBody, viewBody } from "./payloads.ts";
import { ignored, type Reading } from "./reading.ts";
import { plainWords, pressedToken } from "./words.ts";

/** Answers to what somebody does are for their eyes only, and Slack shows no files in those. */
const answered = { pictures: false } as const;

/** On our own page (App Home), or in a form that was opened there. */
const onPage = { page: "home" } as const;

/** The conversation with us is the person's own place. */
function placeOf(channelId: string, userId: string): Address {
  return channelId.startsWith("D") ? { kind: "direct", userId } : { kind: "channel", channelId };
}

export async function receiveCommand(reading: Reading): Promise<PlatformEvent | undefined> {
  const parsed = commandBody.safeParse(reading.body);
  if (!parsed.success) return ignored(reading, "command");
  const { command, text, user_id, user_name, channel_id, trigger_id } = parsed.data;
  return {
    kind: "command",
    id: trigger_id,
    connection: reading.workspace.ref,
    at: new Date(reading.clock()),
    from: (await member(reading, { id: user_id, name: user_name })).user,
    name: command.slice(1).toLowerCase(),
    text: plainWords(named(text)),
    place: placeOf(channel_id, user_id),
    ...answered,
  };
}

/** Commands and shortcuts come only once: their answer may be late, and is not refused for that. */
const member = ({ directory, workspace }: Reading, who: Mentioned) =>
  directory.member(workspace, who, "awaited");

/** Who and what is mentioned in a command is named by id: `<@U1|dana>`, `<!subteam^S1|@support>`. */
function named(text: string): string {
  return text
    .replace(/<@([A-Z0-9]+)(?:\|[^<>\n]*)?>/g, "slack:$1")
    .replace(/<!subteam\^([A-Z0-9]+)(?:\|[^<>\n]*)?>/g, "slack:group:$1");
}

export async function receiveAction(reading: Reading): Promise<PlatformEvent | undefined> {
  const parsed = actionBody.safeParse(reading.body);
  const pressed = pressedToken(reading.body);
  if (!parsed.success || pressed === undefined) return ignored(reading, "action");
  const { user, container, channel, message, view, actions } = parsed.data;
  const [action] = actions;
  const shown = container?.message_ts ?? message?.ts ?? container?.view_id ?? view?.id ?? "";
  const channelId = container?.channel_id ?? channel?.id;
  const place = channelId ? { place: placeOf(channelId, user.id) } : {};
  return {
    kind: "action",
    id: ["tap", user.id, shown, action?.action_id, action?.action_ts].join(":"),
    connection: reading.workspace.ref,
    at: action?.action_ts ? dateOf(action.action_ts) : new Date(reading.clock()),
    from: await whoever(reading, user),
    token: pressed.token,
    ...place,
    ...(view?.type === "home" ? onPage : {}),
    ...answered,
  };
}

export async function receiveView(reading: Reading): Promise<PlatformEvent | undefined> {
  const parsed = viewBody.safeParse(reading.body);
  const form = readForm(reading.body);
  if (!parsed.success || form === undefined) return ignored(reading, "view");
  const { user, view } = parsed.data;
  return {
    kind: "action",
    id: ["view", view.id, view.hash, digestOf(form.values)].join(":"),
    connection: reading.workspace.ref,
    at: new Date(reading.clock()),
    from: await whoever(reading, user),
    token: form.token,
    values: form.values,
    ...(readOrigin(form.origin).kind === "home" ? onPage : {}),
  };
}

/**
 * A form that says "not saved yet" stays open, and Slack names it alike when it is sent again: with
 * other words it is another submission, and not to be taken for the first.
 */
function digestOf(values: Readonly<Record<string, string>>): string {
  return createHash("sha256").update(JSON.stringify(values)).digest("base64url").slice(0, 16);
}

/** A tap counts at once: the role is at least this, and what needs more says no. */
async function whoever(
  { directory, workspace }: Reading,
  user: {
    readonly id: string;
    readonly name?: string | undefined;
    readonly username?: string | undefined;
  },
) {
  const who = { id: user.id, name: user.name ?? user.username };
  return (await directory.member(workspace, who, "at-least")).user;
}

/** Shortcuts on a message are about the chat that its thread is. Who may do it, the core decides. */
export async function receiveShortcut(reading: Reading): Promise<PlatformEvent | undefined> {
  const parsed = shortcutBody.safeParse(reading.body);
  if (!parsed.success) return ignored(reading, "shortcut");
  const { callback_id, user, channel, message, trigger_id, action_ts } = parsed.data;
  const { workspace, rules } = reading;
  const name = rules.channels.support(workspace, channel.id) ?? `#${channel.name ?? channel.id}`;
  const root = message.thread_ts ?? message.ts;
  const who = { id: user.id, name: user.name ?? user.username };
  const { user: from, team } = await member(reading, who);
  const base = {
    id: trigger_id,
    connection: workspace.ref,
    at: action_ts === undefined ? new Date(reading.clock()) : dateOf(action_ts),
    chat: chatRef(reading, { channelId: channel.id, channel: name, root }, team),
  };
  switch (callback_id) {
    case "close_and_ask":
      return { ...base, kind: "chat-closed", by: from, reason: "manual" };
    case "ask_for_feedback":
      return { ...base, kind: "chat-command", name: "ask", from };
    case "show_scores":
      return { ...base, kind: "chat-command", name: "scores", from };
    default:
      return ignored(reading, "shortcut");
  }
}
