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

export interface EmbeddedThread {
  /** Resolves when the database is open. */
  readonly ready: Promise<void>;
  /** Only one at a time. Rejects with the database's error, or `data-stuck`. */
  send(request: EmbeddedRequest, limitMs: number): Promise<EmbeddedResult[]>;
  stop(): Promise<void>;
}

/**
 * Starts the thread. `onFatal` is called once when the database cannot go on: it does not answer in
 * time, the disk is full, its code crashed. Whatever is asked then is refused.
 */
export function startEmbeddedThread(
  start: EmbeddedStart,
  openingLimitMs: number,
  onFatal: (error: AppError) => void,
): EmbeddedThread {
  const worker = new Worker(new URL("./embedded-worker.ts", import.meta.url), {
    workerData: start,
  });
  const watchdog = createWatchdog(openingLimitMs, () => fail(stuck()));
  let broken: AppError | undefined;
  let stopping = false;
  let waiting = Promise.withResolvers<EmbeddedResult[]>();

  function fail(error: AppError): void {
    if (broken || stopping) return;
    broken = error;
    watchdog.stop();
    waiting.reject(error);
    onFatal(error);
  }

  worker.on("message", (response: EmbeddedResponse) => {
    watchdog.idle();
    if (response.kind === "done") waiting.resolve(response.results);
    else if (response.failure.fatal) fail(crashed(restoreError(response.failure)));
    else waiting.reject(restoreError(response.failure));
  });
  worker.on("error", (error) => fail(crashed(error)));
  worker.on("exit", () => fail(crashed(new Error("its thread ended"))));

  return {
    ready: waiting.promise.then(() => {}),
    send(request, limitMs) {
      if (broken) return Promise.reject(broken);
      waiting = Promise.withResolvers();
      watchdog.busy(limitMs);
      worker.postMessage(request);
      return waiting.promise;
    },
    async stop() {
      stopping = true;
      watchdog.stop();
      await worker.terminate();
    },
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

function crashed(cause: Error): AppError {
  if ("code" in cause && cause.code === "53100") {
    return new AppError("data-stuck", "The disk of the embedded database is full.", {
      cause,
      advice: `${NOTHING_LOST} Make room, then start aftertalk again.`,
    });
  }
  return new AppError("data-stuck", `The embedded database broke down: ${cause.message}.`, {
    cause,
    advice: `${NOTHING_LOST} Start aftertalk again.`,
  });
}
