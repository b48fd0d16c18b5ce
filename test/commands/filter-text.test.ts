import fc from "fast-check";
import { expect, test } from "vitest";
import { hasFilter, takeFilter } from "../../src/commands/filter-text.ts";

const teams = [
  "Billing",
  "Customer",
  "Customer care",
  "Kundendienst & Co",
  "客服",
  "Служба поддержки",
];

test.each([
  ["week team:Billing", "Billing", "week"],
  ["team:Billing week", "Billing", "week"],
  ["last week TEAM: billing", "Billing", "last week"],
  ["week team:customer care", "Customer care", "week"],
  ["team:Customer care last week", "Customer care", "last week"],
  ["team:Customer week", "Customer", "week"],
  ['week team:"Customer care"', "Customer care", "week"],
  ["week team:“Customer care”", "Customer care", "week"],
  ["week team:«Служба поддержки»", "Служба поддержки", "week"],
  ["week team:служба поддержки", "Служба поддержки", "week"],
  ["week team：客服", "客服", "week"],
  ["team:「客服」 month", "客服", "month"],
  ["week team:Kundendienst & Co", "Kundendienst & Co", "week"],
  ["week team:Sales and so on", "Sales", "week and so on"],
  ['week team:"Sales team" 2026', "Sales team", "week 2026"],
  ["week team:", "", "week"],
])("%s means the team %s and the period %s", (text, value, rest) => {
  expect(hasFilter(text)).toBe(true);
  const taken = takeFilter(text, "team", teams);
  expect(taken?.value.toLowerCase()).toBe(value.toLowerCase());
  expect(taken?.rest.replace(/\s+/g, " ")).toBe(rest);
});

test.each(["week", "", "steam:Billing", "2026-10-01..2026-10-31", "team Billing"])(
  "there is no filter in “%s”",
  (text) => {
    expect(hasFilter(text)).toBe(false);
    expect(takeFilter(text, "team", teams)).toBeUndefined();
  },
);

test("whatever is typed, a filter that is there is taken out, and never thrown at", () => {
  const typed = fc.array(
    fc.constantFrom("team:", "team", ":", '"', "“", "»", " ", "Billing", "week"),
  );
  fc.assert(
    fc.property(typed, (words) => {
      const text = words.join("");
      const taken = takeFilter(text, "team", teams);
      expect(taken !== undefined).toBe(hasFilter(text));
      if (taken !== undefined) expect(taken.rest.length).toBeLessThan(text.length);
    }),
  );
});

test("a known name in quotes is found again, whatever it is", () => {
  const name = fc
    .string({ unit: "grapheme", minLength: 1, maxLength: 40 })
    .map((text) => text.trim())
    .filter((text) => text !== "" && !/["'“”„«»‘’‚「」『』]/u.test(text));
  fc.assert(
    fc.property(name, (team) => {
      expect(takeFilter(`week team:"${team}"`, "team", [team])).toEqual({
        value: team,
        rest: "week",
      });
    }),
  );
});
