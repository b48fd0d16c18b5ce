import fc from "fast-check";
import { expect, test } from "vitest";
import { churnTier, usualChurnPoints } from "../../src/metrics/churn-reasons.ts";
import { type ChurnFacts, churnSignals, usualInterval } from "../../src/metrics/churn-signals.ts";

const DAY = 24 * 60 * 60 * 1000;
const NOW = Date.UTC(2026, 9, 10, 12);
const TODAY = Math.floor(NOW / DAY);
const ago = (days: number) => NOW - days * DAY;

const nothing: ChurnFacts = {
  left: false,
  joinedAt: null,
  activeDays: [],
  utcOffsetMs: 0,
  contacts: [],
  scores: [],
  followUps: [],
  unanswered: false,
  silentDays: 60,
};
const at = (facts: Partial<ChurnFacts>, now = NOW) => churnSignals({ ...nothing, ...facts }, now);
const reasons = (facts: Partial<ChurnFacts>, now = NOW) =>
  at(facts, now).reasons.map(({ reason, points, params }) => [reason, points, params]);

test("who nothing is known of has no signals", () => {
  expect(at({})).toEqual({ points: 0, tier: "low", reasons: [], dueAt: null });
});

test("3: a follow-up is open past its date, until 30 days after it was solved", () => {
  const late = [["follow-up-late", 3, { n: 1 }]];
  expect(reasons({ followUps: [{ lateAt: ago(1), doneAt: null }] })).toEqual(late);
  expect(at({ followUps: [{ lateAt: NOW + DAY, doneAt: null }] })).toMatchObject({
    points: 0,
    dueAt: NOW + DAY,
  });
  const solved = { followUps: [{ lateAt: ago(9), doneAt: NOW }] };
  expect(reasons(solved, NOW + 30 * DAY - 1)).toEqual(late);
  expect(reasons(solved, NOW + 30 * DAY)).toEqual([]);
});

test("3: four contacts in 30 days, or two about one issue in 7 days", () => {
  const contacts = (...days: number[]) =>
    days.map((day, i) => ({ at: ago(day), issue: `chat ${i}` }));
  expect(reasons({ contacts: contacts(29, 20, 10) })).toEqual([]);
  expect(reasons({ contacts: contacts(30, 20, 10, 1) })).toEqual([]);
  expect(reasons({ contacts: contacts(29, 20, 10, 1) })).toEqual([
    ["many-contacts", 3, { n: 4, days: 30 }],
  ]);
  const back = (days: number) => ({
    contacts: [
      { at: ago(days), issue: "chat" },
      { at: ago(1), issue: "chat" },
    ],
  });
  expect(reasons(back(6))).toEqual([["many-contacts", 3, { n: 2, days: 7 }]]);
  expect(reasons(back(7))).toEqual([]);
});

test("2: silent for three times the own usual interval, else for the workspace's days", () => {
  const silent = (...daysAgo: number[]) => ({ activeDays: daysAgo.map((each) => TODAY - each) });
  expect(usualInterval([1, 11, 16, 26])).toBe(10);
  expect(usualInterval([1, 11, 15, 25, 27])).toBe(7);
  expect(usualInterval([1, 11])).toBeNull();
  // Every ten days; the 30 days begin when the last day is over.
  expect(reasons(silent(50, 40, 30))).toEqual([]);
  expect(reasons(silent(51, 41, 31))).toEqual([["silent", 2, { days: 30, usual: 10 }]]);
  expect(reasons(silent(70, 60))).toEqual([]);
  expect(reasons(silent(71, 61))).toEqual([["silent", 2, { days: 60, usual: 0 }]]);
  // Where it is tomorrow already the day is over sooner.
  const east = { ...silent(50, 40, 30), utcOffsetMs: 13 * 60 * 60 * 1000 };
  expect(reasons(east)).toHaveLength(1);
  expect(at({ ...east, utcOffsetMs: 0 }).dueAt).toBe((TODAY + 1) * DAY);
});

test("2: the latest NPS 0–6, CSAT 1–2 or CES 1–3, for 180 days", () => {
  const given = (metric: "nps" | "csat" | "ces", score: number, days = 1) => ({
    ...{ metric, score },
    at: ago(days),
  });
  const low = (metric: string, score: number) => [["low-score", 2, { metric, score }]];
  expect(reasons({ scores: [given("nps", 6)] })).toEqual(low("nps", 6));
  expect(reasons({ scores: [given("nps", 7)] })).toEqual([]);
  expect(reasons({ scores: [given("csat", 2)] })).toEqual(low("csat", 2));
  expect(reasons({ scores: [given("csat", 3)] })).toEqual([]);
  expect(reasons({ scores: [given("ces", 3)] })).toEqual(low("ces", 3));
  expect(reasons({ scores: [given("ces", 4)] })).toEqual([]);
  expect(reasons({ scores: [given("csat", 1, 9), given("csat", 5, 2)] })).toEqual([]);
  expect(reasons({ scores: [given("nps", 0, 180)] })).toEqual([]);
  expect(at({ scores: [given("nps", 0, 179)] }).dueAt).toBe(ago(-1));
});

test("1: NPS is down three points against their own answer before", () => {
  const scores = (before: number, latest: number) => [
    { metric: "nps" as const, score: before, at: ago(100) },
    { metric: "nps" as const, score: latest, at: ago(1) },
  ];
  expect(reasons({ scores: scores(10, 7) })).toEqual([["nps-fell", 1, { from: 10, to: 7 }]]);
  expect(reasons({ scores: scores(10, 8) })).toEqual([]);
  expect(at({ scores: scores(9, 5) }).points).toBe(3);
});

test("1: a customer for less than 90 days; 0: no answer although they used to", () => {
  expect(reasons({ joinedAt: ago(89) })).toEqual([["new-customer", 1, { days: 90 }]]);
  expect(reasons({ joinedAt: ago(90) })).toEqual([]);
  expect(at({ unanswered: true })).toMatchObject({
    points: 0,
    reasons: [{ reason: "unanswered", points: 0 }],
  });
});

test("0–2 low, 3–4 watch, 5 and more high; ten is the most", () => {
  expect([0, 2, 3, 4, 5, 10].map(churnTier)).toEqual([
    ...["low", "low", "watch", "watch", "high", "high"],
  ]);
  const everything = {
    joinedAt: ago(10),
    activeDays: [TODAY - 200],
    contacts: [0, 1, 2, 3].map((day) => ({ at: ago(day), issue: `${day}` })),
    scores: [9, 2].map((score, i) => ({ metric: "nps" as const, score, at: ago(9 - i) })),
    followUps: [{ lateAt: ago(1), doneAt: null }],
  };
  expect(at(everything)).toMatchObject({ points: 10, tier: "high" });
  expect(at(everything).reasons.reduce((sum, { points }) => sum + points, 0)).toBe(12);
  expect(at({ ...everything, left: true })).toMatchObject({ points: 0, reasons: [] });
});

test("a workspace's own points count instead", () => {
  const points = { ...usualChurnPoints, "new-customer": 5 };
  expect(churnSignals({ ...nothing, joinedAt: ago(1) }, NOW, points)).toMatchObject({
    points: 5,
    tier: "high",
  });
});

const instant = fc.integer({ min: ago(400), max: NOW + 100 * DAY });
const facts: fc.Arbitrary<ChurnFacts> = fc.record({
  left: fc.constant(false),
  joinedAt: fc.option(instant),
  activeDays: fc
    .uniqueArray(fc.integer({ min: TODAY - 400, max: TODAY }), { maxLength: 8 })
    .map((days) => days.sort((a, b) => a - b)),
  utcOffsetMs: fc.integer({ min: -12, max: 14 }).map((hours) => hours * 3_600_000),
  contacts: fc.array(
    fc.record({ at: fc.integer({ min: ago(40), max: NOW }), issue: fc.constantFrom("a", "b") }),
    { maxLength: 6 },
  ),
  scores: fc
    .array(
      fc.record({
        metric: fc.constantFrom("nps" as const, "csat" as const, "ces" as const),
        score: fc.integer({ min: 1, max: 5 }),
        at: fc.integer({ min: ago(400), max: NOW }),
      }),
      { maxLength: 5 },
    )
    .map((scores) => scores.sort((a, b) => a.at - b.at)),
  followUps: fc.array(
    fc.record({
      lateAt: instant,
      doneAt: fc.option(fc.integer({ min: ago(60), max: NOW })),
    }),
    { maxLength: 2 },
  ),
  unanswered: fc.boolean(),
  silentDays: fc.integer({ min: 1, max: 90 }),
});

test("until they are due time alone changes nothing, whatever is known", () => {
  fc.assert(
    fc.property(facts, fc.double({ min: 0, max: 1, noNaN: true }), (known, part) => {
      const now = churnSignals(known, NOW);
      const until = now.dueAt ?? NOW + 400 * DAY;
      expect(until).toBeGreaterThan(NOW);
      const later = churnSignals(known, NOW + Math.floor((until - 1 - NOW) * part));
      expect(later.points).toBe(now.points);
      expect(later.reasons).toEqual(now.reasons);
    }),
  );
});
