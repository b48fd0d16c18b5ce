import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { causeOf, decideClaim, whatIsDue, whereWordsGo } from "../../src/cases/case.ts";

describe("decisions about a case", () => {
  test("of everybody who claims one after another the first has it, until somebody takes it over", () => {
    const people = fc.constantFrom("robin", "alex", "kim");
    fc.assert(
      fc.property(fc.array(fc.tuple(people, fc.boolean()), { minLength: 1 }), (presses) => {
        let ownerId: string | null = null;
        for (const [by, takeOver] of presses) {
          const before: string | null = ownerId;
          const decision = decideClaim({ state: "open", ownerId }, by, takeOver);
          if (decision === "claimed" || decision === "taken-over") ownerId = by;
          if (before !== null && !takeOver) expect(ownerId).toBe(before);
          expect(decision === "yours").toBe(before === by);
        }
        expect(ownerId).not.toBeNull();
      }),
    );
    expect(decideClaim({ state: "closed", ownerId: null }, "robin", true)).toBe("closed");
  });

  test("each of reminder and escalation comes once, in this order, and only while somebody waits", () => {
    const waiting = {
      state: "open",
      snoozedUntil: null,
      waitingSince: 0,
      remindAt: 75,
      remindedAt: null,
      dueAt: 100,
      escalatedAt: null,
    } as const;
    expect(whatIsDue(waiting, 74)).toBeUndefined();
    expect(whatIsDue(waiting, 75)).toBe("remind");
    expect(whatIsDue({ ...waiting, remindedAt: 75 }, 99)).toBeUndefined();
    expect(whatIsDue(waiting, 100)).toBe("escalate");
    expect(whatIsDue({ ...waiting, escalatedAt: 100 }, 1000)).toBeUndefined();
    expect(whatIsDue({ ...waiting, waitingSince: null }, 1000)).toBeUndefined();
    const snoozed = { ...waiting, state: "snoozed", snoozedUntil: 200 } as const;
    expect(whatIsDue(snoozed, 199)).toBeUndefined();
    expect(whatIsDue(snoozed, 200)).toBe("wake");
    expect(whatIsDue({ ...waiting, state: "closed" }, 1000)).toBeUndefined();
  });

  test("T7 who was promised totals is a case only by their own wish", () => {
    fc.assert(
      fc.property(fc.boolean(), fc.boolean(), (low, complaint) => {
        const facts = { low, complaint, totals: true, churn: false };
        expect(causeOf({ ...facts, contact: false })).toBeUndefined();
        expect(causeOf({ ...facts, contact: true })).toBe("contact");
      }),
    );
    const nothing = { low: false, contact: false, complaint: false, totals: false, churn: false };
    expect(causeOf(nothing)).toBeUndefined();
    expect(causeOf({ ...nothing, low: true, contact: true })).toBe("low-score");
    expect(causeOf({ ...nothing, contact: true, complaint: true })).toBe("contact");
    expect(causeOf({ ...nothing, complaint: true })).toBe("complaint");
  });

  test("who may leave is a case when they want to hear from us or complain, not because they said so", () => {
    const says = { low: false, contact: false, complaint: false, totals: false, churn: true };
    expect(causeOf(says)).toBeUndefined();
    expect(causeOf({ ...says, contact: true })).toBe("churn");
    expect(causeOf({ ...says, complaint: true })).toBe("churn");
    expect(causeOf({ ...says, complaint: true, totals: true })).toBeUndefined();
    expect(causeOf({ ...says, contact: true, totals: true })).toBe("churn");
  });

  test("words go to whoever spoke last: the team, or a question that can still be answered", () => {
    const question = (askedAt: number, over = false) => ({ askedAt, over });
    expect(whereWordsGo({ lastReplyAt: null, question: null })).toBe("survey");
    expect(whereWordsGo({ lastReplyAt: null, question: question(1) })).toBe("survey");
    expect(whereWordsGo({ lastReplyAt: 2, question: null })).toBe("case");
    expect(whereWordsGo({ lastReplyAt: 2, question: question(1) })).toBe("case");
    expect(whereWordsGo({ lastReplyAt: 2, question: question(3) })).toBe("survey");
    expect(whereWordsGo({ lastReplyAt: 2, question: question(3, true) })).toBe("case");
  });
});
