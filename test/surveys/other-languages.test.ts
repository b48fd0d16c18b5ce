import { expect, test } from "vitest";
import { type Talk, wordsFor } from "../../src/surveys/talk.ts";

const words = { en: "How was it?", de: "Wie war es?", "pt-BR": "Como foi?" };
const asked = (tag: string | undefined) => {
  const talk: Pick<Talk, "language" | "survey" | "tag"> = {
    ...{ language: "en", survey: { questions: [] } },
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
