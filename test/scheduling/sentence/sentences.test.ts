/** The parser of sentences, judged on the corpus beside this file. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { languages, textsFor } from "../../../src/locales/index.ts";
import { describeSchedule } from "../../../src/scheduling/definition/describe.ts";
import { makeSchedule } from "../../../src/scheduling/definition/schedule.ts";
import { readSentence } from "../../../src/scheduling/sentence/read-sentence.ts";
import { sayChoice, sayQuestion } from "../../../src/scheduling/sentence/say.ts";
import { asked } from "./corpus/asked.ts";
import { heldOut } from "./corpus/held-out.ts";
import { type MeaningName, meanings } from "./corpus/meanings.ts";
import { understood } from "./corpus/understood.ts";
import { isSame, known } from "./support.ts";

type Language = (typeof languages)[number];
type Pair = readonly [sentence: string, meaning: MeaningName];

const read = (sentence: string, language: Language) =>
  readSentence(sentence, { language, known, timeZone: "UTC" });

const meaningNames = Object.keys(meanings).filter((name): name is MeaningName => name in meanings);
const ofCorpus = (language: Language): Pair[] =>
  meaningNames.flatMap((meaning) =>
    (understood[language][meaning] ?? []).map((sentence): Pair => [sentence, meaning]),
  );

/** How many of each: as meant, asked about, and otherwise. */
function judge(pairs: readonly Pair[], language: Language) {
  const figures = { right: 0, asked: 0, wrong: [] as string[] };
  for (const [sentence, meaning] of pairs) {
    const reading = read(sentence, language);
    if (reading.outcome === "questions") figures.asked += 1;
    else if (isSame(reading.schedule, { name: "x", ...meanings[meaning] })) figures.right += 1;
    else figures.wrong.push(sentence);
  }
  const { right, asked: open, wrong } = figures;
  const said = `${right} as meant, ${open} asked about, ${wrong.length} wrong`;
  process.stdout.write(`${language}: of ${pairs.length} sentences ${said}\n`);
  return figures;
}

describe.each(languages)("sentences in %s", (language) => {
  test("those that the words were chosen by are all understood as they are meant", () => {
    const pairs = ofCorpus(language);
    expect(judge(pairs, language)).toEqual({ right: pairs.length, asked: 0, wrong: [] });
  });

  test("those that nobody looked at before are understood or asked about, none is taken for another", () => {
    const { right, wrong } = judge(heldOut[language], language);
    expect(wrong).toEqual([]);
    expect(right).toBeGreaterThanOrEqual(heldOut[language].length / 2);
  });

  test("what leaves something open is asked about, in words, and a choice answers its question", () => {
    const texts = textsFor(language);
    for (const [sentence, code] of asked[language]) {
      const reading = read(sentence, language);
      const questions = reading.outcome === "questions" ? reading.questions : [];
      expect(
        questions.map((question) => question.code),
        sentence,
      ).toContain(code);
      for (const question of questions) {
        expect(sayQuestion(texts, question)).not.toMatch(/undefined|sentence\.|\{(said|near|sort)/);
        for (const choice of question.choices) {
          expect(sayChoice(texts, choice)).not.toBe("");
          const next = read(choice.sentence, language);
          const left = next.outcome === "questions" ? next.questions : [];
          const same = left.filter(
            ({ code: again, text }) => again === question.code && text === question.text,
          );
          expect(same, choice.sentence).toEqual([]);
        }
      }
    }
  });

  test("the numbers that were said are in the plain words, and every field came from words", () => {
    for (const [sentence] of ofCorpus(language)) {
      const reading = read(sentence, language);
      if (reading.outcome !== "understood") expect.fail(sentence);
      const words = describeSchedule(textsFor("en"), makeSchedule(reading.schedule)).join(" ");
      for (const [n] of sentence.normalize("NFKC").matchAll(/\d+/g)) {
        expect(words, sentence).toContain(String(Number(n)));
      }
      for (const { start, end, text } of reading.used) {
        expect(sentence.trim().slice(start, end)).toBe(text);
      }
    }
  });

  test("a word that nobody knows is always asked about, wherever it stands", () => {
    const pairs = ofCorpus(language);
    fc.assert(
      fc.property(
        fc.constantFrom(...pairs),
        fc.nat(),
        fc.constantFrom("zqxv", "жщъ", "鑫龘", "ﷺ"),
        ([sentence], at, word) => {
          const spaces = [...sentence.matchAll(/\s|$/g)].map(({ index }) => index);
          const place = spaces[at % spaces.length] ?? 0;
          const reading = read(
            `${sentence.slice(0, place)} ${word} ${sentence.slice(place)}`,
            language,
          );
          expect(reading.outcome).toBe("questions");
        },
      ),
      { numRuns: 40 },
    );
  });
});

test("the corpus has at least fifty sentences in each language, and sixty that are not to be understood", () => {
  for (const language of languages) {
    expect(ofCorpus(language).length + heldOut[language].length).toBeGreaterThanOrEqual(50);
  }
  expect(Object.values(asked).flat().length).toBeGreaterThanOrEqual(60);
});

test("junk never fails, and never is a schedule", () => {
  const junk = fc.oneof(
    fc.string({ unit: "binary", maxLength: 80 }),
    fc.string({ unit: "grapheme", maxLength: 80 }),
    fc
      .array(
        fc.constantFrom("(", "{", "'", '"', "\0", "\ud800", "nps", "90", "-1", "%", "每", "/"),
        { maxLength: 30 },
      )
      .map((all) => all.join(" ")),
  );
  fc.assert(
    fc.property(junk, fc.constantFrom(...languages), (text, language) => {
      expect(read(text, language).outcome).toBe("questions");
    }),
    { numRuns: 100 },
  );
});

test("two sentences with other triggers are none together, in whatever languages they are", () => {
  const pairs = languages.flatMap(ofCorpus);
  const other = (one: MeaningName, two: MeaningName) =>
    JSON.stringify(meanings[one].trigger) !== JSON.stringify(meanings[two].trigger);
  const both = fc
    .tuple(fc.constantFrom(...pairs), fc.constantFrom(...pairs))
    .filter(([[, one], [, two]]) => other(one, two));
  fc.assert(
    fc.property(both, fc.constantFrom(", ", " ", "，"), ([[one], [two]], joint) => {
      expect(read(`${one}${joint}${two}`, "en").outcome).toBe("questions");
    }),
    { numRuns: 100 },
  );
});

test("a name that is a word or two things is asked about, and a taken name is not proposed again", () => {
  const other = { ...known, plans: ["pro", "vip", "team"], schedules: ["nps-after-joining"] };
  const codes = (sentence: string) => {
    const reading = readSentence(sentence, { language: "en", known: other, timeZone: "UTC" });
    return reading.outcome === "questions"
      ? reading.questions.map(({ code }) => code)
      : reading.schedule.name;
  };
  expect(codes("nps 30 days after joining for vip customers")).toEqual(["name-two-meanings"]);
  expect(codes("nps 30 days after joining for team customers")).toEqual(["name-two-meanings"]);
  expect(codes("nps 30 days after joining for plan vip")).toBe("nps-after-joining-2");
});

test.each([
  ["nps every Monday and Thursday at 9:00", "0 9 * * 1,4"],
  ["nps from Monday to Friday at 14:30", "30 14 * * 1-5"],
  ["nps on the first Monday of every month at 9:00", "0 9 * * 1#1"],
  ["ежедневно в 10:00 nps", "0 10 * * *"],
  ["nps on the last day of the month at 9:00", "0 9 L * *"],
  ["每月最后一天9:00发nps", "0 9 L * *"],
  ["每季度第一天上午9点半发nps", "30 9 1 1,4,7,10 *"],
])("%s", (sentence, cron) => {
  expect(read(sentence, "en")).toMatchObject({ schedule: { trigger: { on: "cron", cron } } });
});

test.each([
  "don't ask nps after a chat",
  "nps within 3 days after a chat",
  "nps for 30 days after joining",
  "nps в течение 3 дней после чата",
  "csat after a chat is closed, no reminder after 3 days",
  "nps every Monday at 9:00 every 2 days",
  "nps at least 30 days after joining",
  "nps 30 days after joining at 10:00 and 14:00",
  "nps after the first chat",
  "nps 30 days after joining, then every days",
  "nps after a chat, at most once in days",
  "onboarding-ces 7 days after an nps answer of 0 to",
  "onboarding-ces 7 days after an nps answer of to 6",
  "nps every Monday at 9 am for",
  "csat после каждого третьего чата",
  "非pro套餐客户每周一9:00发nps",
  "每天10:00发nps，不包括周末",
  "nps на 30 дней после регистрации",
  "nps after a chat is closed or reopened",
])("what would be another thing without one of its words is asked about: %s", (sentence) => {
  expect(read(sentence, "en").outcome).toBe("questions");
});
