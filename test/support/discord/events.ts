/** What the app hears of: which event, with which intent, and how much of it ("Gateway Events"). */
import { emojiJson } from "./emoji.ts";
import type { Gateway } from "./gateway.ts";
import { intents } from "./intents.ts";
import type { AuditEntry, Channel, Guild, Json, Member, Message } from "./model.ts";
import { canSee, mayInGuild } from "./permissions.ts";
import type { State } from "./state.ts";
import {
  auditJson,
  channelJson,
  guildJson,
  guildSummary,
  memberJson,
  threadMemberJson,
  userJson,
} from "./wire.ts";
import { isOpenTo, messageJson, nothingInside } from "./wire-message.ts";

export interface Events {
  message(name: "MESSAGE_CREATE" | "MESSAGE_UPDATE", message: Message): void;
  messageDeleted(message: Message): void;
  reaction(
    name: "MESSAGE_REACTION_ADD" | "MESSAGE_REACTION_REMOVE",
    message: Message,
    user: string,
    emoji: string,
  ): void;
  /** All reactions are gone, or all with this emoji. */
  cleared(message: Message, emoji: string | undefined): void;
  /** The bot has come to see a channel: which threads of it are awake. */
  gained(channel: Channel): void;
  channel(name: "CHANNEL_CREATE" | "CHANNEL_UPDATE" | "CHANNEL_DELETE", channel: Channel): void;
  /** `fresh`: it has just been made, and not only become visible. */
  thread(
    name: "THREAD_CREATE" | "THREAD_UPDATE" | "THREAD_DELETE",
    thread: Channel,
    fresh?: boolean,
  ): void;
  threadMember(thread: Channel, userId: string): void;
  member(
    name: "GUILD_MEMBER_ADD" | "GUILD_MEMBER_UPDATE" | "GUILD_MEMBER_REMOVE",
    member: Member,
  ): void;
  role(name: "GUILD_ROLE_CREATE" | "GUILD_ROLE_UPDATE", guild: Guild, role: Json): void;
  roleRemoved(guild: Guild, id: string): void;
  guildChanged(guild: Guild): void;
  guildCreated(guild: Guild): void;
  /** `outage`: Discord has trouble with it; else the bot was removed. */
  guildDeleted(guild: Guild, outage: boolean): void;
  interaction(guild: Guild | undefined, interaction: Json): void;
  audited(guild: Guild, entry: AuditEntry): void;
}

export function createEvents(state: State, gateway: Gateway): Events {
  const seen = (channel: Channel) =>
    canSee(channel, state.bot) && (channel.guild === undefined || channel.guild.bot === "in");
  const inGuild = (guild: Guild | undefined) => (guild === undefined ? {} : { guild_id: guild.id });

  return {
    message(name, message) {
      const { channel } = message;
      if (message.whisperTo !== undefined || !seen(channel)) return;
      const guild = channel.guild;
      const member = guild?.members.get(message.author.id);
      const whole: Json = {
        ...messageJson(message, state.bot),
        ...inGuild(guild),
        channel_type: channel.type,
        mentions: mentioned(state, message),
        ...(member === undefined ? {} : { member: memberJson(member, false) }),
      };
      const intent = guild === undefined ? intents.directMessages : intents.guildMessages;
      const open = isOpenTo(message, state.bot.id);
      gateway.dispatch(name, guild, intent, (granted) =>
        open || (granted & intents.messageContent) !== 0 ? whole : { ...whole, ...nothingInside },
      );
    },
    messageDeleted(message) {
      const { channel } = message;
      if (message.whisperTo !== undefined || !seen(channel)) return;
      const intent = channel.guild === undefined ? intents.directMessages : intents.guildMessages;
      const data = { id: message.id, channel_id: channel.id, ...inGuild(channel.guild) };
      gateway.dispatch("MESSAGE_DELETE", channel.guild, intent, () => data);
    },
    reaction(name, message, userId, emoji) {
      const { channel } = message;
      if (!seen(channel)) return;
      const guild = channel.guild;
      const member = guild?.members.get(userId);
      const data = {
        user_id: userId,
        channel_id: channel.id,
        message_id: message.id,
        ...inGuild(guild),
        ...(member === undefined || name === "MESSAGE_REACTION_REMOVE"
          ? {}
          : { member: memberJson(member) }),
        message_author_id: message.author.id,
        emoji: emojiJson(emoji),
        burst: false,
        type: 0,
      };
      const intent = guild === undefined ? intents.directReactions : intents.guildReactions;
      gateway.dispatch(name, guild, intent, () => data);
    },
    cleared(message, emoji) {
      const { channel } = message;
      if (!seen(channel)) return;
      const where = { channel_id: channel.id, message_id: message.id, ...inGuild(channel.guild) };
      const data = emoji === undefined ? where : { ...where, emoji: emojiJson(emoji) };
      const name = `MESSAGE_REACTION_REMOVE_${emoji === undefined ? "ALL" : "EMOJI"}`;
      gateway.dispatch(name, channel.guild, intents.guildReactions, () => data);
    },
    gained(channel) {
      const { guild } = channel;
      if (guild === undefined || !seen(channel)) return;
      const threads = state.activeThreads(guild).filter(({ parent }) => parent === channel);
      const visible = threads.filter((thread) => canSee(thread, state.bot));
      const own = visible.filter(({ thread }) => thread?.members.has(state.bot.id));
      gateway.dispatch("THREAD_LIST_SYNC", guild, intents.guilds, () => ({
        guild_id: guild.id,
        channel_ids: [channel.id],
        threads: visible.map(channelJson),
        members: own.map((thread) => threadMemberJson(thread, state.bot.id)),
      }));
    },
    channel(name, channel) {
      // Like GUILD_CREATE: channels that the bot cannot look into are told of too.
      if (channel.guild?.bot !== "in") return;
      gateway.dispatch(name, channel.guild, intents.guilds, () => channelJson(channel));
    },
    thread(name, thread, fresh = false) {
      if (!seen(thread)) return;
      const gone = {
        id: thread.id,
        type: thread.type,
        ...inGuild(thread.guild),
        parent_id: thread.parent?.id ?? null,
      };
      const whole = {
        ...channelJson(thread),
        ...(fresh ? { newly_created: true } : {}),
        ...(thread.thread?.members.has(state.bot.id) === true
          ? { member: threadMemberJson(thread, state.bot.id) }
          : {}),
      };
      const data = name === "THREAD_DELETE" ? gone : whole;
      gateway.dispatch(name, thread.guild, intents.guilds, () => data);
    },
    threadMember(thread, userId) {
      if (!seen(thread)) return;
      const member = thread.guild?.members.get(userId);
      const data = {
        id: thread.id,
        ...inGuild(thread.guild),
        member_count: thread.thread?.members.size ?? 0,
        added_members: [
          {
            ...threadMemberJson(thread, userId),
            ...(member === undefined ? {} : { member: memberJson(member) }),
            presence: null,
          },
        ],
        removed_member_ids: [],
      };
      // Without the members' intent only what concerns the bot itself.
      const intent = userId === state.bot.id ? intents.guilds : intents.guildMembers;
      gateway.dispatch("THREAD_MEMBERS_UPDATE", thread.guild, intent, () => data);
    },
    member(name, member) {
      if (member.guild.bot !== "in") return;
      const data =
        name === "GUILD_MEMBER_REMOVE"
          ? { guild_id: member.guild.id, user: userJson(member.user) }
          : { guild_id: member.guild.id, ...memberJson(member) };
      const intent = member.user === state.bot ? 0 : intents.guildMembers;
      gateway.dispatch(name, member.guild, intent, () => data);
    },
    role(name, guild, role) {
      if (guild.bot !== "in") return;
      const data = { guild_id: guild.id, role };
      gateway.dispatch(name, guild, intents.guilds, () => data);
    },
    roleRemoved(guild, id) {
      if (guild.bot !== "in") return;
      const data = { guild_id: guild.id, role_id: id };
      gateway.dispatch("GUILD_ROLE_DELETE", guild, intents.guilds, () => data);
    },
    guildChanged(guild) {
      if (guild.bot !== "in") return;
      gateway.dispatch("GUILD_UPDATE", guild, intents.guilds, () => guildSummary(guild));
    },
    guildCreated(guild) {
      gateway.dispatch("GUILD_CREATE", guild, intents.guilds, () => guildJson(guild, state));
    },
    guildDeleted(guild, outage) {
      const data = { id: guild.id, ...(outage ? { unavailable: true } : {}) };
      gateway.dispatch("GUILD_DELETE", guild, intents.guilds, () => data);
    },
    interaction(guild, interaction) {
      gateway.dispatch("INTERACTION_CREATE", guild, 0, () => interaction);
    },
    audited(guild, entry) {
      if (guild.bot !== "in" || !mayInGuild(guild, state.bot, "ViewAuditLog")) return;
      const data = { ...auditJson(entry), guild_id: guild.id };
      gateway.dispatch("GUILD_AUDIT_LOG_ENTRY_CREATE", guild, intents.guildModeration, () => data);
    },
  };
}

function mentioned(state: State, message: Message): Json[] {
  return message.pings.flatMap((id) => {
    const user = state.users.get(id);
    return user === undefined ? [] : [userJson(user)];
  });
}
