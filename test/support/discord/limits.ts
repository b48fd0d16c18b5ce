/**
 * What Discord allows, each number with the page of Discord's documentation (docs.discord.com) that
 * states it, or with the word that nobody states it. Those of components stand beside their checks
 * in components/, those of commands in command-rules.ts.
 */

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
export const DAY_MS = 24 * 60 * MINUTE_MS;

/** "Receiving and responding": three seconds for the first response, fifteen minutes for the rest. */
export const RESPOND_MS = 3 * SECOND_MS;
export const TOKEN_MS = 15 * MINUTE_MS;

/** "Rate limits", section on the global limit; answers to interactions do not count. */
export const GLOBAL_PER_SECOND = 50;

/**
 * "Rate limits", section on invalid requests: 10 000 of 401, 403 and 429 (shared ones excepted) in
 * ten minutes. How long the address is then shut out is not said; an hour here.
 */
export const INVALID_REQUESTS = 10_000;
export const INVALID_WINDOW_MS = 10 * MINUTE_MS;
export const BAN_MS = 60 * MINUTE_MS;

/**
 * Buckets are not to be hard-coded by clients; these are of the size that headers have shown, with
 * the one that is announced (discord/discord-api-docs#2295): names and topics of channels twice in
 * ten minutes.
 */
export const BUCKETS = {
  default: { limit: 10, ms: 10 * SECOND_MS },
  messages: { limit: 5, ms: 5 * SECOND_MS },
  reactions: { limit: 1, ms: 250 },
  direct: { limit: 10, ms: 10 * SECOND_MS },
  rename: { limit: 2, ms: 10 * MINUTE_MS },
  // Code 40003: how many new direct messages are too fast is not said; forty a minute here.
  newDirects: { limit: 40, ms: MINUTE_MS },
} as const;
export type BucketName = keyof typeof BUCKETS;

/**
 * "Message", section on creating: enforce_nonce looks for the author's nonce of "a few minutes" (five
 * here), and names no channel, so it counts in all of them; nonces have 25 characters.
 */
export const NONCE_MS = 5 * MINUTE_MS;
export const NONCE_LENGTH = 25;

/** "Message", section on creating. */
export const CONTENT = 2000;
export const EMBEDS = 10;
export const FILES = 10;
/** "Reference", section on uploading: ten MiB without boosts. */
export const FILE_BYTES = 10 * 1024 * 1024;

/** "Message", section on allowed mentions: at most 100 roles, 100 users. */
export const ALLOWED_MENTIONS = 100;

/** "Channel": names, topics, tags of a forum and of a post, minutes until archiving. */
export const CHANNEL_NAME = 100;
export const TOPIC = 1024;
export const APPLIED_TAGS = 5;
export const AUTO_ARCHIVE: readonly number[] = [60, 1440, 4320, 10_080];

/** Error form CHANNEL_PARENT_MAX_CHANNELS. */
export const CHANNELS_PER_CATEGORY = 50;

/** Code 160006: a thousand active threads in a guild ("Threads", section on limits). */
export const ACTIVE_THREADS = 1000;

/** "Gateway", sections on identifying and rate limits: per day, and per connection and minute. */
export const IDENTIFIES_PER_DAY = 1000;
export const SENDS_PER_MINUTE = 120;

/**
 * "Gateway", section on the session start limit: as many IDENTIFYs at a time as max_concurrency in
 * five seconds. A client that waits as long as that may come a little early over the wire.
 */
export const IDENTIFY_PAUSE_MS = 5 * SECOND_MS;
export const IDENTIFY_TOLERANCE_MS = 250;

/** "Gateway", section on the heartbeat: what HELLO says in production. */
export const HEARTBEAT_MS = 41_250;
/** Code 4009: after how many intervals without a heartbeat is not said; two here. */
export const MISSED_HEARTBEATS = 2;

/** "Gateway events", section on Request Guild Members: ids in one request, bytes of its nonce. */
export const REQUESTED_MEMBERS = 100;
export const MEMBERS_NONCE_BYTES = 32;

/** "Gateway", section on sharding: a shard can have no more guilds. */
export const GUILDS_PER_SHARD = 2500;

/** "Application commands", section on registering: creates per day and guild. */
export const COMMANDS_PER_DAY = 200;

/** Pages of messages, members, the bot's guilds and entries of the audit log. */
export const PAGE = 50;
export const LARGEST_PAGE = 100;
export const LARGEST_MEMBER_PAGE = 1000;
export const LARGEST_GUILD_PAGE = 200;
