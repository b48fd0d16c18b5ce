/**
 * Forgetting somebody in Slack: everything of ours in the direct message with them, message by
 * message from the newest on, and our page. It goes as fast as Slack lets us; a run that has to wait
 * is gone on with where it stopped, as long as this process lives, and else from the newest again.
 */
import { WebAPIPlatformError } from "@slack/web-api";
import { z } from "zod";
import { hasCode } from "../../../src/errors.ts";
import type { Forgotten } from "../../../src/platform.ts";
import { isRefusal, slackError } from "../errors.ts";
import type { SlackWorkspace } from "../workspace.ts";
import type { Aside } from "./aside.ts";
import { type Removal, removeFile, removeMessage } from "./removing.ts";

const PAGE = 100;
/** A run that nobody goes on with for so long is let go: the next one begins anew, and finds what is left. */
const HOLD_MS = 24 * 3_600_000;

/** @throws AppError when it is to be gone on with later, or the conversation cannot be opened. */
export type Forget = (workspace: SlackWorkspace, userId: string, until: Date) => Promise<Forgotten>;

/** How far a run has come. */
interface Run {
  removed: number;
  readonly remaining: Map<string, number>;
  /** Everything from here on is done, or not to be: the ts of a message, or of when they asked. */
  oldest: string;
  /** When it was gone on with last, in epoch milliseconds. */
  at: number;
}

export interface ForgetterOptions {
  readonly aside: Aside;
  /** The id of the direct message with them, if it is known without asking. */
  readonly directOf: (workspace: SlackWorkspace, userId: string) => string | undefined;
  readonly now: () => number;
}

export function createForgetter({ aside, directOf, now }: ForgetterOptions): Forget {
  const runs = new Map<string, Run>();
  const runOf = (key: string, until: Date): Run => {
    const at = now();
    for (const [other, run] of runs) if (run.at + HOLD_MS < at) runs.delete(other);
    const run = runs.get(key) ?? { removed: 0, remaining: new Map(), oldest: tsOf(until), at };
    run.at = at;
    runs.set(key, run);
    return run;
  };
  return async (workspace, userId, until) => {
    const key = `${workspace.ref.externalId} ${userId} ${tsOf(until)}`;
    const run = runOf(key, until);
    try {
      await aside(workspace, async () => {
        await clearPage(workspace, userId);
        const channel = directOf(workspace, userId) ?? (await directWith(workspace, userId));
        if (channel !== undefined) await clear(workspace, channel, run);
      });
    } catch (error) {
      if (hasCode(error, "unreachable")) runs.delete(key);
      throw error;
    }
    runs.delete(key);
    return { removed: run.removed, remaining: Object.fromEntries(run.remaining), places: [] };
  };
}

/** Slack tells the time in seconds with six decimals. */
function tsOf(moment: Date): string {
  return (moment.getTime() / 1000).toFixed(6);
}

/** Our page shows what somebody answered: it stays as it is until it is published anew. */
async function clearPage({ client }: SlackWorkspace, userId: string): Promise<void> {
  try {
    const view = { type: "home" as const, blocks: [{ type: "divider" as const }] };
    await client.views.publish({ user_id: userId, view });
  } catch (error) {
    const known = slackError(error, "read");
    const refused = error instanceof WebAPIPlatformError;
    const later = hasCode(known, "rate-limited") || hasCode(known, "revoked");
    // Refused: there is no such page, or nobody left to look at it.
    if (!refused || later) throw known;
  }
}

const opened = z.object({ channel: z.object({ id: z.string() }).optional() });

/** Undefined when there never was one: none is opened for this. */
async function directWith({ client }: SlackWorkspace, userId: string): Promise<string | undefined> {
  try {
    const answer = await client.conversations.open({ users: userId, prevent_creation: true });
    return opened.parse(answer).channel?.id;
  } catch (error) {
    if (isRefusal(error, "channel_not_found")) return undefined;
    throw error;
  }
}

const text = z.string().optional().catch(undefined);

const page = z.object({
  messages: z.array(
    z.object({
      ts: z.string(),
      user: text,
      bot_id: text,
      files: z
        .array(z.object({ id: z.string(), mode: text }))
        .catch([])
        .default([]),
    }),
  ),
  has_more: z.boolean().catch(false),
});

type Found = z.infer<typeof page>["messages"][number];

async function clear(workspace: SlackWorkspace, channel: string, run: Run): Promise<void> {
  const { conversations } = workspace.client;
  for (;;) {
    const { messages, has_more } = page.parse(
      await conversations.history({ channel, limit: PAGE, latest: run.oldest }),
    );
    for (const message of messages) {
      if (isOurs(message, workspace)) await removeWhole(workspace, channel, message, run);
      run.oldest = message.ts;
    }
    if (!has_more || messages.length === 0) return;
  }
}

/** Files first: nothing names them any more once the message is gone. */
async function removeWhole(
  workspace: SlackWorkspace,
  channel: string,
  { ts, files }: Found,
  run: Run,
): Promise<void> {
  const removals: Removal[] = [];
  for (const { id, mode } of files) {
    if (mode !== "tombstone") removals.push(await removeFile(workspace, id));
  }
  const message = await removeMessage(workspace, { channel, ts });
  if (message === "removed") run.removed += 1;
  for (const removal of [...removals, message]) {
    if (removal === "removed" || removal === "gone") continue;
    run.remaining.set(removal, (run.remaining.get(removal) ?? 0) + 1);
  }
}

function isOurs({ user, bot_id }: Found, own: SlackWorkspace): boolean {
  return user === own.botUserId || (bot_id !== undefined && bot_id === own.botId);
}
