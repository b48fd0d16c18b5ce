import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Address } from "../../../src/platform.ts";
import type { Fault } from "../../support/slack/index.ts";
import { createOutgoing, type Outgoing } from "./outgoing.ts";
import { failure } from "./stage.ts";

let out: Outgoing;

beforeEach(async () => {
  out = await createOutgoing();
});
afterEach(async () => {
  await out.close();
});

const find = (to: Address, key: string) => out.sender.find(out.connection, to, key);

const lost: [string, Fault][] = [
  ["a reset", { kind: "reset", accepted: true }],
  ["a time-out", { kind: "silent", accepted: true }],
  ["HTTP 500", { kind: "status", status: 500, accepted: true }],
];

describe("answers that were lost", () => {
  test.each(lost)(
    "D6 %s: one attempt is one POST, and the error says that it may pass",
    async (_name, fault) => {
      out.slack.fail("chat.postMessage", fault, { times: 10 });
      expect(await failure(out.send(out.direct))).toMatchObject({ code: "temporary" });
      expect(out.posts()).toBe(1);
    },
  );

  test.each(lost)("D5 %s: what arrived all the same is found by its key", async (_name, fault) => {
    const places = [out.direct, out.chat, { kind: "leads" }] as const;
    for (const [index, to] of places.entries()) {
      out.slack.fail("chat.postMessage", fault);
      await failure(out.send(to, "Only once", `key-${index}`));
      const receipt = await find(to, `key-${index}`);
      expect(receipt).toMatchObject({ reached: true });
      expect(await find(to, "key-9")).toBeUndefined();
    }
    expect(out.dana.sees("dm")).toHaveLength(1);
    expect(out.dana.sees(out.help).at(-1)?.text).toBe("Only once");
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
