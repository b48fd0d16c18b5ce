import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Address } from "../../../../src/platform.ts";
import type { Fault } from "../../../support/slack/index.ts";
import { createOutgoing, type Outgoing } from "../outgoing.ts";
import { failure } from "../stage.ts";

let out: Outgoing;

beforeEach(async () => {
  out = await createOutgoing();
});
afterEach(async () => {
  await out.close();
});

const find = (to: Address, key: string) => out.sender.find(out.connection, to, key);

const lost: [string, Fault, number?][] = [
  ["a reset", { kind: "reset", accepted: true }],
  ["HTTP 500", { kind: "status", status: 500, accepted: true }],
  ["a time-out", { kind: "silent", accepted: true }, 2500],
];

describe("answers that were lost", () => {
  test.each(lost)(
    "D6 %s: one attempt is one POST, and what arrived all the same is found (D5)",
    async (_name, fault, patienceMs) => {
      await out.close();
      out = await createOutgoing({}, patienceMs);
      out.slack.fail("chat.postMessage", fault, { times: 10 });
      expect(await failure(out.send(out.direct, "Only once", "key-1"))).toMatchObject({
        code: "temporary",
      });
      expect(out.posts()).toBe(1);
      const [seen] = out.dana.sees("dm");
      const messageId = `${seen?.channel}:${seen?.ts}`;
      expect(await find(out.direct, "key-1")).toEqual({ messageId, reached: true });
      expect(await find(out.direct, "key-2")).toBeUndefined();
      expect(out.dana.sees("dm")).toHaveLength(1);
    },
  );

  test("D5 in a thread and in the leads' channel as well", async () => {
    for (const to of [out.chat, { kind: "leads" }] as const) {
      out.slack.fail("chat.postMessage", { kind: "reset", accepted: true });
      await failure(out.send(to, "Only once", "key-1"));
      expect(await find(to, "key-1")).toMatchObject({ reached: true });
      expect(await find(to, "key-2")).toBeUndefined();
    }
    expect(out.posts()).toBe(2);
  });

  test("D5 what never arrived is not found, and can be sent", async () => {
    out.slack.fail("chat.postMessage", { kind: "reset" });
    await failure(out.send(out.direct, "Hello", "key-1"));
    expect(await find(out.direct, "key-1")).toBeUndefined();
    await out.send(out.direct, "Hello", "key-1");
    expect(out.dana.sees("dm")).toHaveLength(1);
  });
});

describe("looking a delivery up", () => {
  test("D5 it is found among a few hundred newer messages", async () => {
    const { messageId } = await out.send({ kind: "leads" }, "Alert", "key-1");
    for (let index = 0; index < 250; index += 1) await out.dana.posts(out.leads, `more ${index}`);
    expect(await find({ kind: "leads" }, "key-1")).toEqual({ messageId, reached: true });
  });

  test("D5 a Slack that is slow to read keeps nobody looking until another worker takes over", async () => {
    await out.send({ kind: "leads" }, "Alert", "key-1");
    for (let index = 0; index < 250; index += 1) await out.dana.posts(out.leads, `more ${index}`);
    const slowly = () => {
      out.clock.advance(9000);
      return undefined;
    };
    out.slack.fail("conversations.history", slowly, { times: 10 });
    const error = await failure(find({ kind: "leads" }, "key-1"));
    expect(error).toMatchObject({ code: "temporary" });
    expect(out.slack.calls("conversations.history")).toHaveLength(2);
  });

  test("D5 where reading is not allowed nothing is found, once in the log, and it is sent again", async () => {
    await out.send(out.direct, "Hello", "key-1");
    out.acme.grant(["chat:write", "im:write"]);
    expect(await find(out.direct, "key-1")).toBeUndefined();
    expect(out.stage.logged.filter((line) => line.includes("im:history"))).toHaveLength(1);
    await out.send(out.direct, "Hello", "key-1");
    expect(out.dana.sees("dm")).toHaveLength(2);
  });

  test("D5 while reading is limited nothing is sent blindly, and Slack is left alone", async () => {
    const { messageId } = await out.send(out.direct, "Hello", "key-1");
    out.slack.fail("conversations.history", { kind: "rate-limited", retryAfter: 60 });
    const error = await failure(find(out.direct, "key-1"));
    expect(error).toMatchObject({ code: "rate-limited", retryAfterMs: 60_000 });
    expect(error.waits).toBeUndefined();
    out.clock.advance(59_000);
    expect(await failure(find(out.direct, "key-1"))).toMatchObject({ retryAfterMs: 1000 });
    expect(out.slack.calls("conversations.history")).toHaveLength(1);
    out.clock.advance(1000);
    expect(await find(out.direct, "key-1")).toEqual({ messageId, reached: true });
  });

  test("D5 an unclear answer to the question is no answer", async () => {
    await out.send(out.direct, "Hello", "key-1");
    out.slack.fail("conversations.history", { kind: "status", status: 503 });
    expect(await failure(find(out.direct, "key-1"))).toMatchObject({ code: "temporary" });
  });

  test("D5 with one reading a minute and fifteen messages, as unlisted apps have it", async () => {
    await out.close();
    out = await createOutgoing({ unlisted: true });
    const { messageId } = await out.send(out.direct, "Hello", "key-1");
    expect(await find(out.direct, "key-1")).toEqual({ messageId, reached: true });
    expect(await failure(find(out.direct, "key-1"))).toMatchObject({ code: "rate-limited" });
  });

  test("a whisper is in no history: Slack is not asked", async () => {
    await out.send(out.whisper, "Psst", "key-1");
    expect(await find(out.whisper, "key-1")).toBeUndefined();
    expect(out.slack.calls("conversations.replies")).toEqual([]);
  });
});
