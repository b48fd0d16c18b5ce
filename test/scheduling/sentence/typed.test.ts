/** Sentences as admins type them, and what means two things: never guessed, asked with every reading as a button. */
import { expect, test } from "vitest";
import { languages, textsFor } from "../../../src/locales/index.ts";
import { readSentence } from "../../../src/scheduling/sentence/read-sentence.ts";
import type { Reading } from "../../../src/scheduling/sentence/reading.ts";
import { sayChoice, sayQuestion } from "../../../src/scheduling/sentence/say.ts";
import { twoMeanings } from "./corpus/two-meanings.ts";
import { type TypedMeaning, typed, typedMeanings } from "./corpus/typed.ts";
import { isSame, known } from "./support.ts";

const read = (sentence: string, language: (typeof languages)[number]) =>
  readSentence(sentence, { language, known, timeZone: "UTC" });

function isRight(reading: Reading, meaning: TypedMeaning): boolean {
  if (reading.outcome === "questions") return meaning === "asks";
  return meaning !== "asks" && isSame(reading.schedule, { name: "x", ...typedMeanings[meaning] });
}

test.each(languages)("typed in %s: as meant or asked about, and nothing is guessed", (language) => {
  const readings = typed[language].map(
    ([sentence, meaning]) => [sentence, meaning, read(sentence, language)] as const,
  );
  const wrong = readings.filter(
    ([, meaning, reading]) => !isRight(reading, meaning) && reading.outcome === "understood",
  );
  const right = readings.filter(([, meaning, reading]) => isRight(reading, meaning)).length;
  process.stdout.write(`${language}: of ${readings.length} typed sentences ${right} are right\n`);
  expect(wrong.map(([sentence]) => sentence)).toEqual([]);
  expect(right).toBeGreaterThanOrEqual(8);
});

test.each(languages)("in %s what means two things is asked with a button for each", (language) => {
  const texts = textsFor(language);
  for (const [sentence, code, ...buttons] of twoMeanings[language]) {
    const reading = read(sentence, language);
    if (reading.outcome === "understood") expect.fail(`${sentence} was guessed`);
    const [question] = reading.questions;
    if (question === undefined) expect.fail(sentence);
    expect([question.code, ...question.choices.map((each) => sayChoice(texts, each))]).toEqual([
      code,
      ...buttons,
    ]);
    expect(sayQuestion(texts, question)).toContain(question.text);
    // Each says something of its own, and is not asked about again.
    const next = question.choices.map((choice) => read(choice.sentence, language));
    expect(new Set(next.map((each) => JSON.stringify(each))).size).toBe(buttons.length);
    for (const each of next) {
      const codes = each.outcome === "questions" ? each.questions.map((left) => left.code) : [];
      expect(codes, sentence).not.toContain(code);
    }
  }
});
