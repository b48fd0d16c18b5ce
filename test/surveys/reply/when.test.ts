import { describe, expect, it } from "vitest";
import type { Language } from "../../../src/locales/index.ts";
import { resolveWhen } from "../../../src/surveys/reply.ts";

/** Saturday, 15:00 in New York. */
const now = new Date("2026-11-21T20:00:00Z");

function when(text: string, language: Language, timeZone = "America/New_York") {
  return resolveWhen(text, { now, timeZone, language })?.toISOString();
}

describe("a time in a person's words", () => {
  it.each([
    ["tomorrow", "en", "2026-11-22T20:00:00.000Z"],
    ["tomorrow morning", "en", "2026-11-22T14:00:00.000Z"],
    ["tomorrow at 14:30", "en", "2026-11-22T19:30:00.000Z"],
    ["in two hours", "en", "2026-11-21T22:00:00.000Z"],
    ["in half an hour", "en", "2026-11-21T20:30:00.000Z"],
    ["on Monday", "en", "2026-11-23T17:00:00.000Z"],
    ["at 5", "en", "2026-11-21T22:00:00.000Z"],
    ["at 9", "en", "2026-11-22T14:00:00.000Z"],
    ["this afternoon", "en", "2026-11-21T22:00:00.000Z"],
    ["tonight", "en", "2026-11-22T01:00:00.000Z"],
    ["after work", "en", "2026-11-21T23:00:00.000Z"],
    ["завтра утром", "ru", "2026-11-22T14:00:00.000Z"],
    ["через два часа", "ru", "2026-11-21T22:00:00.000Z"],
    ["в понедельник", "ru", "2026-11-23T17:00:00.000Z"],
    ["明天上午", "zh-Hans", "2026-11-22T14:00:00.000Z"],
    ["两小时后", "zh-Hans", "2026-11-21T22:00:00.000Z"],
    ["下周", "zh-Hans", "2026-11-28T17:00:00.000Z"],
    ["兩個小時後", "zh-Hant", "2026-11-21T22:00:00.000Z"],
    ["下週一", "zh-Hant", "2026-11-23T17:00:00.000Z"],
  ] as const)("%j (%s) is %s", (text, language, expected) => {
    expect(when(text, language)).toBe(expected);
  });

  it("is understood in another language than the person's", () => {
    expect(when("завтра", "en")).toBe("2026-11-22T20:00:00.000Z");
    expect(when("tomorrow", "zh-Hant")).toBe("2026-11-22T20:00:00.000Z");
  });

  it("is reckoned on the person's own clock, across a change of it", () => {
    const before = {
      now: new Date("2026-10-31T16:00:00Z"),
      timeZone: "America/New_York",
      language: "en",
    } as const;
    expect(resolveWhen("tomorrow at 12:00", before)?.toISOString()).toBe(
      "2026-11-01T17:00:00.000Z",
    );
    expect(when("tomorrow at 9:00", "en", "Asia/Shanghai")).toBe("2026-11-23T01:00:00.000Z");
  });

  it("N10 is undefined for anything else, however long, and for what is past or far away", () => {
    for (const text of ["", "soon", "yesterday", "in 40 years", "2020-01-01", "9".repeat(40_000)]) {
      expect({ text: text.slice(0, 20), date: when(text, "en") }).toEqual({
        text: text.slice(0, 20),
        date: undefined,
      });
    }
  });
});
