/**
 * The main thread's side of the embedded database: looks like PGlite to Kysely and to pg-boss, and
 * passes one statement at a time to the thread that runs it. A transaction has the database to
 * itself; whoever waits for it too long is refused.
 */
import { Worker } from "node:worker_threads";
import { AppError } from "../errors.ts";
import type {
  EmbeddedFailure,
  EmbeddedRequest,
  EmbeddedResponse,
  EmbeddedResult,
  EmbeddedStart,
} from "./embedded-protocol.ts";
import { createTurnstile } from "./embedded-turnstile.ts";
import { createWatchdog } from "./embedded-watchdog.ts";

/** Milliseconds. */
export interface EmbeddedLimits {
  /** One statement; an import works in batches, so a longer one is stuck. */
  readonly statement: number;
  /** Opening: making a new database, or recovering one after a kill. */
  readonly opening: number;
  /** Statements that announced themselves as long. */
  readonly patient: number;
  /** Waiting for another's transaction to end. */
  readonly turn: number;
}

export interface EmbeddedTransaction {
  query<T>(sql: string, parameters?: readonly unknown[]): Promise<EmbeddedResult<T>>;
  exec(sql: string): Promise<EmbeddedResult[]>;
  rollback(): Promise<void>;
}

export interface EmbeddedProxy {
  readonly closed: boolean;
  readonly ready: boolean;
  readonly waitReady: Promise<void>;
  query<T>(sql: string, parameters?: readonly unknown[]): Promise<EmbeddedResult<T>>;
  exec(sql: string): Promise<EmbeddedResult[]>;
  transaction<T>(work: (transaction: EmbeddedTransaction) => Promise<T>): Promise<T>;
  patiently<T>(work: () => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

interface Pending {
  resolve(results: EmbeddedResult[]): void;
  reject(error: Error): void;
}

/**
 * Starts the thread. `onFatal` is called once when the database cannot go on: it does not answer,
 * the disk is full, its code crashed. Everything asked afterwards is refused.
 */
export function createEmbeddedProxy(
  start: EmbeddedStart,
  limits: EmbeddedLimits,
  onFatal: (error: AppError) => void,
  workerFile: URL = new URL("./embedded-worker.ts", import.meta.url),
): EmbeddedProxy {
  const worker = new Worker(workerFile, { workerData: start });
  const turnstile = createTurnstile(limits.turn);
  const watchdog = createWatchdog(limits.opening, () => fail(stuckError()));
  let pending: Pending | undefined;
  let broken: AppError | undefined;
  let ready = false;
  let closed = false;
  let patience = 0;

  function fail(error: AppError): void {
    if (broken || closed) return;
    broken = error;
    watchdog.stop();
    pending?.reject(error);
    pending = undefined;
    onFatal(error);
  }

  worker.on("message", (response: EmbeddedResponse) => {
    const waiting = pending;
    pending = undefined;
    watchdog.idle();
    if (response.kind === "done") {
      waiting?.resolve(response.results);
      return;
    }
    const error = restoreError(response.failure);
    if (response.failure.fatal) fail(fatalError(error));
    waiting?.reject(broken ?? error);
  });
  worker.on("error", (error) => fail(fatalError(error)));
  worker.on("exit", () => fail(fatalError(new Error("its thread ended"))));

  function waitForAnswer(): Promise<EmbeddedResult[]> {
    return new Promise((resolve, reject) => {
      pending = { resolve, reject };
    });
  }

  function send(request: EmbeddedRequest): Promise<EmbeddedResult[]> {
    if (broken) return Promise.reject(broken);
    const answer = waitForAnswer();
    watchdog.busy(patience > 0 ? limits.patient : limits.statement);
    worker.postMessage(request);
    return answer;
  }

  async function inTurn<T>(work: () => Promise<T>): Promise<T> {
    await waitReady;
    const leave = await turnstile.enter(patience > 0);
    try {
      if (closed) throw new AppError("database-away", "The database is closed.");
      return await work();
    } finally {
      leave();
    }
  }

  async function query<T>(sql: string, parameters: readonly unknown[] = []) {
    const [result] = await send({ kind: "query", sql, parameters });
    // The rows are whatever the statement selects; its author says what that is.
    return (result ?? { rows: [], fields: [] }) as EmbeddedResult<T>;
  }

  const exec = (sql: string) => send({ kind: "exec", sql });

  const waitReady = waitForAnswer().then(() => {
    ready = true;
  });
  waitReady.catch(() => {});

  return {
    get closed() {
      return closed;
    },
    get ready() {
      return ready;
    },
    waitReady,
    query: <T>(sql: string, parameters?: readonly unknown[]) =>
      inTurn(() => query<T>(sql, parameters)),
    exec: (sql) =>
      inTurn(async () => {
        try {
          return await exec(sql);
        } catch (error) {
          // A script that failed inside its own transaction must not leave it open for others.
          if (!broken) await exec("rollback").catch(() => {});
          throw error;
        }
      }),
    transaction: (work) => inTurn(() => runTransaction({ query, exec }, work)),
    async patiently(work) {
      patience += 1;
      try {
        return await work();
      } finally {
        patience -= 1;
      }
    },
    async close() {
      if (closed) return;
      try {
        await inTurn(async () => {
          await send({ kind: "close" });
          closed = true;
        });
      } finally {
        closed = true;
        watchdog.stop();
        await worker.terminate();
      }
    },
  };
}

async function runTransaction<T>(
  statements: Pick<EmbeddedTransaction, "query" | "exec">,
  work: (transaction: EmbeddedTransaction) => Promise<T>,
): Promise<T> {
  let open = true;
  const ensureOpen = () => {
    if (!open) throw new Error("the transaction is over");
  };
  const finish = async (command: "commit" | "rollback") => {
    ensureOpen();
    open = false;
    return statements.exec(command);
  };
  await statements.exec("begin");
  try {
    const value = await work({
      query: async (sql, parameters) => {
        ensureOpen();
        return statements.query(sql, parameters);
      },
      exec: async (sql) => {
        ensureOpen();
        return statements.exec(sql);
      },
      rollback: async () => {
        await finish("rollback");
      },
    });
    if (open) ensureCommitted(await finish("commit"));
    return value;
  } catch (error) {
    if (open) await finish("rollback").catch(() => {});
    throw error;
  }
}

/** PostgreSQL answers "ROLLBACK" to the commit of a transaction in which a statement failed. */
function ensureCommitted([result]: EmbeddedResult[]): void {
  if (result?.command === "ROLLBACK") {
    throw Object.assign(new Error("the transaction was rolled back instead of committed"), {
      code: "25P02",
    });
  }
}

function restoreError({ message, fields }: EmbeddedFailure): Error {
  return Object.assign(new Error(message), { name: "DatabaseError" }, fields);
}

function stuckError(): AppError {
  return new AppError("data-stuck", "The embedded database stopped answering.", {
    advice:
      "Nothing that was acknowledged is lost. Check that the disk has room and works, then start aftertalk again.",
  });
}

function fatalError(cause: Error): AppError {
  if ("code" in cause && cause.code === "53100") {
    return new AppError("data-stuck", "The disk of the embedded database is full.", {
      cause,
      advice: "Nothing that was acknowledged is lost. Make room, then start aftertalk again.",
    });
  }
  return new AppError("data-stuck", `The embedded database broke down: ${cause.message}`, {
    cause,
    advice: "Nothing that was acknowledged is lost. Start aftertalk again.",
  });
}
