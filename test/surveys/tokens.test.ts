import fc from "fast-check";
import { expect, test } from "vitest";
import { MAX_TOKEN_LENGTH } from "../../src/platform.ts";
import { createTokens, type TokenContent } from "../../src/surveys/tokens.ts";

const tokens = createTokens("a secret of at least thirty-two characters");

const contents: fc.Arbitrary<TokenContent> = fc
  .record({
    workspaceId: fc.integer({ min: 1, max: 2_147_483_647 }),
    invitationId: fc.uuid(),
    verb: fc.constantFrom("answer", "wish", "change", "undo", "ask-now"),
    question: fc.option(fc.stringMatching(/^[a-z][a-z0-9-]{0,19}$/), { nil: undefined }),
    value: fc.option(fc.stringMatching(/^[a-z0-9-]{1,20}$/), { nil: undefined }),
  })
  .map(({ question, value, ...rest }) => ({
    ...rest,
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
