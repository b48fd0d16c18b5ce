/**
 * The lines themselves. The SDK (@discordjs/ws 1.2) keeps its sockets to itself, and there are states
 * it does not get out of: a goodbye that nobody answers is waited for half a minute, a shard that is
 * stopped before READY connects again, one that is told to stop between two connections as well. So
 * this file, and only this one, reaches behind it; what it does not find there it leaves alone.
 */
import type { Client } from "discord.js";

/** The connection of one shard. */
export interface Line {
  readonly shardId: number;
  /** Ends the socket without a goodbye; the SDK then opens a new one, if it may. */
  cut(): void;
  /** No new socket from now on. */
  halt(): void;
  /** Opens a new one after the SDK has given up. Rejects when it is not given up. */
  reopen(): Promise<void>;
}

export interface Lines {
  /** Those there were, the newest of each shard last. */
  all(): readonly Line[];
  of(shardId: number): Line | undefined;
  /** The next connection of the shard begins a new session instead of resuming the old one. */
  forgetSession(shardId: number): void;
}

export function createLines(client: Client): Lines {
  const known = new Map<object, Line>();
  const all = () => {
    const shards = member(member(member(client.ws, "_ws"), "strategy"), "shards");
    if (shards instanceof Map) {
      for (const [id, shard] of shards) {
        if (typeof id === "number" && isObject(shard) && !known.has(shard)) {
          known.set(shard, lineOf(id, shard));
        }
      }
    }
    return [...known.values()];
  };
  // The SDK lets go of its shards when it ends them, so they are noted while it has them.
  client.on("debug", all);
  return {
    all,
    of: (shardId) => all().findLast((line) => line.shardId === shardId),
    forgetSession(shardId) {
      const shard = client.ws.shards.get(shardId);
      if (shard !== undefined) Reflect.set(shard, "sessionInfo", null);
    },
  };
}

const CONNECT = "internalConnect";

function lineOf(shardId: number, shard: object): Line {
  return {
    shardId,
    cut() {
      const socket = member(shard, "connection");
      // A socket that is ended while it opens says so as an error, and nobody may listen any more.
      call(socket, "on", "error", () => {});
      call(socket, "terminate");
    },
    halt() {
      Reflect.defineProperty(shard, CONNECT, { value: async () => {} });
    },
    async reopen() {
      await call(shard, CONNECT);
    },
  };
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

function member(owner: unknown, name: string): unknown {
  return isObject(owner) ? Reflect.get(owner, name) : undefined;
}

function call(owner: unknown, name: string, ...values: readonly unknown[]): unknown {
  const method = member(owner, name);
  return typeof method === "function" ? Reflect.apply(method, owner, values) : undefined;
}
