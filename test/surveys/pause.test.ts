import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { PAUSE_DAYS, type PauseLength, pauseEnd, pauseLength } from "../../src/surveys/pause.ts";

const now = new Date("2026-01-31T10:30:00Z");
const here = { now, timeZone: "Europe/Berlin", language: "en" } as const;
const DAY_MS = 86_400_000;
const day = (text: string, language: "en" | "ru" | "zh-Hans" = "en") =>
  pauseEnd(text, { ...here, language })
    .toISOString()
    .slice(0, 10);

describe("the length of a pause", () => {
  test.each<[string, PauseLength["unit"], number]>([
    ["pause 30d", "days", 30],
    ["pause 10 days", "days", 10],
    ["pause for 2 weeks", "weeks", 2],
    ["pause two weeks please", "weeks", 2],
    ["don't ask me for a week", "weeks", 1],
    ["don't ask me this month", "months", 1],
    ["pause 3 months", "months", 3],
    ["not for a year", "years", 1],
    ["pause for half a year", "months", 6],
    ["пауза на 10 дней", "days", 10],
    ["пауза на две недели", "weeks", 2],
    ["не спрашивайте меня три месяца", "months", 3],
    ["паузу на месяц", "months", 1],
    ["не пишите мне полгода", "months", 6],
    ["не спрашивайте пять лет", "years", 5],
    ["暂停30天", "days", 30],
    ["暂停两周", "weeks", 2],
    ["两个星期内别问我", "weeks", 2],
    ["暫停兩個禮拜", "weeks", 2],
    ["暂停3个月", "months", 3],
    ["一年内不要问我", "years", 1],
  ])("%s", (text, unit, amount) => {
    expect(pauseLength(text)).toEqual({ unit, amount });
  });

  test.each(["pause", "not for a while", "ask me in 5 minutes", "30m", "at 3 pm", "пауза", "暂停"])(
    "%s names none",
    (text) => {
      expect(pauseLength(text)).toBeUndefined();
    },
  );
});

describe("the end of a pause", () => {
  test("months are those of the calendar, and the 31st ends with a shorter month", () => {
    expect(day("pause 1 month")).toBe("2026-02-28");
    expect(day("pause 2 months")).toBe("2026-03-31");
    expect(day("pause 1 year")).toBe("2027-01-31");
  });

  test("a clock that changes in between keeps the hour of the day", () => {
    const end = pauseEnd("pause 3 months", here);
    expect(end.toISOString()).toBe("2026-04-30T09:30:00.000Z");
  });

  test("until a day that is named", () => {
    expect(day("pause until tomorrow")).toBe("2026-02-01");
    expect(day("пауза до завтра", "ru")).toBe("2026-02-01");
  });

  test("no length is 30 days", () => {
    const end = pauseEnd("pause", { ...here, timeZone: "UTC" });
    expect(end.getTime() - now.getTime()).toBe(PAUSE_DAYS * DAY_MS);
  });

  test("whatever is written, it is after now and at most about ten years away", () => {
    fc.assert(
      fc.property(
        fc.nat({ max: 999_999 }),
        fc.constantFrom("d", "weeks", "months", "лет", "天"),
        (n, unit) => {
          const end = pauseEnd(`pause ${n} ${unit}`, here).getTime();
          expect(end).toBeGreaterThan(now.getTime());
          expect(end).toBeLessThanOrEqual(now.getTime() + 3661 * DAY_MS);
        },
      ),
      { numRuns: 50 },
    );
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 100 }), (text) => {
        expect(pauseEnd(text, here).getTime()).toBeGreaterThan(now.getTime());
      }),
    );
  });
});
