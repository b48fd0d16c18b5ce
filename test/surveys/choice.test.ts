import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { languages } from "../../src/locales/index.ts";
import { begin } from "../../src/surveys/conversation.ts";
import { newConversation } from "../../src/surveys/conversation-state.ts";
import { meaningOf } from "../../src/surveys/meaning.ts";
import { sayMessage } from "../../src/surveys/messages.ts";
import { nextStep } from "../../src/surveys/next-step.ts";
import { shownOptions } from "../../src/surveys/order.ts";
import { standardSurveys } from "../../src/surveys/standard.ts";
import {
  type ChoiceQuestion,
  checkDefinition,
  readDefinition,
  type SurveyDefinition,
  wordsIn,
} from "../../src/surveys/survey.ts";
import { createTokens } from "../../src/surveys/tokens.ts";

const surveys = new Map(standardSurveys("Acme").map(({ key, definition }) => [key, definition]));
const exit = surveys.get("exit") ?? fail();
const churn = surveys.get("churn-check-in") ?? fail();
const reason = choiceIn(exit);
const stay = choiceIn(churn);

function choiceIn({ questions: [first] }: SurveyDefinition): ChoiceQuestion {
  return first?.kind === "choice" ? first : fail();
}

function fail(): never {
  throw new Error("the survey has no choice");
}

const keysFor = (seed: string, question = reason) =>
  shownOptions(question, seed).map(({ key }) => key);

function optionIn(text: string, question = reason, seed = "a"): unknown {
  const meaning = meaningOf(question, text, { language: "en", seed });
  return meaning.kind === "answer" ? meaning.value : undefined;
}

describe("the options of a choice", () => {
  test("are all there in an order of each person's own, the same every time, the other last", () => {
    fc.assert(
      fc.property(fc.uuid(), (seed) => {
        const keys = keysFor(seed);
        expect(keys).toEqual(keysFor(seed));
        expect(keys.at(-1)).toBe("other");
        expect(keys.toSorted()).toEqual(reason.options.map(({ key }) => key).toSorted());
      }),
      { numRuns: 200 },
    );
    expect(keysFor("any", stay)).toEqual(["yes", "unsure", "no"]);
  });

  test("stand in each place about as often", () => {
    const counts = new Map<string, number>();
    for (let i = 0; i < 3000; i += 1) {
      for (const [place, key] of keysFor(`person ${i}`).entries()) {
        counts.set(`${key} ${place}`, (counts.get(`${key} ${place}`) ?? 0) + 1);
      }
    }
    expect(counts.size).toBe(6 * 6 + 1);
    for (const [what, n] of counts) {
      if (what.startsWith("other")) continue;
      // 500 of 3000 are meant; five standard deviations are 102.
      expect(n, what).toBeGreaterThan(398);
      expect(n, what).toBeLessThan(602);
    }
  });

  test.each(languages)(
    "are understood by their own words in %s, with a courtesy around them",
    (language) => {
      for (const question of [reason, stay, reasonIn(churn)]) {
        for (const { key, wording } of question.options) {
          const words = wordsIn(wording, language, {});
          for (const said of [
            words,
            `${words}.`,
            words.toUpperCase(),
            `“${words}”`,
            `  ${words}  `,
          ]) {
            expect([said, optionIn(said, question)]).toEqual([said, key]);
          }
        }
      }
    },
  );

  test("are understood by their number in the order that is shown", () => {
    for (const seed of ["a", "b", "c"]) {
      for (const [i, key] of keysFor(seed).entries()) {
        for (const said of [
          `${i + 1}`,
          `${i + 1}.`,
          `option ${i + 1}`,
          `№ ${i + 1}`,
          `第${i + 1}个`,
        ]) {
          expect([said, optionIn(said, reason, seed)]).toEqual([said, key]);
        }
      }
    }
    for (const said of ["0", "8", "11", "2.5", "-1"]) {
      expect([said, optionIn(said)]).toEqual([said, undefined]);
    }
  });

  const meant: readonly (readonly [string, string])[] = [
    ["it was just too expensive, sorry", "too-expensive"],
    ["Too expensive! You doubled your prices", "too-expensive"],
    ["просто слишком дорого", "too-expensive"],
    ["太貴了，谢谢", "too-expensive"],
    ["其它", "nothing"],
    ["not too expensive", "nothing"],
    ["too expensive?", "nothing"],
    ["too expensive and hard to use", "nothing"],
    ["the other reasons do not fit", "nothing"],
    ["1 or 2", "nothing"],
    ["2 of us left the company", "nothing"],
    ["we were with you for 3 years", "nothing"],
    ["expensive", "nothing"],
  ];
  test.each(meant)("“%s” is %s", (said, key) => {
    expect(optionIn(said) ?? "nothing").toBe(key);
  });

  const plain: readonly (readonly [string, string])[] = [
    ["yes, of course", "yes"],
    ["yep", "yes"],
    ["nope", "no"],
    ["да", "yes"],
    ["нет", "no"],
    ["not sure", "unsure"],
    ["yes and no", "nothing"],
    ["maybe yes", "nothing"],
  ];
  test.each(plain)("“%s” to whether they stay is %s", (said, key) => {
    expect(optionIn(said, stay) ?? "nothing").toBe(key);
  });

  test("no other words among an option's own ever make it one", () => {
    const unknown = fc.stringMatching(/^[bcdfghjklmnpqrstvwxz]{5,9}$/);
    const option = fc.constantFrom(
      ...reason.options.map(({ wording }) => wordsIn(wording, "en", {})),
    );
    fc.assert(
      fc.property(unknown, option, unknown, (before, words, behind) => {
        expect(optionIn(`${before} ${words} ${behind}`)).toBeUndefined();
        expect(optionIn(`${before} ${words}`)).toBeUndefined();
      }),
      { numRuns: 300 },
    );
  });

  test("N1 any text at all is taken without an error and is one of the options or none", () => {
    const known = new Set<unknown>([undefined, ...reason.options.map(({ key }) => key)]);
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 60 }), (text) => {
        expect(known.has(optionIn(text))).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});

function reasonIn({ questions: [, second] }: SurveyDefinition): ChoiceQuestion {
  return second?.kind === "choice" ? second : fail();
}

describe("a survey that begins with a choice", () => {
  test("has no metric, and one with a metric begins with its score", () => {
    for (const [key, definition] of surveys) {
      expect(readDefinition(JSON.parse(JSON.stringify(definition))), key).toEqual(definition);
    }
    expect(exit.metric).toBeUndefined();
    expect(() => checkDefinition({ ...exit, metric: "nps" })).toThrow("cannot be asked");
    const { metric: _, ...scoreless } = surveys.get("chat-nps") ?? fail();
    expect(() => checkDefinition(scoreless)).toThrow("cannot be asked");
  });

  test("asks by how good the first answer is, and what an option alone leads to", () => {
    const next = (answers: Record<string, string>) =>
      churn.questions[nextStep(churn, answers, 1)]?.key;
    expect(next({ stay: "yes" })).toBeUndefined();
    expect(next({ stay: "unsure" })).toBe("reason");
    expect(next({ stay: "no", reason: "other" })).toBe("why");
    const what = { en: "What is it?" };
    const wordings = { high: what, middle: what, low: what };
    const onlyAfter = { question: "reason", option: "other" };
    const survey = checkDefinition({
      questions: [reason, { kind: "open", key: "else", wordings, onlyAfter }],
    });
    expect(nextStep(survey, { reason: "other" }, 1)).toBe(1);
    expect(nextStep(survey, { reason: "moved" }, 1)).toBe(2);
  });

  test.each(languages)(
    "is shown in %s with every option, the menu, and who reads the answer",
    (language) => {
      const message = sayMessage(
        {
          survey: exit,
          language,
          company: "Acme",
          workspaceId: 1,
          invitationId: "00000000-0000-4000-8000-000000000001",
          tokens: createTokens("x".repeat(32)),
          promise: "named",
          place: { kind: "direct", userId: "U1" },
        },
        newConversation(),
        begin(exit),
      );
      expect(message?.parts.map(({ kind }) => kind)).toEqual(["text", "choices", "menu", "note"]);
      const choices = message?.parts.find((part) => part.kind === "choices");
      expect(choices?.options).toHaveLength(7);
      expect(new Set(choices?.options.map(({ label }) => label)).size).toBe(7);
    },
  );
});
