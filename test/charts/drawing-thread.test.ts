import { afterEach, describe, expect, test } from "vitest";
import type { PictureRequest } from "../../src/charts/compose.ts";
import { createDrawingThread, type DrawingThread } from "../../src/charts/drawing-thread.ts";
import { reasons } from "./examples.ts";

const picture: PictureRequest = { kind: "bars", input: reasons };

/** A thread that runs this instead of drawing. */
const doing = (script: string) => ({
  file: new URL(`data:text/javascript,${encodeURIComponent(script)}`),
});

let thread: DrawingThread;
afterEach(() => thread.stop());

describe("the thread that draws", () => {
  test("starts anew after it was stopped, and draws the same", async () => {
    thread = createDrawingThread();
    const before = await thread.draw(picture);
    await thread.stop();
    expect(await thread.draw(picture)).toEqual(before);
  });

  test("that is stopped over a picture leaves it undrawn and draws the next", async () => {
    thread = createDrawingThread();
    const lost = expect(thread.draw(picture)).rejects.toThrow("stopped");
    await thread.stop();
    await lost;
    expect((await thread.draw(picture)).png.length).toBeGreaterThan(0);
  });

  test("that ends by itself leaves all waiting pictures undrawn", async () => {
    thread = createDrawingThread(
      doing(
        `import { parentPort } from "node:worker_threads"; parentPort.once("message", () => process.exit(1));`,
      ),
    );
    const both = await Promise.allSettled([thread.draw(picture), thread.draw(picture)]);
    expect(both.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  });

  test("that cannot start, or breaks, leaves its picture undrawn", async () => {
    for (const script of [`import "./nowhere.ts";`, `throw new Error("no font")`]) {
      thread = createDrawingThread(doing(script));
      await expect(thread.draw(picture)).rejects.toThrow();
    }
  });

  test("that never answers is given up", async () => {
    const silent = doing(
      `import { parentPort } from "node:worker_threads"; parentPort.on("message", () => {});`,
    );
    thread = createDrawingThread({ ...silent, limitMs: 50 });
    await expect(thread.draw(picture)).rejects.toThrow("too long");
  });

  test("that has nothing to do ends, and the next picture starts another", async () => {
    const counting = doing(`
      import { parentPort, threadId } from "node:worker_threads";
      parentPort.on("message", ({ id }) =>
        parentPort.postMessage({ id, kind: "drawn", drawn: { png: new Uint8Array([threadId]), width: 1, height: 1 } }));
    `);
    thread = createDrawingThread({ ...counting, idleMs: 20 });
    const first = await thread.draw(picture);
    let next = await thread.draw(picture);
    while (next.png[0] === first.png[0]) {
      await new Promise((resolve) => setTimeout(resolve, 40));
      next = await thread.draw(picture);
    }
    expect(next.png[0]).toBeGreaterThan(first.png[0] ?? 0);
  });

  test("says what is wrong with a picture that it cannot draw, and goes on", async () => {
    thread = createDrawingThread();
    const broken = { kind: "bars", input: { ...reasons, bars: null } } as unknown as PictureRequest;
    await expect(thread.draw(broken)).rejects.toThrow();
    expect((await thread.draw(picture)).width).toBe(440);
  });
});
