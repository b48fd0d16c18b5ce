import { expect, test } from "vitest";
import { wordsIn } from "../../src/surveys/survey.ts";
import { type Talk, wordsFor } from "../../src/surveys/talk.ts";

const words = { en: "How was it?", de: "Wie war es?", "pt-BR": "Como foi?" };
const asked = (tag: string | undefined, survey: Talk["survey"] = { questions: [] }) => {
  const talk: Pick<Talk, "language" | "survey" | "tag"> = {
    ...{ language: "en", survey },
    ...(tag === undefined ? {} : { tag }),
  };
  return wordsFor(talk, words);
};

test("whoever speaks a language of the survey that we do not speak is asked in it", () => {
  expect(asked("de")).toBe("Wie war es?");
  expect(asked("de-AT")).toBe("Wie war es?");
  expect(asked("de_CH")).toBe("Wie war es?");
  expect(asked("pt-BR")).toBe("Como foi?");
});

test("everybody else is asked in a language of ours", () => {
  for (const tag of ["pt-PT", "fr", "en-GB", "", "not a tag", undefined])
    expect(asked(tag)).toBe("How was it?");
});

test("a fallback is for whoever speaks none of the survey's languages, and for nobody else", () => {
  const survey: Talk["survey"] = { questions: [], fallback: "ru" };
  const both = { en: "How was it?", ru: "Как всё прошло?" };
  for (const tag of ["fr", "kk-KZ", "not a tag", "constructor"])
    expect(wordsIn(both, tag, survey)).toBe(both.ru);
  for (const tag of ["en", "en-GB", undefined])
    expect(wordsFor({ language: "en", survey, ...(tag && { tag }) }, both)).toBe(both.en);
});
