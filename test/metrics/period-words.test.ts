import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { languages } from "../../src/locales/index.ts";
import type { Period } from "../../src/metrics/period.ts";
import { periodKey } from "../../src/metrics/period-key.ts";
import { sameLastYear } from "../../src/metrics/period-steps.ts";
import { parsePeriod } from "../../src/metrics/period-text.ts";
import { wordsOf } from "../../src/metrics/words/index.ts";
import { phraseNames } from "../../src/metrics/words/words.ts";

const now = new Date("2026-10-14T10:30:00Z"); // a Wednesday
const context = { now, timeZone: "UTC" };

function keyOf(text: string): string {
  const parsed = parsePeriod(text, context);
  return parsed.ok ? periodKey(parsed.period) : parsed.problem;
}

describe("periods in people's own words", () => {
  test.each([
    ["since Monday", "20261012-20261014"],
    ["since yesterday", "20261013-20261014"],
    ["last 14 days", "20261001-20261014"],
    ["last two weeks", "20261001-20261014"],
    ["past month", "20260915-20261014"],
    ["week to date", "week-20261012"],
    ["last quarter", "quarter-20260701"],
    ["Q3", "quarter-20260701"],
    ["Q4 2025", "quarter-20251001"],
    ["October", "month-20261001"],
    ["in October", "month-20261001"],
    ["November", "month-20251101"],
    ["October last year", "month-20251001"],
    ["2025", "year-20250101"],
    ["week 40", "week-20260928"],
    ["2 weeks ago", "week-20260928"],
    ["Friday", "day-20261009"],
    ["October 3rd", "day-20261003"],
    ["2026-10-07", "day-20261007"],
    ["1.10.2026", "day-20261001"],
    ["from March to May", "20260301-20260531"],
    ["上周", "week-20261005"],
    ["本月", "month-20261001"],
    ["最近30天", "20260915-20261014"],
    ["最近两周", "20261001-20261014"],
    ["10月", "month-20261001"],
    ["第三季度", "quarter-20260701"],
    ["昨天", "day-20261013"],
    ["周一以来", "20261012-20261014"],
    ["10月1日至10月5日", "20261001-20261005"],
    ["上個月", "month-20260901"],
    ["最近兩週", "20261001-20261014"],
    ["週一以來", "20261012-20261014"],
    ["за прошлый месяц", "month-20260901"],
    ["с понедельника", "20261012-20261014"],
    ["вчера", "day-20261013"],
    ["за 14 дней", "20261001-20261014"],
    ["октябрь", "month-20261001"],
    ["в октябре 2025 года", "month-20251001"],
    ["3 квартал 2026", "quarter-20260701"],
    ["с 1 по 10 октября", "20261001-20261010"],
    ["за всё время", "all"],
  ])("%s is %s", (text, key) => {
    expect(keyOf(text)).toBe(key);
  });

  test.each(["tomorrow", "next week", "2026-11", "2027", "завтра", "下周", "明年", "2026-10-15"])(
    "%s has not begun",
    (text) => {
      expect(keyOf(text)).toBe("future");
    },
  );

  test.each([
    ...["sat", "I sat", "we may wait", "second", "one", "now", "5 o'clock", "1/2/2026", "march on"],
    ...[
      "October 35",
      "30 февраля",
      "since pizza",
      "last last week",
      "week week",
      "0 days",
      "by team",
    ],
    ...[
      "99999 days",
      "since 2027-01",
      "мы",
      "客服",
      "Q5",
      "thing 2026",
      "no 7 days",
      "monday morning",
    ],
  ])("%s is no period by accident", (text) => {
    expect(["unknown", "future", "no-such-date"]).toContain(keyOf(text));
  });

  const phrases = languages.flatMap((language) =>
    phraseNames.flatMap((name) =>
      wordsOf[language].phrases[name].map((phrase) => ({ language, name, phrase })),
    ),
  );

  test("every phrase of every language is read alike, whoever reads it", () => {
    for (const { language, name, phrase } of phrases) {
      const own = parsePeriod(phrase, { ...context, language });
      expect(own.ok || own.problem, phrase).toBe(name === "future" ? "future" : true);
      const read = languages.map((reader) => parsePeriod(phrase, { ...context, language: reader }));
      const keys = read.map((each) => (each.ok ? periodKey(each.period) : each.problem));
      expect(new Set(keys).size, phrase).toBe(1);
    }
  });

  test("random words never throw, and never are a period", () => {
    const letters = fc.constantFrom(...'abcdefghijklmnopqrstuvwxyzабвгдежз客服队，。!?:"');
    const word = fc.array(letters, { minLength: 5, maxLength: 12 }).map((all) => all.join(""));
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 3 }), (words) => {
        expect(keyOf(words.join(" "))).toBe("unknown");
      }),
      { numRuns: 200 },
    );
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 80 }), (text) => {
        parsePeriod(text, context);
      }),
      { numRuns: 200 },
    );
  });
});

describe("the same a year before", () => {
  const same = (text: string, at = now): Period | null => {
    const parsed = parsePeriod(text, { now: at, timeZone: "UTC" });
    return parsed.ok ? sameLastYear(parsed.period, at) : null;
  };

  test.each([
    ["week", "week-20251013"],
    ["2020-W53", "week-20191223"],
    ["month", "month-20251001"],
    ["last quarter", "quarter-20250701"],
    ["year", "year-20250101"],
    ["yesterday", "day-20251013"],
    ["2024-02-29", "day-20230228"],
    ["2024-02-20..2024-03-05", "20230220-20230305"],
    ["2024-02", "month-20230201"],
  ])("of %s is %s", (text, key) => {
    const found = same(text);
    expect(found && periodKey(found)).toBe(key);
  });

  test("does not exist for all time, and is over", () => {
    expect(same("all")).toBeNull();
    expect(same("month")?.running).toBe(false);
  });
});
