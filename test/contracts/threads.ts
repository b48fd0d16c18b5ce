/** What the core relies on where a platform has threads beneath our messages. */
import { expect, test } from "vitest";
import type { Address } from "../../src/platform.ts";
import { codeOf } from "../adapters/common/attempts.ts";
import type { Scene } from "./harness.ts";
import { plain, withButtons } from "./messages.ts";

/** A card in the leads' channel, and the address beneath it; undefined without threads. */
async function cardIn(scene: Scene, key: string): Promise<Address | undefined> {
  const { harness } = scene;
  const { messageId } = await scene.send(harness.places.leads, plain(`Card ${key}`), key);
  return harness.platform.threads ? { kind: "thread", messageId } : undefined;
}

export function testThreads(scene: Scene): void {
  test("a message beneath one of ours stands in its thread, and the receipt names it", async () => {
    const thread = await cardIn(scene, "one");
    if (thread === undefined) return; // the core writes to the leads' channel
    const receipt = await scene.send(thread, plain("Kim took it"), "key-1");
    expect(receipt.reached).toBe(true);
    const beneath = await scene.harness.seen(thread);
    expect(beneath.map(({ id }) => id)).toEqual([receipt.messageId]);
    expect(beneath[0]?.words).toContain("Kim took it");
    expect(await scene.harness.seen(scene.harness.places.leads)).toHaveLength(1);
  });

  test("what stands beneath two messages is apart, each in the order in which it was sent", async () => {
    const [first, second] = [await cardIn(scene, "one"), await cardIn(scene, "two")];
    if (first === undefined || second === undefined) return;
    await scene.send(first, plain("first: claimed"), "key-1");
    await scene.send(second, plain("second: claimed"), "key-2");
    await scene.send(first, plain("first: closed"), "key-3");
    const words = async (to: Address) =>
      (await scene.harness.seen(to)).map((message) => /\w+: \w+/.exec(message.words)?.[0]);
    expect(await words(first)).toEqual(["first: claimed", "first: closed"]);
    expect(await words(second)).toEqual(["second: claimed"]);
  });

  test("D4 a message in a thread is found by its key, and replaced where it stands", async () => {
    const thread = await cardIn(scene, "one");
    if (thread === undefined) return;
    const { platform, connection } = scene.harness;
    const sent = await scene.send(thread, plain("Kim took it"), "key-1");
    if (platform.find) expect(await platform.find(connection, thread, "key-1")).toEqual(sent);
    await platform.update?.(connection, thread, sent.messageId, plain("Lee took it"));
    const beneath = await scene.harness.seen(thread);
    expect(beneath).toHaveLength(1);
    expect(beneath[0]?.words).toContain(platform.update ? "Lee took it" : "Kim took it");
  });

  test("a button in a thread reaches the inbox with its token", async () => {
    const thread = await cardIn(scene, "one");
    if (thread === undefined) return;
    const message = withButtons("They answered", { label: "Reply", token: "reply" });
    await scene.send(thread, message, "key-1");
    await scene.harness.press(thread, "Reply");
    expect(scene.events).toMatchObject([{ kind: "action", token: "reply" }]);
  });

  test("F5 nothing can be said beneath a message that is gone", async () => {
    const thread = await cardIn(scene, "one");
    const { platform, connection, places } = scene.harness;
    if (thread?.kind !== "thread" || !platform.remove) return;
    await platform.remove(connection, places.leads, thread.messageId);
    const attempt = scene.send(thread, plain("Anybody?"), "key-1");
    expect(await codeOf(attempt)).toBe("unreachable");
  });
}
