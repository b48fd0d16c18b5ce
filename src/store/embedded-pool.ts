/**
 * The embedded database as a pool of one connection: Kysely and pg-boss use it like a server's.
 * Whoever has the connection has the database to themselves; nobody waits for it for ever, and
 * nobody keeps it for ever without using it.
 */
import type { PostgresCursor, PostgresPool, PostgresPoolClient, PostgresQueryResult } from "kysely";
import type { EmbeddedRequest, EmbeddedResult } from "./embedded-protocol.ts";
import type { EmbeddedThread } from "./embedded-thread.ts";
import { createTurnstile } from "./embedded-turnstile.ts";

/** Milliseconds. */
export interface EmbeddedLimits {
  /** Opening (making a new database, recovering one after a kill) and closing. */
  readonly opening: number;
  /** One statement. An import works in batches, so a longer one is stuck. */
  readonly statement: number;
  /** One statement while somebody has announced long ones. */
  readonly patient: number;
  /** Waiting for somebody else's transaction to end. */
  readonly turn: number;
  /** Keeping the connection without a statement. */
  readonly idle: number;
}

export interface EmbeddedPool extends PostgresPool {
  /** One statement, in its turn. */
  query<T>(sql: string, parameters?: readonly unknown[]): Promise<EmbeddedResult<T>>;
  /** Any number of statements, in their turn. */
  exec(sql: string): Promise<EmbeddedResult[]>;
  /** While `work` runs, statements and waiting may take long. */
  patiently<T>(work: () => Promise<T>): Promise<T>;
}

/** Hands out the connection of `thread`; `end` closes the database and its thread. */
export function createEmbeddedPool(thread: EmbeddedThread, limits: EmbeddedLimits): EmbeddedPool {
  const turnstile = createTurnstile(limits.turn);
  let patience = 0;
  let closed = false;

  async function lease(): Promise<Lease> {
    const leave = await turnstile.enter(patience > 0);
    const send: Send = (request) => thread.send(request, limitOf(request));
    return createLease(send, leave, () => (patience > 0 ? limits.patient : limits.idle));
  }

  function limitOf({ kind }: EmbeddedRequest): number {
    if (patience > 0) return limits.patient;
    return kind === "close" ? limits.opening : limits.statement;
  }

  async function inTurn<T>(work: (send: Send) => Promise<T>): Promise<T> {
    const { send, release } = await lease();
    try {
      return await work(send);
    } finally {
      release(false);
    }
  }

  return {
    options: {},
    connect: async () => createClient(await lease()),
    query: (sql, parameters = []) => inTurn((send) => query(send, sql, parameters)),
    exec: (sql) =>
      inTurn(async (send) => {
        try {
          return await send({ kind: "exec", sql });
        } catch (error) {
          // A script that failed inside a transaction of its own must not leave it to others.
          await send(rollback).catch(() => {});
          throw error;
        }
      }),
    async patiently(work) {
      patience += 1;
      try {
        return await work();
      } finally {
        patience -= 1;
      }
    },
    async end() {
      if (closed) return;
      try {
        await inTurn((send) => send({ kind: "close" }));
      } finally {
        closed = true;
        await thread.stop();
      }
    },
  };
}

type Send = (request: EmbeddedRequest) => Promise<EmbeddedResult[]>;

/** Having the connection. */
interface Lease {
  /** Statements that are sent without waiting are run one after another. */
  readonly send: Send;
  /** Gives the connection back; with `dirty` a transaction may be open in it. */
  release(dirty: boolean): void;
}

const rollback: EmbeddedRequest = { kind: "exec", sql: "rollback" };

function createLease(send: Send, leave: () => void, idleLimit: () => number): Lease {
  let last: Promise<unknown> = Promise.resolve();
  let held = true;
  let timer: NodeJS.Timeout | undefined;

  function giveBack(dirty: boolean): void {
    if (!held) return;
    held = false;
    clearTimeout(timer);
    const clean = () => (dirty ? send(rollback).catch(() => {}) : undefined);
    last.then(clean).finally(leave);
  }

  return {
    send(request) {
      if (!held) return Promise.reject(new Error("the connection was given back"));
      clearTimeout(timer);
      const answer = last.then(() => send(request));
      last = answer
        .catch(() => {})
        .then(() => {
          if (!held) return;
          clearTimeout(timer);
          timer = setTimeout(giveBack, idleLimit(), true);
        });
      return answer;
    },
    release: giveBack,
  };
}

async function query<T>(
  send: Send,
  sql: string,
  parameters: readonly unknown[],
): Promise<EmbeddedResult<T>> {
  const [result] = await send({ kind: "query", sql, parameters });
  // What the rows look like is known to whoever wrote the statement.
  return result as EmbeddedResult<T>;
}

/** The lease in the shape in which Kysely knows a connection. */
function createClient({ send, release }: Lease): PostgresPoolClient {
  function run<R>(sql: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<R>>;
  function run<R>(cursor: PostgresCursor<R>): PostgresCursor<R>;
  function run<R>(
    sql: string | PostgresCursor<R>,
    parameters: readonly unknown[] = [],
  ): Promise<PostgresQueryResult<R>> | PostgresCursor<R> {
    if (typeof sql !== "string") throw new Error("the embedded database has no cursors");
    return query<R>(send, sql, parameters).then(({ rows, command, affectedRows = 0 }) => ({
      rows,
      command,
      rowCount: affectedRows,
    }));
  }
  return { query: run, release: (discard) => release(discard === true) };
}
