import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { languages } from "../../src/locales/index.ts";
import { advance, EDIT_WINDOW_MS } from "../../src/surveys/conversation.ts";
import {
  type Conversation,
  type Effect,
  type Input,
  newConversation,
  readConversation,
} from "../../src/surveys/conversation-state.ts";
import { standardSurveys } from "../../src/surveys/standard.ts";
import { readDefinition, type SurveyDefinition } from "../../src/surveys/survey.ts";

const surveys = standardSurveys("Acme").map(({ definition }) => definition);
const nps = surveys[0] ?? fail();
const HOUR = 60 * 60 * 1000;
const EXPIRES = 7 * 24 * HOUR;

/** Answers as a store would keep them: the plainest possible model. */
interface Kept {
  score: number | undefined;
  scores: number;
  consent: string;
}

const inputs: fc.Arbitrary<Input> = fc.oneof(
  fc.record({
    kind: fc.constant("answer" as const),
    question: fc.constantFrom("score", "contact", "why", "nothing"),
    value: fc.oneof(fc.integer({ min: -2, max: 12 }), fc.constantFrom("yes", "no", "maybe")),
  }),
  fc.record({
    kind: fc.constant("wish" as const),
    wish: fc.constantFrom("skip", "later", "pause", "decline", "stop"),
  }),
  fc.record({
    kind: fc.constant("change" as const),
    question: fc.constantFrom("score", "contact"),
  }),
  fc.constant({ kind: "undo" as const }),
  fc.record({
    kind: fc.constant("words" as const),
    text: fc.oneof(
      fc.constantFrom(
        "9",
        "3",
        "slow reply",
        "7 – slow",
        "stop",
        "later",
        "yes",
        "11",
        "7 or 8",
        "",
      ),
      fc.string({ unit: "grapheme", maxLength: 40 }),
    ),
  }),
  fc.record({
    kind: fc.constant("words" as const),
    text: fc.constantFrom("9", "yes", "stop", "it was slow", "never again"),
    form: fc.constantFrom("why", "score", "nothing"),
    replaces: fc.boolean(),
  }),
);

const sequences = fc.array(fc.tuple(inputs, fc.integer({ min: 0, max: 30 * HOUR })), {
  maxLength: 25,
});
const runs = Number(process.env.CONVERSATION_RUNS ?? 10_000);

function play(survey: SurveyDefinition, steps: readonly (readonly [Input, number])[]) {
  let state: Conversation = newConversation();
  let now = 0;
  const log: {
    before: Conversation;
    after: Conversation;
    input: Input;
    now: number;
    effects: readonly Effect[];
  }[] = [];
  for (const [input, wait] of steps) {
    now += wait;
    const outcome = advance(survey, state, input, {
      now,
      expiresAt: EXPIRES,
      language: "en",
      seed: "s",
    });
    log.push({ before: state, after: outcome.state, input, now, effects: outcome.effects });
    state = outcome.state;
  }
  return { state, log };
}

function keep(kept: Kept, effects: readonly Effect[]): Kept {
  let { score, scores, consent } = kept;
  for (const effect of effects) {
    if (effect.kind === "answer" && effect.question === "score") {
      score = Number(effect.value);
      scores += 1;
    }
    if (effect.kind === "withdraw") score = undefined;
    if (effect.kind === "consent") consent = effect.consent;
  }
  return { score, scores, consent };
}

describe("the conversation", () => {
  test("D8 whatever is clicked, typed or waited for, there is one score and it is the last valid one", () => {
    fc.assert(
      fc.property(fc.constantFrom(...surveys), sequences, (survey, steps) => {
        const { state, log } = play(survey, steps);
        let kept: Kept = { score: undefined, scores: 0, consent: "open" };
        for (const { effects } of log) kept = keep(kept, effects);
        expect(state.answers.score).toBe(kept.score);
        if (kept.score !== undefined) expect(state.scoredAt).not.toBeNull();
      }),
      { numRuns: runs },
    );
  });

  test("D10 nothing is scored after the expiry, and nothing is changed after the edit window", () => {
    fc.assert(
      fc.property(sequences, (steps) => {
        for (const { before, effects, now } of play(nps, steps).log) {
          const scored = effects.some((e) => e.kind === "answer" && e.question === "score");
          if (!scored) continue;
          if (before.scoredAt === null) expect(now).toBeLessThan(EXPIRES);
          else expect(now).toBeLessThan(before.scoredAt + EDIT_WINDOW_MS);
        }
      }),
      { numRuns: runs },
    );
  });

  test("D9 a question that was not reached yet cannot be answered, and steps never go back but by undo", () => {
    fc.assert(
      fc.property(sequences, (steps) => {
        for (const { before, after, input, effects } of play(nps, steps).log) {
          if (input.kind === "answer" && input.question === "contact" && before.step < 2) {
            expect(after).toBe(before);
            expect(effects).toEqual([]);
          }
          if (input.kind !== "undo") expect(after.step).toBeGreaterThanOrEqual(before.step);
        }
      }),
      { numRuns: runs },
    );
  });

  test("a form yields a comment or a way out, never a score or a choice", () => {
    fc.assert(
      fc.property(fc.constantFrom(...surveys), sequences, (survey, steps) => {
        const forms = play(survey, steps).log.filter(
          ({ input }) => input.kind === "words" && input.form !== undefined,
        );
        for (const { before, after, effects } of forms) {
          const comments = effects.filter((effect) => effect.kind === "comment");
          const kinds = effects.map(({ kind }) => kind);
          expect(["comment", "consent", "decline", "finish"]).toEqual(
            expect.arrayContaining(kinds),
          );
          expect(comments.every(({ question }) => question === "why")).toBe(true);
          expect(after.answers.score).toBe(before.answers.score);
          expect(after.answers.contact).toBe(before.answers.contact);
          if (effects.length === 0) expect(after).toBe(before);
        }
      }),
      { numRuns: runs },
    );
  });

  test("the same button again changes nothing and says what was answered", () => {
    fc.assert(
      fc.property(sequences, fc.integer({ min: 0, max: 10 }), (steps, value) => {
        const { state } = play(nps, steps);
        const tap: Input = { kind: "answer", question: "score", value };
        const circumstances = { now: 1e15, expiresAt: 2e15, language: "en", seed: "s" } as const;
        const once = advance(
          nps,
          { ...state, scoredAt: state.scoredAt === null ? null : 1e15 },
          tap,
          circumstances,
        );
        const twice = advance(nps, once.state, tap, circumstances);
        expect(twice.state).toBe(once.state);
        expect(twice.effects).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });

  test("whoever wants out is out, however late and whatever was said before", () => {
    fc.assert(
      fc.property(sequences, fc.constantFrom("pause", "stop"), (steps, wish) => {
        const { state } = play(nps, steps);
        const input: Input = { kind: "wish", wish };
        const { effects } = advance(nps, state, input, {
          now: 9e15,
          expiresAt: 0,
          language: "en",
          seed: "s",
        });
        expect(effects).toContainEqual({
          kind: "consent",
          consent: wish === "pause" ? "paused" : "never",
        });
      }),
      { numRuns: 200 },
    );
  });

  test("a kept state is read back as it was, and one of another version is not read at all", () => {
    fc.assert(
      fc.property(sequences, (steps) => {
        const { state } = play(nps, steps);
        expect(readConversation(JSON.parse(JSON.stringify(state)))).toEqual(state);
      }),
      { numRuns: 100 },
    );
    expect(readConversation({ ...newConversation(), v: 2 })).toBeUndefined();
    expect(readConversation(null)).toBeUndefined();
  });

  test("N1 any text at all is taken without an error and never yields a score outside the scale", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...surveys),
        fc.constantFrom(...languages),
        fc.string({ unit: "binary", maxLength: 300 }),
        (survey, language, text) => {
          const { effects } = advance(
            survey,
            newConversation(),
            { kind: "words", text },
            { now: 0, expiresAt: 1, language, seed: "s" },
          );
          for (const effect of effects) {
            if (effect.kind === "answer") expect(Number(effect.value)).toBeGreaterThanOrEqual(0);
            if (effect.kind === "answer") expect(Number(effect.value)).toBeLessThanOrEqual(10);
          }
        },
      ),
    );
  });

  test("promoters are asked what they value, detractors what went wrong and whether to call back", () => {
    const from = (value: number) =>
      advance(
        nps,
        newConversation(),
        { kind: "answer", question: "score", value },
        { now: 0, expiresAt: 1, language: "en", seed: "s" },
      );
    expect(from(9).say).toContainEqual({ kind: "question", question: "why" });
    const low = advance(
      nps,
      from(2).state,
      { kind: "words", text: "it was slow" },
      { now: 1, expiresAt: 2, language: "en", seed: "s" },
    );
    expect(low.say).toEqual([
      { kind: "wrote", question: "why", text: "it was slow" },
      { kind: "question", question: "contact" },
    ]);
    const high = advance(
      nps,
      from(9).state,
      { kind: "words", text: "it was quick" },
      { now: 1, expiresAt: 2, language: "en", seed: "s" },
    );
    expect(high.say).toEqual([
      { kind: "wrote", question: "why", text: "it was quick" },
      { kind: "thanks", level: "high", contact: false },
    ]);
  });

  test("later is granted twice; a third time it is a no", () => {
    let state = newConversation();
    const ended: (string | null)[] = [];
    for (let i = 0; i < 3; i += 1) {
      state = { ...state, ended: null };
      const outcome = advance(
        nps,
        state,
        { kind: "wish", wish: "later" },
        { now: 0, expiresAt: 1, language: "en", seed: "s" },
      );
      state = outcome.state;
      ended.push(state.ended);
    }
    expect(ended).toEqual(["later", "later", "declined"]);
  });
});

describe("a survey's definition", () => {
  test("is read back as it was kept", () => {
    for (const survey of surveys) {
      expect(readDefinition(JSON.parse(JSON.stringify(survey)))).toEqual(survey);
    }
  });

  test("of an unknown shape is not read at all", () => {
    expect(readDefinition({ metric: "nps", questions: [] })).toBeUndefined();
    expect(readDefinition({ metric: "joy", questions: nps.questions })).toBeUndefined();
    expect(readDefinition("nps")).toBeUndefined();
  });
});

function fail(): never {
  throw new Error("there should be something here");
}
