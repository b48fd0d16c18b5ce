import fc from "fast-check";
import { expect, test } from "vitest";
import { createTurns } from "../../src/scheduling/jobs/job-turns.ts";
import { createTestClock } from "../support/clock.ts";

/** A queue that takes the highest priority first, and of equals the earliest. */
function play(counts: readonly number[]): number[] {
  const turns = createTurns(createTestClock());
  const jobs = counts.flatMap((n, workspace) =>
    Array.from({ length: n }, () => ({ workspace, priority: turns.next(workspace) })),
  );
  return jobs.toSorted((a, b) => b.priority - a.priority).map(({ workspace }) => workspace);
}

test("D14 T9 nobody waits longer than twice their fair share, whoever came before with how much", () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 2, maxLength: 8 }),
      (counts) => {
        const order = play(counts);
        for (const [workspace, n] of counts.entries()) {
          // With turns taken fairly each of the others has as many as it has, at most.
          const share = counts.reduce((sum, other) => sum + Math.min(n, other), 0);
          expect(order.lastIndexOf(workspace) + 1).toBeLessThanOrEqual(2 * share);
        }
      },
    ),
  );
});

test("D14 a burst is not held against a workspace when all of it is done, nor what is due later", () => {
  const clock = createTestClock();
  const turns = createTurns(clock);
  turns.next(1, new Date(clock.now().getTime() + 86_400_000));
  expect(turns.next(1)).toBe(turns.next(2));
  for (let i = 0; i < 1000; i++) turns.next(1);
  expect(turns.next(1)).toBeLessThan(turns.next(2) - 900);
  turns.rest();
  expect(turns.next(1)).toBe(turns.next(2));
});

test("D14 what waits for long goes before what comes now, however much of it there is", () => {
  const clock = createTestClock();
  const turns = createTurns(clock);
  const behind = Array.from({ length: 100 }, () => turns.next(1)).at(-1) ?? 0;
  clock.advance(101_000);
  expect(behind).toBeGreaterThan(turns.next(2));
});
