/**
 * How often a session may be begun (F11). Discord takes a thousand IDENTIFYs a day and then resets
 * the token, so what a crash loop does has to be known after the crash: each one is noted before it
 * is sent, by application and shard.
 *
 * The rule: ten in an hour wait for no more than their turn (five seconds after the last one), so
 * ordinary restarts do not wait at all; further ones are two minutes apart. That is 40 in any hour
 * and 960 a day. When Discord says that less than a tenth is left, what is left is spread over the
 * time until there are new ones.
 *
 * https://docs.discord.com/developers/events/gateway#identifying
 */
import { z } from "zod";
import type { Log } from "../../../src/log.ts";
import type { CoreServices } from "../../../src/platform.ts";

export const FREE_STARTS = 10;
export const SPACING_MS = 120_000;
/** https://docs.discord.com/developers/events/gateway#rate-limiting: one in five seconds. */
export const TURN_MS = 5000;
export const WINDOW_MS = 3_600_000;
const SCARCE = 0.1;

/** What Discord says of the starts that are left. */
export interface StartLimit {
  readonly total: number;
  readonly remaining: number;
  readonly resetAfterMs: number;
}

/** Milliseconds to wait before the next start, by the times of those of the last hour. */
export function waitBeforeStart(
  now: number,
  starts: readonly number[],
  limit: StartLimit | undefined,
  turnMs = TURN_MS,
): number {
  const recent = starts.filter((at) => at <= now && now - at < WINDOW_MS);
  const since = now - Math.max(...recent);
  const { total = 0, remaining = 1, resetAfterMs = 0 } = limit ?? {};
  if (remaining <= 0) return Math.max(resetAfterMs, 1);
  if (remaining < total * SCARCE) return Math.max(0, resetAfterMs / remaining - since);
  return Math.max(0, (recent.length < FREE_STARTS ? turnMs : SPACING_MS) - since);
}

const noteSchema = z.array(z.number());

export interface Budget {
  /** Milliseconds to wait before this shard may begin a session. */
  wait(shardId: number, limit: StartLimit | undefined): Promise<number>;
  /** It begins one now. Never rejects: without a database it is remembered until the process ends. */
  note(shardId: number): Promise<void>;
}

export interface BudgetOptions {
  readonly core: Pick<CoreServices, "readNote" | "keepNote">;
  readonly applicationId: string;
  readonly turnMs: number;
  readonly log: Log;
  readonly now: () => number;
}

export function createBudget({ core, applicationId, turnMs, log, now }: BudgetOptions): Budget {
  const known = new Map<number, Promise<readonly number[]>>();
  const nameOf = (shardId: number) => `identifies:${applicationId}:${shardId}`;
  const read = async (shardId: number): Promise<readonly number[]> => {
    try {
      const note = await core.readNote(nameOf(shardId));
      return noteSchema.safeParse(JSON.parse(note ?? "[]")).data ?? [];
    } catch (error) {
      log.warn({ error, shard: shardId }, "the last starts of the gateway cannot be read");
      return [];
    }
  };
  const startsOf = (shardId: number): Promise<readonly number[]> => {
    const starts = known.get(shardId) ?? read(shardId);
    known.set(shardId, starts);
    return starts;
  };
  return {
    wait: async (shardId, limit) => waitBeforeStart(now(), await startsOf(shardId), limit, turnMs),
    async note(shardId) {
      const at = now();
      const before = (await startsOf(shardId)).filter((one) => at - one < WINDOW_MS);
      const starts = [...before, at];
      known.set(shardId, Promise.resolve(starts));
      try {
        await core.keepNote(nameOf(shardId), JSON.stringify(starts));
      } catch (error) {
        log.warn({ error, shard: shardId }, "a start of the gateway could not be noted");
      }
    },
  };
}
