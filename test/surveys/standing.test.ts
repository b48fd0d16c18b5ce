import fc from "fast-check";
import { expect, test } from "vitest";
import { advance, refuse } from "../../src/surveys/conversation.ts";
import {
  type Conversation,
  type Input,
  newConversation,
} from "../../src/surveys/conversation-state.ts";
import { standardSurveys } from "../../src/surveys/standard.ts";
import { standing } from "../../src/surveys/standing.ts";
import { questionOf } from "../../src/surveys/survey.ts";

const [nps] = standardSurveys("Acme");
if (nps === undefined) throw new Error("there is a standard survey");
const survey = nps.definition;
const HOUR = 60 * 60 * 1000;
const expiresAt = 7 * 24 * HOUR;

const input: fc.Arbitrary<Input> = fc.oneof(
  fc.record({
    kind: fc.constant("answer" as const),
    question: fc.constant("score"),
    value: fc.integer({ min: 0, max: 10 }),
  }),
  fc.record({
    kind: fc.constant("answer" as const),
    question: fc.constant("contact"),
    value: fc.constantFrom("yes", "no"),
  }),
  fc.record({
    kind: fc.constant("wish" as const),
    wish: fc.constantFrom("skip", "later", "decline"),
    question: fc.constant("why"),
  }),
  fc.record({
    kind: fc.constant("words" as const),
    text: fc.constant("slow"),
    form: fc.constant("why"),
  }),
  fc.record({ kind: fc.constant("change" as const), question: fc.constant("score") }),
);

const talk = fc.array(fc.tuple(input, fc.integer({ min: 0, max: 30 * HOUR })), { maxLength: 12 });

function play(steps: readonly (readonly [Input, number])[]): { state: Conversation; now: number } {
  let state = newConversation();
  let now = 0;
  for (const [each, pause] of steps) {
    now += pause;
    state = advance(survey, state, each, { now, expiresAt, language: "en", seed: "s" }).state;
  }
  return { state, now };
}

const words = new Map([["why", "slow"]]);

test("what stands is every answer that was given, then at most one question, which may be answered", () => {
  fc.assert(
    fc.property(talk, fc.integer({ min: 0, max: 10 * 24 * HOUR }), (steps, later) => {
      const { state, now: then } = play(steps);
      const now = then + later;
      const says = standing(survey, state, words, { now, expiresAt });
      const asked = says.flatMap((say) => (say.kind === "question" ? [say.question] : []));
      expect(asked.length).toBeLessThanOrEqual(1);
      for (const key of asked) {
        const question = questionOf(survey, key);
        const value = question?.kind === "score" ? 5 : "yes";
        const meaning =
          question?.kind === "open"
            ? ({ kind: "comment", text: "x" } as const)
            : ({ kind: "answer", question: key, value } as const);
        expect(refuse(survey, state, meaning, { now, expiresAt })).toBeUndefined();
        expect(says.at(-1)).toMatchObject({ kind: "question" });
      }
      const answered = says.flatMap((say) =>
        say.kind === "answered" || say.kind === "wrote" ? [say.question] : [],
      );
      const given = survey.questions.filter(({ key }) => {
        const value = state.answers[key];
        return state.scoredAt !== null && value !== undefined && value !== "skipped";
      });
      expect(answered).toEqual(given.map(({ key }) => key));
    }),
  );
});

test("a way to change an answer is shown exactly as long as it may be changed", () => {
  fc.assert(
    fc.property(talk, fc.integer({ min: 0, max: 3 * 24 * HOUR }), (steps, later) => {
      const { state, now: then } = play(steps);
      const now = then + later;
      for (const say of standing(survey, state, words, { now, expiresAt })) {
        if (say.kind !== "answered") continue;
        const change = { kind: "change", question: say.question } as const;
        const refused = refuse(survey, state, change, { now, expiresAt }) !== undefined;
        expect(say.settled ?? false).toBe(refused);
      }
    }),
  );
});

test("nothing at all is said to nobody: there is always something to see", () => {
  fc.assert(
    fc.property(talk, fc.integer({ min: 0, max: 10 * 24 * HOUR }), (steps, later) => {
      const { state, now } = play(steps);
      expect(standing(survey, state, words, { now: now + later, expiresAt })).not.toEqual([]);
    }),
  );
});
