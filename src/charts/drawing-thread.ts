/**
 * The main thread's side of the thread that draws: started with the first picture, ended when none
 * was wanted for a while. It never keeps the process alive.
 */
import { Worker } from "node:worker_threads";
import type { PictureRequest } from "./compose.ts";
import type { Drawn } from "./drawing.ts";
import type { DrawingRequest, DrawingResponse } from "./drawing-worker.ts";

/** As source and as a compiled file: an address in a string is not rewritten by the compiler. */
const workerFile = import.meta.url.endsWith(".ts")
  ? new URL("./drawing-worker.ts", import.meta.url)
  : new URL("./drawing-worker.js", import.meta.url);

/** Its font and tools are some 60 MB that need not stand in memory all day. */
const IDLE_MS = 5 * 60_000;

/** A picture takes a tenth of a second, the first one up to two: then a card goes without. */
const LIMIT_MS = 20_000;

/** More than ten times what it needs; beyond it the thread ends, and not the process. */
const MEMORY_MB = 256;

/** A place that draws one picture after the other. */
export interface DrawingThread {
  /** Rejects when the picture cannot be drawn, or the thread ended over it: the next one may be. */
  draw(picture: PictureRequest): Promise<Drawn>;
  /** Ends the thread at once; the next picture starts it again. */
  stop(): Promise<void>;
}

/** Starts nothing yet. */
export function createDrawingThread({
  file = workerFile,
  idleMs = IDLE_MS,
  limitMs = LIMIT_MS,
} = {}): DrawingThread {
  let running: DrawingThread | undefined;
  return {
    draw(picture) {
      running ??= startThread({ file, idleMs, limitMs }, () => {
        running = undefined;
      });
      return running.draw(picture);
    },
    async stop() {
      await running?.stop();
    },
  };
}

function startThread(
  { file, idleMs, limitMs }: { file: URL; idleMs: number; limitMs: number },
  onEnd: () => void,
): DrawingThread {
  const worker = new Worker(file, { resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB } });
  const waiting = new Map<number, PromiseWithResolvers<Drawn>>();
  let timer: NodeJS.Timeout | undefined;
  let pictures = 0;
  let over = false;

  function end(error: Error): void {
    if (over) return;
    over = true;
    clearTimeout(timer);
    onEnd();
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
    worker.terminate();
  }

  /** Watches it while it works; lets the process end, and it too, while it does not. */
  function watch(): void {
    clearTimeout(timer);
    if (waiting.size > 0) {
      worker.ref();
      timer = setTimeout(() => end(new Error("the picture took too long")), limitMs);
    } else {
      worker.unref();
      timer = setTimeout(() => end(new Error("nothing to draw")), idleMs).unref();
    }
  }

  worker.on("message", (response: DrawingResponse) => {
    const picture = waiting.get(response.id);
    waiting.delete(response.id);
    watch();
    if (response.kind === "drawn") picture?.resolve(response.drawn);
    else picture?.reject(new Error(response.message));
  });
  worker.on("error", (error) => end(error instanceof Error ? error : new Error(String(error))));
  worker.on("exit", () => end(new Error("the thread that draws ended")));

  return {
    draw(picture) {
      const drawn = Promise.withResolvers<Drawn>();
      const id = pictures++;
      const request: DrawingRequest = { id, picture };
      waiting.set(id, drawn);
      worker.postMessage(request);
      watch();
      return drawn.promise;
    },
    async stop() {
      end(new Error("the thread that draws was stopped"));
      await worker.terminate();
    },
  };
}
