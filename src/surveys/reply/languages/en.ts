/** English. See vocabulary.ts for the roles; apostrophes may be left out. */
import type { Vocabulary } from "../vocabulary.ts";
import { answers } from "./en/answers.ts";
import { labels } from "./en/labels.ts";
import { scores } from "./en/scores.ts";
import { wishes } from "./en/wishes.ts";

export const en: Vocabulary = {
  phrases: { ...scores, ...answers, ...wishes },
  labels,
  numbers: ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"],
  otherNumbers: `
    eleven; twelve; thirteen; fourteen; fifteen; sixteen; seventeen; eighteen; nineteen; twenty;
    thirty; forty; fifty; sixty; seventy; eighty; ninety; hundred; thousand; million; dozen`,
};
