/** What the core relies on when somebody is forgotten: what can be taken back, and what cannot. */
import { expect, test } from "vitest";
import type { Address } from "../../src/platform.ts";
import { codeOf } from "../adapters/common/attempts.ts";
import type { Scene } from "./harness.ts";
import { plain, whispered, withButtons } from "./messages.ts";

/** Takes a message back; undefined where the platform never does. */
function removal(scene: Scene, to: Address, messageId: string): Promise<void> | undefined {
  const { platform, connection } = scene.harness;
  return platform.remove?.(connection, to, messageId);
}

const wordsAt = async (scene: Scene, to: Address): Promise<string> =>
  (await scene.harness.seen(to)).map(({ words }) => words).join("\n");

export function testRemovals(scene: Scene): void {
  test.each(["direct", "chat", "leads"] as const)(
    "a message that is removed from a %s place is gone, and no other; twice is fine",
    async (place) => {
      const to = scene.harness.places[place];
      const { messageId } = await scene.send(to, plain("Take this back"), "key-1");
      await scene.send(to, plain("This stays"), "key-2");
      if (!scene.harness.platform.remove) return; // the core reports what stays
      await removal(scene, to, messageId);
      const after = await wordsAt(scene, to);
      expect(after).not.toContain("Take this back");
      expect(after).toContain("This stays");
      await removal(scene, to, messageId);
      expect(await wordsAt(scene, to)).toBe(after);
    },
  );

  test("a message in a thread can be removed as well", async () => {
    const { platform, places } = scene.harness;
    const card = await scene.send(places.leads, plain("A card"), "key-1");
    if (!platform.threads || !platform.remove) return;
    const thread = { kind: "thread", messageId: card.messageId } as const;
    const { messageId } = await scene.send(thread, plain("Take this back"), "key-2");
    await removal(scene, thread, messageId);
    expect(await scene.harness.seen(thread)).toEqual([]);
    expect(await wordsAt(scene, places.leads)).toContain("A card");
  });

  test("a whisper is removed, or it is said that it never can be", async () => {
    const to = scene.harness.places.whisper;
    const message = whispered("How was it?", "A question for you");
    const { messageId } = await scene.send(to, message, "key-1");
    const attempt = removal(scene, to, messageId);
    if (attempt === undefined) return;
    expect(await codeOf(attempt)).toBe(scene.harness.keepsWhispers ? "unreachable" : undefined);
    if (!scene.harness.keepsWhispers) expect(await scene.harness.seen(to)).toEqual([]);
  });

  test("what was removed is not found any more by an update", async () => {
    const { platform, connection, places } = scene.harness;
    const { messageId } = await scene.send(places.leads, plain("A card"), "key-1");
    if (!platform.remove || !platform.update) return;
    await removal(scene, places.leads, messageId);
    const attempt = platform.update(connection, places.leads, messageId, plain("Edited"));
    expect(await codeOf(attempt)).toBe("not-found");
  });
}

export function testForgetting(scene: Scene): void {
  /** Forgets the customer of `direct`; undefined where the platform has nothing for it. */
  const forgetting = (until = new Date("2100-01-01")) => {
    const { platform, connection, places } = scene.harness;
    if (places.direct.kind !== "direct") throw new Error("direct is a direct place");
    return platform.forget?.(connection, places.direct.userId, until);
  };

  test("P1 forgetting somebody removes all that we wrote to them, and nothing elsewhere", async () => {
    const { places, catchesUp } = scene.harness;
    const receipts = [];
    for (const text of ["one", "two", "three"]) {
      receipts.push(await scene.send(places.direct, plain(text), text));
    }
    await scene.send(places.chat, plain("In the chat"), "key-4");
    await scene.send(places.leads, plain("A card"), "key-5");
    const forgotten = await forgetting();
    if (forgotten === undefined) return;
    const bookmarks = receipts.flatMap(({ bookmark }) => bookmark?.place ?? []).slice(0, 1);
    expect(forgotten).toEqual({ removed: 3, remaining: {}, places: bookmarks });
    expect(bookmarks).toHaveLength(catchesUp ? 1 : 0);
    expect(await scene.harness.seen(places.direct)).toEqual([]);
    expect(await wordsAt(scene, places.chat)).toContain("In the chat");
    expect(await wordsAt(scene, places.leads)).toContain("A card");
  });

  test("P1 forgetting somebody again finds nothing more, and is no failure", async () => {
    const { places } = scene.harness;
    await scene.send(places.direct, plain("Hello"), "key-1");
    if ((await forgetting()) === undefined) return;
    expect(await forgetting()).toMatchObject({ removed: 0, remaining: {} });
  });

  test("P1 the answer to the one who asked to be forgotten stays, everything before it goes", async () => {
    const to = scene.harness.places.direct;
    await scene.send(to, plain("How was it?"), "key-1");
    await scene.send(to, withButtons("Sure?", { label: "Yes", token: "sure" }), "key-2");
    scene.harness.waits?.();
    scene.answers({ kind: "message", message: plain("All of it is erased") });
    await scene.harness.press(to, "Yes");
    await expect.poll(() => wordsAt(scene, to)).toContain("All of it is erased");
    const forgotten = await forgetting(scene.events.at(-1)?.at);
    if (forgotten === undefined) return;
    expect(forgotten).toMatchObject({ removed: 2, remaining: {} });
    const left = await scene.harness.seen(to);
    expect(left.map(({ words }) => words).join()).toContain("All of it is erased");
    expect(left).toHaveLength(1);
  });

  test("P1 somebody to whom nothing was ever written can be forgotten", async () => {
    const forgotten = await forgetting();
    if (forgotten === undefined) return;
    expect(forgotten).toMatchObject({ removed: 0, remaining: {} });
  });

  test("whoever was forgotten can be written to again", async () => {
    const { places } = scene.harness;
    await scene.send(places.direct, plain("Before"), "key-1");
    if ((await forgetting()) === undefined) return;
    const receipt = await scene.send(places.direct, plain("You are back"), "key-2");
    expect((await scene.harness.seen(places.direct)).map(({ id }) => id)).toEqual([
      receipt.messageId,
    ]);
  });
}
