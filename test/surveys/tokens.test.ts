import fc from "fast-check";
import { expect, test } from "vitest";
import { MAX_TOKEN_LENGTH } from "../../src/platform.ts";
import { createTokens, NO_INVITATION, type TokenContent } from "../../src/surveys/tokens.ts";

const tokens = createTokens("a secret of at least thirty-two characters");

const about = fc.oneof(
  fc.record({
    invitationId: fc.uuid(),
    verb: fc.constantFrom("answer", "wish", "change", "undo", "ask-now", "write", "comment"),
  }),
  fc.record({
    invitationId: fc.constant(NO_INVITATION),
    chatId: fc.uuid(),
    verb: fc.constant("close"),
  }),
  fc.record({
    invitationId: fc.constant(NO_INVITATION),
    caseId: fc.uuid(),
    verb: fc.constant("case"),
  }),
  fc.record({
    invitationId: fc.constant(NO_INVITATION),
    personId: fc.uuid(),
    verb: fc.constant("open-case"),
  }),
  fc.record({
    invitationId: fc.constant(NO_INVITATION),
    mergeId: fc.uuid(),
    verb: fc.constant("unlink"),
  }),
);

const contents: fc.Arbitrary<TokenContent> = fc
  .record({
    workspaceId: fc.integer({ min: 1, max: 2_147_483_647 }),
    about,
    question: fc.option(fc.stringMatching(/^[a-z][a-z0-9-]{0,19}$/), { nil: undefined }),
    value: fc.option(fc.stringMatching(/^[a-z0-9-]{1,20}$/), { nil: undefined }),
  })
  .map(({ about: it, question, value, ...rest }) => ({
    ...rest,
    ...it,
    ...(question === undefined ? {} : { question }),
    ...(value === undefined ? {} : { value }),
  }));

test("a token comes back as what was signed, within every platform's length", () => {
  fc.assert(
    fc.property(contents, (content) => {
      const token = tokens.sign(content);
      expect(token.length).toBeLessThanOrEqual(MAX_TOKEN_LENGTH);
      expect(tokens.verify(token)).toEqual(content);
    }),
  );
});

test("T2 a token changed in any character is refused", () => {
  fc.assert(
    fc.property(
      contents,
      fc.nat(),
      fc.constantFrom("A", "b", "9", ".", "_"),
      (content, at, character) => {
        const token = tokens.sign(content);
        const place = at % token.length;
        const forged = token.slice(0, place) + character + token.slice(place + 1);
        if (forged !== token) expect(tokens.verify(forged)).toBeUndefined();
      },
    ),
  );
});

test("two people are in one token, with a short word, within every platform's length", () => {
  const shortWord = fc.stringMatching(/^[a-z0-9]{1,8}$/);
  const most = fc.integer({ min: 1, max: 2_147_483_647 });
  fc.assert(
    fc.property(
      most,
      fc.uuid(),
      fc.uuid(),
      shortWord,
      (workspaceId, personId, otherId, question) => {
        const people = { invitationId: NO_INVITATION, personId, otherId };
        const content = { workspaceId, ...people, verb: "link", question } as const;
        expect(tokens.verify(tokens.sign(content))).toEqual(content);
      },
    ),
  );
  const one = { workspaceId: 1, invitationId: NO_INVITATION, personId: NO_INVITATION };
  expect(() => tokens.sign({ ...one, verb: "link" })).toThrow(RangeError);
  expect(() => tokens.sign({ ...one, otherId: NO_INVITATION, verb: "open-case" })).toThrow(
    RangeError,
  );
});

test("a token of another secret, and anything else, is refused", () => {
  const foreign = createTokens("another secret of thirty-two characters!");
  fc.assert(
    fc.property(contents, (content) => {
      expect(tokens.verify(foreign.sign(content))).toBeUndefined();
    }),
  );
  fc.assert(
    fc.property(fc.string({ maxLength: 200 }), (text) => {
      expect(tokens.verify(text)).toBeUndefined();
    }),
  );
});

test("words that are no short words are not put into a token", () => {
  const content = { workspaceId: 1, invitationId: "00000000-0000-7000-8000-000000000000" } as const;
  expect(() => tokens.sign({ ...content, verb: "answer", question: "a.b" })).toThrow(RangeError);
  expect(() => tokens.sign({ ...content, verb: "answer", value: "9 or so" })).toThrow(RangeError);
});

test("a button that was sent by an earlier version still does what it says", () => {
  const ids = { workspaceId: 7, invitationId: "018f6b9e-8a40-7c3f-9a4e-0123456789ab" } as const;
  const sent = {
    "7.AY9rnopAfD-aTgEjRWeJqw.answer.score.9.dhG9BODS6qQNYtmq": { verb: "answer", value: "9" },
    "7.AY9rnopAfD-aTgEjRWeJqw.ask-now...vkye37iMilJOS4j8": { verb: "ask-now" },
  } as const;
  for (const [token, { verb, ...rest }] of Object.entries(sent)) {
    const question = verb === "answer" ? { question: "score" } : {};
    expect(tokens.verify(token)).toEqual({ ...ids, verb, ...question, ...rest });
  }
});

test("T2 an invitation's id is never taken for a chat's, nor the other way round", () => {
  const id = "018f6b9e-8a40-7c3f-9a4e-0123456789ab";
  const none = { workspaceId: 1, invitationId: NO_INVITATION };
  expect(() => tokens.sign({ ...none, chatId: id, verb: "answer" })).toThrow(RangeError);
  expect(() => tokens.sign({ workspaceId: 1, invitationId: id, verb: "close" })).toThrow(
    RangeError,
  );
  expect(tokens.verify(tokens.sign({ ...none, chatId: id, verb: "close" }))?.invitationId).toBe(
    NO_INVITATION,
  );
});
