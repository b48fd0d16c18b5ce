import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Address } from "../../../../src/platform.ts";
import { createOutgoing, type Outgoing } from "../outgoing.ts";
import { failure } from "../stage.ts";

let out: Outgoing;
beforeEach(async () => {
  out = await createOutgoing();
});
afterEach(async () => {
  await out.close();
});

const remove = (to: Address, messageId: string, from = out.connection) =>
  out.sender.remove(from, to, messageId);
const deletions = () => out.slack.calls("chat.delete").length;

describe("what may be taken back", () => {
  test("a message that somebody answered in its thread leaves a line that it was deleted", async () => {
    const { messageId } = await out.send({ kind: "leads" }, "A card");
    const ts = messageId.split(":")[1] ?? "";
    await out.dana.posts(out.leads, "I take it", { thread: ts });
    await remove({ kind: "leads" }, messageId);
    expect(out.leads.texts()).toEqual(["This message was deleted.", "I take it"]);
    await remove({ kind: "leads" }, messageId);
    expect(out.slack.problems).toEqual([]);
  });

  test("what only one person saw cannot be, and Slack is not asked", async () => {
    const { messageId } = await out.send(out.whisper, "Psst");
    const error = await failure(remove(out.whisper, messageId));
    expect(error).toMatchObject({ code: "unreachable" });
    expect(error.message).toContain("only one person saw");
    expect(error.advice).toContain("gone when its reader starts Slack anew");
    expect(deletions()).toBe(0);
  });

  test("nobody else's message is: not a person's, not another app's", async () => {
    const others = [out.root, await out.acme.otherAppPosts(out.help, "Beep")];
    for (const ts of others) {
      const error = await failure(remove(out.chat, `${out.help.id}:${ts}`));
      expect(error).toMatchObject({ code: "unreachable", message: /\(refused\)$/ });
    }
    expect(out.help.texts()).toEqual(["It is broken", "Beep"]);
  });

  test("where everything is kept for compliance, that is the reason", async () => {
    const { messageId } = await out.send(out.chat);
    out.slack.fail("chat.delete", {
      ...{ kind: "refused", error: "compliance_exports_prevent_deletion" },
    });
    const error = await failure(remove(out.chat, messageId));
    expect(error).toMatchObject({ code: "unreachable", message: /\(kept for compliance\)$/ });
  });

  test("in a channel that is not ours to see any more nothing is", async () => {
    const { messageId } = await out.send({ kind: "leads" });
    out.leads.remove();
    const error = await failure(remove({ kind: "leads" }, messageId));
    expect(error).toMatchObject({ code: "unreachable" });
  });

  test("without the scope the operator hears which one is missing", async () => {
    const { messageId } = await out.send(out.chat);
    out.acme.grant(["channels:read"]);
    const error = await failure(remove(out.chat, messageId));
    expect(error).toMatchObject({ code: "bad-setting", advice: /chat:write/ });
  });
});

describe("limits", () => {
  test("F1 while Slack asks to wait nothing is removed in that workspace, and all else goes on", async () => {
    const [first, second] = [await out.send(out.chat), await out.send({ kind: "leads" })];
    out.slack.fail("chat.delete", { kind: "rate-limited", retryAfter: 30 });
    const limited = { code: "rate-limited", retryAfterMs: 30_000 };
    expect(await failure(remove(out.chat, first.messageId))).toMatchObject(limited);
    expect(await failure(remove({ kind: "leads" }, second.messageId))).toMatchObject(limited);
    expect(deletions()).toBe(1);
    await out.send(out.chat, "Still there");
    await out.send(out.direct, "And there");
    const theirs = await failure(remove(out.chat, "C0NOWHERE:1.000001", out.elsewhere));
    expect(theirs.code).toBe("unreachable"); // asked, and answered
    out.clock.advance(30_000);
    await remove(out.chat, first.messageId);
    expect(out.help.texts()).toEqual(["It is broken", "Still there"]);
  });

  test("F6 a refused token is not tried again and again", async () => {
    const { messageId } = await out.send(out.chat);
    out.acme.revoke();
    expect(await failure(remove(out.chat, messageId))).toMatchObject({ code: "revoked" });
    expect(await failure(remove(out.chat, messageId))).toMatchObject({ code: "revoked" });
    expect(deletions()).toBe(1);
  });

  test("an answer that was lost is no harm: what is gone is gone", async () => {
    const { messageId } = await out.send(out.chat);
    out.slack.fail("chat.delete", { kind: "reset", accepted: true });
    expect(await failure(remove(out.chat, messageId))).toMatchObject({ code: "temporary" });
    await remove(out.chat, messageId);
    expect(out.help.texts()).toEqual(["It is broken"]);
  });
});
