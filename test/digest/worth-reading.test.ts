import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { worthReading } from "../../src/digest/worth-reading.ts";
import { metricNames } from "../../src/metrics/metric.ts";
import { metrics } from "../../src/metrics/registry.ts";

const said = (text: string, score: number, hour: number) =>
  ({ text, metric: "nps", score, answeredAt: new Date(Date.UTC(2026, 10, 3, hour)) }) as const;

const textsOf = (comments: Parameters<typeof worthReading>[0]) =>
  worthReading(comments).map(({ text }) => text);

describe("three comments worth reading", () => {
  test("are the newest low one, the newest high one, and the longest that tells something", () => {
    const long =
      "The invoice came twice, the second one with another address, and nobody knew why.";
    expect(
      textsOf([
        said("The export never finished for me", 2, 1),
        said("Still waiting for the refund", 3, 5),
        said("Kim explained everything", 10, 4),
        said("Wonderful as always", 9, 3),
        said(long, 7, 2),
      ]),
    ).toEqual(["Still waiting for the refund", "Kim explained everything", long]);
  });

  test("a word that tells nothing only stands there when there is nothing else of its kind", () => {
    const low = said("Slow replies over the weekend", 1, 1);
    expect(textsOf([said("bad", 0, 9), low])).toEqual([low.text]);
    expect(textsOf([said("bad", 0, 9), said("ok", 8, 8)])).toEqual(["bad"]);
    const loud = said("a".repeat(400), 7, 1);
    expect(textsOf([loud, said("It took three attempts", 7, 1)])).toEqual([
      "It took three attempts",
    ]);
    expect(textsOf([said("回复很慢，等了三天才解决问题", 7, 1)])).toHaveLength(1);
    expect(textsOf([])).toEqual([]);
  });

  test("are at most three different ones of those there are, whatever they are", () => {
    const comment = fc.record({
      text: fc.string({ unit: "binary", maxLength: 2000 }),
      metric: fc.constantFrom(...metricNames),
      score: fc.nat(10),
      answeredAt: fc.date({ noInvalidDate: true }),
    });
    const onScale = fc.array(comment).map((all) =>
      all.map((each) => {
        const { min, max } = metrics[each.metric].scale;
        return { ...each, score: min + (each.score % (max - min + 1)) };
      }),
    );
    fc.assert(
      fc.property(onScale, (comments) => {
        const chosen = worthReading(comments);
        expect(chosen.length).toBeLessThanOrEqual(3);
        expect(new Set(chosen).size).toBe(chosen.length);
        for (const each of chosen) expect(comments).toContain(each);
        const has = (level: string) => (each: (typeof comments)[number]) =>
          metrics[each.metric].levelOf(each.score) === level;
        for (const level of ["low", "high"])
          expect(chosen.some(has(level))).toBe(comments.some(has(level)));
      }),
      { numRuns: 100 },
    );
  });
});
