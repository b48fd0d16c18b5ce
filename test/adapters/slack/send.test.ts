import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Message } from "../../../src/platform.ts";
import { createOutgoing, type Outgoing } from "./outgoing.ts";
import { failure, plain } from "./stage.ts";

let out: Outgoing;

beforeEach(async () => {
  out = await createOutgoing();
});
afterEach(async () => {
  await out.close();
});

describe("places", () => {
  test("a chat is its thread, and links in what we say show no previews", async () => {
    const { messageId } = await out.send(out.chat, "See https://example.com");
    const seen = out.dana.sees(out.help).at(-1);
    expect(seen).toMatchObject({ threadTs: out.root, unfurl: { links: false, media: false } });
    expect(messageId).toBe(`${out.help.id}:${seen?.ts}`);
  });

  test("the conversation with a person is opened once", async () => {
    await out.send(out.direct);
    await out.send(out.direct);
    expect(out.dana.sees("dm")).toHaveLength(2);
    expect(out.slack.calls("conversations.open")).toHaveLength(1);
  });

  test("a channel and the leads' channel by its name", async () => {
    await out.send({ kind: "channel", channelId: out.help.id });
    await out.send({ kind: "leads" });
    expect(out.dana.sees(out.help).at(-1)?.words).toContain("Hello");
    expect(out.leads.texts()).toEqual(["Hello"]);
  });

  test("a workspace without leads' channel and a chat that is none of Slack's are unreachable", async () => {
    const nowhere = out.send({ kind: "leads" }, "Hello", "k", out.elsewhere);
    expect(await failure(nowhere)).toMatchObject({ code: "unreachable" });
    const odd = out.send({ kind: "chat", chatId: "chat-7" });
    expect(await failure(odd)).toMatchObject({ code: "unreachable" });
    expect(out.posts()).toBe(0);
  });

  test("a whisper is seen by one person, and nobody knows whether it was", async () => {
    const receipt = await out.send(out.whisper, "Psst");
    const seen = out.dana.sees(out.help).at(-1);
    expect(seen).toMatchObject({ ephemeral: true, threadTs: out.root });
    expect(receipt).toEqual({ messageId: `${out.help.id}:${seen?.ts}:e`, reached: false });
  });

  test("a workspace that we have no token of is refused without a call", async () => {
    const gone = { platform: "slack", externalId: "TGONE" };
    expect(await failure(out.send(out.direct, "Hello", "k", gone))).toMatchObject({
      code: "revoked",
    });
  });

  test("after the stop nothing is sent", async () => {
    out.sender.stop();
    expect(await failure(out.send(out.direct))).toMatchObject({ code: "temporary" });
    expect(out.posts()).toBe(0);
  });
});

describe("edits", () => {
  const update = (messageId: string, to = out.chat as Parameters<Outgoing["send"]>[0]) =>
    out.sender.update(out.connection, to, messageId, plain("You answered 9"));

  test("a message is replaced where it stands", async () => {
    const { messageId } = await out.send(out.chat);
    await update(messageId);
    expect(out.help.texts().slice(1)).toEqual(["You answered 9"]);
  });

  test("a message that is gone is not found, so that a new one can be sent", async () => {
    const error = await failure(update(`${out.help.id}:1700000000.000001`));
    expect(error).toMatchObject({ code: "not-found" });
  });

  test("an ephemeral message cannot be edited: its reader gets a new one", async () => {
    const { messageId } = await out.send(out.whisper);
    await update(messageId, out.whisper);
    const seen = out.dana.sees(out.help).filter(({ ephemeral }) => ephemeral);
    expect(seen.map(({ text }) => text)).toEqual(["Hello", "You answered 9"]);
    expect(await failure(update(messageId))).toMatchObject({ code: "not-found" });
  });
});

describe("who cannot be reached", () => {
  test.each([
    ["closed their messages", "disabled", "messages_tab_disabled"],
    ["blocked the app", "blocked", "cannot_dm_bot"],
  ] as const)("F5 somebody who %s: one call, never sent", async (_name, dm, reason) => {
    out.dana.changes({ dm });
    const error = await failure(out.send(out.direct));
    expect(error).toMatchObject({ code: "unreachable" });
    expect(error.message).toContain(reason);
    const refused = out.slack.calls().filter(({ outcome }) => outcome === reason);
    expect(refused).toHaveLength(1);
    expect(out.dana.sees("dm")).toEqual([]);
  });

  test("F5 somebody who left", async () => {
    out.dana.changes({ deactivated: true });
    expect(await failure(out.send(out.direct))).toMatchObject({ code: "unreachable" });
    expect(out.posts()).toBe(0);
  });

  test("F14 an archived, a forbidden and a vanished channel, and one that we were put out of", async () => {
    const to = { kind: "channel", channelId: out.help.id } as const;
    const reasons: string[] = [];
    const attempt = async () => {
      const error = await failure(out.send(to));
      expect(error.code).toBe("unreachable");
      reasons.push(error.message);
      out.clock.advance(2000);
    };
    out.help.archive();
    await attempt();
    out.help.unarchive();
    out.help.restrict();
    await attempt();
    out.help.restrict(false);
    out.help.kickBot();
    await attempt();
    out.help.remove();
    await attempt();
    const names = ["is_archived", "restricted_action", "not_in_channel", "channel_not_found"];
    for (const [index, name] of names.entries()) expect(reasons[index]).toContain(name);
    expect(out.posts()).toBe(4);
  });

  test("a whisper to somebody who left the channel", async () => {
    await out.dana.leaves(out.help);
    expect(await failure(out.send(out.whisper))).toMatchObject({ code: "unreachable" });
  });

  test("F6 a revoked token is called once; the other workspace goes on; nothing is forgotten", async () => {
    out.acme.revoke();
    expect(await failure(out.send(out.direct))).toMatchObject({ code: "revoked" });
    for (const to of [out.direct, out.chat, out.whisper]) {
      expect(await failure(out.send(to))).toMatchObject({ code: "revoked" });
    }
    const refused = out.slack.calls().filter(({ outcome }) => outcome === "token_revoked");
    expect(refused).toHaveLength(1);
    const olga = out.other.person("Olga");
    const there = { kind: "direct", userId: olga.id } as const;
    expect(await out.send(there, "Hello", "k", out.elsewhere)).toMatchObject({ reached: true });
  });

  test("a scope that is missing is named, with the way to grant it", async () => {
    out.acme.grant(["im:write"]);
    const error = await failure(out.send(out.direct));
    expect(error).toMatchObject({ code: "bad-setting" });
    expect(error.message).toContain("chat:write");
    expect(error.advice).toContain("OAuth & Permissions");
  });
});

describe("limits", () => {
  const limit = (retryAfter: number | string | null) =>
    out.slack.fail("chat.postMessage", { kind: "rate-limited", retryAfter });

  test("F1 a channel's 429 holds this channel for as long as Slack said, and no other", async () => {
    limit(30);
    expect(await failure(out.send(out.chat))).toMatchObject({
      ...{ code: "rate-limited", retryAfterMs: 30_000, waits: "place" },
    });
    out.clock.advance(29_999);
    expect(await failure(out.send(out.chat))).toMatchObject({ retryAfterMs: 1, waits: "place" });
    expect(out.posts()).toBe(1);
    await out.send(out.direct);
    await out.send({ kind: "leads" });
    out.clock.advance(1);
    await out.send(out.chat);
    expect(out.posts()).toBe(4);
  });

  test("F1 a second channel's 429 meanwhile holds the workspace, and no other workspace", async () => {
    limit(30);
    await failure(out.send(out.chat));
    limit(20);
    expect(await failure(out.send(out.direct))).toMatchObject({ waits: "connection" });
    expect(await failure(out.send({ kind: "leads" }))).toMatchObject({
      ...{ code: "rate-limited", retryAfterMs: 20_000, waits: "connection" },
    });
    expect(out.posts()).toBe(2);
    const olga = out.other.person("Olga");
    await out.send({ kind: "direct", userId: olga.id }, "Hello", "k", out.elsewhere);
    out.clock.advance(20_000);
    await out.send({ kind: "leads" });
  });

  test.each([null, "soon", "", "-5"])(
    "F2 a 429 with Retry-After %j waits a minute",
    async (header) => {
      limit(header);
      expect(await failure(out.send(out.chat))).toMatchObject({
        ...{ code: "rate-limited", retryAfterMs: 60_000, waits: "place" },
      });
    },
  );

  test("messages to one channel are paced by us, so that Slack has nothing to limit", async () => {
    for (const key of ["a", "b"]) await out.send(out.chat, key, key);
    for (const [key, retryAfterMs] of Object.entries({ c: 1000, d: 2000 })) {
      const error = await failure(out.send(out.chat, key, key));
      expect(error).toMatchObject({ code: "rate-limited", retryAfterMs });
      expect(error.waits).toBeUndefined();
    }
    expect(out.posts()).toBe(2);
    out.clock.advance(1000);
    await out.send(out.chat, "c", "c");
    expect(out.help.texts().slice(1)).toEqual(["a", "b", "c"]);
  });
});

test("F20 a message of any length from nothing to 40 000 characters is taken", async () => {
  const word = fc.constantFrom("a", "word ", "<@U1> ", "&", "👩🏽‍💻", "很", "\n", "*x* ", "\u0000");
  const words = fc.array(word, { minLength: 1, maxLength: 20 });
  const length = fc.integer({ min: 0, max: 40_000 });
  const long = (some: readonly string[], many: number) => some.join("").repeat(many).slice(0, many);
  await fc.assert(
    fc.asyncProperty(words, words, length, length, async (some, more, many, most) => {
      const [said, quoted] = [long(some, many), long(more, most)];
      const parts: Message["parts"] = [
        { kind: "text", text: said },
        { kind: "quote", text: quoted, by: said },
      ];
      out.clock.advance(5000);
      await out.send({ kind: "leads" }, { summary: said, locale: "en", parts });
      const { messageId } = await out.send(out.chat);
      const edited = { summary: quoted, locale: "en", parts };
      await out.sender.update(out.connection, out.chat, messageId, edited);
    }),
    { numRuns: 25, examples: [[["&"], ["&"], 40_000, 40_000]] },
  );
  expect(out.slack.problems).toEqual([]);
});
