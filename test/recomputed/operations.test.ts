import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { contactRate } from "../../src/metrics/contact-rate.ts";
import { peakEnd as remembered } from "../../src/metrics/peak-end.ts";
import { spearman } from "../../src/metrics/spearman.ts";
import { waitingCurve } from "../../src/metrics/waiting-curve.ts";
import { peakEnd, poissonRange, spearmanOf, stillWaiting, type Waited } from "./figures.ts";

const once = { numRuns: 60 };

describe("operational figures computed once more", () => {
  test("contacts per ten thousand orders with their exact range", () => {
    fc.assert(
      fc.property(fc.nat(150), fc.integer({ min: 1, max: 20_000 }), (contacts, orders) => {
        const rate = contactRate({ contacts, orders });
        const per = (events: number) => (10_000 * events) / orders;
        expect(rate.rate).toBeCloseTo(per(contacts), 8);
        const [low, high] = poissonRange(contacts);
        expect(rate.range?.[0]).toBeCloseTo(per(low), 5);
        expect(rate.range?.[1]).toBeCloseTo(per(high), 5);
      }),
      once,
    );
  });

  test("who still waits at each moment when somebody was answered", () => {
    const wait = fc.record({ lasted: fc.nat(30), ended: fc.boolean() });
    fc.assert(
      fc.property(fc.array(wait, { minLength: 1, maxLength: 60 }), (waits: Waited[]) => {
        for (const { lasted, waiting } of waitingCurve(waits)) {
          expect(waiting).toBeCloseTo(stillWaiting(waits, lasted), 10);
        }
      }),
      once,
    );
  });

  test("how far ranks go together, ties among them", () => {
    const pair = fc.tuple(fc.nat(10), fc.nat(40));
    fc.assert(
      fc.property(fc.array(pair, { minLength: 3, maxLength: 50 }), (pairs) => {
        const truth = spearmanOf(pairs);
        const found = spearman(
          pairs.map(([x]) => x),
          pairs.map(([, y]) => y),
        );
        // Where one side is the same everywhere there is nothing to go together with.
        if (Number.isFinite(truth)) expect(found).toBeCloseTo(truth, 10);
        else expect(found).toBeNull();
      }),
      once,
    );
  });

  test("what is remembered of a journey", () => {
    const ratings = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(ratings, (given) => {
        expect(remembered(given, { min: 1, max: 5 })?.peakEnd).toBe(peakEnd(given, 3));
      }),
      once,
    );
  });
});
