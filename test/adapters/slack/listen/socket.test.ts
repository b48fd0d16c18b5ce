import { afterEach, beforeEach, expect, test } from "vitest";
import { createStall, nothingUnhandled, openStage, type Stage, soon } from "./setup.ts";

let stage: Stage;
// First, because what comes first is looked at last.
nothingUnhandled();
beforeEach(async () => {
  stage = await openStage();
});
afterEach(() => stage.end());

const openings = () => stage.slack.calls("apps.connections.open");
const refuse = (error: string) =>
  stage.slack.fail("apps.connections.open", { kind: "refused", error }, { times: Infinity });

test("two connections stand, and a stop closes both", async () => {
  const { stop } = await stage.start("Socket Mode");
  await stage.slack.sockets.connected(2);
  expect(stage.slack.sockets.count()).toBe(2);
  await stop();
  await soon(() => stage.slack.sockets.count()).toBe(0);
  expect(openings()).toHaveLength(2);
});

test("a refresh of one connection loses nothing and needs no retry", async () => {
  const help = stage.acme.channel("help");
  const dana = stage.acme.person("Dana");
  const { inbox } = await stage.start("Socket Mode");
  await stage.slack.sockets.connected(2);
  await dana.posts(help, "before");
  await stage.slack.settled();
  stage.slack.sockets.disconnect("refresh_requested", 1);
  await Promise.all(Array.from({ length: 20 }, (_, n) => dana.posts(help, `during ${n}`)));
  await stage.slack.settled();
  await stage.slack.sockets.connected(2);
  expect(inbox.events).toHaveLength(21);
  expect(stage.slack.events.every(({ attempts }) => attempts.length === 1)).toBe(true);
});

test("what is under way on a connection that is refreshed is still acknowledged over it", async () => {
  const help = stage.acme.channel("help");
  const dana = stage.acme.person("Dana");
  const deadlines = { acknowledge: 60_000 };
  const { inbox } = await stage.start("Socket Mode", { deadlines });
  await stage.slack.sockets.connected(2);
  const stall = createStall();
  inbox.hold = stall.held;
  await dana.posts(help, "first");
  await dana.posts(help, "second");
  stage.slack.sockets.disconnect("refresh_requested");
  await stage.slack.sockets.connected(2);
  stall.end();
  await stage.slack.settled();
  expect(inbox.events).toHaveLength(2);
  expect(stage.slack.events.map(({ attempts }) => attempts.length)).toEqual([1, 1]);
});

test.each(["warning", "refresh_requested", "link_disabled"] as const)(
  "both connections come back after %s",
  async (reason) => {
    const help = stage.acme.channel("help");
    const dana = stage.acme.person("Dana");
    const { inbox } = await stage.start("Socket Mode");
    await stage.slack.sockets.connected(2);
    stage.slack.sockets.disconnect(reason);
    await soon(() => openings().length).toBe(4);
    await soon(() => stage.slack.sockets.count()).toBe(2);
    await dana.posts(help, "after");
    await soon(() => inbox.events.length).toBe(1);
  },
);

test("both connections come back after a broken line", async () => {
  const help = stage.acme.channel("help");
  const dana = stage.acme.person("Dana");
  const { inbox } = await stage.start("Socket Mode");
  await stage.slack.sockets.connected(2);
  stage.slack.sockets.cut();
  await soon(() => openings().length).toBe(4);
  await stage.slack.sockets.connected(2);
  await dana.posts(help, "after");
  await soon(() => inbox.events.length).toBe(1);
});

test("F6 a token that is revoked at a reconnect is asked for once, and nothing ends", async () => {
  const { inbox } = await stage.start("Socket Mode");
  await stage.slack.sockets.connected(2);
  const mend = refuse("token_revoked");
  stage.slack.sockets.disconnect("refresh_requested");
  await soon(() => openings().length).toBe(3);
  // Long enough for dozens of quick tries, if there were any.
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(openings()).toHaveLength(3);
  expect(inbox.events).toEqual([]);
  mend();
});

test("F6 a token that is given back is found after the pause", async () => {
  const help = stage.acme.channel("help");
  const dana = stage.acme.person("Dana");
  const { inbox } = await stage.start("Socket Mode", { pace: { refusedPauseMs: 20 } });
  await stage.slack.sockets.connected(2);
  const mend = refuse("invalid_auth");
  stage.slack.sockets.disconnect("refresh_requested");
  await soon(() => openings().length).toBeGreaterThan(4);
  mend();
  await stage.slack.sockets.connected(2);
  await dana.posts(help, "after");
  await soon(() => inbox.events.length).toBe(1);
});

test("F6 a token that is refused at the start is told with what to do", async () => {
  refuse("invalid_auth");
  await expect(stage.start("Socket Mode")).rejects.toMatchObject({
    code: "revoked",
    advice: expect.stringContaining("connections:write"),
  });
  expect(openings()).toHaveLength(1);
});

test.each([
  ["an internal error", { kind: "refused", error: "internal_error" }],
  ["a server error", { kind: "status", status: 503 }],
  ["a broken line", { kind: "reset" }],
  ["a limit", { kind: "rate-limited", retryAfter: 1 }],
  ["a limit in nonsense", { kind: "rate-limited", retryAfter: "soon" }],
] as const)("a reconnect is tried again after %s", async (_what, fault) => {
  await stage.start("Socket Mode");
  await stage.slack.sockets.connected(2);
  const times = fault.kind === "rate-limited" ? 1 : 3;
  stage.slack.fail("apps.connections.open", fault, { times });
  stage.slack.sockets.disconnect("refresh_requested");
  await stage.slack.sockets.connected(2);
  expect(openings()).toHaveLength(4 + times);
});

test("while Slack cannot be reached the start goes on, and so does the trying", async () => {
  const mend = stage.slack.fail("apps.connections.open", { kind: "reset" }, { times: Infinity });
  await stage.start("Socket Mode", { pace: { patienceMs: 50 } });
  expect(stage.slack.sockets.count()).toBe(0);
  mend();
  await stage.slack.sockets.connected(2);
});

test("a Slack that does not answer is given up and tried again", async () => {
  stage.slack.fail("apps.connections.open", { kind: "silent" });
  await stage.start("Socket Mode", { pace: { helloMs: 50 } });
  expect(openings().length).toBeGreaterThan(1);
});

test("a stop in the middle of a reconnect leaves nothing behind", async () => {
  const { stop } = await stage.start("Socket Mode");
  await stage.slack.sockets.connected(2);
  stage.slack.fail("apps.connections.open", { kind: "silent" }, { times: Infinity });
  stage.slack.sockets.disconnect("refresh_requested");
  await soon(() => openings().length).toBe(3);
  await stop();
  expect(stage.slack.sockets.count()).toBe(0);
});

test("a stop in the middle of the pauses after a refusal does not wait for their end", async () => {
  const { stop } = await stage.start("Socket Mode", { pace: { refusedPauseMs: 3_600_000 } });
  await stage.slack.sockets.connected(2);
  refuse("account_inactive");
  stage.slack.sockets.disconnect("refresh_requested");
  await soon(() => openings().length).toBe(3);
  await stop();
  expect(openings()).toHaveLength(3);
});
