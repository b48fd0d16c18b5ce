import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { batchesIn, batchesOf, type Single } from "../../src/metrics/batches.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const start = Date.parse("2026-10-01T00:00:00Z");
const at = (hours: number) => new Date(start + hours * HOUR);
const now = at(24 * 60);

const single = (
  value: number,
  hours: number,
  who: string,
  { team = "Billing", known = false, days = 1 } = {},
): Single<number> => {
  return { value, at: at(hours), settled: at(hours + 24 * days), who, team, known };
};
const five = (from: number, team = "Billing") =>
  [0, 1, 2, 3, 4].map((i) => single(i, from + i, `p${from + i}`, { team }));

describe("batches", () => {
  const all = { now, onePerPerson: true };

  test("T7 four people are nobody, five are one batch at the moment of the fifth", () => {
    expect(batchesOf(five(0).slice(0, 4), all)).toEqual([]);
    expect(batchesOf(five(0), all)).toEqual([
      { team: "Billing", at: at(4), values: [0, 1, 2, 3, 4] },
    ]);
  });

  test("T7 five answers of four people are still nobody", () => {
    const twice = [...five(0).slice(0, 4), single(9, 20, "p0")];
    expect(batchesOf(twice, all)).toEqual([]);
    expect(batchesOf(twice, { now, onePerPerson: false })).toEqual([]);
  });

  test("of somebody who answers again the later one counts, where one of each does", () => {
    const answers = [single(1, 0, "p0"), ...five(1), single(9, 3, "p0")].filter(
      ({ who }) => who !== "p5",
    );
    const [once] = batchesOf(answers, all);
    expect([...(once?.values ?? [])].sort()).toEqual([0, 1, 2, 3, 9]);
    const [both] = batchesOf(answers, { now, onePerPerson: false });
    expect([...(both?.values ?? [])].sort()).toEqual([0, 1, 1, 2, 3, 9]);
  });

  test("T7 an answer that can still be changed is in none", () => {
    const answers = five(0);
    const last = at(4).getTime();
    expect(batchesOf(answers, { now: new Date(last + DAY - 1), onePerPerson: true })).toEqual([]);
    expect(batchesOf(answers, { now: new Date(last + DAY), onePerPerson: true })).toHaveLength(1);
  });

  test("T7 whoever the team knows hides nobody: five others are needed", () => {
    const known = [...five(0).slice(0, 4), single(0, 9, "p9", { known: true })];
    expect(batchesOf(known, all)).toEqual([]);
    const [batch] = batchesOf([...known, single(7, 10, "p10")], all);
    expect(batch?.values).toHaveLength(6);
  });

  test("T7 an answer that is settled late changes no batch that was seen", () => {
    const late = single(10, 0, "late", { days: 8 });
    const before = batchesOf([...five(1), late], { now: at(48), onePerPerson: true });
    expect(before).toHaveLength(1);
    const after = batchesOf([...five(1), late, ...five(200).slice(0, 4)], all);
    expect(after.slice(0, 1)).toEqual(before);
    expect(after[1]?.values).toContain(10);
  });

  test("T7 no team lends its people to another", () => {
    const answers = [...five(0).slice(0, 3), ...five(10, "Sales").slice(0, 4)];
    expect(batchesOf(answers, all)).toEqual([]);
  });
});

describe("T7 whatever is looked at and subtracted", () => {
  const answers = fc.array(
    fc.record({
      value: fc.integer({ min: 0, max: 10 }),
      hours: fc.integer({ min: 0, max: 24 * 59 }),
      who: fc.constantFrom(..."abcdefghijkl"),
      team: fc.constantFrom("", "Billing", "Sales"),
      known: fc.boolean(),
      days: fc.integer({ min: 1, max: 8 }),
    }),
    { maxLength: 120 },
  );
  const look = fc.record({
    from: fc.integer({ min: 0, max: 24 * 59 }),
    hours: fc.integer({ min: 0, max: 24 * 40 }),
    teams: fc.option(fc.subarray(["", "Billing", "Sales"]), { nil: undefined }),
  });
  type Given = Parameters<Parameters<typeof answers.map>[0]>[0];
  const made = (given: Given) =>
    given.map(({ value, hours, who, ...more }) => single(value, hours, who, more));

  test("what one look shows more than others is nobody's, or that of five people and more", () => {
    fc.assert(
      fc.property(
        answers,
        fc.array(look, { minLength: 1, maxLength: 4 }),
        fc.boolean(),
        (given, looks, once) => {
          const people = made(given).map((each) => ({
            ...each,
            value: each.known ? "" : each.who,
          }));
          const batches = batchesOf(people, { now, onePerPerson: once });
          const seen = looks.map(
            ({ from, hours, teams }) =>
              new Set(batchesIn(batches, { start: at(from), end: at(from + hours) }, teams)),
          );
          const [first = new Set(), ...others] = seen;
          const left = [...first].filter((batch) => others.every((other) => !other.has(batch)));
          const shown = new Set(left.flatMap(({ values }) => values).filter((who) => who !== ""));
          expect(left.length === 0 || shown.size >= 5).toBe(true);
          for (const { values } of batches) {
            const hidden = new Set(values.filter((who) => who !== ""));
            expect(hidden.size).toBeGreaterThanOrEqual(5);
          }
        },
      ),
    );
  });

  test("a further answer changes nothing that was seen, or adds a whole batch", () => {
    fc.assert(
      fc.property(answers, fc.boolean(), (given, once) => {
        const ordered = made(given).toSorted(
          (a, b) => a.settled.getTime() - b.settled.getTime() || a.at.getTime() - b.at.getTime(),
        );
        const before = batchesOf(ordered.slice(0, -1), { now, onePerPerson: once });
        const after = batchesOf(ordered, { now, onePerPerson: once });
        expect(after.slice(0, before.length)).toEqual(before);
        expect(after.length - before.length).toBeLessThanOrEqual(1);
      }),
    );
  });
});
