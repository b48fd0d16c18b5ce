import fc from "fast-check";
import { expect, test } from "vitest";
import { GAP, hasFilter, segmentsOf, takeFilters } from "../../../src/commands/view/filter-text.ts";

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
  const taken = takeFilters(text, { team: teams });
  expect(taken.filters.map((each) => [each.name, each.value.toLowerCase()])).toEqual([
    ["team", value.toLowerCase()],
  ]);
  expect(segmentsOf(taken.rest).join(" ")).toBe(rest);
});

test.each(["week", "", "steam:Billing", "2026-10-01..2026-10-31", "team Billing"])(
  "there is no filter in “%s”",
  (text) => {
    expect(hasFilter(text)).toBe(false);
    expect(takeFilters(text, { team: teams })).toEqual({ filters: [], rest: text });
  },
);

test("whatever is typed, a filter that is there is taken out, and never thrown at", () => {
  const typed = fc.array(
    fc.constantFrom("team:", "team", ":", '"', "“", "»", " ", "Billing", "week"),
  );
  fc.assert(
    fc.property(typed, (words) => {
      const text = words.join("");
      const taken = takeFilters(text, { team: teams });
      expect(taken.filters.length > 0).toBe(hasFilter(text));
      expect(hasFilter(taken.rest)).toBe(false);
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
      expect(takeFilters(`week team:"${team}"`, { team: [team] })).toEqual({
        filters: [{ name: "team", value: team }],
        rest: `week ${GAP}`,
      });
    }),
  );
});
