import { expect, test } from "vitest";
import type { SurveyDraft } from "../../../src/admin/survey/content.ts";
import { readSurveyDraft } from "../../../src/admin/survey/content.ts";
import { told } from "../../../src/admin/survey/press-pending.ts";
import { submitOptions } from "../../../src/admin/survey/submit-options.ts";
import { textsFor } from "../../../src/locales/index.ts";
import { standardSurveys } from "../../../src/surveys/standard.ts";
import type { ChoiceQuestion } from "../../../src/surveys/survey.ts";

const texts = textsFor("en");
const choice: ChoiceQuestion = {
  ...{ kind: "choice", key: "why", wording: { en: "Why?", ru: "Почему?" }, order: "given" },
  options: [
    { key: "price", wording: { en: "Too expensive", ru: "Дорого" }, level: "low" },
    { key: "slow", wording: { en: "Too slow", ru: "Медленно" } },
    { key: "other", wording: { en: "Other", ru: "Другое" } },
  ],
};
const draft: SurveyDraft = {
  ...{ v: 1, key: "own", trigger: "schedule", languages: ["en", "ru"] },
  definition: { questions: [choice] },
};

function sent(values: Record<string, string>, taken: readonly string[] = []) {
  const how = { values, taken: new Set(taken) };
  const made = submitOptions(texts, draft, { key: "why", page: 0 }, how);
  if ("problems" in made) throw new Error(JSON.stringify(made.problems));
  return made.content;
}

function optionsOf({ definition }: SurveyDraft) {
  const [question] = definition.questions;
  return question?.kind === "choice" ? question.options : [];
}

const keysOf = (content: SurveyDraft) => optionsOf(content).map(({ key }) => key);

test("a line that is the same in one language is the same answer, reworded in the other", () => {
  const made = sent({ en: "Other\nToo pricey\nToo slow", ru: "Другое\nДорого\nМедленно" });
  expect(made.pending).toBeUndefined();
  expect(optionsOf(made)).toEqual([
    { key: "other", wording: { en: "Other", ru: "Другое" } },
    { key: "price", wording: { en: "Too pricey", ru: "Дорого" }, level: "low" },
    { key: "slow", wording: { en: "Too slow", ru: "Медленно" } },
  ]);
});

test("a case, a space or a full stop more is no other answer", () => {
  const made = sent({ en: "too  expensive.\nTOO SLOW\nother", ru: "" });
  expect(keysOf(made)).toEqual(["price", "slow", "other"]);
  expect(optionsOf(made)[0]?.wording).toEqual({ en: "too  expensive." });
});

test("lines that are gone take their answers with them; new ones never get a key that was used", () => {
  expect(keysOf(sent({ en: "Too slow\nOther", ru: "" }))).toEqual(["slow", "other"]);
  const added = sent({ en: "Too expensive\nToo slow\nOther\nBad hold music\n太慢", ru: "" }, [
    "why/bad-hold-music",
    "why/o1",
  ]);
  expect(keysOf(added)).toEqual(["price", "slow", "other", "bad-hold-music-2", "o2"]);
});

test("a line that may be an answer in other words is asked about, and nothing is guessed", () => {
  const waits = sent({ en: "Costs too much\nToo slow\nOther", ru: "" });
  expect(waits.pending?.question).toBe("why");
  expect(keysOf(waits)).toEqual(["price", "slow", "other"]);
  expect(optionsOf(waits)[0]?.wording.en).toBe("Too expensive");
  const same = told(waits, "price", new Set());
  expect(same && keysOf(same)).toEqual(["price", "slow", "other"]);
  expect(same && optionsOf(same)[0]).toMatchObject({
    level: "low",
    wording: { en: "Costs too much" },
  });
  const fresh = told(waits, undefined, new Set());
  expect(fresh && keysOf(fresh)).toEqual(["costs-too-much", "slow", "other"]);
  // A button of an older card: that answer is taken by another line.
  expect(told(waits, "slow", new Set())).toBeUndefined();
  expect(readSurveyDraft(JSON.parse(JSON.stringify(waits)))).toEqual(waits);
});

test("two languages in another order are told apart, and so are lines that are there twice", () => {
  const wrong = (values: Record<string, string>) => {
    const made = submitOptions(texts, draft, { key: "why", page: 0 }, { values, taken: new Set() });
    return "problems" in made ? made.problems : {};
  };
  expect(wrong({ en: "Too slow\nOther", ru: "Другое\nМедленно" }).ru).toContain("Line 1");
  expect(wrong({ en: "A\na.", ru: "" }).en).toContain("Line 2");
  expect(wrong({ en: "A\nB", ru: "А" }).ru).toContain("at least two");
  expect(wrong({ en: "", ru: "" }).en).toContain("at least two");
  expect(wrong({ en: `A\n${"x".repeat(76)}`, ru: "" }).en).toContain("76 characters");
  const many = Array.from({ length: 26 }, (_, i) => `Answer ${i}`).join("\n");
  expect(wrong({ en: many, ru: "" }).en).toContain("these are 26");
});

test("every standard survey is the same after it was a draft", () => {
  for (const { key, trigger, definition } of standardSurveys("Acme")) {
    const content = { v: 1, key, trigger, definition, languages: ["en"] };
    expect(readSurveyDraft(JSON.parse(JSON.stringify(content)))).toEqual(content);
  }
});
