/** Addresses of the port as channels of Discord's. */
import { ChannelType, type Client, RESTJSONErrorCodes as Codes, Routes } from "discord.js";
import { z } from "zod";
import { AppError, hasCode } from "../../../src/errors.ts";
import type { Address } from "../../../src/platform.ts";
import { createMemo } from "../../common/memo.ts";
import type { Pacing } from "../../common/pacing.ts";
import type { LeadsChannels } from "../directory/leads.ts";
import { DEFAULT_LIMIT_MS, discordError, isRefusal } from "../errors.ts";
import type { DiscordGuild } from "../guilds.ts";
import { type MessagePlace, readMessageId } from "../ids.ts";
import { createThreads, type Target } from "./threads.ts";

export interface Places {
  /** What limits are counted by. */
  keyOf(guild: Placed, to: Address): string;
  /**
   * Where to write; a conversation is opened when it has to be, for `key`, and a thread is started.
   * @throws AppError when there is none, or it cannot be opened now.
   */
  targetOf(guild: DiscordGuild, to: Address, about: Posting): Promise<Target>;
  /** Where to write what a thread did not take; undefined when that may pass, or it is none. */
  instead(to: Address, error: unknown): Target | undefined;
  /** Where a delivery to this address may stand. Starts nothing but conversations. @throws as above. */
  candidates(guild: DiscordGuild, to: Address, key: string): Promise<readonly string[]>;
  /** The conversation with this person is to be opened anew. */
  forget(to: Address): void;
  /**
   * The conversation with somebody: one that we know of, else it is opened for `key`. @throws AppError, and what the client throws.
   */
  directOf(userId: string, key: string): Promise<string>;
}

/** As much of a guild as limits are counted by. */
export type Placed = Pick<DiscordGuild, "ref">;

/** A message on its way. */
export interface Posting {
  readonly key: string;
  /** Of the thread that it may be the first message of. */
  readonly thread: string;
}

const MAX_CONVERSATIONS = 10_000;
/** One line for all conversations that are opened. */
const OPENING = "opening";

export interface PlacesOptions {
  readonly client: Client;
  readonly leads: LeadsChannels;
  readonly pacing: Pacing;
  readonly now: () => number;
}

/** Conversations are the bot's, whichever guild they are about, and opening one twice gives the same. */
export function createPlaces({ client, leads, pacing, now }: PlacesOptions): Places {
  const conversations = createMemo({
    load: (userId) => open(client, userId),
    ttl: () => Number.POSITIVE_INFINITY,
    max: MAX_CONVERSATIONS,
    now,
  });
  const threads = createThreads(client, now);
  let closedUntil = 0;
  const directOf = async (userId: string, key: string): Promise<string> => {
    const known = conversations.last(userId);
    if (known !== undefined) return known;
    if (closedUntil > now()) throw tooFast(closedUntil - now());
    pacing.take(OPENING, key);
    try {
      return await conversations.read(userId);
    } catch (error) {
      const limit = discordError(error);
      if (!hasCode(limit, "rate-limited") || limit.waits === "connection") throw error;
      const { retryAfterMs = DEFAULT_LIMIT_MS } = limit;
      closedUntil = now() + retryAfterMs;
      throw tooFast(retryAfterMs, limit);
    }
  };
  const channelOf = async (
    guild: DiscordGuild,
    to: Exclude<Address, Beneath>,
    key: string,
  ): Promise<string> => {
    switch (to.kind) {
      case "direct":
        return directOf(to.userId, key);
      case "chat":
      case "whisper":
        return to.chatId;
      case "channel":
        return to.channelId;
      case "leads":
        return leads.of(guild);
    }
  };
  return {
    keyOf({ ref }, to) {
      switch (to.kind) {
        case "direct":
          return to.userId;
        case "chat":
        case "whisper":
          return to.chatId;
        case "channel":
          return to.channelId;
        case "leads":
          return `leads of ${ref.externalId}`;
        case "thread":
          return to.messageId;
      }
    },
    async targetOf(guild, to, { key, thread }) {
      if (to.kind === "thread") return threads.beneath(cardOf(to), thread);
      if (to.kind === "whisper") await mustBeHere(client, guild, to.userId);
      return { channelId: await channelOf(guild, to, key) };
    },
    instead: (to, error) => (to.kind === "thread" ? threads.instead(cardOf(to), error) : undefined),
    async candidates(guild, to, key) {
      if (to.kind !== "thread") return [await channelOf(guild, to, key)];
      const { id, channelId } = cardOf(to);
      return [id, channelId];
    },
    forget(to) {
      if (to.kind === "direct") conversations.forget(to.userId);
    },
    async directOf(userId, key) {
      return toldOf(client, userId) ?? directOf(userId, key);
    },
  };
}

/** A conversation that discord.js has heard of. */
function toldOf({ channels }: Client, userId: string): string | undefined {
  return channels.cache.find(
    (channel) => channel.type === ChannelType.DM && channel.recipientId === userId,
  )?.id;
}

type Beneath = Extract<Address, { kind: "thread" }>;

/** The card that a thread is beneath. @throws AppError `unreachable` for what is none. */
function cardOf({ messageId }: Beneath): MessagePlace {
  const card = readMessageId(messageId);
  if (card === undefined) throw new AppError("unreachable", "this is not the id of a message");
  return card;
}

/**
 * A whisper stands for all to see in a thread, addressed to one person: nobody is called there who has
 * left the server. What else keeps us from knowing does not keep us from writing.
 */
async function mustBeHere({ rest }: Client, { ref }: DiscordGuild, userId: string): Promise<void> {
  try {
    await rest.get(Routes.guildMember(ref.externalId, userId));
  } catch (error) {
    if (!isRefusal(error, Codes.UnknownMember) && !isRefusal(error, Codes.UnknownUser)) return;
    throw new AppError("unreachable", "they have left this server", { cause: error });
  }
}

const opened = z.object({ id: z.string() });

async function open({ rest }: Client, userId: string): Promise<string> {
  try {
    const body = { recipient_id: userId };
    return opened.parse(await rest.post(Routes.userChannels(), { body })).id;
  } catch (error) {
    // 50035: this was never a user's id. Bodies of ours have no other field that could be wrong.
    if (!isRefusal(error, Codes.InvalidFormBodyOrContentType)) throw error;
    throw new AppError("unreachable", "there is no such user", { cause: error });
  }
}

/** Only opening is limited: everything else goes on, and this one is tried again by itself. */
function tooFast(retryAfterMs: number, cause?: AppError): AppError {
  return new AppError("rate-limited", "Discord asked us to open conversations more slowly", {
    retryAfterMs,
    ...(cause === undefined ? {} : { cause }),
  });
}
