/** What becomes of the lines while they are open. Nothing here ever rejects or ends the process. */
import { setTimeout as pause } from "node:timers/promises";
import { type Client, Events } from "discord.js";
import type { AppError } from "../../../src/errors.ts";
import type { Log } from "../../../src/log.ts";
import { endingOf } from "./endings.ts";
import type { Lines } from "./lines.ts";
import type { Shards } from "./shards.ts";

export interface EventOptions {
  readonly client: Client;
  readonly lines: Lines;
  readonly shards: Shards;
  readonly log: Log;
  readonly stopped: AbortSignal;
  /** Milliseconds until a refusal for good is tried again. */
  readonly againMs: number;
  /** Every shard has its session, for the first time. */
  readonly onOpen: () => void;
  readonly onEnding: (ending: AppError) => void;
  readonly onNewSession: (shardId: number) => unknown;
}

export function followEvents(options: EventOptions): void {
  const { client, shards, log, stopped } = options;
  // Without a listener an error of the client would end the process; also one of a listener of ours.
  client.on(Events.Error, (error) => log.error({ error }, "the Discord client failed"));
  client.on(Events.ShardError, (error, shard) =>
    log.warn({ error, shard }, "a line to Discord's gateway failed"),
  );
  client.on(Events.ClientReady, () => options.onOpen());
  client.on(Events.ShardReady, (shard) => {
    shards.ends(shard, undefined);
    log.info({ shard }, "Discord's gateway has a new session");
    void attempt(options, shard, () => options.onNewSession(shard));
  });
  client.on(Events.ShardDisconnect, ({ code }, shard) => {
    const ending = endingOf(code);
    if (ending === undefined || stopped.aborted) return;
    shards.ends(shard, ending);
    options.onEnding(ending);
    const { message: reason, advice } = ending;
    log.error({ shard, reason, advice }, "Discord's gateway refuses us for good");
    // Until everything was open once, the login tries again.
    if (client.isReady()) void attempt(options, shard, () => reopen(options, shard));
  });
}

async function reopen({ lines, stopped, againMs }: EventOptions, shardId: number): Promise<void> {
  await pause(againMs, undefined, { signal: stopped });
  await lines.of(shardId)?.reopen();
}

async function attempt(
  { log, stopped }: EventOptions,
  shard: number,
  work: () => unknown,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!stopped.aborted) log.error({ error, shard }, "a shard of Discord's gateway needs help");
  }
}
