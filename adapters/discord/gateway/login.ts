/** Opening the gateway, however long Discord makes us wait. */
import { setTimeout as pause } from "node:timers/promises";
import { type Client, Routes } from "discord.js";
import { z } from "zod";
import type { Log } from "../../../src/log.ts";
import { passes } from "../../common/patience.ts";
import { discordError } from "../errors.ts";
import type { StartLimit } from "./budget.ts";
import type { Lines } from "./lines.ts";
import type { Shards } from "./shards.ts";

const information = z.object({
  shards: z.int().min(1),
  session_start_limit: z.object({
    total: z.number(),
    remaining: z.number(),
    reset_after: z.number(),
  }),
});

/** How many shards are recommended, and how many sessions may still be begun. */
export async function readGateway({
  rest,
}: Pick<Client, "rest">): Promise<{ readonly shards: number; readonly limit: StartLimit }> {
  const { shards, session_start_limit } = information.parse(await rest.get(Routes.gatewayBot()));
  const { total, remaining, reset_after } = session_start_limit;
  return { shards, limit: { total, remaining, resetAfterMs: reset_after } };
}

export interface LoginOptions {
  readonly client: Client;
  readonly token: string;
  readonly lines: Lines;
  readonly shards: Shards;
  /** How many shards run here; undefined: as many as Discord recommends. */
  readonly count: number | undefined;
  readonly log: Log;
  readonly stopped: AbortSignal;
  /** Milliseconds until a refusal for good is tried again. */
  readonly againMs: number;
  /** True while somebody waits for the start: what has to be mended is theirs to know at once. */
  readonly isStarting: () => boolean;
}

/** In milliseconds; doubled with each try that fails. */
const FIRST_PAUSE = 1000;
const LONGEST_PAUSE = 60_000;

/**
 * Resolves when every shard has its session, or was told to stop.
 * @throws AppError while starting, for what does not pass by itself.
 */
export async function logIn(options: LoginOptions): Promise<void> {
  const { client, token, shards, log, stopped, againMs } = options;
  for (let wait = FIRST_PAUSE; !stopped.aborted; wait = Math.min(2 * wait, LONGEST_PAUSE)) {
    try {
      await untilAllowed(options);
      await client.login(token);
      return;
    } catch (error) {
      if (stopped.aborted) return;
      const ending = shards.ending();
      const known = ending ?? discordError(error, "read");
      if (!passes(known) && options.isStarting()) throw known;
      log.warn({ error: known, advice: known.advice }, "Discord's gateway did not open");
      abandon(options);
      const next = passes(known) ? Math.max(wait, known.retryAfterMs ?? 0) : againMs;
      await pause(next, undefined, { signal: stopped }).catch(() => {});
    }
  }
}

/** The SDK refuses to begin when there are fewer starts left than shards. */
async function untilAllowed({ client, count, shards, stopped }: LoginOptions): Promise<void> {
  for (;;) {
    const { shards: recommended, limit } = await readGateway(client);
    const needed = count ?? recommended;
    if (limit.remaining >= needed) return;
    shards.waits(undefined, limit.resetAfterMs);
    await pause(Math.max(FIRST_PAUSE, limit.resetAfterMs), undefined, { signal: stopped });
    shards.waits(undefined, 0);
  }
}

/** After a failed login nothing of it goes on behind our back, and the client can be used again. */
function abandon({ client, lines }: LoginOptions): void {
  for (const line of lines.all()) {
    line.halt();
    line.cut();
  }
  Reflect.set(client.ws, "destroyed", false);
}
