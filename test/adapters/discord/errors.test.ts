import { DiscordAPIError, HTTPError, type RateLimitData, RateLimitError } from "discord.js";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { codeOf, discordError, isRefusal } from "../../../adapters/discord/errors.ts";
import { createOutgoing, type Outgoing } from "./outgoing.ts";
import { failure, plain } from "./stage.ts";

let out: Outgoing;
beforeEach(async () => {
  out = await createOutgoing({ limits: "off" });
});
afterEach(() => out.close());

const CREATE = "POST /channels/:channel/messages";

describe("F5 who cannot be written to", () => {
  test("direct messages are closed: exactly one message is tried, and nothing is retried", async () => {
    out.dana.changes({ dm: "closed" });
    const error = await failure(out.send(out.direct));
    expect(error).toMatchObject({ code: "unreachable" });
    expect(error.message).toContain("50007");
    expect(out.posts()).toHaveLength(1);
  });

  test("somebody who shares no server with the bot any more", async () => {
    out.acme.leaves(out.dana);
    const error = await failure(out.send(out.direct));
    expect(error).toMatchObject({ code: "unreachable" });
    expect(error.message).toContain("50278");
    expect(out.posts()).toHaveLength(1);
  });

  test.each(["123456789012345678", "nobody"])("nobody with this id: %s", async (userId) => {
    const error = await failure(out.send({ kind: "direct", userId }));
    expect(error).toMatchObject({ code: "unreachable" });
    expect(out.posts()).toHaveLength(0);
  });
});

describe("F14 what is gone or shut", () => {
  test("a channel that was deleted", async () => {
    await out.acme.owner.removes(out.help);
    for (const to of [out.channel, out.chat]) {
      expect(await failure(out.send(to))).toMatchObject({
        code: "unreachable",
        advice: "Nothing more is sent there.",
      });
    }
  });

  test("a channel that the bot may not see", async () => {
    out.help.denies("bot", "ViewChannel");
    const error = await failure(out.send(out.channel));
    expect(error).toMatchObject({ code: "unreachable" });
    expect(error.advice).toContain("View Channel");
  });

  test("a thread in which the bot may not write", async () => {
    out.help.denies("bot", "SendMessagesInThreads");
    const error = await failure(out.send(out.chat));
    expect(error).toMatchObject({ code: "unreachable" });
    expect(error.advice).toContain("Send Messages in Threads");
  });

  test("a locked thread is not unlocked", async () => {
    out.acme.botMay("ViewChannel", "SendMessagesInThreads");
    await out.acme.owner.locks(out.thread);
    expect(await failure(out.send(out.chat))).toMatchObject({ code: "unreachable" });
    await out.acme.owner.archives(out.thread);
    const error = await failure(out.send(out.chat));
    expect(error).toMatchObject({ code: "unreachable", advice: expect.stringContaining("Unlock") });
    expect(out.thread.thread.locked()).toBe(true);
  });

  test("a forum is no place for a message", async () => {
    const forum = out.acme.forum("questions");
    const error = await failure(out.send({ kind: "channel", channelId: forum.id }));
    expect(error).toMatchObject({ code: "unreachable" });
  });

  test("a server that nobody has set up is not called", async () => {
    const calls = out.discord.calls().length;
    const elsewhere = { platform: "discord", externalId: "123456789012345678" };
    const sending = out.sender.send(elsewhere, out.chat, plain("Hello"), "key");
    expect(await failure(sending)).toMatchObject({ code: "revoked" });
    const slack = { ...out.connection, platform: "slack" };
    const wrong = out.sender.send(slack, out.chat, plain("Hello"), "key");
    expect(await failure(wrong)).toMatchObject({ code: "revoked" });
    expect(out.discord.calls()).toHaveLength(calls);
  });
});

test("too many active threads is a reason to come again", async () => {
  out.discord.fail(CREATE, { kind: "refused", status: 400, code: 160006 });
  expect(await failure(out.send(out.chat))).toMatchObject({ code: "temporary" });
});

describe("errors of discord.js", () => {
  const words = "a customer's words";
  const request = { body: { content: words }, files: undefined };
  const refused = (status: number, code: number) =>
    new DiscordAPIError({ code, message: words }, code, status, "POST", words, request);
  const limit: RateLimitData = {
    ...{ global: false, hash: "", limit: 5, majorParameter: "", method: "POST", route: "" },
    ...{ retryAfter: 1500, scope: "user", sublimitTimeout: 0, timeToReset: 1500, url: words },
  };

  test("never bring a text or an address into ours", () => {
    const errors = [
      refused(400, 50035),
      refused(403, 50013),
      refused(401, 0),
      new HTTPError(502, words, "POST", words, request),
      new RateLimitError(limit),
      new Error(words),
      words,
    ];
    for (const error of errors.map((each) => discordError(each))) {
      expect(`${error.message} ${error.advice}`).not.toContain(words);
    }
  });

  test("a webhook's token that has run out is not the bot's", () => {
    expect(discordError(refused(401, 50027))).toMatchObject({ code: "temporary" });
    expect(discordError(refused(401, 0))).toMatchObject({ code: "revoked" });
  });

  test.each([Number.NaN, 0, -5, Number.POSITIVE_INFINITY])(
    "F3 a wait of %s is a minute",
    (wait) => {
      const error = new RateLimitError({ ...limit, retryAfter: wait, timeToReset: wait });
      expect(discordError(error)).toMatchObject({ code: "rate-limited", retryAfterMs: 60_000 });
    },
  );

  test("a refusal is known by its number, also behind an error of ours", () => {
    const error = discordError(refused(404, 10003));
    expect(codeOf(error)).toBe(10003);
    expect(isRefusal(error, 10004, 10003)).toBe(true);
    expect(isRefusal(error, 10004)).toBe(false);
    expect(codeOf(new Error("no code"))).toBeUndefined();
  });
});
