import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createOutgoing, type Outgoing } from "./outgoing.ts";
import { failure } from "./stage.ts";

const CREATE = "POST /channels/:channel/messages";
const OPEN = "POST /users/@me/channels";

let out: Outgoing;
beforeEach(async () => {
  out = await createOutgoing({ limits: "off" });
});
afterEach(() => out.close());

describe("F3 Discord asks us to wait", () => {
  const limited = { kind: "rate-limited", retryAfter: 30 } as const;

  test.each(["user", "shared"] as const)(
    "with the limit of a place (%s): only that place waits, and nothing is called",
    async (scope) => {
      out.discord.fail(CREATE, { ...limited, scope });
      const first = await failure(out.send(out.chat));
      expect(first).toMatchObject({ code: "rate-limited", waits: "place" });
      expect(first.retryAfterMs).toBeGreaterThanOrEqual(30_000);
      expect(first.retryAfterMs).toBeLessThan(31_000);
      out.clock.advance(29_000);
      expect(await failure(out.send(out.chat))).toMatchObject({ waits: "place" });
      expect(out.posts()).toHaveLength(1);
      await out.send(out.direct);
      out.clock.advance(2000);
      await out.send(out.chat);
      expect(out.posts()).toHaveLength(3);
    },
  );

  test("with the global limit: everything waits", async () => {
    out.discord.fail(CREATE, { ...limited, scope: "global" });
    const first = await failure(out.send(out.chat));
    expect(first).toMatchObject({ code: "rate-limited", waits: "connection" });
    const calls = out.discord.calls().length;
    for (const to of [out.direct, out.chat, out.channel]) {
      expect(await failure(out.send(to))).toMatchObject({ waits: "connection" });
    }
    expect(out.discord.calls()).toHaveLength(calls);
  });

  test("when conversations are opened too fast, only new conversations wait", async () => {
    await out.send(out.direct);
    const kim = out.acme.person("Kim");
    out.discord.fail(OPEN, { kind: "refused", status: 403, code: 40003 });
    const refused = await failure(out.send({ kind: "direct", userId: kim.id }));
    expect(refused).toMatchObject({ code: "rate-limited", waits: undefined });
    const lou = out.acme.person("Lou");
    expect(await failure(out.send({ kind: "direct", userId: lou.id }))).toMatchObject({
      code: "rate-limited",
    });
    expect(out.discord.calls(OPEN)).toHaveLength(2);
    await out.send(out.direct);
    out.clock.advance(61_000);
    await out.send({ kind: "direct", userId: lou.id });
  });
});

describe("F3 ahead of the limits", () => {
  test("what headers say is followed: the sixth message in five seconds is not sent", async () => {
    const strict = await createOutgoing();
    try {
      for (let count = 0; count < 5; count += 1) {
        await strict.send(strict.chat);
        strict.clock.advance(600);
      }
      expect(await failure(strict.send(strict.chat))).toMatchObject({ code: "rate-limited" });
      expect(strict.posts()).toHaveLength(5);
      expect(strict.discord.invalidRequests()).toBe(0);
    } finally {
      await strict.close();
    }
  });

  test("a crowd is told when to come again, each a second after the one before it", async () => {
    for (let count = 0; count < 5; count += 1) await out.send(out.channel);
    const waits: (number | undefined)[] = [];
    for (const key of ["a", "b", "c", "b"]) {
      const error = await failure(out.send(out.channel, "Alert", key));
      expect(error).toMatchObject({ code: "rate-limited", waits: undefined });
      waits.push(error.retryAfterMs);
    }
    expect(waits).toEqual([1000, 2000, 3000, 2000]);
    expect(out.posts()).toHaveLength(5);
  });
});

describe("F4 requests that Discord refuses", () => {
  const forbidden = { kind: "refused", status: 403, code: 50013 } as const;
  const refuse = () => out.discord.fail("*", forbidden, { times: Number.POSITIVE_INFINITY });
  const tryTimes = async (times: number) => {
    for (let count = 0; count < times; count += 1) {
      out.clock.advance(10);
      await failure(out.send({ kind: "channel", channelId: channelId(count) }));
    }
  };
  const channelId = (count: number) => String(100_000_000_000_000_000n + BigInt(count));

  test("from 500 in ten minutes on the leads alone are written to", async () => {
    refuse();
    await tryTimes(600);
    expect(out.discord.invalidRequests()).toBe(500);
    const held = await failure(out.send(out.direct));
    expect(held).toMatchObject({ code: "rate-limited", waits: undefined });
    expect(held.retryAfterMs).toBeLessThanOrEqual(600_000);
  });

  test("when they are old it goes on", async () => {
    const stop = out.discord.fail("*", forbidden, { times: Number.POSITIVE_INFINITY });
    await tryTimes(500);
    stop();
    const { retryAfterMs = 0 } = await failure(out.send(out.direct));
    out.clock.advance(retryAfterMs);
    await out.send(out.direct);
    expect(out.dana.sees("dm")).toHaveLength(1);
  });

  test("limits that others share do not count", async () => {
    const shared = { kind: "rate-limited", retryAfter: 0, scope: "shared" } as const;
    out.discord.fail(CREATE, shared, { times: Number.POSITIVE_INFINITY });
    for (let count = 0; count < 510; count += 1) {
      await failure(out.send({ kind: "channel", channelId: channelId(count) }));
    }
    expect(await failure(out.send(out.chat))).toMatchObject({ waits: "place" });
  });
});

describe("F6 a token that Discord refuses", () => {
  test("is used once more at most, by nobody, and everything waits", async () => {
    out.discord.revokesToken();
    const error = await failure(out.send(out.chat));
    expect(error).toMatchObject({ code: "revoked" });
    expect(error.advice).toContain("DISCORD_TOKEN");
    const calls = out.discord.calls().length;
    for (let count = 0; count < 20; count += 1) {
      for (const to of [out.direct, out.chat, out.channel]) {
        expect(await failure(out.send(to))).toMatchObject({ code: "revoked" });
      }
    }
    expect(await failure(out.sender.find(out.connection, out.chat, "key"))).toMatchObject({
      code: "revoked",
    });
    expect(out.discord.calls()).toHaveLength(calls);
    expect(out.sender.unready()).toContain("token");
  });
});
