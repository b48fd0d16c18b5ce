/** Guilds, people, channels: making them and finding them. */

import type { Timeline } from "../net/time.ts";
import type { Ids } from "./ids.ts";
import {
  type Channel,
  type ChannelType,
  channelTypes,
  type Guild,
  isThread,
  type Member,
  type Message,
  type User,
} from "./model.ts";
import { usual } from "./permissions.ts";
import { refused } from "./refusal.ts";

export interface NewUser {
  readonly locale?: string;
  readonly dm?: User["dm"];
  readonly bot?: boolean;
  readonly webhook?: boolean;
}

export interface NewChannel {
  readonly guild?: Guild;
  readonly parent?: Channel | undefined;
  readonly thread?: Channel["thread"];
  readonly recipient?: User;
  readonly tags?: Channel["tags"];
  /** A thread that starts from a message has that message's id. */
  readonly id?: string;
}

export interface State {
  readonly bot: User;
  readonly users: Map<string, User>;
  readonly guilds: Map<string, Guild>;
  readonly channels: Map<string, Channel>;
  addUser(name: string, options?: NewUser): User;
  addGuild(name: string, locale: string, community: boolean): Guild;
  join(guild: Guild, user: User): Member;
  addChannel(name: string, type: ChannelType, options: NewChannel): Channel;
  /** The direct message of the bot and this user, if there is one. */
  direct(user: User): Channel | undefined;
  openDirect(user: User): Channel;
  /** 10003 when there is none. */
  channel(id: string): Channel;
  /** 10004 when there is none, or the bot is not in it. */
  guild(id: string): Guild;
  /** 10008 when there is none; what one person alone sees is none. */
  message(channel: Channel, id: string): Message;
  channelsOf(guild: Guild): Channel[];
  activeThreads(guild: Guild): Channel[];
  shareGuild(user: User): boolean;
}

export function createState(ids: Ids, timeline: Timeline): State {
  const users = new Map<string, User>();
  const guilds = new Map<string, Guild>();
  const channels = new Map<string, Channel>();
  const addUser = (name: string, given: NewUser = {}) => {
    const { locale = "en-US", dm = "open", bot = false, webhook = false } = given;
    const user: User = { id: ids.snowflake(), name, bot, webhook, locale, dm };
    users.set(user.id, user);
    return user;
  };
  const bot = addUser("Aftertalk", { bot: true });

  const state: State = {
    bot,
    users,
    guilds,
    channels,
    addUser,
    addGuild(name, locale, community) {
      const owner = addUser(`${name}'s owner`);
      const guild: Guild = {
        id: ids.snowflake(),
        name,
        locale,
        community,
        emojis: new Map(),
        owner,
        roles: new Map(),
        members: new Map(),
        audit: [],
        commands: new Map(),
        bot: "out",
      };
      const everyone = { id: guild.id, name: "@everyone", permissions: usual, mentionable: false };
      guild.roles.set(guild.id, everyone);
      guilds.set(guild.id, guild);
      state.join(guild, owner);
      return guild;
    },
    join(guild, user) {
      const member = { user, guild, roles: new Set<string>(), joinedAt: timeline.now() };
      guild.members.set(user.id, member);
      return member;
    },
    addChannel(name, type, { guild, parent, thread, recipient, tags = [], id }) {
      const channel: Channel = {
        id: id ?? ids.snowflake(),
        type,
        guild,
        name,
        topic: undefined,
        parent,
        overwrites: new Map(),
        thread,
        tags,
        recipient,
        messages: [],
        lastMessageId: undefined,
        deleted: false,
      };
      channels.set(channel.id, channel);
      return channel;
    },
    direct: (user) => [...channels.values()].find(({ recipient }) => recipient?.id === user.id),
    openDirect: (user) =>
      state.direct(user) ?? state.addChannel(user.name, channelTypes.direct, { recipient: user }),
    channel(id) {
      const channel = channels.get(id);
      if (channel === undefined || channel.deleted) throw refused("unknownChannel");
      if (channel.guild !== undefined && channel.guild.bot === "out")
        throw refused("missingAccess");
      return channel;
    },
    guild(id) {
      const guild = guilds.get(id);
      if (guild === undefined) throw refused("unknownGuild");
      if (guild.bot === "out") throw refused("missingAccess");
      return guild;
    },
    message(channel, id) {
      const found = channel.messages.find((message) => message.id === id);
      if (found === undefined || found.whisperTo !== undefined) throw refused("unknownMessage");
      return found;
    },
    channelsOf: (guild) =>
      [...channels.values()].filter((channel) => channel.guild === guild && !channel.deleted),
    activeThreads: (guild) =>
      state.channelsOf(guild).filter((channel) => isThread(channel) && !channel.thread.archived),
    shareGuild: (user) =>
      [...guilds.values()].some((guild) => guild.bot !== "out" && guild.members.has(user.id)),
  };
  return state;
}
