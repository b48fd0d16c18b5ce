import { expect, test } from "vitest";
import { takeCuts, takeFilters } from "../../../src/commands/view/filter-text.ts";
import { cutWords, filterWord, grammarExample } from "../../../src/commands/view/grammar-words.ts";
import { readParts } from "../../../src/commands/view/parts.ts";
import { wordsRefusal } from "../../../src/commands/view/refusal.ts";
import type { Grammar } from "../../../src/commands/view.ts";
import { type Language, languages } from "../../../src/locales/index.ts";
import { cuts, filterNames } from "../../../src/metrics/filter.ts";

const grammar: Grammar = { cuts, filters: filterNames, versus: true };
const when = { now: new Date("2026-11-18T15:00:00Z"), timeZone: "UTC" };

function read(text: string, language: Language, of = grammar) {
  const { rest } = takeFilters(text, { team: ["Customer care"] });
  return readParts(rest, of, { language, ...when });
}

/** What the refusal takes for what was meant; empty when it has no idea. */
function meant(text: string, language: Language): string {
  const parts = read(text, language);
  if (parts.problem !== "words") throw new Error(`${text}: ${parts.problem}`);
  const about = { ...when, language, grammar, team: "Billing" };
  const { summary, parts: said } = wordsRefusal(parts.wrong, about);
  const problem = said[0]?.kind === "text" ? said[0].text : "";
  return summary === problem ? "" : summary;
}

test.each(languages)("what a refusal offers in %s can be typed as it stands", (language) => {
  for (const cut of cuts) expect(takeCuts(cutWords(cut, language)).cuts).toEqual([cut]);
  for (const name of filterNames) {
    const { filters } = takeFilters(`${filterWord(name, language)}x`, {});
    expect(filters).toEqual([{ name, value: "x" }]);
  }
  const example = grammarExample({ grammar, language, team: "Customer care" });
  const parts = read(example, language);
  expect(parts, example).toMatchObject({ by: "agent", words: { versus: "same-last-year" } });
  const flags = ["low", "high", "new"];
  const some = grammarExample({ grammar: { flags }, language, team: undefined });
  expect(read(some, language, { flags }), some).toMatchObject({ words: { flags: ["low"] } });
});

test.each([
  ["en", "week high", "/feedback high week"],
  ["en", "csat last month", "/csat last month"],
  ["en", "help", "/aftertalk help"],
  ["en", "lst month", "last month"],
  ["en", "since mondya", "since monday"],
  ["en", "last 3 moths", "last 3 months"],
  ["en", "week by taem", "by team"],
  ["en", "teem:Billing", "team:Billing"],
  ["ru", "неделя высокие", "/feedback высокие неделя"],
  ["ru", "прошлая ниделя", "прошлая неделя"],
  ["ru", "по камандам", "по командам"],
  ["ru", "каманда:Billing", "команда:Billing"],
  ["ru", "протв прошлого", "против прошлого периода"],
  ["zh-Hans", "本周高分", "/feedback 高分 本周"],
  ["zh-Hans", "本周按团对", "按团队"],
  ["zh-Hant", "團对：Billing", "團隊：Billing"],
] as const)("%s: of “%s” it is asked whether “%s” was meant", (language, text, wanted) => {
  expect(meant(text, language)).toContain(wanted);
});

test.each(["week asdf", "w", "今 asdf", "😀"])("“%s” is near nothing", (text) => {
  expect(meant(text, "en")).toBe("");
});

test("two periods are one too many", () => {
  const parts = read("last month last week", "en");
  if (parts.problem !== "words") throw new Error(parts.problem);
  const { summary } = wordsRefusal(parts.wrong, { ...when, language: "en", grammar, team: "A" });
  expect(summary).toContain("One of these is enough");
});
