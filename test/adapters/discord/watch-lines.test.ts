import fc from "fast-check";
import { pino } from "pino";
import { describe, expect, it } from "vitest";
import { createLines, type Lines } from "../../../adapters/discord/watch/lines.ts";
import { AppError } from "../../../src/errors.ts";
import { until } from "./stage.ts";

function lines(change: { giveUpMs?: number; maxWaiting?: number } = {}) {
  const logged: string[] = [];
  const log = pino({ level: "debug" }, { write: (line: string) => void logged.push(line) });
  return { logged, line: createLines({ retryMs: 1, log, ...change }) };
}

const temporary = () => new AppError("temporary", "not now");

/** Work that fails so often before it is done. */
function failing(times: number, done: () => void, error: () => unknown = temporary) {
  let left = times;
  return async () => {
    left -= 1;
    if (left >= 0) throw error();
    done();
  };
}

const idle = (line: Lines) => until(() => line.idle(), "everything is done");

describe("lines", () => {
  it("W11 the events of a place are done in their order, whatever fails and whatever is held", async () => {
    const step = fc.record({
      place: fc.constantFrom("a", "b", "c"),
      fails: fc.integer({ min: 0, max: 2 }),
      isHeld: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
        const { line } = lines();
        const done: string[] = [];
        for (const [number, { place, fails, isHeld }] of steps.entries()) {
          const letGo = isHeld ? line.hold() : () => {};
          line.add(
            place,
            failing(fails, () => void done.push(`${place}${number}`)),
          );
          await Promise.resolve();
          letGo();
        }
        await idle(line);
        for (const place of ["a", "b", "c"]) {
          const expected = steps.flatMap((one, index) =>
            one.place === place ? [`${place}${index}`] : [],
          );
          expect(done.filter((each) => each.startsWith(place))).toEqual(expected);
        }
        expect(line.missed()).toBe(false);
      }),
      { numRuns: 30 },
    );
  });

  it("what happened earlier goes before what came meanwhile", async () => {
    const { line } = lines();
    const done: number[] = [];
    const letGo = line.hold();
    line.add("a", async () => void done.push(2));
    line.addFirst("a", async () => void done.push(1));
    letGo();
    await idle(line);
    expect(done).toEqual([1, 2]);
  });

  it("what fails for too long is missed, and its place takes nothing until it is read back", async () => {
    const { line } = lines({ giveUpMs: 0 });
    const done: string[] = [];
    line.add(
      "a",
      failing(9, () => void done.push("a1")),
    );
    line.add("a", async () => void done.push("a2"));
    line.add("b", async () => void done.push("b"));
    await idle(line);
    line.add("a", async () => void done.push("a3"));
    await idle(line);
    expect(done).toEqual(["b"]);
    expect(line.missed()).toBe(true);
    line.forgive();
    line.add("a", async () => void done.push("again"));
    await idle(line);
    expect(done).toEqual(["b", "again"]);
    expect(line.missed()).toBe(false);
  });

  it("what can never be done is left, and nothing else with it", async () => {
    const { line, logged } = lines();
    const done: string[] = [];
    const refused = () => new AppError("unreachable", "closed", { advice: "Open it." });
    line.add(
      "a",
      failing(1, () => void done.push("never"), refused),
    );
    line.add("a", async () => void done.push("next"));
    await idle(line);
    expect(done).toEqual(["next"]);
    expect(line.missed()).toBe(false);
    expect(logged.join("")).toContain("Open it.");
  });

  it("an unexpected failure is tried again, and its text is never logged", async () => {
    const { line, logged } = lines();
    const done: string[] = [];
    line.add(
      "a",
      failing(
        1,
        () => void done.push("a"),
        () => new TypeError("Dana's secret"),
      ),
    );
    await idle(line);
    expect(done).toEqual(["a"]);
    expect(logged.join("")).toContain("TypeError");
    expect(logged.join("")).not.toContain("secret");
  });

  it("memory is bounded: more than that is read back later", async () => {
    const { line } = lines({ maxWaiting: 3 });
    const letGo = line.hold();
    const done: string[] = [];
    for (const place of ["a", "b", "c", "d"]) line.add(place, async () => void done.push(place));
    letGo();
    await idle(line);
    expect(done).toEqual(["a", "b", "c"]);
    expect(line.missed()).toBe(true);
  });

  it("a stop waits for what is under way, begins nothing more, and does not wait for ever", async () => {
    const { line } = lines();
    const done: string[] = [];
    const gate = Promise.withResolvers<void>();
    line.add("a", () => gate.promise.then(() => void done.push("a1")));
    line.add("a", async () => void done.push("a2"));
    line.add("stuck", () => new Promise(() => {}));
    await new Promise((resolve) => setImmediate(resolve));
    setTimeout(() => gate.resolve(), 5);
    await line.stop(100);
    line.add("b", async () => void done.push("b"));
    expect(done).toEqual(["a1"]);
  });
});
