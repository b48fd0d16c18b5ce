import fc from "fast-check";
import { expect, test } from "vitest";
import { createPacing } from "../../../adapters/common/pacing.ts";
import { waitOf } from "./waiting.ts";

test("two messages may follow one another, the third comes a second later", () => {
  const pacing = createPacing(2, () => 5000);
  expect(["a", "b", "c"].map((key) => waitOf(() => pacing.take("place", key)))).toEqual([
    0, 0, 1000,
  ]);
});

test("our own pacing holds up nobody else: the error names nobody who waits", () => {
  const pacing = createPacing(2, () => 0);
  const attempts = ["a", "b", "c"].map((key) => () => pacing.take("place", key));
  attempts[0]?.();
  attempts[1]?.();
  expect(attempts[2]).toThrow(
    expect.objectContaining({ code: "rate-limited", retryAfterMs: 1000, waits: undefined }),
  );
});

test("as many as wait have as many different times, in the order in which they came", () => {
  const pacing = createPacing(2, () => 0);
  const keys = Array.from({ length: 10 }, (_, index) => `key-${index}`);
  const waits = keys.map((key) => waitOf(() => pacing.take("place", key)));
  expect(waits).toEqual([0, 0, 1000, 2000, 3000, 4000, 5000, 6000, 7000, 8000]);
});

test("whoever asks again keeps its place", () => {
  let now = 0;
  const pacing = createPacing(2, () => now);
  for (const key of ["a", "b", "c", "d"]) waitOf(() => pacing.take("place", key));
  now = 400;
  expect(waitOf(() => pacing.take("place", "d"))).toBe(1600);
  expect(waitOf(() => pacing.take("place", "c"))).toBe(600);
  expect(waitOf(() => pacing.take("place", "e"))).toBe(2600);
});

test("places do not wait for one another", () => {
  const pacing = createPacing(2, () => 0);
  const waits = Array.from({ length: 50 }, (_, index) =>
    waitOf(() => pacing.take(`place-${index}`, "key")),
  );
  expect(waits).toEqual(waits.map(() => 0));
});

test("who does not come back is not waited for", () => {
  let now = 0;
  const pacing = createPacing(2, () => now);
  for (const key of ["a", "b", "gone", "gone too"]) waitOf(() => pacing.take("place", key));
  now = 300_000;
  expect(["x", "y"].map((key) => waitOf(() => pacing.take("place", key)))).toEqual([0, 0]);
});

test("in any stretch of time there is at most one message a second and one more for the burst", () => {
  const steps = fc.array(
    fc.record({ key: fc.integer({ min: 0, max: 8 }), pass: fc.integer({ min: 0, max: 1500 }) }),
    { minLength: 5, maxLength: 200 },
  );
  fc.assert(
    fc.property(steps, (all) => {
      let now = 0;
      const pacing = createPacing(2, () => now);
      const sent: number[] = [];
      for (const { key, pass } of all) {
        now += pass;
        if (waitOf(() => pacing.take("place", String(key))) === 0) sent.push(now);
      }
      for (const [index, from] of sent.entries()) {
        for (const [more, to] of sent.slice(index).entries()) {
          expect(more + 1).toBeLessThanOrEqual(Math.floor((to - from) / 1000) + 2);
        }
      }
    }),
  );
});

test("everybody who comes when told is sent in the end, one a second", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 0, max: 900 }), (many, late) => {
      let now = 0;
      const pacing = createPacing(2, () => now);
      const due = new Map(Array.from({ length: many }, (_, index) => [`key-${index}`, 0]));
      while (due.size > 0) {
        const [key = "", at = 0] = [...due].sort((a, b) => a[1] - b[1])[0] ?? [];
        now = Math.max(now, at + (key.length % 2) * late);
        const more = waitOf(() => pacing.take("place", key));
        if (more === 0) due.delete(key);
        else due.set(key, now + more);
      }
      expect(now).toBeLessThanOrEqual(many * 1000 + many * late);
    }),
  );
});
