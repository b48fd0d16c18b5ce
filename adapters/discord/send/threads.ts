/**
 * The thread beneath a card of ours: started once, known by the card's own id ever after. Where
 * there can be none, what belongs into it replies to the card.
 * https://docs.discord.com/developers/resources/channel#start-thread-from-message
 */
import {
  type Client,
  RESTJSONErrorCodes as Codes,
  Routes,
  ThreadAutoArchiveDuration,
} from "discord.js";
import { AppError } from "../../../src/errors.ts";
import { cut, oneLine } from "../../common/text.ts";
import { isRefusal } from "../errors.ts";
import type { MessagePlace } from "../ids.ts";
import { missingAt } from "./permissions.ts";

/** Where something is written; `replyTo` is a message there that it belongs to. */
export interface Target {
  readonly channelId: string;
  readonly replyTo?: string;
}

export interface Threads {
  /**
   * Its thread, started under this name when there is none. @throws AppError `unreachable` when the
   * card is gone, and what the client throws.
   */
  beneath(card: MessagePlace, name: string): Promise<Target>;
  /** Where to write what the thread did not take; undefined when that may pass. */
  instead(card: MessagePlace, error: unknown): Target | undefined;
}

/** resources/channel, "Thread": its name. */
const NAME = 100;
/** Permissions may be given meanwhile: not asked again before that (F4). */
const REFUSED_MS = 600_000;
const MAX_KNOWN = 5000;

/** The channel allows none, or has too many. */
const noStart = [
  Codes.MissingAccess,
  Codes.MissingPermissions,
  Codes.CannotExecuteActionOnThisChannelType,
  Codes.MaximumActiveThreads,
  Codes.MaximumActiveAnnouncementThreads,
] as const;
/** It was deleted, locked, or closed to us. A thread that only sleeps wakes up with a message. */
const noEntry = [
  Codes.UnknownChannel,
  Codes.MissingAccess,
  Codes.MissingPermissions,
  Codes.InvalidActionOnArchivedThread,
  Codes.ThreadLocked,
] as const;

/** `now` gives milliseconds. */
export function createThreads(client: Client, now: () => number): Threads {
  /** Card → until when it has no thread for us; 0: it has one. */
  const known = new Map<string, number>();
  const note = (card: string, refusedUntil: number) => {
    known.delete(card);
    known.set(card, refusedUntil);
    const oldest = known.keys().next();
    if (known.size > MAX_KNOWN && !oldest.done) known.delete(oldest.value);
  };
  const beside = (card: MessagePlace): Target => {
    note(card.id, now() + REFUSED_MS);
    return replyTo(client, card);
  };
  return {
    async beneath(card, name) {
      const until = known.get(card.id);
      if (until !== undefined && until > now()) return replyTo(client, card);
      if (until === 0 || client.channels.cache.has(card.id)) return { channelId: card.id };
      try {
        await start(client, card, name);
      } catch (error) {
        if (isRefusal(error, Codes.UnknownMessage)) throw cardGone(error);
        if (isRefusal(error, ...noStart)) return beside(card);
        if (!isRefusal(error, Codes.ThreadAlreadyCreatedForMessage)) throw error;
      }
      note(card.id, 0);
      return { channelId: card.id };
    },
    instead: (card, error) => (isRefusal(error, ...noEntry) ? beside(card) : undefined),
  };
}

function cardGone(cause: unknown): AppError {
  const advice = "Nothing more is said beneath it.";
  return new AppError("unreachable", "the message was deleted", { advice, cause });
}

/** A reply needs the right to read what it replies to; without it, it only stands there. */
function replyTo(client: Client, { channelId, id }: MessagePlace): Target {
  const mayReply = missingAt(client, channelId, ["ReadMessageHistory"]).length === 0;
  return { channelId, ...(mayReply ? { replyTo: id } : {}) };
}

async function start({ rest }: Client, card: MessagePlace, name: string): Promise<void> {
  const body = {
    name: cut(oneLine(name), NAME),
    // As long as there may be: it wakes up by itself when something is written.
    auto_archive_duration: ThreadAutoArchiveDuration.OneWeek,
  };
  await rest.post(Routes.threads(card.channelId, card.id), { body });
}
