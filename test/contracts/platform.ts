/**
 * What the core relies on, whatever the platform: every adapter runs this suite against its
 * platform or an honest emulator of it.
 */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { AppError } from "../../src/errors.ts";
import type {
  Address,
  CoreServices,
  Inbox,
  Message,
  PlatformEvent,
  Reply,
} from "../../src/platform.ts";
import { fakeCoreServices } from "../support/core-services.ts";
import type { PlatformHarness, Scene } from "./harness.ts";
import {
  everything,
  hostileTexts,
  longToken,
  plain,
  whispered,
  withoutTurning,
  wordsOfEverything,
} from "./messages.ts";
import { testForgetting, testRemovals } from "./removals.ts";
import { testFiles, testForms } from "./replies.ts";
import { testThreads } from "./threads.ts";

/** Runs the suite. `start` builds and starts the adapter with the inbox it is given. */
export function testPlatform(
  name: string,
  start: (inbox: Inbox, core: CoreServices) => Promise<PlatformHarness>,
): void {
  describe(`${name} as a chat platform`, () => {
    const events: PlatformEvent[] = [];
    let harness: PlatformHarness;
    let reply: Reply;
    const send = (to: Address, message: Message, key: string) =>
      harness.platform.send(harness.connection, to, message, key);

    beforeEach(async () => {
      events.length = 0;
      reply = { kind: "nothing" };
      const inbox: Inbox = {
        async receive(event) {
          events.push(event);
          return reply;
        },
      };
      harness = await start(inbox, fakeCoreServices());
    });
    afterEach(async () => {
      await harness.close();
    });

    test.each(["direct", "chat", "leads"] as const)(
      "a message arrives once in a %s place, and the receipt names it",
      async (place) => {
        const receipt = await send(harness.places[place], plain("Hello there"), "key-1");
        expect(receipt.reached).toBe(true);
        const seen = await harness.seen(harness.places[place]);
        expect(seen).toHaveLength(1);
        expect(seen[0]?.id).toBe(receipt.messageId);
        expect(seen[0]?.words).toContain("Hello there");
      },
    );

    test("messages arrive in the order in which they were sent", async () => {
      for (const [index, text] of ["one", "two", "three"].entries()) {
        await send(harness.places.direct, plain(text), `key-${index}`);
      }
      const seen = await harness.seen(harness.places.direct);
      expect(seen.map(({ words }) => words.match(/one|two|three/)?.[0])).toEqual([
        "one",
        "two",
        "three",
      ]);
    });

    test("D4 the same key sent twice is one message, or can be found before it is sent again", async () => {
      const to = harness.places.direct;
      const first = await send(to, plain("Only once"), "key-twice");
      const found = await harness.platform.find?.(harness.connection, to, "key-twice");
      if (harness.platform.find) expect(found).toEqual(first);
      if (harness.deduplicates) {
        expect(await send(to, plain("Only once"), "key-twice")).toEqual(first);
        expect(await harness.seen(to)).toHaveLength(1);
      }
      expect(harness.deduplicates || found !== undefined).toBe(true);
    });

    test("a key that was never sent is not found", async () => {
      const { find } = harness.platform;
      const found = await find?.call(
        harness.platform,
        harness.connection,
        harness.places.direct,
        "none",
      );
      expect(found).toBeUndefined();
    });

    test("an update replaces the message where it stands", async () => {
      const to = harness.places.direct;
      const { messageId } = await send(to, plain("How was it?"), "key-1");
      await send(to, plain("Another one"), "key-2");
      const { update } = harness.platform;
      if (!update) return; // the core sends a new message instead
      await update.call(harness.platform, harness.connection, to, messageId, plain("You said 9"));
      const seen = await harness.seen(to);
      expect(seen.map(({ id }) => id)[0]).toBe(messageId);
      expect(seen).toHaveLength(2);
      expect(seen[0]?.words).toContain("You said 9");
      expect(seen[0]?.words).not.toContain("How was it?");
    });

    test("a receipt says where answers are looked for after an absence", async () => {
      const { direct, chat, leads } = harness.places;
      for (const to of [direct, chat]) {
        const first = await send(to, plain("Before"), `${to.kind}-1`);
        const then = await send(to, plain("Behind"), `${to.kind}-2`);
        expect(first.bookmark !== undefined).toBe(harness.catchesUp);
        expect(then.bookmark?.place).toBe(first.bookmark?.place);
        if (harness.catchesUp) expect(then.bookmark).not.toEqual(first.bookmark);
      }
      // Nobody is answered there.
      expect((await send(leads, plain("Look"), "key-3")).bookmark).toBeUndefined();
    });

    test("a whisper shows its words to the one it is for, and to nobody else", async () => {
      const to = harness.places.whisper;
      const receipt = await send(to, whispered("How was it?", "A question for you"), "key-1");
      expect(receipt.reached).toBe(false);
      const words = (await harness.seen(to)).map((message) => message.words).join("\n");
      const isPrivate = harness.whispers === "privately";
      expect(words.includes("How was it?")).toBe(isPrivate);
      expect(words.includes("A question for you")).toBe(!isPrivate);
      expect(words.includes("Show it")).toBe(!isPrivate);
    });

    test("a whisper that is updated says no more to others than before", async () => {
      const to = harness.places.whisper;
      const { messageId } = await send(to, whispered("How was it?", "A question for you"), "key-1");
      const { update } = harness.platform;
      if (!update) return; // the core sends a new message instead
      const change = (message: Message) =>
        update.call(harness.platform, harness.connection, to, messageId, message);
      const words = async () => (await harness.seen(to)).map((message) => message.words).join("\n");
      const isPrivate = harness.whispers === "privately";
      await change(whispered("And now?", "Another question"));
      expect((await words()).includes("And now?")).toBe(isPrivate);
      await change(plain("You said 9"));
      expect((await words()).includes("You said 9")).toBe(isPrivate);
    });

    test("F5 a place that does not exist is unreachable", async () => {
      const attempt = send(harness.places.unknown, plain("Anybody?"), "key-1");
      await expect(attempt).rejects.toSatisfy(
        (error) => error instanceof AppError && error.code === "unreachable",
      );
    });

    test("a message with every kind of part shows every word of it", async () => {
      await send(harness.places.leads, everything(), "key-1");
      const [seen] = await harness.seen(harness.places.leads);
      for (const word of wordsOfEverything) expect(seen?.words).toContain(word);
    });

    test.each(hostileTexts)("N5 N6 a person's words are shown as they are: %j", async (text) => {
      const parts: Message["parts"] = [{ kind: "quote", text, by: text }];
      await send(harness.places.leads, { summary: text, locale: "en", parts }, "key-1");
      const [seen] = await harness.seen(harness.places.leads);
      expect(withoutTurning(seen?.words ?? "")).toContain(withoutTurning(text));
    });

    test("F20 a very long text arrives, cut at its end if it must be", async () => {
      const text = `It began well. ${"word ".repeat(8_000)}`;
      await send(harness.places.leads, plain(text), "key-1");
      const [seen] = await harness.seen(harness.places.leads);
      expect(seen?.words).toContain(text.slice(0, 1_000));
    });

    test("what a customer writes reaches the inbox with who wrote it", async () => {
      await harness.write("7 – slow <reply>", "delivery-1");
      expect(events).toHaveLength(1);
      const [event] = events;
      expect(event).toMatchObject({ kind: "direct-message", text: "7 – slow <reply>" });
      expect(event).toMatchObject({ connection: harness.connection, from: { role: "customer" } });
      expect(event?.bookmark !== undefined).toBe(harness.catchesUp);
    });

    test("a pressed button reaches the inbox with its token and who pressed it", async () => {
      const to = harness.places.direct;
      const options = [{ label: "Change it", token: longToken }];
      const parts: Message["parts"] = [{ kind: "actions", options }];
      await send(to, { summary: "Yours", locale: "en", parts }, "key-1");
      await harness.press(to, "Change it");
      expect(events).toHaveLength(1);
      expect(events[0]).toMatchObject({
        kind: "action",
        token: longToken,
        connection: harness.connection,
        from: { role: "customer" },
      });
    });

    test("the button of a whisper that stands for all to see reaches the inbox", async () => {
      const to = harness.places.whisper;
      await send(to, whispered("How was it?", "A question for you"), "key-1");
      if (harness.whispers === "privately") return; // there is no such button
      await harness.press(to, "Show it");
      expect(events).toMatchObject([{ kind: "action", token: "show", place: { kind: "channel" } }]);
    });

    test("D1 the same delivery has the same id each time, another one another", async () => {
      await harness.write("nine", "delivery-1");
      await harness.write("nine", "delivery-1");
      const ids = () => new Set(events.map(({ id }) => id)).size;
      expect([events.length, ids()]).toEqual([2, 1]);
      await harness.write("nine", "delivery-2");
      expect(ids()).toBe(2);
    });

    const scene: Scene = {
      get harness() {
        return harness;
      },
      events,
      answers(next) {
        reply = next;
      },
      send,
    };
    testThreads(scene);
    testForms(scene);
    testFiles(scene);
    testRemovals(scene);
    testForgetting(scene);

    test("after the stop nothing is sent, and stopping again is harmless", async () => {
      await harness.platform.stop();
      const attempt = send(harness.places.direct, plain("Too late"), "key-1");
      await expect(attempt).rejects.toBeInstanceOf(AppError);
      await harness.platform.stop();
    });
  });
}
