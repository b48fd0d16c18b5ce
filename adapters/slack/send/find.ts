/** Whether a delivery arrived: our own newest messages are read back and their metadata compared. */
import { z } from "zod";
import { AppError, hasCode } from "../../../src/errors.ts";
import type { Log } from "../../../src/log.ts";
import type { Address, Receipt } from "../../../src/platform.ts";
import { messageId } from "../ids.ts";
import { paged, pagesOf } from "../paging.ts";
import type { SlackWorkspace } from "../workspace.ts";
import { createAside } from "./aside.ts";
import type { Places, Target } from "./places.ts";

/** Type of our messages' metadata; the payload is `{ key }`. */
const DELIVERY_EVENT = "aftertalk_delivery";

/** Marks a message as ours, so that it can be found again by its key. */
export function markOf(key: string) {
  return { metadata: { event_type: DELIVERY_EVENT, event_payload: { key } } };
}

/** An unclear delivery is looked for within minutes, so it is among the newest. */
const MAX_PAGES = 5;
const PAGE = 100;
/** No page is asked for later than this: whoever looks and then sends has to be done in a minute. */
const MOST_MS = 15_000;

export interface FinderOptions {
  readonly places: Places;
  readonly log: Log;
  readonly now: () => number;
}

/**
 * Undefined: it did not arrive, or Slack does not let us look, and then it may arrive twice (D5).
 * @throws AppError when Slack cannot be asked now: nothing is to be sent before it could.
 */
export type Find = (
  workspace: SlackWorkspace,
  to: Address,
  key: string,
) => Promise<Receipt | undefined>;

export function createFinder({ places, log, now }: FinderOptions): Find {
  const aside = createAside("reading", now);
  return async (workspace, to, key) => {
    if (to.kind === "whisper") return undefined; // in no history
    try {
      return await aside(workspace, async () =>
        search(workspace, await places.targetOf(workspace, to), key, now),
      );
    } catch (error) {
      if (!hasCode(error, "bad-setting") && !hasCode(error, "unreachable")) throw error;
      log.warn({ error, advice: error.advice }, "a delivery could not be looked up");
      return undefined;
    }
  };
}

const page = z.object({
  messages: z.array(
    z.object({
      ts: z.string(),
      user: z.string().optional().catch(undefined),
      bot_id: z.string().optional().catch(undefined),
      metadata: z
        .object({
          event_type: z.string(),
          event_payload: z.object({ key: z.unknown() }).optional().catch(undefined),
        })
        .optional()
        .catch(undefined),
    }),
  ),
  ...paged,
});

type Found = z.infer<typeof page>["messages"][number];

async function search(
  workspace: SlackWorkspace,
  { channel, thread }: Target,
  key: string,
  now: () => number,
): Promise<Receipt | undefined> {
  const { conversations } = workspace.client;
  const latest = now() + MOST_MS;
  const pages = pagesOf(MAX_PAGES, async (at) => {
    if (now() > latest) throw new AppError("temporary", "Slack was too slow to look a delivery up");
    const common = { channel, limit: PAGE, include_all_metadata: true, ...at };
    return page.parse(
      thread === undefined
        ? await conversations.history(common)
        : await conversations.replies({ ...common, ts: thread }),
    );
  });
  for await (const { messages } of pages) {
    const found = messages.find((message) => isDelivery(message, workspace, key));
    if (found !== undefined) return { messageId: messageId(channel, found.ts), reached: true };
  }
  return undefined;
}

/** Somebody else's app could copy our metadata: only our own bot's messages count. */
function isDelivery({ user, bot_id, metadata }: Found, own: SlackWorkspace, key: string): boolean {
  const ours = user === own.botUserId || (bot_id !== undefined && bot_id === own.botId);
  return ours && metadata?.event_type === DELIVERY_EVENT && metadata.event_payload?.key === key;
}
