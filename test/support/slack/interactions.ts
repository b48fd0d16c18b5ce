/** Payloads of what people do: presses, submissions, shortcuts, commands. */
import { actionJson, type Pressable } from "./elements.ts";
import type { Channel, Json, Member, Message, Team, View, Whisper } from "./model.ts";
import { viewJson } from "./view-wire.ts";
import { messageJson } from "./wire.ts";
import type { World } from "./world.ts";

/** What every interaction says of the person and the workspace: the person's own workspace. */
function whoAndWhere(world: World, installation: Team, member: Member): Json {
  const team = member.team;
  const { enterprise } = installation;
  return {
    user: {
      id: member.id,
      username: member.handle,
      name: member.handle,
      team_id: team.workspaceId,
    },
    api_app_id: world.app.id,
    token: world.app.verificationToken,
    // "Org-wide installation": no single workspace, the organisation instead.
    team: installation.orgWide ? null : { id: team.workspaceId, domain: team.domain },
    enterprise: enterprise === undefined ? null : { id: enterprise.id, name: enterprise.name },
    is_enterprise_install: installation.orgWide,
  };
}

export interface PressedMessage {
  readonly channel: Channel;
  readonly message?: Message;
  readonly whisper?: Whisper;
}

/** block_actions from a message or an ephemeral message. */
export function messagePress(
  world: World,
  member: Member,
  installation: Team,
  at: PressedMessage,
  pressed: Pressable,
): Json {
  const { channel, message, whisper } = at;
  const ts = message?.ts ?? whisper?.ts ?? "";
  const threadTs = message?.threadTs ?? whisper?.threadTs;
  const shown =
    message === undefined
      ? // Of an ephemeral message Slack sends the text alone, without blocks.
        { type: "message", user: installation.bot.userId, ts, text: whisper?.text ?? "" }
      : messageJson(message, world.messages.replies(message));
  const responsePath = world.responses.create({ team: installation, member, ...at });
  return {
    type: "block_actions",
    ...whoAndWhere(world, installation, member),
    container: {
      type: "message",
      message_ts: ts,
      channel_id: channel.id,
      is_ephemeral: whisper !== undefined,
      ...(threadTs === undefined ? {} : { thread_ts: threadTs }),
    },
    trigger_id: world.triggers.create(member, installation),
    channel: { id: channel.id, name: nameOf(channel) },
    message: { ...shown, app_id: world.app.id, bot_id: installation.bot.id },
    state: { values: {} },
    response_url: `${world.origin()}${responsePath}`,
    actions: [actionJson(pressed, world.timeline.ts())],
  };
}

/** block_actions from a modal or the App Home. */
export function viewPress(world: World, member: Member, view: View, pressed: Pressable): Json {
  const shown = viewJson(world, view);
  return {
    type: "block_actions",
    ...whoAndWhere(world, view.team, member),
    container: { type: "view", view_id: view.id },
    trigger_id: world.triggers.create(member, view.team, view.id),
    view: shown,
    actions: [actionJson(pressed, world.timeline.ts())],
  };
}

export function viewSubmission(world: World, member: Member, view: View): Json {
  return {
    type: "view_submission",
    ...whoAndWhere(world, view.team, member),
    trigger_id: world.triggers.create(member, view.team, view.id),
    view: viewJson(world, view),
    response_urls: [],
  };
}

export function viewClosed(world: World, member: Member, view: View, cleared: boolean): Json {
  return {
    type: "view_closed",
    ...whoAndWhere(world, view.team, member),
    view: viewJson(world, view),
    is_cleared: cleared,
  };
}

/** message_action: a shortcut from a message's menu. */
export function messageShortcut(
  world: World,
  member: Member,
  installation: Team,
  callbackId: string,
  message: Message,
): Json {
  const { channel } = message;
  const path = world.responses.create({ team: installation, member, channel, message });
  return {
    type: "message_action",
    ...whoAndWhere(world, installation, member),
    action_ts: world.timeline.ts(),
    channel: { id: channel.id, name: nameOf(channel) },
    callback_id: callbackId,
    trigger_id: world.triggers.create(member, installation),
    response_url: `${world.origin()}${path}`,
    message_ts: message.ts,
    message: messageJson(message, world.messages.replies(message)),
  };
}

export function globalShortcut(
  world: World,
  member: Member,
  installation: Team,
  callbackId: string,
): Json {
  return {
    type: "shortcut",
    ...whoAndWhere(world, installation, member),
    action_ts: world.timeline.ts(),
    callback_id: callbackId,
    trigger_id: world.triggers.create(member, installation),
  };
}

/** A slash command: flat, every value a text. */
export function slashCommand(
  world: World,
  member: Member,
  installation: Team,
  channel: Channel,
  command: { readonly name: string; readonly text: string },
): Json {
  const path = world.responses.create({ team: installation, member, channel });
  const { enterprise } = installation;
  return {
    token: world.app.verificationToken,
    team_id: member.team.workspaceId,
    team_domain: member.team.domain,
    ...(enterprise === undefined
      ? {}
      : { enterprise_id: enterprise.id, enterprise_name: enterprise.name }),
    channel_id: channel.id,
    channel_name: nameOf(channel),
    user_id: member.id,
    user_name: member.handle,
    command: command.name,
    text: command.text,
    api_app_id: world.app.id,
    is_enterprise_install: String(installation.orgWide),
    response_url: `${world.origin()}${path}`,
    trigger_id: world.triggers.create(member, installation),
  };
}

/** Private channels are named so, whatever they are called. */
function nameOf(channel: Channel): string {
  return channel.kind === "private" ? "privategroup" : channel.name;
}
