import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createLimits } from "../../../../adapters/slack/send/limits.ts";
import { createPacing } from "../../../../adapters/slack/send/pacing.ts";
import { AppError } from "../../../../src/errors.ts";

/** Milliseconds to wait, 0 when it may go. */
function wait(attempt: () => void): number {
  try {
    attempt();
    return 0;
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== "rate-limited") throw error;
    return error.retryAfterMs ?? Number.NaN;
  }
}

describe("our own pacing", () => {
  test("two messages may follow one another, the third comes a second later", () => {
    const pacing = createPacing(() => 5000);
    expect(["a", "b", "c"].map((key) => wait(() => pacing.take("C1", key)))).toEqual([0, 0, 1000]);
  });

  test("our own pacing holds up nobody else: the error names nobody who waits", () => {
    const pacing = createPacing(() => 0);
    const attempts = ["a", "b", "c"].map((key) => () => pacing.take("C1", key));
    attempts[0]?.();
    attempts[1]?.();
    expect(attempts[2]).toThrow(
      expect.objectContaining({ code: "rate-limited", retryAfterMs: 1000, waits: undefined }),
    );
  });

  test("as many as wait have as many different times, in the order in which they came", () => {
    const pacing = createPacing(() => 0);
    const keys = Array.from({ length: 10 }, (_, index) => `key-${index}`);
    const waits = keys.map((key) => wait(() => pacing.take("C1", key)));
    expect(waits).toEqual([0, 0, 1000, 2000, 3000, 4000, 5000, 6000, 7000, 8000]);
  });

  test("whoever asks again keeps its place", () => {
    let now = 0;
    const pacing = createPacing(() => now);
    for (const key of ["a", "b", "c", "d"]) wait(() => pacing.take("C1", key));
    now = 400;
    expect(wait(() => pacing.take("C1", "d"))).toBe(1600);
    expect(wait(() => pacing.take("C1", "c"))).toBe(600);
    expect(wait(() => pacing.take("C1", "e"))).toBe(2600);
  });

  test("channels do not wait for one another", () => {
    const pacing = createPacing(() => 0);
    const waits = Array.from({ length: 50 }, (_, index) =>
      wait(() => pacing.take(`C${index}`, "key")),
    );
    expect(waits).toEqual(waits.map(() => 0));
  });

  test("who does not come back is not waited for", () => {
    let now = 0;
    const pacing = createPacing(() => now);
    for (const key of ["a", "b", "gone", "gone too"]) wait(() => pacing.take("C1", key));
    now = 300_000;
    expect(["x", "y"].map((key) => wait(() => pacing.take("C1", key)))).toEqual([0, 0]);
  });

  test("in any stretch of time there is at most one message a second and one more for the burst", () => {
    const steps = fc.array(
      fc.record({ key: fc.integer({ min: 0, max: 8 }), pass: fc.integer({ min: 0, max: 1500 }) }),
      { minLength: 5, maxLength: 200 },
    );
    fc.assert(
      fc.property(steps, (all) => {
        let now = 0;
        const pacing = createPacing(() => now);
        const sent: number[] = [];
        for (const { key, pass } of all) {
          now += pass;
          if (wait(() => pacing.take("C1", String(key))) === 0) sent.push(now);
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
      fc.property(
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 0, max: 900 }),
        (many, late) => {
          let now = 0;
          const pacing = createPacing(() => now);
          const due = new Map(Array.from({ length: many }, (_, index) => [`key-${index}`, 0]));
          while (due.size > 0) {
            const [key = "", at = 0] = [...due].sort((a, b) => a[1] - b[1])[0] ?? [];
            now = Math.max(now, at + (key.length % 2) * late);
            const more = wait(() => pacing.take("C1", key));
            if (more === 0) due.delete(key);
            else due.set(key, now + more);
          }
          expect(now).toBeLessThanOrEqual(many * 1000 + many * late);
        },
      ),
    );
  });
});

describe("Slack's own limits", () => {
  const limited = (seconds: number) =>
    new AppError("rate-limited", "wait", { retryAfterMs: seconds * 1000 });

  test("F1 one channel's 429 holds this channel until its time has come, and no other", () => {
    let now = 0;
    const limits = createLimits(() => now);
    expect(limits.note("T1", "C1", limited(30))).toMatchObject({
      waits: "place",
      retryAfterMs: 30_000,
    });
    now = 29_999;
    expect(wait(() => limits.check("T1", "C1"))).toBe(1);
    expect(wait(() => limits.check("T1", "C2"))).toBe(0);
    expect(wait(() => limits.check("T2", "C1"))).toBe(0);
    now = 30_000;
    expect(wait(() => limits.check("T1", "C1"))).toBe(0);
  });

  test("F1 a second channel's 429 while the first still waits is the workspace's limit", () => {
    let now = 0;
    const limits = createLimits(() => now);
    limits.note("T1", "C1", limited(30));
    now = 10_000;
    expect(limits.note("T1", "C2", limited(30))).toMatchObject({ waits: "connection" });
    expect(wait(() => limits.check("T1", "C3"))).toBe(30_000);
    expect(wait(() => limits.check("T2", "C3"))).toBe(0);
    now = 40_000;
    expect(wait(() => limits.check("T1", "C3"))).toBe(0);
    expect(limits.note("T1", "C3", limited(1))).toMatchObject({ waits: "place" });
  });

  test("F1 the same channel's second 429 is still its own", () => {
    const limits = createLimits(() => 0);
    limits.note("T1", "C1", limited(30));
    expect(limits.note("T1", "C1", limited(30))).toMatchObject({ waits: "place" });
  });

  test("F6 a refused token holds its own workspace only, and is tried again after a while", () => {
    let now = 0;
    const limits = createLimits(() => now);
    const revoked = new AppError("revoked", "refused");
    expect(limits.note("T1", "C1", revoked)).toBe(revoked);
    expect(() => limits.check("T1", "C9")).toThrow(revoked);
    limits.check("T2", "C1");
    now = 600_000;
    limits.check("T1", "C1");
  });
});
