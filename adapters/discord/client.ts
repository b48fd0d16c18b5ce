/**
 * The one client for everything: its gateway for what comes in, its `rest` for what goes out, its
 * caches of guilds, channels, threads and roles as our directory. One try for each request, with a
 * finite time-out; waiting is for our own queue to do (D6, F3).
 */
import { ChannelType, Client, IntentsBitField, Options, Partials } from "discord.js";
import type { DiscordOptions } from "./options.ts";
import { makeRequest } from "./request.ts";

/** In milliseconds. */
export interface Patience {
  /** A request that takes longer has an unclear outcome. */
  readonly request: number;
  /** How long a start waits for guilds that Discord cannot show just now; the others are served. */
  readonly guilds: number;
}

const usual: Patience = { request: 10_000, guilds: 500 };

/** People and members that payloads name are not kept beyond this many, ourselves excepted. */
const MAX_PEOPLE = 200;

/** Events name messages, people and conversations that are kept nowhere: they come as ids. */
const partials = [
  Partials.Channel,
  Partials.Message,
  Partials.Reaction,
  Partials.User,
  Partials.GuildMember,
  Partials.ThreadMember,
];

/** Opens no connection; `client.rest` works at once. The gateway decides what it listens to. */
export function createClient(
  { token, apiUrl, shards }: Pick<DiscordOptions, "token" | "apiUrl" | "shards">,
  patience: Partial<Patience> = {},
): Client {
  const { request, guilds } = { ...usual, ...patience };
  const client = new Client({
    intents: new IntentsBitField(),
    partials,
    allowedMentions: { parse: [], repliedUser: false },
    shards: shards === undefined ? "auto" : [...shards.ids],
    ...(shards === undefined ? {} : { shardCount: shards.total }),
    waitGuildTimeout: guilds,
    makeCache: Options.cacheWithLimits(caches),
    rest: {
      ...(apiUrl === undefined ? {} : { api: apiUrl }),
      retries: 0,
      timeout: request,
      rejectOnRateLimit: () => true,
      makeRequest,
    },
  });
  client.rest.setToken(token);
  return client;
}

/** Drops what discord.js keeps of somebody. */
export function forgetPerson({ users, guilds, channels }: Client, userId: string): void {
  users.cache.delete(userId);
  for (const { members } of guilds.cache.values()) members.cache.delete(userId);
  for (const channel of channels.cache.values()) {
    if (channel.isThread()) channel.members.cache.delete(userId);
    if (channel.type === ChannelType.DM && channel.recipientId === userId)
      channels.cache.delete(channel.id);
  }
}

const people = {
  maxSize: MAX_PEOPLE,
  keepOverLimit: ({ id, client }: { readonly id: string; readonly client: Client }) =>
    id === client.user?.id,
};

/** What is not named is kept whole: guilds, channels, threads, roles, permission overwrites. */
const caches = {
  ...Options.DefaultMakeCacheSettings,
  ApplicationCommandManager: 0,
  ApplicationEmojiManager: 0,
  AutoModerationRuleManager: 0,
  BaseGuildEmojiManager: 0,
  DMMessageManager: 0,
  EntitlementManager: 0,
  GuildBanManager: 0,
  GuildEmojiManager: 0,
  GuildInviteManager: 0,
  GuildMemberManager: people,
  GuildMessageManager: 0,
  GuildScheduledEventManager: 0,
  GuildStickerManager: 0,
  MessageManager: 0,
  PresenceManager: 0,
  ReactionManager: 0,
  ReactionUserManager: 0,
  StageInstanceManager: 0,
  ThreadMemberManager: people,
  UserManager: people,
  VoiceStateManager: 0,
};
