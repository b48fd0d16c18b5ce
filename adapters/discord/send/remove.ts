/** Messages of ours are taken back: one of them, or all that we ever wrote to somebody directly. */
import { setTimeout as pause } from "node:timers/promises";
import { type Client, RESTJSONErrorCodes as Codes, Routes } from "discord.js";
import { z } from "zod";
import { AppError, hasCode } from "../../../src/errors.ts";
import type { Forgotten } from "../../../src/platform.ts";
import { discordError, isRefusal } from "../errors.ts";
import { type MessagePlace, readMessageId } from "../ids.ts";

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

export interface Clearing {
  readonly client: Rest;
  readonly botId: string;
  /** Before each request. @throws AppError when nothing may be asked now. */
  readonly mayAsk: () => void;
  /** Between two requests, in milliseconds (F3). */
  readonly paceMs: number;
}

/** https://docs.discord.com/developers/resources/message#get-channel-messages */
const PAGE = 100;
/** A limit that lasts longer is for whoever asked to wait for. */
const LONGEST_WAIT_MS = 60_000;

const page = z.array(z.object({ id: z.string(), author: z.object({ id: z.string() }) }));

/**
 * Removes all that we wrote to somebody, from the newest message back to the first. One by one: many
 * at once can only be removed in servers. `closed` of what remains is the conversation itself: what
 * stands in it is not known. @throws AppError for what may pass; doing it again is harmless.
 */
export async function forgetDirect(
  clearing: Clearing,
  open: () => Promise<string>,
): Promise<Forgotten> {
  let channelId: string;
  try {
    channelId = await paced(clearing, open);
  } catch (error) {
    if (!hasCode(error, "unreachable")) throw error;
    // Who is no user any more has no conversation either.
    const isGone = isRefusal(error, Codes.UnknownUser, Codes.InvalidFormBodyOrContentType);
    return { removed: 0, remaining: isGone ? {} : { closed: 1 }, places: [] };
  }
  const { removed, ...rest } = await clear(clearing, channelId);
  const remaining = Object.fromEntries(Object.entries(rest).filter(([, count]) => count > 0));
  return { removed, remaining, places: [channelId] };
}

async function clear(clearing: Clearing, channelId: string) {
  const { client, botId } = clearing;
  const cleared = { removed: 0, refused: 0, closed: 0 };
  for (let before: string | undefined; ; ) {
    const all = await readPage(clearing, channelId, before);
    if (all === undefined) return { ...cleared, closed: 1 };
    for (const { id } of all.filter(({ author }) => author.id === botId)) {
      const isRemoved = await paced(clearing, () => removeOnce(client, { channelId, id })).catch(
        unlessRefused,
      );
      if (isRemoved === undefined) cleared.refused += 1;
      else if (isRemoved) cleared.removed += 1;
    }
    before = all.at(-1)?.id;
    if (before === undefined || all.length < PAGE) return cleared;
  }
}

/** The newest first; nothing of a conversation that is gone, undefined where we may not look. */
async function readPage(clearing: Clearing, channelId: string, before: string | undefined) {
  const query = new URLSearchParams({ limit: String(PAGE), ...(before && { before }) });
  const { rest } = clearing.client;
  try {
    const route = Routes.channelMessages(channelId);
    return page.parse(await paced(clearing, () => rest.get(route, { query })));
  } catch (error) {
    return isRefusal(error, Codes.UnknownChannel) ? [] : unlessRefused(error);
  }
}

function unlessRefused(error: unknown): undefined {
  if (!hasCode(error, "unreachable")) throw error;
}

/** One request in its turn; a short limit is waited for. @throws AppError */
async function paced<T>(clearing: Clearing, request: () => Promise<T>): Promise<T> {
  const { mayAsk, paceMs } = clearing;
  for (let wait = paceMs; ; ) {
    await pause(wait);
    mayAsk();
    try {
      return await request();
    } catch (error) {
      const known = discordError(error);
      const { retryAfterMs = LONGEST_WAIT_MS } = known;
      if (!hasCode(known, "rate-limited") || retryAfterMs > LONGEST_WAIT_MS) throw known;
      wait = retryAfterMs;
    }
  }
}
