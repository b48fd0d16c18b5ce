import { expect, test } from "vitest";
import { summariseCases } from "../../src/cases/insight.ts";
import type { CaseFacts, CaseTimes } from "../../src/store/case-figures.ts";

const HOUR = 3_600_000;
const hours = { days: [1, 2, 3, 4, 5], from: "09:00", to: "17:00" };
/** A Friday. */
const friday = (time: string) => new Date(`2026-10-16T${time}:00Z`);
const monday = (time: string) => new Date(`2026-10-19T${time}:00Z`);
const clock = { hours, timeZone: "UTC", now: monday("11:00") };

const opened = (
  at: Date,
  repliedAt: Date | null = null,
  closedAt: Date | null = null,
  closeReason: CaseTimes["closeReason"] = closedAt && "solved",
): CaseTimes => ({ openedAt: at, firstRepliedAt: repliedAt, closedAt, closeReason });

const facts = (...cases: CaseTimes[]): CaseFacts => ({
  opened: cases,
  reasons: [],
  checked: 0,
  recovered: 0,
});

test("a weekend is no time in which anybody waited", () => {
  const { firstReply } = summariseCases(facts(opened(friday("16:00"), monday("10:00"))), clock);
  expect(firstReply.median).toEqual({ kind: "exactly", value: 2 * HOUR });
});

test("who still waits has waited until now, and counts", () => {
  const { firstReply } = summariseCases(
    facts(opened(monday("09:00"), monday("09:30")), opened(monday("09:00"))),
    clock,
  );
  expect(firstReply).toMatchObject({ n: 2, ended: 1, p90: { kind: "at-least" } });
});

test("closed without a reply is no reply, and a duplicate is no end of anybody's work", () => {
  const closed = opened(monday("09:00"), null, monday("10:00"), "duplicate");
  const { firstReply, toClose } = summariseCases(facts(closed), clock);
  expect(firstReply).toMatchObject({ n: 1, ended: 0, median: { value: HOUR } });
  expect(toClose).toMatchObject({ n: 1, ended: 0, median: { kind: "at-least", value: HOUR } });
  for (const reason of ["solved", "explained", "nothing-we-can-do"] as const) {
    const end = opened(monday("09:00"), null, monday("10:00"), reason);
    expect(summariseCases(facts(end), clock).toClose.ended, reason).toBe(1);
  }
});
