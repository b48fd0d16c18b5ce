/** Users, members, roles, channels and guilds as the API writes them. */
import type { AuditEntry, Channel, Guild, Json, Member, Message, Role, User } from "./model.ts";
import { isThread } from "./model.ts";
import { canSee, permissionsIn } from "./permissions.ts";
import type { State } from "./state.ts";

const iso = (ms: number): string => new Date(ms).toISOString().replace("Z", "000+00:00");

export const userJson = (user: User): Json => ({
  id: user.id,
  username: user.name.toLowerCase(),
  discriminator: user.bot ? "0001" : "0",
  global_name: user.bot ? null : user.name,
  avatar: null,
  bot: user.bot,
  system: false,
  public_flags: 0,
});

export const roleJson = (role: Role, position: number): Json => ({
  id: role.id,
  name: role.name,
  color: 0,
  colors: { primary_color: 0, secondary_color: null, tertiary_color: null },
  hoist: false,
  icon: null,
  unicode_emoji: null,
  position,
  permissions: String(role.permissions),
  managed: false,
  mentionable: role.mentionable,
  flags: 0,
});

export const rolesJson = (guild: Guild): Json[] => [...guild.roles.values()].map(roleJson);

/** In messages without the user, who stands beside it. */
export function memberJson(member: Member, withUser = true): Json {
  return {
    ...(withUser ? { user: userJson(member.user) } : {}),
    roles: [...member.roles],
    nick: null,
    avatar: null,
    joined_at: iso(member.joinedAt),
    premium_since: null,
    deaf: false,
    mute: false,
    pending: false,
    communication_disabled_until: null,
    flags: 0,
  };
}

export function channelJson(channel: Channel): Json {
  const common = { id: channel.id, type: channel.type, flags: 0 };
  const last = channel.messages.findLast(({ whisperTo }) => whisperTo === undefined);
  if (channel.guild === undefined) {
    const recipients = channel.recipient === undefined ? [] : [userJson(channel.recipient)];
    return { ...common, last_message_id: last?.id ?? null, recipients };
  }
  const placed = {
    ...common,
    guild_id: channel.guild.id,
    name: channel.name,
    parent_id: channel.parent?.id ?? null,
    last_message_id: last?.id ?? null,
    rate_limit_per_user: 0,
  };
  if (isThread(channel)) return { ...placed, ...threadJson(channel) };
  return {
    ...placed,
    position: 0,
    nsfw: false,
    topic: channel.topic ?? null,
    permission_overwrites: [...channel.overwrites.values()].map(({ id, type, allow, deny }) => ({
      id,
      type,
      allow: String(allow),
      deny: String(deny),
    })),
    ...(channel.type === 15
      ? {
          available_tags: channel.tags.map((tag) => ({ ...tag, emoji_id: null, emoji_name: null })),
          default_reaction_emoji: null,
          default_sort_order: null,
          default_forum_layout: 0,
        }
      : {}),
  };
}

function threadJson(channel: Channel): Json {
  const { thread } = channel;
  if (thread === undefined) return {};
  return {
    owner_id: thread.ownerId,
    thread_metadata: {
      archived: thread.archived,
      locked: thread.locked,
      auto_archive_duration: thread.autoArchive,
      archive_timestamp: iso(thread.archivedAt),
      create_timestamp: iso(thread.createdAt),
      ...(channel.type === 12 ? { invitable: true } : {}),
    },
    message_count: channel.messages.length,
    total_message_sent: channel.messages.length,
    member_count: thread.members.size,
    applied_tags: thread.tags,
  };
}

export const threadMemberJson = (channel: Channel, userId: string): Json => ({
  id: channel.id,
  user_id: userId,
  join_timestamp: iso(channel.thread?.createdAt ?? 0),
  flags: 0,
});

/** GUILD_CREATE: of members only the bot, as without the presence intent ("Gateway events"). */
export function guildJson(guild: Guild, state: State): Json {
  const seen = state.channelsOf(guild).filter((channel) => canSee(channel, state.bot));
  const bot = guild.members.get(state.bot.id);
  return {
    ...guildSummary(guild),
    large: false,
    unavailable: false,
    member_count: guild.members.size,
    joined_at: iso(bot?.joinedAt ?? 0),
    members: bot === undefined ? [] : [memberJson(bot)],
    channels: state
      .channelsOf(guild)
      .filter((channel) => !isThread(channel))
      .map(channelJson),
    threads: seen
      .filter((channel) => isThread(channel) && !channel.thread.archived)
      .map((channel) => withOwnMembership(channel, state.bot)),
    voice_states: [],
    presences: [],
    stage_instances: [],
    guild_scheduled_events: [],
    soundboard_sounds: [],
  };
}

function withOwnMembership(channel: Channel, bot: User): Json {
  const joined = channel.thread?.members.has(bot.id) ?? false;
  return {
    ...channelJson(channel),
    ...(joined ? { member: threadMemberJson(channel, bot.id) } : {}),
  };
}

export const guildSummary = (guild: Guild): Json => ({
  id: guild.id,
  name: guild.name,
  icon: null,
  splash: null,
  discovery_splash: null,
  banner: null,
  description: null,
  owner_id: guild.owner.id,
  preferred_locale: guild.locale,
  features: [],
  roles: rolesJson(guild),
  emojis: [],
  stickers: [],
  afk_channel_id: null,
  afk_timeout: 300,
  system_channel_id: null,
  system_channel_flags: 0,
  rules_channel_id: null,
  public_updates_channel_id: null,
  safety_alerts_channel_id: null,
  application_id: null,
  vanity_url_code: null,
  verification_level: 0,
  default_message_notifications: 0,
  explicit_content_filter: 0,
  mfa_level: 0,
  nsfw_level: 0,
  premium_tier: 0,
  premium_subscription_count: 0,
  premium_progress_bar_enabled: false,
  incidents_data: null,
});

export const auditJson = (entry: AuditEntry): Json => ({
  id: entry.id,
  user_id: entry.userId,
  target_id: entry.targetId,
  action_type: entry.action,
  changes: entry.changes,
});

/** The channel inside an interaction. */
export const placeJson = (channel: Channel, user: User): Json => ({
  ...channelJson(channel),
  permissions: String(permissionsIn(channel, user)),
});

/** A message. `reader`: whose `me` the reactions count by. */
export function messageJson(message: Message, reader: User): Json {
  const guild = message.channel.guild;
  return {
    id: message.id,
    type: message.type,
    channel_id: message.channel.id,
    author: userJson(message.author),
    content: message.content,
    embeds: message.embeds,
    components: message.components,
    attachments: message.attachments.map((file) => ({
      id: file.id,
      filename: file.filename,
      size: file.bytes.length,
      url: `https://cdn.invalid/attachments/${message.channel.id}/${file.id}/${file.filename}`,
      proxy_url: `https://cdn.invalid/attachments/${message.channel.id}/${file.id}/${file.filename}`,
      content_type: file.contentType,
      ...(file.description === undefined ? {} : { description: file.description }),
    })),
    flags: message.flags,
    timestamp: iso(message.at),
    edited_timestamp: message.editedAt === undefined ? null : iso(message.editedAt),
    tts: false,
    pinned: false,
    mention_everyone: message.pings.some((ping) => ping.startsWith("@")),
    mentions: [],
    mention_roles: message.pings.filter((ping) => guild?.roles.has(ping)),
    reactions: [...message.reactions].map(([name, users]) => ({
      emoji: { id: null, name },
      count: users.length,
      count_details: { burst: 0, normal: users.length },
      me: users.includes(reader.id),
      me_burst: false,
      burst_colors: [],
    })),
    ...(message.replyTo === undefined
      ? {}
      : {
          message_reference: {
            type: 0,
            channel_id: message.channel.id,
            message_id: message.replyTo,
          },
        }),
    ...(message.nonce === undefined ? {} : { nonce: message.nonce }),
    ...(message.interaction === undefined
      ? {}
      : {
          interaction_metadata: message.interaction,
          application_id: message.author.id,
          webhook_id: message.author.id,
        }),
    ...(message.thread === undefined ? {} : { thread: channelJson(message.thread) }),
  };
}
