import fc from "fast-check";
import { expect, test } from "vitest";
import { markOf } from "../../../../adapters/discord/send/mark.ts";

/** https://docs.discord.com/developers/components/reference: a number of 32 bits, with its sign. */
const LARGEST = 2 ** 31 - 1;
const COMPONENTS = 40;

test("D4 a mark is a number that Discord keeps, and none that it gives by itself", () => {
  fc.assert(
    fc.property(fc.string(), (key) => {
      const mark = markOf(key);
      expect(Number.isInteger(mark)).toBe(true);
      expect(mark).toBeGreaterThan(COMPONENTS);
      expect(mark).toBeLessThanOrEqual(LARGEST);
      expect(markOf(key)).toBe(mark);
    }),
  );
});

test("D4 the hundred messages that are looked through have marks of their own", () => {
  const keys = Array.from({ length: 100 }, (_, number) => `delivery ${number}`);
  expect(new Set(keys.map(markOf)).size).toBe(keys.length);
});
