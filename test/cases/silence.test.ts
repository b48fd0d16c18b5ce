import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { rankOf, type SilenceFacts, silenceOf } from "../../src/cases/silence.ts";

const DAY = 24 * 3_600_000;
const start = new Date("2026-10-01T00:00:00Z");
const end = new Date("2026-11-01T00:00:00Z");
const october = { start, end };
const later = new Date("2027-01-01T00:00:00Z");

const nothing: SilenceFacts = {
  unanswered: 0,
  answered: 0,
  reached: 0,
  answeredBefore: 0,
  activeDays: 0,
  firstActive: null,
  lastActive: null,
};
const judge = (facts: Partial<SilenceFacts>, now = later) =>
  silenceOf({ ...nothing, ...facts }, october, now);
const daysAgo = (days: number, from = end) => new Date(from.getTime() - days * DAY);

describe("who is silent", () => {
  test("nobody of whom nothing is known", () => {
    expect(judge({})).toEqual([]);
  });

  test("who used to answer and left all questions of the period unanswered has stopped", () => {
    expect(judge({ unanswered: 2, reached: 5, answeredBefore: 3 })).toEqual([
      { kind: "stopped", unanswered: 2, before: 3 },
    ]);
    expect(judge({ unanswered: 2, answered: 1, reached: 5, answeredBefore: 3 })).toEqual([]);
  });

  test("who never answered is named from the second question on", () => {
    expect(judge({ unanswered: 1, reached: 1 })).toEqual([]);
    expect(judge({ unanswered: 1, reached: 2 })).toEqual([{ kind: "never", asked: 2 }]);
  });

  test("quiet is three times as long as usual, and the period is the one in which that was reached", () => {
    const weekly = { activeDays: 5, firstActive: daysAgo(68), lastActive: daysAgo(40) };
    expect(judge(weekly)).toEqual([{ kind: "quiet", days: 40, usual: 7 }]);
    expect(silenceOf({ ...nothing, ...weekly }, { start: end, end: later }, later)).toEqual([]);
    expect(judge(weekly, daysAgo(25))).toEqual([]);
  });

  test("several days about one thing make nobody quiet within two weeks", () => {
    const busy = { activeDays: 4, firstActive: daysAgo(13), lastActive: daysAgo(10) };
    expect(judge(busy)).toEqual([]);
    const longer = { activeDays: 4, firstActive: daysAgo(18), lastActive: daysAgo(15) };
    expect(judge(longer)).toEqual([{ kind: "quiet", days: 15, usual: 1 }]);
  });

  test("without a habit it takes ninety days", () => {
    const once = { activeDays: 1, firstActive: daysAgo(91), lastActive: daysAgo(91) };
    expect(judge(once)).toEqual([{ kind: "quiet", days: 91, usual: null }]);
    const recent = { activeDays: 1, firstActive: daysAgo(60), lastActive: daysAgo(60) };
    expect(judge(recent)).toEqual([]);
  });

  test("who stopped comes first, several reasons before one", () => {
    const stopped = { kind: "stopped", unanswered: 1, before: 1 } as const;
    const quiet = { kind: "quiet", days: 30, usual: 5 } as const;
    const never = { kind: "never", asked: 2 } as const;
    const sorted = [[never], [quiet], [stopped], [stopped, quiet]].toSorted(
      (a, b) => rankOf(a) - rankOf(b),
    );
    expect(sorted).toEqual([[stopped, quiet], [stopped], [quiet], [never]]);
  });

  test("whoever answered is never said to have stopped or never answered", () => {
    const count = fc.integer({ min: 0, max: 9 });
    fc.assert(
      fc.property(count, fc.integer({ min: 1, max: 9 }), count, (unanswered, answered, before) => {
        const facts = { unanswered, answered, reached: 20, answeredBefore: before };
        expect(judge(facts)).toEqual([]);
      }),
    );
  });
});
