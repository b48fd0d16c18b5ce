/**
 * The lines themselves. The SDK (@discordjs/ws 1.2) keeps its sockets to itself, and there are states
 * it does not get out of: a goodbye that nobody answers is waited for half a minute, a shard that is
 * stopped before READY connects again, one that is told to stop between two connections as well, and a
 * packet in which something is missing would end the process (F19). So this file, and only this one,
 * reaches behind it; what it does not find there it leaves alone.
 */
import type { Client } from "discord.js";
import type { Log } from "../../../src/log.ts";

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

export function createLines(client: Client, log: Log): Lines {
  const known = new Map<object, Line>();
  const unreadable = (error: unknown) => {
    // What it says may quote the packet.
    const kind = error instanceof Error ? error.name : typeof error;
    log.warn({ kind }, "a packet of Discord's was left out: the client cannot read it");
  };
  guardQueue(client, unreadable);
  const all = () => {
    const shards = member(member(member(client.ws, "_ws"), "strategy"), "shards");
    if (shards instanceof Map) {
      for (const [id, shard] of shards) {
        if (typeof id === "number" && isObject(shard) && !known.has(shard)) {
          guardMessages(shard, unreadable);
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

/** Packets that wait until all shards are ready are read later, by nobody who could catch anything. */
function guardQueue({ ws }: Client, unreadable: (error: unknown) => void): void {
  const handle = member(ws, "handlePacket");
  if (typeof handle !== "function") return;
  const value = (...packet: readonly unknown[]): unknown => {
    try {
      return Reflect.apply(handle, ws, packet);
    } catch (error) {
      unreadable(error);
      return true;
    }
  };
  Reflect.defineProperty(ws, "handlePacket", { value });
}

/** Everything else that is done with a message of the gateway: nobody waits for the promise of it. */
function guardMessages(shard: object, unreadable: (error: unknown) => void): void {
  const read = member(shard, "onMessage");
  if (typeof read !== "function") return;
  const value = async (...message: readonly unknown[]): Promise<void> => {
    try {
      await Reflect.apply(read, shard, message);
    } catch (error) {
      unreadable(error);
    }
  };
  Reflect.defineProperty(shard, "onMessage", { value });
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
