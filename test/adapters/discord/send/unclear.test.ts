import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createOutgoing, type Outgoing } from "../outgoing.ts";
import { failure, plain } from "../stage.ts";

const CREATE = "POST /channels/:channel/messages";
const MINUTE = 60_000;

let out: Outgoing;
beforeEach(async () => {
  out = await createOutgoing();
});
afterEach(() => out.close());

const broken = [
  ["reset before it is read", { kind: "reset" }, 0],
  ["reset after it was accepted", { kind: "reset", accepted: true }, 1],
  ["answered with a 500", { kind: "status", status: 500 }, 0],
  ["answered with a 502 after it was accepted", { kind: "status", status: 502, accepted: true }, 1],
  ["never answered", { kind: "silent" }, 0],
  ["accepted and never answered", { kind: "silent", accepted: true }, 1],
] as const;

describe.each(broken)("D6 a message that is %s", (_name, fault, seen) => {
  test("is one POST, and its outcome is not known", async () => {
    out.discord.fail(CREATE, fault);
    if (fault.kind === "silent") out.patience(300);
    const error = await failure(out.send(out.chat, "Private words", "key-1"));
    expect(error).toMatchObject({ code: "temporary" });
    expect(error.message).not.toContain("Private words");
    expect(out.posts()).toHaveLength(1);
    expect(out.saidInThread()).toHaveLength(seen);
  });

  test("D4 is there once when it is sent again within the window", async () => {
    out.discord.fail(CREATE, fault);
    if (fault.kind === "silent") out.patience(300);
    await failure(out.send(out.chat, "Hello", "key-1"));
    out.patience(10_000);
    out.clock.advance(MINUTE);
    const receipt = await out.send(out.chat, "Hello", "key-1");
    expect(out.saidInThread().map(({ channel, id }) => `${channel}:${id}`)).toEqual([
      receipt.messageId,
    ]);
  });
});

describe("D4 the process was killed after Discord accepted the message", () => {
  test("and Discord has forgotten the nonce: the message is found by its mark", async () => {
    const receipt = await out.send(out.direct, "Hello", "key-1");
    await out.send(out.direct, "Another", "key-2");
    out.clock.advance(60 * MINUTE);
    expect(await out.sender.find(out.connection, out.direct, "key-1")).toEqual(receipt);
    expect(await out.sender.find(out.connection, out.direct, "key-3")).toBeUndefined();
  });

  test("what others write there is never taken for it", async () => {
    const receipt = await out.send(out.chat, "Hello", "key-1");
    await out.dana.posts(out.thread, "key-1");
    expect(await out.sender.find(out.connection, out.chat, "key-1")).toEqual(receipt);
    await out.acme.owner.deletes(out.thread, receipt.messageId.split(":")[1] ?? "");
    expect(await out.sender.find(out.connection, out.chat, "key-1")).toBeUndefined();
  });

  test("where we may not look, sending says why", async () => {
    out.help.denies("bot", "ViewChannel");
    expect(await out.sender.find(out.connection, out.chat, "key-1")).toBeUndefined();
    expect(await failure(out.send(out.chat))).toMatchObject({ code: "unreachable" });
  });

  test("as long as Discord cannot be asked nothing is sent", async () => {
    out.discord.fail("GET /channels/:channel/messages", { kind: "reset" });
    const looking = out.sender.find(out.connection, out.chat, "key-1");
    expect(await failure(looking)).toMatchObject({ code: "temporary" });
  });
});

test("D6 an edit is one PATCH", async () => {
  const { messageId } = await out.send(out.chat);
  out.discord.fail("PATCH /channels/:channel/messages/:message", { kind: "status", status: 503 });
  const change = out.sender.update(out.connection, out.chat, messageId, plain("Changed"));
  expect(await failure(change)).toMatchObject({ code: "temporary" });
  expect(out.discord.calls("PATCH /channels/:channel/messages/:message")).toHaveLength(1);
});
