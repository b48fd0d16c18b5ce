import fc from "fast-check";
import { expect, test } from "vitest";
import { areaUnderCurve } from "../../src/metrics/churn-auc.ts";
import {
  backtest,
  type ChurnSnapshot,
  churnSnapshot,
  snapshotDates,
} from "../../src/metrics/churn-backtest.ts";
import { derivePoints, fitPoints } from "../../src/metrics/churn-derive.ts";
import type { ChurnHistory } from "../../src/metrics/churn-facts.ts";
import { churnRate, yearlyChurn } from "../../src/metrics/churn-rate.ts";
import { type ChurnReasonName, usualChurnPoints } from "../../src/metrics/churn-reasons.ts";

const DAY = 24 * 60 * 60 * 1000;
const T = Date.UTC(2026, 5, 1);
const calendar = { utcOffsetMs: 0, silentDays: 60 };
const after = (days: number) => T + days * DAY;

const history: ChurnHistory = {
  joinedAt: after(-300),
  metAt: after(-300),
  leftAt: null,
  leftNotedAt: null,
  activeDays: [],
  contacts: [],
  scores: [],
  followUps: [],
  answered: [],
  unanswered: [],
};

test("the area under the curve is how often the lost one had the higher number, ties half", () => {
  const rows = (lost: number[], stayed: number[]) => [
    ...lost.map((value) => ({ value, lost: true })),
    ...stayed.map((value) => ({ value, lost: false })),
  ];
  // 3 beats 1 and 2, ties with 3; 1 ties with 1: (1 + 1 + ½ + ½) of 6.
  expect(areaUnderCurve(rows([3, 1], [1, 2, 3]))).toBeCloseTo(0.5, 10);
  expect(areaUnderCurve(rows([5, 6], [1, 2]))).toBe(1);
  expect(areaUnderCurve(rows([1], []))).toBeNull();
  const groups = fc.array(fc.integer({ min: 0, max: 10 }), { minLength: 1, maxLength: 40 });
  fc.assert(
    fc.property(groups, groups, (lost, stayed) => {
      const wins = lost.flatMap((a) => stayed.map((b) => (a > b ? 1 : a === b ? 0.5 : 0)));
      const share = wins.reduce<number>((sum, win) => sum + win, 0) / wins.length;
      expect(areaUnderCurve(rows(lost, stayed))).toBeCloseTo(share, 10);
    }),
  );
});

test("lost is who left more than 7 and at most 97 days later; whoever left sooner is not counted", () => {
  const left = (days: number) =>
    churnSnapshot({ ...history, leftAt: after(days), leftNotedAt: after(days) }, T, calendar)?.lost;
  expect([left(-1), left(7)]).toEqual([undefined, undefined]);
  expect([left(7.01), left(97), left(97.01)]).toEqual([true, true, false]);
  expect(churnSnapshot({ ...history, joinedAt: after(1) }, T, calendar)).toBeUndefined();
  expect(
    churnSnapshot({ ...history, metAt: after(1), joinedAt: null }, T, calendar),
  ).toBeUndefined();
  const told = { ...history, metAt: after(1), joinedAt: null, activeDays: [T / DAY - 3] };
  expect(churnSnapshot(told, T, calendar)).toMatchObject({ inactiveDays: 3, lost: false });
});

test("a changed score is on a past date what it was then", () => {
  const scores = [
    { metric: "nps" as const, score: 3, at: after(-2), until: after(1) },
    { metric: "nps" as const, score: 9, at: after(1), until: null },
  ];
  expect(churnSnapshot({ ...history, scores }, T, calendar)?.reasons).toContain("low-score");
  expect(churnSnapshot({ ...history, scores }, after(2), calendar)?.reasons).toEqual([]);
});

test("a case that was closed and opened again is on each date what it was then", () => {
  const events = [
    { at: after(-40), what: "open" as const },
    { at: after(-38), what: "late" as const },
    { at: after(-35), what: "done" as const },
    { at: after(1), what: "open" as const },
  ];
  const known = { ...history, followUps: [{ events, dueAt: null }] };
  const reasonsOn = (days: number) => churnSnapshot(known, after(days), calendar)?.reasons;
  expect(reasonsOn(-39)).toEqual([]);
  expect(reasonsOn(-36)).toEqual(["follow-up-late"]);
  expect(reasonsOn(-6)).toEqual(["follow-up-late"]);
  expect(reasonsOn(0)).toEqual([]);
  expect(reasonsOn(2)).toEqual(["follow-up-late"]);
});

const past = fc.integer({ min: after(-300), max: T });
const future = fc.integer({ min: T + DAY, max: after(300) });
const pieces = (time: fc.Arbitrary<number>) =>
  fc.record({
    activeDays: fc.array(time.map((at) => Math.floor(at / DAY))),
    contacts: fc.array(fc.record({ at: time, issue: fc.constantFrom("a", "b") })),
    scores: fc.array(fc.record({ at: time, score: fc.integer({ min: 0, max: 10 }) })),
    events: fc.array(
      fc.record({
        at: time,
        what: fc.constantFrom(
          "late" as const,
          "done" as const,
          "dropped" as const,
          "open" as const,
        ),
      }),
    ),
    answered: fc.array(time),
    unanswered: fc.array(time),
  });
type Pieces = typeof pieces extends (...args: never) => fc.Arbitrary<infer P> ? P : never;

function put(together: readonly Pieces[], ends: { until: number; spam: number }): ChurnHistory {
  const byTime = <A extends { at: number }>(list: A[]) => list.toSorted((a, b) => a.at - b.at);
  const all = <K extends keyof Pieces>(key: K) => together.flatMap((each) => [...each[key]]);
  const numbers = (list: readonly number[]) => [...new Set(list)].sort((a, b) => a - b);
  return {
    ...history,
    activeDays: numbers(together.flatMap(({ activeDays }) => activeDays)),
    contacts: byTime(together.flatMap(({ contacts }) => contacts)).map((each) => ({
      ...each,
      spamAt: ends.spam,
    })),
    scores: byTime(together.flatMap(({ scores }) => scores)).map((each) => ({
      ...each,
      metric: "nps" as const,
      until: Math.max(each.at, ends.until),
    })),
    followUps: [{ events: byTime(all("events") as Pieces["events"]), dueAt: null }],
    answered: numbers(together.flatMap(({ answered }) => answered)),
    unanswered: numbers(together.flatMap(({ unanswered }) => unanswered)),
  };
}

test("what is recorded after a date changes nothing of its snapshot", () => {
  fc.assert(
    fc.property(pieces(past), pieces(future), future, (known, later, end) => {
      const never = { until: Number.MAX_SAFE_INTEGER, spam: Number.MAX_SAFE_INTEGER };
      const before = churnSnapshot(put([known], never), T, calendar);
      const ends = { until: end, spam: end };
      expect(churnSnapshot(put([known, later], ends), T, calendar)).toEqual(before);
    }),
  );
});

test("dates are 90 days apart, so that nobody is counted as lost twice, and all are over", () => {
  const dates = snapshotDates(T, 12);
  expect(dates).toEqual([after(-277 - 0), after(-187), after(-97)].sort((a, b) => a - b));
  expect(snapshotDates(T, 3)).toEqual([]);
});

/** So many snapshots of one kind. */
function many(n: number, lost: number, reasons: ChurnReasonName[], at = T): ChurnSnapshot[] {
  return Array.from({ length: n }, (_, i) => ({
    ...{ at, reasons, inactiveDays: reasons.length },
    lost: i < lost,
  }));
}

test("the tables, the baselines and a gate that is passed, by hand", () => {
  const high: ChurnReasonName[] = ["follow-up-late", "silent"];
  const rows = [...many(800, 8, []), ...many(150, 12, ["many-contacts"]), ...many(50, 20, high)];
  const found = backtest(rows, usualChurnPoints);
  expect(found.all).toMatchObject({ n: 1000, lost: 40, rate: 4 });
  expect(found.tiers.low).toMatchObject({ n: 800, lost: 8, rate: 1 });
  expect(found.tiers.watch).toMatchObject({ n: 150, lost: 12, rate: 8 });
  expect(found.tiers.high).toMatchObject({ n: 50, lost: 20, rate: 40 });
  expect(found.tiers.high.range?.[0]).toBeCloseTo(27.6, 1);
  expect(found.high).toEqual({ recall: 50, precision: 40, lift: 10 });
  expect(found.watch).toEqual({ recall: 80, precision: 16, lift: 4 });
  expect(found.gate).toEqual({
    ...{ enoughLost: true, tiersInOrder: true, highAboveBase: true, passed: true },
  });
});

test("29 lost, tiers out of order, an empty tier: none of them passes", () => {
  const gate = (...rows: ChurnSnapshot[][]) => backtest(rows.flat(), usualChurnPoints).gate;
  const watch: ChurnReasonName[] = ["many-contacts"];
  const high: ChurnReasonName[] = ["follow-up-late", "silent"];
  expect(gate(many(800, 1, []), many(150, 8, watch), many(50, 20, high))).toMatchObject({
    ...{ enoughLost: false, tiersInOrder: true, passed: false },
  });
  expect(gate(many(800, 8, []), many(150, 120, watch), many(50, 20, high))).toMatchObject({
    ...{ enoughLost: true, tiersInOrder: false, passed: false },
  });
  expect(gate(many(800, 8, []), many(50, 30, high))).toMatchObject({
    ...{ tiersInOrder: false, passed: false },
  });
  expect(backtest([], usualChurnPoints)).toMatchObject({
    ...{ auc: null, all: { n: 0, rate: null }, gate: { passed: false } },
  });
});

test("points are how often a reason doubles the odds; what makes leaving less likely has none", () => {
  // 20 of 40 against 20 of 220: odds 1 against 0.1, ten times; log2 10 = 3.3.
  const { evidence, points } = fitPoints([
    ...many(40, 20, ["silent"]),
    ...many(100, 1, ["new-customer"]),
    ...many(120, 19, []),
  ]);
  expect(evidence.silent.oddsRatio).toBeCloseTo(10, 10);
  expect(points).toMatchObject({ silent: 3, "new-customer": 0, "low-score": 0 });
  // Nobody stayed: half a person in each cell.
  const empty = fitPoints([...many(2, 2, ["silent"]), ...many(10, 5, [])]);
  expect(empty.evidence.silent.oddsRatio).toBeCloseTo(5, 10);
});

test("points are fitted on older dates and judged on newer ones only", () => {
  const older = [...many(60, 40, ["silent"], T), ...many(400, 10, [], T)];
  const newer = [...many(60, 30, ["silent"], after(90)), ...many(400, 12, [], after(90))];
  const derived = derivePoints([...newer, ...older], usualChurnPoints);
  expect(derived).toMatchObject({ fittedOn: [T], enough: true, judged: { all: { lost: 42 } } });
  expect(derived?.points).toEqual(fitPoints(older).points);
  const other = [...many(60, 0, ["silent"], after(90)), ...many(400, 12, [], after(90))];
  expect(derivePoints([...other, ...older], usualChurnPoints)?.points).toEqual(derived?.points);
  expect(derivePoints(older, usualChurnPoints)).toBeUndefined();
});

test("churn is of those who were there when the period began: 200, of whom 20 were lost, is 10 %", () => {
  const period = { start: T, end: after(30) };
  const stay = { joinedAt: after(-100), leftAt: null };
  const customers = [
    ...Array.from({ length: 180 }, () => stay),
    ...Array.from({ length: 20 }, () => ({ ...stay, leftAt: after(10) })),
    // 40 came, none of them in the rate, though one left again; one had left before.
    ...Array.from({ length: 40 }, () => ({ joinedAt: after(5), leftAt: null })),
    { joinedAt: after(5), leftAt: after(6) },
    { joinedAt: after(-100), leftAt: after(-1) },
  ];
  expect(churnRate(customers, period)).toMatchObject({ start: 200, end: 220, lost: 20, rate: 10 });
  expect(churnRate([], period)).toMatchObject({ start: 0, rate: null, range: null });
  expect(yearlyChurn(2)).toBeCloseTo(21.53, 2);
});
