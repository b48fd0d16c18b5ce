/**
 * The main thread's side of the embedded database's thread: hands requests over one at a time and
 * watches that they come back.
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
import { createWatchdog } from "./embedded-watchdog.ts";

/** As source and as a compiled file: an address in a string is not rewritten by the compiler. */
const workerFile = import.meta.url.endsWith(".ts")
  ? new URL("./embedded-worker.ts", import.meta.url)
  : new URL("./embedded-worker.js", import.meta.url);

export interface EmbeddedThread {
  /** Only one at a time. Rejects with the database's error, or `data-stuck`. */
  send(request: EmbeddedRequest, limitMs: number): Promise<EmbeddedResult[]>;
  stop(): Promise<void>;
}

/**
 * Starts the thread; resolves when the database is open, rejects with `data-stuck` when it cannot be
 * opened. `onFatal` is called once when an open database cannot go on: it does not answer in time,
 * the disk is full, its code crashed. Whatever is asked then is refused.
 */
export async function startEmbeddedThread(
  start: EmbeddedStart,
  openingLimitMs: number,
  onFatal: (error: AppError) => void,
): Promise<EmbeddedThread> {
  const worker = new Worker(workerFile, { workerData: start });
  const watchdog = createWatchdog(openingLimitMs, () => fail(stuck()));
  let state: "opening" | "open" | "over" = "opening";
  let refuse = () => new AppError("database-away", "The database is closed.");
  let waiting = Promise.withResolvers<EmbeddedResult[]>();

  function fail(error: AppError): void {
    if (state === "over") return;
    const wasOpen = state === "open";
    state = "over";
    const { code, message, advice = "" } = error;
    refuse = () => new AppError(code, message, { cause: error, advice });
    watchdog.stop();
    waiting.reject(error);
    if (wasOpen) onFatal(error);
  }

  worker.on("message", (response: EmbeddedResponse) => {
    watchdog.idle();
    if (response.kind === "done") return waiting.resolve(response.results);
    const error = restoreError(response.failure);
    if (response.failure.fatal) fail(crashed(error));
    waiting.reject(error);
  });
  worker.on("error", (error) => fail(crashed(error)));
  worker.on("exit", () => fail(crashed(new Error("its thread ended"))));

  async function stop(): Promise<void> {
    state = "over";
    watchdog.stop();
    await worker.terminate();
  }

  try {
    await waiting.promise;
    state = "open";
  } catch (error) {
    await stop();
    throw error instanceof AppError ? error : crashed(error);
  }
  return {
    send(request, limitMs) {
      if (state === "over") return Promise.reject(refuse());
      waiting = Promise.withResolvers();
      watchdog.busy(limitMs);
      worker.postMessage(request);
      return waiting.promise;
    },
    stop,
  };
}

function restoreError({ message, fields }: EmbeddedFailure): Error {
  return Object.assign(new Error(message), { name: "DatabaseError" }, fields);
}

const NOTHING_LOST = "Nothing that was acknowledged is lost.";

function stuck(): AppError {
  return new AppError("data-stuck", "The embedded database stopped answering.", {
    advice: `${NOTHING_LOST} See that its disk works and has room, then start aftertalk again.`,
  });
}

function crashed(cause: unknown): AppError {
  const why = cause instanceof Error ? cause.message : String(cause);
  if (cause instanceof Error && "code" in cause && cause.code === "53100") {
    return new AppError("data-stuck", "The disk of the embedded database is full.", {
      cause,
      advice: `${NOTHING_LOST} Make room, then start aftertalk again.`,
    });
  }
  return new AppError("data-stuck", `The embedded database broke down: ${why}.`, {
    cause,
    advice: `${NOTHING_LOST} Start aftertalk again.`,
  });
}
