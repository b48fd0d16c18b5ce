/** Messages of ours are taken back, and somebody is forgotten, on the real client and the emulator. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Address } from "../../../../src/platform.ts";
import { createOutgoing, type Outgoing } from "../outgoing.ts";
import { failure } from "../stage.ts";

const REMOVE = "DELETE /channels/:channel/messages/:message";
const OPEN = "POST /users/@me/channels";

let out: Outgoing;
beforeEach(async () => {
  out = await createOutgoing({ limits: "off" });
});
afterEach(async () => {
  const { problems } = out.discord;
  await out.close();
  expect(problems).toEqual([]);
});

const remove = (to: Address, messageId: string) => out.sender.remove(out.connection, to, messageId);
const FAR = new Date("2100-01-01");
const forget = (userId = out.dana.id, until = FAR) =>
  out.sender.forget(out.connection, userId, until);
const inDirect = () => out.dana.sees("dm").map(({ words }) => words);

describe("a message of ours", () => {
  test("is gone, and those of others stay", async () => {
    const { messageId } = await out.send(out.chat, "How was it?");
    await remove(out.chat, messageId);
    expect(out.thread.texts()).toEqual(["It is wrong"]);
  });

  test("in a thread that sleeps is gone too: it is woken for it", async () => {
    const { messageId } = await out.send(out.whisper, "How was it?");
    await out.acme.owner.archives(out.thread);
    await remove(out.whisper, messageId);
    expect(out.thread.texts()).toEqual(["It is wrong"]);
  });

  test("in a thread that is locked as well never goes", async () => {
    out.help.denies("bot", "ManageThreads");
    const { messageId } = await out.send(out.chat, "How was it?");
    await out.acme.owner.locks(out.thread);
    await out.acme.owner.archives(out.thread);
    expect(await failure(remove(out.chat, messageId))).toMatchObject({ code: "unreachable" });
    expect(out.thread.texts()).toHaveLength(2);
  });

  test("in a channel that the bot no longer sees never goes", async () => {
    const { messageId } = await out.send(out.channel, "Look");
    out.help.denies("bot", "ViewChannel");
    const error = await failure(remove(out.channel, messageId));
    expect(error).toMatchObject({ code: "unreachable" });
    expect(error.message).toContain("cannot see the channel");
  });

  test("that is gone already, with its thread or alone, is no failure", async () => {
    const first = await out.send(out.chat, "One");
    const second = await out.send(out.chat, "Two");
    const [, one] = out.dana.sees(out.thread);
    await out.acme.owner.deletes(out.thread, one?.id ?? "");
    await remove(out.chat, first.messageId);
    await out.acme.owner.removes(out.thread);
    await remove(out.chat, second.messageId);
  });

  test("in a direct message goes even when the server has let the bot go", async () => {
    const { messageId } = await out.send(out.direct, "How was it?");
    out.acme.removesBot();
    await remove(out.direct, messageId);
    expect(inDirect()).toEqual([]);
  });

  test("is the only thing that goes: Discord refuses for somebody else's", async () => {
    out.help.denies("bot", "ManageMessages");
    const [theirs] = out.dana.sees(out.thread);
    const error = await failure(remove(out.chat, `${out.thread.id}:${theirs?.id}`));
    expect(error).toMatchObject({ code: "unreachable" });
    expect(await failure(remove(out.chat, "nothing"))).toMatchObject({ code: "unreachable" });
  });

  test("F3 is tried again later when Discord asks to wait", async () => {
    const { messageId } = await out.send(out.chat, "How was it?");
    out.discord.fail(REMOVE, { kind: "rate-limited", retryAfter: 5 });
    expect(await failure(remove(out.chat, messageId))).toMatchObject({
      ...{ code: "rate-limited", waits: "place" },
    });
    out.clock.advance(6000);
    await remove(out.chat, messageId);
    expect(out.thread.texts()).toEqual(["It is wrong"]);
  });
});

describe("P1 somebody is forgotten", () => {
  test("page by page, and what they wrote themselves stays theirs", async () => {
    for (let i = 0; i < 120; i += 1) {
      out.clock.advance(2000);
      await out.send(out.direct, `Question ${i}`);
      if (i % 40 === 0) await out.dana.writes(`Answer ${i}`);
    }
    const forgotten = await forget();
    expect(forgotten).toEqual({
      ...{ removed: 120, remaining: {} },
      places: [expect.stringMatching(/^\d+$/)],
    });
    expect(inDirect()).toEqual(["Answer 0", "Answer 40", "Answer 80"]);
  });

  test("who has left the server, or takes no direct messages any more", async () => {
    await out.send(out.direct, "How was it?");
    out.acme.leaves(out.dana);
    out.dana.changes({ dm: "closed" });
    expect(await forget()).toMatchObject({ removed: 1, remaining: {} });
    expect(inDirect()).toEqual([]);
  });

  test("whose conversation is known, though Discord would open none now", async () => {
    await out.send(out.direct, "How was it?");
    out.discord.fail(OPEN, { kind: "refused", status: 403, code: 50278 });
    expect(await forget()).toMatchObject({ removed: 1, remaining: {} });
  });

  test.each([50007, 50278])(
    "whose conversation Discord does not open (%d): it is said that it was not looked into",
    async (code) => {
      out.discord.fail(OPEN, { kind: "refused", status: 403, code });
      expect(await forget()).toEqual({ removed: 0, remaining: { closed: 1 }, places: [] });
    },
  );

  test("who is no user: nothing is left of them", async () => {
    const nobody = await forget("123456789012345678");
    expect(nobody).toEqual({ removed: 0, remaining: {}, places: [] });
  });

  test("and what Discord does not let us remove is counted", async () => {
    await out.send(out.direct, "One");
    await out.send(out.direct, "Two");
    out.discord.fail(REMOVE, { kind: "refused", status: 403, code: 50003 });
    expect(await forget()).toMatchObject({ removed: 1, remaining: { refused: 1 } });
    expect(inDirect()).toEqual(["Two"]);
  });

  test("F3 in spite of a short limit, in its own time", async () => {
    await out.send(out.direct, "One");
    await out.send(out.direct, "Two");
    out.discord.fail(REMOVE, { kind: "rate-limited", retryAfter: 0.02 });
    expect(await forget()).toMatchObject({ removed: 2, remaining: {} });
  });

  test("to the end by the next try, when the first one broke off", async () => {
    for (const text of ["One", "Two", "Three"]) await out.send(out.direct, text);
    let times = 0;
    out.discord.fail(
      REMOVE,
      () => {
        times += 1;
        return times === 2 ? { kind: "refused", status: 503, code: 0 } : undefined;
      },
      { times: 3 },
    );
    expect(await failure(forget())).toMatchObject({ code: "temporary" });
    expect(inDirect()).toEqual(["One", "Two"]);
    expect(await forget()).toMatchObject({ removed: 3, remaining: {} });
    expect(await forget()).toMatchObject({ removed: 0, remaining: {} });
  });

  test("F3 a while at a time: what is left after it is for the next try", async () => {
    for (const text of ["One", "Two", "Three"]) await out.send(out.direct, text);
    const goesOn = out.discord.fail(REMOVE, () => {
      out.clock.advance(60_000);
      return undefined;
    });
    expect(await failure(forget())).toMatchObject({ code: "rate-limited", retryAfterMs: 1000 });
    expect(inDirect()).toEqual(["One", "Two"]);
    goesOn();
    expect(await forget()).toMatchObject({ removed: 3, remaining: {} });
  });

  test("and is opened anew when they come back", async () => {
    await out.send(out.direct, "How was it?");
    await forget();
    await out.send(out.direct, "You are back");
    expect(out.discord.calls(OPEN)).toHaveLength(2);
    expect(inDirect()).toEqual(["You are back"]);
  });

  test("not by an adapter that is stopping", async () => {
    await out.send(out.direct, "How was it?");
    out.sender.stop();
    expect(await failure(forget())).toMatchObject({ code: "temporary" });
    expect(inDirect()).toEqual(["How was it?"]);
  });
});
