import { expect, test } from "vitest";
import { createLimits } from "../../../../adapters/slack/send/limits.ts";
import { AppError } from "../../../../src/errors.ts";
import { waitOf } from "../../common/waiting.ts";

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
  expect(waitOf(() => limits.check("T1", "C1"))).toBe(1);
  expect(waitOf(() => limits.check("T1", "C2"))).toBe(0);
  expect(waitOf(() => limits.check("T2", "C1"))).toBe(0);
  now = 30_000;
  expect(waitOf(() => limits.check("T1", "C1"))).toBe(0);
});

test("F1 a second channel's 429 while the first still waits is the workspace's limit", () => {
  let now = 0;
  const limits = createLimits(() => now);
  limits.note("T1", "C1", limited(30));
  now = 10_000;
  expect(limits.note("T1", "C2", limited(30))).toMatchObject({ waits: "connection" });
  expect(waitOf(() => limits.check("T1", "C3"))).toBe(30_000);
  expect(waitOf(() => limits.check("T2", "C3"))).toBe(0);
  now = 40_000;
  expect(waitOf(() => limits.check("T1", "C3"))).toBe(0);
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
