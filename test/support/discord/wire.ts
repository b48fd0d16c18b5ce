/** Users, members, roles, channels and guilds as the API writes them. */
import { guildEmojiJson } from "./emoji.ts";
import type { AuditEntry, Channel, Guild, Json, Member, Role, User } from "./model.ts";
import { isThread } from "./model.ts";
import { canSee, permissionsIn } from "./permissions.ts";
import type { State } from "./state.ts";

export const iso = (ms: number): string => new Date(ms).toISOString().replace("Z", "000+00:00");

export const userJson = (user: User): Json => ({
  id: user.id,
  username: user.name.toLowerCase(),
  discriminator: user.webhook ? "0000" : user.bot ? "0001" : "0",
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
  const last = channel.lastMessageId ?? null;
  if (channel.guild === undefined) {
    const recipients = channel.recipient === undefined ? [] : [userJson(channel.recipient)];
    return { ...common, last_message_id: last, recipients };
  }
  const placed = {
    ...common,
    guild_id: channel.guild.id,
    name: channel.name,
    parent_id: channel.parent?.id ?? null,
    last_message_id: last,
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
  // Without the message it began with.
  const written = channel.messages.filter(({ id }) => id !== channel.id).length;
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
    message_count: written,
    total_message_sent: written,
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
  features: guild.community ? ["COMMUNITY"] : [],
  roles: rolesJson(guild),
  emojis: [...guild.emojis].map(guildEmojiJson),
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
