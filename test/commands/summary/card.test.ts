import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { summaryCard } from "../../../src/commands/summary/card.ts";
import { summaryPicture } from "../../../src/commands/summary/picture.ts";
import { languages } from "../../../src/locales/index.ts";
import { metricNames } from "../../../src/metrics/metric.ts";
import { metrics } from "../../../src/metrics/registry.ts";
import { linesOf, loadedSummary, plain } from "../summary-support.ts";

const nps = [2, 1, 1, 1, 1, 2, 2, 8, 8, 13, 13]; // 26/16/10
const npsBefore = [3, 2, 1, 1, 1, 2, 2, 6, 7, 11, 11]; // 22/13/12
const asking = {
  asked: 170,
  reached: 160,
  answered: 50,
  closedReached: 150,
  closedAnswered: 48,
  open: 3,
};

const english = (given: Parameters<typeof loadedSummary>[0]) =>
  linesOf(summaryCard(loadedSummary(given), "en"));

describe("a card", () => {
  test("says score, range, n, response rate, groups and verdict in one line", () => {
    const message = summaryCard(
      loadedSummary({ metric: "nps", histogram: nps, before: npsBefore, asking }),
      "en",
    );
    const line =
      "NPS +31 (95 % range +9 to +50) · 52 answers · 48 of 150 reached answered (32%) · " +
      "26 / 16 / 10 · last week +21 (n 47): no clear change";
    expect(message.summary).toBe(line);
    expect(linesOf(message)).toEqual([
      "NPS · this week, Oct 12 – 18, 2026 · so far",
      // What the facts say is not said twice.
      "NPS +31 (95 % range +9 to +50) · 52 answers · last week +21 (n 47): no clear change",
      "3 questions can still be answered.",
      "No clear change against last week: +9 (95 % range −21 to +40, p 0.56)",
      "A difference of this size becomes clear with about 550 answers in each of the two.",
      "Trend: ▃▅ 2 weeks",
      "Answers: 52",
      "Promoters: 26 (50%)",
      "Passives: 16 (31%)",
      "Detractors: 10 (19%)",
      "Asked: 170",
      "Reached: 160",
      "Answered: 50",
      "Response rate: 32% (48 of 150 whose time to answer is over)",
      "Answers by score",
      ...["0: 2 (4%)", "1: 1 (2%)", "2: 1 (2%)", "3: 1 (2%)", "4: 1 (2%)", "5: 2 (4%)"],
      ...["6: 2 (4%)", "7: 8 (15%)", "8: 8 (15%)", "9: 13 (25%)", "10: 13 (25%)"],
    ]);
  });

  test("names the variant of CES and its mean, with a range from 20 answers", () => {
    const lines = english({ metric: "ces", histogram: [2, 2, 2, 3, 10, 10, 11] });
    expect(lines[1]).toContain("CES 2.0 agree 78%");
    expect(lines).toContain("Mean: 5.3 (95 % range 4.7 to 5.8)");
    expect(english({ metric: "ces", histogram: [0, 0, 1, 1, 1, 1, 2] })).toContain("Mean: 5.3");
  });

  test("shows expectation's mean as the distance from what was expected", () => {
    const lines = english({ metric: "expectation", histogram: [0, 1, 2, 4, 3] });
    expect(lines[1]).toContain("Better than expected, net +60");
    expect(lines).toContain("Mean against what was expected: +0.9");
  });

  test("has yes before no, and no mean, for resolution", () => {
    const lines = english({ metric: "resolution", histogram: [1, 2, 3] });
    expect(lines.slice(-4)).toEqual([
      "Answers by score",
      "Yes: 3 (50%)",
      "Partly: 2 (33%)",
      "No: 1 (17%)",
    ]);
    expect(lines.join()).not.toContain("Mean");
  });

  test("gives percentages a decimal from 200 answers on, points never", () => {
    expect(english({ metric: "csat", histogram: [14, 9, 10, 32, 142] })[1]).toContain(
      "CSAT satisfied 84.1% (95 % range 78.5% to 88.4%)",
    );
    expect(english({ metric: "csat", histogram: [14, 9, 10, 32, 42] })[1]).toContain("69%");
    expect(english({ metric: "nps", histogram: nps.map((n) => 10 * n) })[1]).toContain("NPS +31 ");
  });

  test("says up and down in words, percentages in percentage points", () => {
    const up = english({
      metric: "csat",
      period: "last month",
      histogram: [5, 5, 10, 40, 60],
      before: [30, 20, 10, 30, 30],
    });
    expect(up[1]).toContain("the month before 50% (n 120): up");
    expect(up).toContain(
      "Up against the month before: +33 percentage points (95 % range +22 to +44)",
    );
    const down = english({
      metric: "nps",
      histogram: [50, 0, 0, 0, 0, 0, 0, 0, 0, 0, 20],
      before: nps,
    });
    expect(down[1]).toMatch(/last week \+31 \(n 52\): down$/);
    expect(down.find((line) => line.startsWith("Down against last week: −74"))).toContain(
      "p < 0.001",
    );
  });

  test("tells how many more answers this period needs where more of them would do", () => {
    const lines = english({
      metric: "csat",
      histogram: [3, 3, 4, 20, 10],
      before: [300, 150, 150, 200, 200],
      period: "month",
    });
    expect(lines[1]).toContain("last month 40.0% (n 1000): up");
    const close = english({
      metric: "csat",
      histogram: [5, 5, 6, 14, 10],
      before: [300, 100, 100, 200, 300],
    });
    expect(close[1]).toContain("no clear change");
    expect(close.find((line) => line.includes("more answers would make it clear"))).toBeDefined();
    const over = english({
      metric: "csat",
      histogram: [5, 5, 6, 14, 10],
      before: [300, 100, 100, 200, 300],
      period: "last week",
    });
    expect(over.find((line) => line.includes("more answers"))).toBeUndefined();
    expect(over.find((line) => line.includes("in each of the two"))).toBeDefined();
  });

  test("marks an early signal and does not compare it", () => {
    const lines = english({
      metric: "nps",
      histogram: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 29],
      before: nps,
    });
    expect(lines).toContain("An early signal: fewer than 30 answers.");
    expect(lines[1]).toContain("last week +31 (n 52): too few answers to compare");
    // Said once: neither what a comparison takes nor the verdict comes again below.
    expect(lines.filter((line) => /compar/i.test(line))).toHaveLength(1);
    expect(lines.join()).not.toMatch(/\bup\b|Up against/);
  });

  test("says what a comparison takes where the period before has too few answers", () => {
    const before = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 20];
    const lines = english({ metric: "nps", histogram: nps, before });
    expect(lines[1]).toContain("last week +100 (n 20): too few answers to compare");
    expect(lines).toContain("A comparison needs 30 answers on each side.");
  });

  test("without answers says so and is no zero", () => {
    const lines = english({ metric: "nps", histogram: nps.map(() => 0), period: "all" });
    expect(lines[0]).toBe("NPS · all time · so far");
    expect(lines[1]).toBe("NPS: no answers yet");
    expect(lines).toEqual(expect.arrayContaining(["Answers: 0", "Asked: 0", "Reached: 0"]));
  });

  test("with fewer than five answers puts the last full period beside it", () => {
    const lines = english({
      metric: "nps",
      histogram: [1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2],
      before: npsBefore,
    });
    expect(lines[1]).toBe("NPS: too few to show a score: 3 answers, a score needs 5");
    expect(lines[2]).toBe(
      "last week: NPS +21 (95 % range −3 to +43) · 47 answers · nobody asked in this period · 22 / 13 / 12",
    );
  });

  test("of a period that is over is so far while somebody may still answer", () => {
    const given = { metric: "nps", histogram: nps, period: "last week" } as const;
    expect(english(given)[0]).toBe("NPS · Oct 5 – 11, 2026");
    expect(english({ ...given, asking })[0]).toBe("NPS · Oct 5 – 11, 2026 · so far");
  });

  test("quotes comments as they were given, cut when they are long, with score and link", () => {
    const lines = english({
      metric: "nps",
      histogram: nps,
      comments: [
        {
          text: `@everyone <b>no</b> ${"👩‍👩‍👧".repeat(400)}`,
          metric: "nps",
          score: 3,
          answeredAt: new Date(),
          person: "Ada",
          chatUrl: "https://chat.example/1",
        },
        {
          ...{ text: "fine", metric: "nps", score: 9, answeredAt: new Date() },
          ...{ person: null, chatUrl: null },
        },
      ],
    });
    expect(lines.at(-3)).toBe("Newest comments, low scores first");
    expect(lines.at(-2)).toBe(
      `> @everyone <b>no</b> ${"👩‍👩‍👧".repeat(280)}… (Ada · 3/10) https://chat.example/1`,
    );
    expect(lines.at(-1)).toBe("> fine (9/10)");
  });

  test("says when its picture could not be drawn", () => {
    const card = summaryCard(loadedSummary({ metric: "nps", histogram: nps }), "en", {
      picture: "missing",
    });
    expect(linesOf(card)).toContain("The picture could not be drawn this time.");
  });
});

describe("the display ladder", () => {
  const small = fc.integer({ min: 0, max: 4 }).chain((n) =>
    fc.record({
      metric: fc.constantFrom(...metricNames),
      scores: fc.array(fc.nat(), { minLength: n, maxLength: n }),
      others: fc.array(fc.nat(), { minLength: n, maxLength: n }),
    }),
  );
  const histogramOf = (metric: (typeof metricNames)[number], scores: readonly number[]) => {
    const { min, max } = metrics[metric].scale;
    const counts = new Array<number>(max - min + 1).fill(0);
    for (const score of scores) {
      const index = score % counts.length;
      counts[index] = (counts[index] ?? 0) + 1;
    }
    return counts;
  };

  test("below five answers a card is the same whatever they were", () => {
    fc.assert(
      fc.property(small, ({ metric, scores, others }) => {
        const show = (given: readonly number[]) => {
          const loaded = loadedSummary({ metric, histogram: histogramOf(metric, given) });
          return [summaryCard(loaded, "en"), summaryPicture(loaded, "en")];
        };
        expect(show(scores)).toEqual(show(others));
      }),
    );
  });

  test("below five answers the period before leaves no trace but its number either", () => {
    fc.assert(
      fc.property(small, ({ metric, scores, others }) => {
        const { min, max } = metrics[metric].scale;
        const histogram = new Array<number>(max - min + 1).fill(20);
        const show = (given: readonly number[]) => {
          const before = histogramOf(metric, given);
          const loaded = loadedSummary({ metric, histogram, before });
          return [summaryCard(loaded, "en"), summaryPicture(loaded, "en")];
        };
        expect(show(scores)).toEqual(show(others));
      }),
    );
  });
});

describe("the picture", () => {
  test("has the same figures as the card, gaps for too few answers, and words that say the same", () => {
    const before = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4];
    const picture = summaryPicture(loadedSummary({ metric: "nps", histogram: nps, before }), "en");
    expect(picture).toMatchObject({
      title: "NPS +31",
      unit: "points",
      domain: [-100, 100],
    });
    expect(plain(picture?.subtitle ?? "")).toBe("Acme · this week, Oct 12 – 18, 2026");
    expect(picture?.distribution[9]).toEqual({ label: "9", count: 13, group: "high" });
    // Ten weeks before anybody was asked are no trend.
    expect(picture?.trend).toHaveLength(4);
    expect(picture?.trend.at(-1)).toMatchObject({ label: "Oct 12", n: 52, running: true });
    expect(picture?.trend.at(-2)).toEqual({
      label: "Oct 5",
      score: null,
      range: null,
      n: 4,
      running: false,
    });
    expect(picture?.alt).toContain("NPS +31 (95 % range +9 to +50)");
    expect(picture?.alt).toMatch(/Trend: Oct 12 \+31$/);
  });

  test("is left out when no period has enough answers", () => {
    const histogram = [4, 0, 0];
    expect(
      summaryPicture(loadedSummary({ metric: "resolution", histogram }), "en"),
    ).toBeUndefined();
  });

  test("shows only the trend when the present period has too few answers", () => {
    const picture = summaryPicture(
      loadedSummary({ metric: "resolution", histogram: [1, 0, 1], before: [5, 5, 5] }),
      "en",
    );
    expect(picture).toMatchObject({ title: "Solved", distribution: [] });
    expect(picture?.trend.at(-1)?.score).toBeNull();
    expect(picture?.trend.at(-2)?.score).toBeCloseTo(33.3, 1);
  });

  test.each([
    ["today", "Oct 14"],
    ["month", "Oct"],
    ["quarter", "Q4 26"],
    ["year", "2026"],
    ["7d", "Oct 8"],
    ["all", "Oct"],
  ])("names the last point of a trend of %s %s", (period, label) => {
    const loaded = loadedSummary({ metric: "nps", histogram: nps, period });
    expect(summaryPicture(loaded, "en")?.trend.at(-1)?.label).toBe(label);
  });
});

test.each(languages)("every card can be said in %s, with nothing left unsaid", (language) => {
  const periods = ["today", "week", "last month", "quarter", "year", "7d", "all", "2026-W40"];
  for (const metric of metricNames) {
    const { min, max } = metrics[metric].scale;
    const of = (count: number) => new Array<number>(max - min + 1).fill(count);
    for (const period of periods) {
      for (const [histogram, before] of [
        [of(0), of(0)],
        [of(1), of(20)],
        [of(20), of(0)],
        [of(20), of(20)],
        [of(20).with(0, 200), of(20)],
      ] as const) {
        const loaded = loadedSummary({ metric, period, histogram, before, asking });
        const words = [
          ...linesOf(summaryCard(loaded, language, { picture: "missing" })),
          summaryPicture(loaded, language)?.alt ?? "",
        ].join("\n");
        expect(words).not.toMatch(/[{}]|undefined|NaN|null/);
      }
    }
  }
});
