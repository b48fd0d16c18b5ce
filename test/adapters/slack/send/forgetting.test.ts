import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Forgotten } from "../../../../src/platform.ts";
import { createOutgoing, type Outgoing } from "../outgoing.ts";
import { failure, patiently } from "../stage.ts";

let out: Outgoing;
beforeEach(async () => {
  out = await createOutgoing();
});
afterEach(async () => {
  await out.close();
});

const FAR = new Date("2100-01-01");
const forget = (userId = out.dana.id, until = FAR) =>
  out.sender.forget(out.connection, userId, until);
/** Goes on whenever it may, as the job does. */
const wholly = (): Promise<Forgotten> => patiently(out.clock, () => forget());
const say = (text: string, to: Outgoing["direct"] = out.direct) =>
  patiently(out.clock, () => out.send(to, text, text));
const inDirect = () => out.dana.sees("dm").map(({ words }) => words);
const calls = (method: string) => out.slack.calls(method).length;

/** Alternates: ours, then hers. */
async function conversation(count: number): Promise<void> {
  for (let i = 0; i < count; i += 1) {
    await say(`ours ${i}`);
    await out.dana.writes(`hers ${i}`);
  }
}
const hers = (count: number) => Array.from({ length: count }, (_, i) => `hers ${i}`);

describe("everything of ours is removed", () => {
  test("P1 over pages and limits, and what they wrote themselves stays", async () => {
    await conversation(60);
    for (let i = 60; i < 130; i += 1) await out.dana.writes(`hers ${i}`);
    const before = out.clock.now().getTime();
    expect(await wholly()).toEqual({ removed: 60, remaining: {}, places: [] });
    expect(inDirect()).toEqual(hers(130));
    // 50 a minute at most: the second minute was waited for, and nothing was done twice.
    expect(out.clock.now().getTime() - before).toBeGreaterThan(30_000);
    const deleted = out.slack.calls("chat.delete").filter(({ accepted }) => accepted);
    expect(deleted).toHaveLength(60);
    expect(out.slack.problems).toEqual([]);
  });

  test("P1 with the slow reading of apps that are not listed, too, whoever wrote last", async () => {
    await out.close();
    out = await createOutgoing({ unlisted: true });
    await say("ours");
    for (let i = 0; i < 40; i += 1) await out.dana.writes(`hers ${i}`);
    expect(await wholly()).toMatchObject({ removed: 1 });
    expect(inDirect()).toEqual(hers(40));
    expect(
      out.slack.calls("conversations.history").filter(({ accepted }) => accepted),
    ).toHaveLength(3);
  });

  test("P1 files too, and what stands on the own page", async () => {
    await say("Your data:");
    const dm = out.dana.sees("dm")[0]?.channel ?? "";
    await out.client.filesUploadV2({
      channel_id: dm,
      filename: "my-data.json",
      file: Buffer.from("{}"),
    });
    const text = { type: "plain_text" as const, text: "You answered 3" };
    const view = { type: "home" as const, blocks: [{ type: "section" as const, text }] };
    await out.client.views.publish({ user_id: out.dana.id, view });
    expect(out.dana.opensFiles()).toHaveLength(1);
    expect(await forget()).toEqual({ removed: 2, remaining: {}, places: [] });
    expect(out.dana.opensFiles()).toEqual([]);
    expect(inDirect()).toEqual([]);
    expect(out.dana.home()?.words).toBe("");
    expect(out.slack.problems).toEqual([]);
  });

  test("T1 nobody else's direct message is touched", async () => {
    const omar = out.acme.person("Omar");
    await say("For Dana");
    await say("For Omar", { kind: "direct", userId: omar.id });
    await forget();
    expect(omar.sees("dm").map(({ words }) => words)).toEqual(["For Omar"]);
  });

  test("nobody's direct message is opened to be emptied", async () => {
    const omar = out.acme.person("Omar");
    expect(await forget(omar.id)).toEqual({ removed: 0, remaining: {}, places: [] });
    expect(calls("conversations.history")).toBe(0);
  });
});

describe("what goes wrong on the way", () => {
  test("a process that ends is gone on for by the next one", async () => {
    await conversation(5);
    let left = 3;
    out.slack.fail("chat.delete", () => {
      left -= 1;
      return left < 0 ? { kind: "reset" } : undefined;
    });
    expect(await failure(forget())).toMatchObject({ code: "temporary" });
    const next = out.another();
    expect(await next.forget(out.connection, out.dana.id, FAR)).toMatchObject({ removed: 2 });
    next.stop();
    expect(inDirect()).toEqual(hers(5));
  });

  test("an answer that was lost is no harm", async () => {
    await conversation(2);
    out.slack.fail("chat.delete", { kind: "reset", accepted: true });
    expect(await failure(forget())).toMatchObject({ code: "temporary" });
    expect(await forget()).toMatchObject({ remaining: {} });
    expect(inDirect()).toEqual(hers(2));
  });

  test("P1 what Slack does not let us remove is counted with its reason, the rest goes", async () => {
    await conversation(3);
    out.slack.fail("chat.delete", {
      ...{ kind: "refused", error: "compliance_exports_prevent_deletion" },
    });
    expect(await forget()).toEqual({
      ...{ removed: 2, remaining: { "kept for compliance": 1 }, places: [] },
    });
    expect(inDirect()).toEqual(["hers 0", "hers 1", "ours 2", "hers 2"]);
  });

  test("F5 of somebody who left we remove what we know the place of, and else say that we cannot", async () => {
    await conversation(2);
    out.dana.changes({ deactivated: true });
    expect(await forget()).toMatchObject({ removed: 2 });
    const next = out.another();
    expect(await failure(next.forget(out.connection, out.dana.id, FAR))).toMatchObject({
      code: "unreachable",
    });
    next.stop();
  });

  test("F1 while Slack asks to wait nothing is asked, and what goes out goes out", async () => {
    await conversation(1);
    out.slack.fail("conversations.history", { kind: "rate-limited", retryAfter: 40 });
    const limited = { code: "rate-limited", retryAfterMs: 40_000 };
    expect(await failure(forget())).toMatchObject(limited);
    expect(await failure(forget())).toMatchObject(limited);
    expect(calls("conversations.history")).toBe(1);
    await out.send(out.chat, "Still there");
    out.clock.advance(40_000);
    expect(await forget()).toMatchObject({ removed: 1 });
  });
});

test("P1 a run that nobody goes on with is let go after a day, and the next one finds what is left", async () => {
  await conversation(3);
  let left = 1;
  out.slack.fail("chat.delete", () => {
    left -= 1;
    return left < 0 ? { kind: "reset" } : undefined;
  });
  expect(await failure(forget())).toMatchObject({ code: "temporary" });
  out.clock.advance(25 * 3_600_000);
  await forget(out.acme.person("Omar").id);
  expect(await forget()).toMatchObject({ removed: 2 });
  expect(inDirect()).toEqual(hers(3));
});

test("P1 nothing is remembered of them: the next message opens their conversation anew", async () => {
  await say("Before");
  await forget();
  const asked = calls("conversations.open");
  await say("You are back");
  expect(calls("conversations.open")).toBe(asked + 1);
});
