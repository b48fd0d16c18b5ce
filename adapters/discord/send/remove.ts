/** Messages of ours are taken back: one of them, or all that we ever wrote to somebody directly. */
import { setTimeout as pause } from "node:timers/promises";
import { type Client, RESTJSONErrorCodes as Codes, Routes } from "discord.js";
import { z } from "zod";
import { AppError, hasCode } from "../../../src/errors.ts";
import type { Forgotten } from "../../../src/platform.ts";
import { discordError, isRefusal } from "../errors.ts";
import { type MessagePlace, readMessageId } from "../ids.ts";
import { idAt } from "../receive/time.ts";

type Rest = Pick<Client, "rest">;

/**
 * Removes a message of ours, also from a thread that sleeps: nothing in such a one can be removed,
 * so it is woken. False when it was gone already. @throws AppError for what is no id of a message,
 * and what the client throws.
 */
export async function removeMessage({ rest }: Rest, messageId: string): Promise<boolean> {
  const place = readMessageId(messageId);
  if (place === undefined) throw new AppError("unreachable", "this is not the id of a message");
  try {
    return await removeOnce({ rest }, place);
  } catch (error) {
    if (!isRefusal(error, Codes.InvalidActionOnArchivedThread)) throw error;
    await rest.patch(Routes.channel(place.channelId), { body: { archived: false } });
    return removeOnce({ rest }, place);
  }
}

async function removeOnce({ rest }: Rest, { channelId, id }: MessagePlace): Promise<boolean> {
  try {
    await rest.delete(Routes.channelMessage(channelId, id));
    return true;
  } catch (error) {
    if (isRefusal(error, Codes.UnknownMessage, Codes.UnknownChannel)) return false;
    throw error;
  }
}

export interface ForgettingOptions {
  readonly client: Rest;
  readonly botId: string;
  /** Before each request. @throws AppError when nothing may be asked now. */
  readonly mayAsk: () => void;
  /** Between two requests, in milliseconds (F3). */
  readonly paceMs: number;
  /** In milliseconds. */
  readonly now: () => number;
}

/**
 * Removes all that we wrote to somebody before `until`, from the newest message back to the first; `open` gives the
 * conversation. One by one: many at once can only be removed in servers. `closed` of what remains is
 * the conversation itself: what stands in it is not known. @throws AppError for what may pass, and
 * `rate-limited` when there is more than a while is enough for: doing it again goes on.
 */
export type ForgetDirect = (
  userId: string,
  until: Date,
  open: () => Promise<string>,
) => Promise<Forgotten>;

/** https://docs.discord.com/developers/resources/message#get-channel-messages */
const PAGE = 100;
/** Whoever asked us to forget tries again by itself: in one go it is done for so long. */
const LONGEST_MS = 30_000;
/** A limit that lasts longer is for whoever asked to wait for. */
const LONGEST_WAIT_MS = 5000;

const page = z.array(z.object({ id: z.string(), author: z.object({ id: z.string() }) }));

export function createForgetting(options: ForgettingOptions): ForgetDirect {
  /** What earlier tries removed of somebody's, as long as it is not all. */
  const begun = new Map<string, number>();
  return async (userId, until, open) => {
    const work: Clearing = { ...options, until: options.now() + LONGEST_MS };
    let channelId: string;
    try {
      channelId = await paced(work, open);
    } catch (error) {
      if (!hasCode(error, "unreachable")) throw error;
      // Who is no user any more has no conversation either.
      const isGone = isRefusal(error, Codes.UnknownUser, Codes.InvalidFormBodyOrContentType);
      return { removed: 0, remaining: isGone ? {} : { closed: 1 }, places: [] };
    }
    const onRemoved = () => void begun.set(userId, (begun.get(userId) ?? 0) + 1);
    const remaining = await clear(work, { channelId, before: idAt(until.getTime()) }, onRemoved);
    const removed = begun.get(userId) ?? 0;
    begun.delete(userId);
    return { removed, remaining, places: [channelId] };
  };
}

interface Clearing extends ForgettingOptions {
  /** From then on, what is left is for the next try. */
  readonly until: number;
}

/** Gives what remains, by reason. */
async function clear(
  work: Clearing,
  { channelId, before: from }: { readonly channelId: string; readonly before: string },
  onRemoved: () => void,
): Promise<Forgotten["remaining"]> {
  let refused = 0;
  for (let before = from; ; ) {
    const all = await readPage(work, channelId, before);
    if (all === undefined) return { closed: 1 };
    for (const { id } of all.filter(({ author }) => author.id === work.botId)) {
      const isRemoved = await paced(work, () => removeOnce(work.client, { channelId, id })).catch(
        unlessRefused,
      );
      if (isRemoved === undefined) refused += 1;
      else if (isRemoved) onRemoved();
    }
    const oldest = all.at(-1)?.id;
    if (oldest === undefined || all.length < PAGE) return refused === 0 ? {} : { refused };
    before = oldest;
  }
}

/** The newest first; nothing of a conversation that is gone, undefined where we may not look. */
async function readPage(work: Clearing, channelId: string, before: string) {
  const query = new URLSearchParams({ limit: String(PAGE), before });
  const { rest } = work.client;
  try {
    const route = Routes.channelMessages(channelId);
    return page.parse(await paced(work, () => rest.get(route, { query })));
  } catch (error) {
    return isRefusal(error, Codes.UnknownChannel) ? [] : unlessRefused(error);
  }
}

function unlessRefused(error: unknown): undefined {
  if (!hasCode(error, "unreachable")) throw error;
}

/** One request in its turn; a short limit is waited for. @throws AppError */
async function paced<T>(work: Clearing, request: () => Promise<T>): Promise<T> {
  for (let wait = work.paceMs; ; ) {
    await pause(wait);
    if (work.now() >= work.until) throw moreToDo();
    work.mayAsk();
    try {
      return await request();
    } catch (error) {
      const known = discordError(error, "remove");
      const { retryAfterMs = Number.POSITIVE_INFINITY } = known;
      if (!hasCode(known, "rate-limited") || retryAfterMs > LONGEST_WAIT_MS) throw known;
      wait = retryAfterMs;
    }
  }
}

function moreToDo(): AppError {
  return new AppError("rate-limited", "there is more to remove", { retryAfterMs: 1000 });
}
