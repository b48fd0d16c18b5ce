import fc from "fast-check";
import { expect, test } from "vitest";
import type { Address } from "../../src/platform.ts";
import { placeAfter, placesFor, type Whereabouts } from "../../src/scheduling/ask/places.ts";

const whereabouts: fc.Arbitrary<Whereabouts> = fc.record({
  askIn: fc.constantFrom("direct", "thread"),
  userId: fc.string({ minLength: 1 }),
  chatId: fc.option(fc.string({ minLength: 1 }), { nil: undefined }),
});

test("a direct message comes first, then a whisper where the chat was; or the chat itself first", () => {
  const known = { userId: "U", chatId: "C" };
  const kinds = (askIn: "direct" | "thread", chatId?: string) =>
    placesFor({ ...known, askIn, chatId: chatId ?? undefined }).map(({ kind }) => kind);
  expect(kinds("direct", "C")).toEqual(["direct", "whisper"]);
  expect(kinds("thread", "C")).toEqual(["chat", "direct", "whisper"]);
  expect(kinds("direct")).toEqual(["direct"]);
  expect(kinds("thread")).toEqual(["direct"]);
});

test("each place is tried once, in order, and then nobody is asked until the next contact", () => {
  fc.assert(
    fc.property(whereabouts, (where) => {
      const tried: Address[] = [];
      let place: Address | undefined = placesFor(where)[0];
      while (place !== undefined) {
        tried.push(place);
        expect(tried.length).toBeLessThanOrEqual(3);
        place = placeAfter(where, place);
      }
      expect(tried).toEqual(placesFor(where));
    }),
  );
});

test("after a whisper where the person happened to be, nothing else is tried", () => {
  fc.assert(
    fc.property(whereabouts, fc.string({ minLength: 1 }), (where, chatId) => {
      fc.pre(chatId !== where.chatId);
      const elsewhere: Address = { kind: "whisper", chatId, userId: where.userId };
      expect(placeAfter(where, elsewhere)).toBeUndefined();
    }),
  );
});
