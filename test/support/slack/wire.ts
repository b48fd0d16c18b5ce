/** Slack's own shapes of messages, users, channels and files, as its API and its events have them. */
import type { Channel, Json, Member, Message, Team, UploadedFile } from "./model.ts";
import { urlOf } from "./pictures.ts";

/** A message as events, history and interaction payloads show it; metadata only where asked for. */
export function messageJson(
  message: Message,
  replies: readonly Message[],
  withMetadata = false,
): Json {
  if (message.subtype === "tombstone") return tombstone(message, replies);
  return {
    type: "message",
    ...(message.subtype === undefined ? {} : { subtype: message.subtype }),
    user: message.user,
    text: message.text,
    ts: message.ts,
    team: message.team.workspaceId,
    ...(message.botId === undefined ? {} : { bot_id: message.botId }),
    ...(message.appId === undefined ? {} : { app_id: message.appId }),
    ...(message.blocks === undefined ? {} : { blocks: message.blocks }),
    ...(message.attachments === undefined ? {} : { attachments: message.attachments }),
    ...(message.files.length === 0 ? {} : { files: message.files.map(fileJson) }),
    ...(message.edited === undefined ? {} : { edited: message.edited }),
    ...sharedFields(message),
    ...threadFields(message, replies),
    ...reactionFields(message),
    ...(withMetadata && message.metadata !== undefined ? { metadata: message.metadata } : {}),
  };
}

function tombstone(message: Message, replies: readonly Message[]): Json {
  return {
    type: "message",
    subtype: "tombstone",
    user: "USLACKBOT",
    text: message.text,
    hidden: true,
    ts: message.ts,
    ...threadFields(message, replies),
  };
}

function sharedFields(message: Message): Json {
  if (message.channel.teams.length < 2) return {};
  return { user_team: message.team.workspaceId, source_team: message.team.workspaceId };
}

function threadFields(message: Message, replies: readonly Message[]): Json {
  if (message.threadTs !== undefined) {
    const root = message.channel.messages.find(({ ts }) => ts === message.threadTs);
    return {
      thread_ts: message.threadTs,
      ...(root === undefined ? {} : { parent_user_id: root.user }),
    };
  }
  if (replies.length === 0) return {};
  const users = [...new Set(replies.map((reply) => reply.user))];
  return {
    thread_ts: message.ts,
    reply_count: replies.length,
    reply_users_count: users.length,
    reply_users: users,
    latest_reply: replies.at(-1)?.ts,
    is_locked: false,
    subscribed: false,
  };
}

function reactionFields(message: Message): Json {
  if (message.reactions.size === 0) return {};
  const reactions = [...message.reactions].map(([name, users]) => ({
    name,
    users,
    count: users.length,
  }));
  return { reactions };
}

/** "channel", "group" or "im": what a message event says of its channel. */
export function channelType(channel: Channel): "channel" | "group" | "im" {
  if (channel.kind === "im") return "im";
  return channel.kind === "public" ? "channel" : "group";
}

/** The rich_text block that Slack makes of what a person types. */
export function typedBlocks(text: string): readonly Json[] {
  return [
    {
      type: "rich_text",
      block_id: "typed",
      elements: [{ type: "rich_text_section", elements: [{ type: "text", text }] }],
    },
  ];
}

export function userJson(member: Member, seenFrom: Team, withLocale: boolean): Json {
  return {
    id: member.id,
    team_id: member.team.workspaceId,
    name: member.handle,
    deleted: member.deactivated,
    real_name: member.name,
    ...(member.deactivated
      ? {}
      : { tz: member.timeZone, tz_label: member.timeZone, tz_offset: 0, is_admin: member.admin }),
    ...(member.deactivated ? {} : { is_owner: member.owner, is_primary_owner: false }),
    // "users.info": whether the address was confirmed is told to all, the address by its own scope.
    is_email_confirmed: member.email !== undefined && member.emailConfirmed,
    profile: {
      ...(member.email !== undefined && seenFrom.scopes.has("users:read.email")
        ? { email: member.email }
        : {}),
      real_name: member.name,
      display_name: member.handle,
      real_name_normalized: member.name,
      display_name_normalized: member.handle,
      team: member.team.workspaceId,
    },
    is_bot: member.bot,
    is_app_user: false,
    is_restricted: member.guest,
    is_ultra_restricted: false,
    ...(member.team === seenFrom ? {} : { is_stranger: false }),
    ...(withLocale ? { locale: member.locale } : {}),
    updated: 0,
  };
}

export function channelJson(channel: Channel, team: Team): Json {
  if (channel.kind === "im") {
    return {
      id: channel.id,
      is_im: true,
      is_channel: false,
      is_group: false,
      is_mpim: false,
      is_private: false,
      is_archived: channel.archived,
      created: channel.created,
      user: [...channel.members].find((id) => id !== team.bot.userId),
      is_user_deleted: false,
      context_team_id: team.workspaceId,
    };
  }
  const shared = channel.teams.length > 1;
  return {
    id: channel.id,
    name: channel.name,
    name_normalized: channel.name,
    is_channel: channel.kind === "public",
    is_group: channel.kind === "private",
    is_im: false,
    is_mpim: false,
    is_private: channel.kind === "private",
    is_archived: channel.archived,
    is_general: false,
    is_member: channel.members.has(team.bot.userId),
    is_shared: shared,
    is_ext_shared: shared,
    is_org_shared: false,
    is_pending_ext_shared: false,
    created: channel.created,
    creator: [...channel.members][0],
    context_team_id: team.workspaceId,
    shared_team_ids: channel.teams.map(({ workspaceId }) => workspaceId),
    num_members: channel.members.size,
  };
}

/** By the name, as far as this project sends any. */
const typeOf = (name: string) => (name.endsWith(".json") ? "application/json" : "image/png");

/** What is left of a deleted file in messages is its id ("File object", mode). */
export function fileJson(file: UploadedFile): Json {
  if (file.deleted) return { id: file.id, mode: "tombstone" };
  const at = file.created;
  const place = (kind: string) =>
    Object.fromEntries(
      file.shares
        .filter(({ channel }) => (channel.kind === "public") === (kind === "public"))
        .map(({ channel, ts }) => [channel.id, [{ ts }]]),
    );
  return {
    id: file.id,
    created: at,
    timestamp: at,
    name: file.name,
    title: file.title,
    // Empty until Slack has looked into the file: it cannot be shown in an image block before.
    mimetype: file.state === "ready" ? typeOf(file.name) : "",
    filetype: file.state === "ready" ? (file.name.split(".").at(-1) ?? "") : "",
    user: file.team.bot.userId,
    size: file.length,
    mode: "hosted",
    is_external: false,
    is_public: file.shares.some(({ channel }) => channel.kind === "public"),
    url_private: urlOf(file),
    permalink: `${file.team.url}files/${file.team.bot.userId}/${file.id}/${file.name}`,
    ...(file.altText === undefined ? {} : { alt_txt: file.altText }),
    shares: { public: place("public"), private: place("private") },
    channels: file.shares.filter((s) => s.channel.kind === "public").map((s) => s.channel.id),
    groups: file.shares.filter((s) => s.channel.kind === "private").map((s) => s.channel.id),
    ims: file.shares.filter((s) => s.channel.kind === "im").map((s) => s.channel.id),
  };
}
