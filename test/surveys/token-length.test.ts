import fc from "fast-check";
import { expect, test } from "vitest";
import { languages } from "../../src/locales/index.ts";
import { metricNames } from "../../src/metrics/metric.ts";
import { metrics } from "../../src/metrics/registry.ts";
import { MAX_TOKEN_LENGTH, type Message } from "../../src/platform.ts";
import { newId } from "../../src/store/ids.ts";
import { commentForm } from "../../src/surveys/comment-form.ts";
import { newConversation, type Say } from "../../src/surveys/conversation-state.ts";
import { sayMessage } from "../../src/surveys/messages.ts";
import { standardSurveys } from "../../src/surveys/standard.ts";
import { checkDefinition, type Question, type SurveyDefinition } from "../../src/surveys/survey.ts";
import { opener, type Talk } from "../../src/surveys/talk.ts";
import { createTokens } from "../../src/surveys/tokens.ts";

const tokens = createTokens("a secret of at least thirty-two characters");
const LARGEST_WORKSPACE = 2 ** 31 - 1;

function talkOf(survey: SurveyDefinition): Talk {
  const place = { kind: "whisper", chatId: "C1", userId: "U1" } as const;
  const ids = { workspaceId: LARGEST_WORKSPACE, invitationId: newId() };
  return { survey, language: "en", company: "Acme", ...ids, tokens, promise: "named", place };
}

/** Every token that messages about this survey can carry. */
function tokensOf(survey: SurveyDefinition): string[] {
  const talk = talkOf(survey);
  const state = newConversation();
  const says = survey.questions.flatMap((question): Say[] => [
    { kind: "question", question: question.key },
    ...answersTo(question),
  ]);
  const messages = says.flatMap((say): (Message | undefined)[] => [sayMessage(talk, state, [say])]);
  const buttons = messages.flatMap((message) =>
    (message?.parts ?? []).flatMap((part) => ("options" in part ? part.options : [])),
  );
  const forms = survey.questions.flatMap(({ key }) =>
    [undefined, "slow"].flatMap((before) => commentForm(talk, state, key, before) ?? []),
  );
  const submits = forms.map(({ submit }) => submit);
  return [...buttons, ...submits, opener(talk, "Dana").option].map(({ token }) => token);
}

function answersTo(question: Question): Say[] {
  const { key } = question;
  if (question.kind === "open") return [{ kind: "wrote", question: key, text: "slow" }];
  return valuesOf(question).flatMap((value): Say[] => [
    { kind: "answered", question: key, value },
    { kind: "noted", question: key, value },
  ]);
}

function valuesOf(question: Exclude<Question, { kind: "open" }>): readonly (number | string)[] {
  switch (question.kind) {
    case "yes-no":
      return ["yes", "no"];
    case "choice":
      return question.options.map(({ key }) => key);
    case "score":
      return metrics[question.metric].displayed;
  }
}

const wording = { en: "How was it?" };
const key = fc.stringMatching(/^[a-z][a-z0-9-]{0,24}$/);
const question: fc.Arbitrary<Question> = fc.oneof(
  fc.record({
    kind: fc.constant("score" as const),
    key,
    metric: fc.constantFrom(...metricNames),
    wording: fc.constant(wording),
  }),
  fc.record({
    kind: fc.constant("open" as const),
    key,
    wordings: fc.constant({ high: wording, middle: wording, low: wording }),
  }),
  fc.record({
    kind: fc.constant("yes-no" as const),
    key,
    wording: fc.constant(wording),
    onlyLow: fc.boolean(),
  }),
  fc.record({
    kind: fc.constant("choice" as const),
    key,
    wording: fc.constant(wording),
    order: fc.constantFrom("given" as const, "shuffled" as const),
    options: fc
      .uniqueArray(key, { minLength: 2, maxLength: 8 })
      .map((keys) => keys.map((each) => ({ key: each, wording }))),
  }),
);

/** Both stand in one button. */
function longestOf(question: Question): { readonly key: number; readonly both: number } {
  const options = question.kind === "choice" ? question.options : [];
  const longest = Math.max(0, ...options.map((option) => option.key.length));
  return { key: Math.max(question.key.length, longest), both: question.key.length + longest };
}

function withKey(length: number): Question {
  const wordings = { high: wording, middle: wording, low: wording };
  return { kind: "open", key: "a".repeat(length), wordings };
}

test("every button of the standard surveys fits into a token in the largest workspace", () => {
  for (const { definition } of standardSurveys("Acme")) {
    const lengths = tokensOf(definition).map(({ length }) => length);
    expect(lengths.length).toBeGreaterThan(languages.length);
    expect(Math.max(...lengths)).toBeLessThanOrEqual(MAX_TOKEN_LENGTH);
  }
});

test("a survey with a key that is too long for its buttons is refused when it is defined", () => {
  const scored = { kind: "score", key: "score", metric: "nps", wording } as const;
  fc.assert(
    fc.property(question, (last) => {
      const survey: SurveyDefinition = { metric: "nps", questions: [scored, last] };
      let definition: SurveyDefinition;
      try {
        definition = checkDefinition(survey);
      } catch (error) {
        expect(error).toMatchObject({ code: "bad-input" });
        const { key: longest, both } = longestOf(last);
        expect(longest > 20 || both > 31).toBe(true);
        return;
      }
      for (const token of tokensOf(definition)) {
        expect(token.length).toBeLessThanOrEqual(MAX_TOKEN_LENGTH);
      }
    }),
    { examples: [[withKey(20)], [withKey(21)]] },
  );
});
