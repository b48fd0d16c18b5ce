import { beforeAll, beforeEach, expect, test } from "vitest";
import { AppError } from "../../src/errors.ts";
import type { Address } from "../../src/platform.ts";
import { runAskJob } from "../../src/scheduling/ask/ask.ts";
import { ensureConnection } from "../../src/store/connections.ts";
import {
  answersOf,
  DAY,
  deliveriesOf,
  HOUR,
  last,
  MINUTE,
  newestInvitation,
  playAndAsk,
} from "../inbox/support.ts";
import { describeEitherDatabase, type TestDatabase } from "../support/database.ts";
import { createMessenger, tokenOf, wordsOf } from "../support/messenger.ts";
import { chatRef, createWorld, dana, type World } from "../support/world.ts";

type Kind = Address["kind"];
const refusing =
  (code: "unreachable" | "revoked" | "temporary", ...kinds: Kind[]) =>
  ({ kind }: Address) =>
    kinds.length === 0 || kinds.includes(kind) ? new AppError(code, `no ${kind} here`) : undefined;

describeEitherDatabase("the outbox", (open) => {
  let database: TestDatabase;
  let world: World;

  beforeAll(async () => {
    database = await open();
  });
  const enter = async (options: Parameters<typeof createWorld>[1] = {}) => {
    world = await createWorld(database, options);
  };
  beforeEach(() => enter());

  const deliver = async () => {
    const [{ id: deliveryId } = { id: "" }] = await deliveriesOf(world);
    await world.outbox.deliver({ workspaceId: world.workspaceId, deliveryId });
  };

  test("a question that could not be sent in time is sent in good hours all the same", async () => {
    const away = new AppError("rate-limited", "slow down", {
      retryAfterMs: 7 * HOUR,
      waits: "connection",
    });
    world.messenger.failNext({ error: away });
    await playAndAsk(world); // on a Monday at 12:15, where Dana is too
    expect(world.messenger.to("U-dana")).toEqual([]);
    world.clock.advance(7 * HOUR);
    await world.settle();
    expect(world.messenger.to("U-dana")).toEqual([]);
    expect(world.waits).toEqual([7 * HOUR, 13 * HOUR + 45 * MINUTE]);
    world.clock.advance(13 * HOUR + 45 * MINUTE);
    await world.settle();
    expect(world.messenger.to("U-dana")).toHaveLength(1);
  });

  test("what may have been sent is looked for at once, and if it was not it waits for good hours", async () => {
    await enter({ messenger: createMessenger({ finds: true }) });
    world.messenger.failNext({ error: new AppError("temporary", "away") });
    await playAndAsk(world).catch(() => {}); // on a Monday at 12:15, where Dana is too
    world.clock.advance(7 * HOUR);
    await expect(deliver()).rejects.toThrow();
    expect(world.messenger.lookUps()).toBe(1);
    expect(world.messenger.to("U-dana")).toEqual([]);
    world.clock.advance(13 * HOUR + 45 * MINUTE);
    await deliver();
    expect(world.messenger.to("U-dana")).toHaveLength(1);
  });

  test("F1 a limited place is left alone for as long as it said, over a restart; others go on", async () => {
    const error = new AppError("rate-limited", "slow down", {
      retryAfterMs: 30_000,
      waits: "place",
    });
    world.messenger.failNext({ error });
    await playAndAsk(world);
    expect(world.waits).toEqual([30_000]);
    expect(world.messenger.calls()).toBe(1);
    world.clock.advance(29_000);
    // Another process knows nothing of the wait but what is kept.
    await deliver().catch(() => {});
    expect(world.messenger.calls()).toBe(1);
    await world.playChat({ chat: "C2", customer: { ...dana, externalId: "U-eve", name: "Eve" } });
    world.clock.advance(1000);
    await world.settle();
    expect(world.messenger.to("U-dana")).toHaveLength(1);
    world.clock.advance(15 * MINUTE);
    await world.settle();
    expect(world.messenger.to("U-eve")).toHaveLength(1);
  });

  test("F1 a limited connection waits as a whole", async () => {
    const error = new AppError("rate-limited", "all of it", {
      retryAfterMs: 60_000,
      waits: "connection",
    });
    world.messenger.failNext({ error });
    await world.playChat({ chat: "C2", customer: { ...dana, externalId: "U-eve", name: "Eve" } });
    await playAndAsk(world);
    expect(world.messenger.calls()).toBe(1);
    expect(world.waits).toEqual([60_000, 60_000]);
    world.clock.advance(MINUTE);
    await world.settle();
    expect(world.messenger.sent).toHaveLength(2);
  });

  test("our own pacing holds back one delivery only, and is not kept", async () => {
    world.messenger.failNext({
      error: new AppError("rate-limited", "pace", { retryAfterMs: 400 }),
    });
    await playAndAsk(world);
    expect(world.waits).toEqual([400]);
    expect(await database.db.selectFrom("holds").selectAll().execute()).not.toContainEqual(
      expect.objectContaining({ workspace_id: world.workspaceId }),
    );
    world.clock.advance(400);
    await world.settle();
    expect(world.messenger.to("U-dana")).toHaveLength(1);
  });

  test("F2 a limit without a time is a minute", async () => {
    world.messenger.failNext({ error: new AppError("rate-limited", "?", { waits: "place" }) });
    await playAndAsk(world);
    expect(world.waits).toEqual([60_000]);
  });

  test("F5 whoever closed their direct messages is called once in 30 days", async () => {
    world.messenger.refuse(refusing("unreachable", "direct", "whisper"));
    const play = async (chat: string) => {
      // What waited for a sign of life is tried where it comes from.
      await world.says(dana, chatRef(chat), "Hello again");
      await world.settle();
      await world.playChat({ chat });
      world.clock.advance(15 * MINUTE);
      await world.settle();
    };
    await play("C1");
    await play("C2");
    world.clock.advance(29 * DAY);
    await play("C3");
    const direct = () => world.messenger.attempts.filter(({ kind }) => kind === "direct").length;
    expect(direct()).toBe(1);
    world.clock.advance(DAY);
    await play("C4");
    expect(direct()).toBe(2);
  });

  test("F14 a leads' channel that is gone is called once a day, and again as soon as it opens", async () => {
    world.messenger.refuse(refusing("unreachable", "leads"));
    await playAndAsk(world);
    await world.answers(dana, "2");
    await world.writes(dana, "It was slow");
    await world.settle();
    const leads = () => world.messenger.attempts.filter(({ kind }) => kind === "leads").length;
    expect(leads()).toBe(1);
    const alerts = (await deliveriesOf(world)).filter(({ purpose }) => purpose === "alert");
    expect(alerts.map(({ state }) => state)).toEqual(["undeliverable", "undeliverable"]);
    world.messenger.refuse();
    await world.opensPlace({ kind: "channel", channelId: "C-leads" });
    await world.answers(dana, "Yes, please");
    expect(wordsOf(last(world.messenger.leads()))).toContain("It was slow");
  });

  test("F6 after a refused key nothing is called, nothing is lost, and the leads hear of it once", async () => {
    const also = createMessenger({ name: "second" });
    const lines: unknown[] = [];
    const { log } = world.engine;
    const listening = Object.assign(Object.create(log), {
      error: (...line: unknown[]) => lines.push(line),
    });
    await enter({ also, log: listening });
    world.messenger.refuse(refusing("revoked"));
    await world.playChat({ chat: "C2", customer: { ...dana, externalId: "U-eve", name: "Eve" } });
    await playAndAsk(world);
    for (let hours = 0; hours < 48; hours += 1) {
      world.clock.advance(HOUR);
      await world.settle();
    }
    expect(world.messenger.calls()).toBe(1);
    expect(lines).toHaveLength(1);
    expect(JSON.stringify(lines)).toContain("restart aftertalk");
    expect(also.leads()).toHaveLength(1);
    expect(wordsOf(last(also.leads()))).toContain("Test refuses our key");
    world.messenger.refuse();
    const ref = { platform: "messenger", externalId: `T-${world.workspaceId}` };
    await ensureConnection(database.db, world.workspaceId, ref, "Test");
    world.clock.advance(5 * MINUTE);
    await world.settle();
    expect(world.messenger.to("U-dana")).toHaveLength(1);
    expect(world.messenger.to("U-eve")).toHaveLength(1);
  });

  test("F6 with no other connection only the operator is told, and nothing goes wrong", async () => {
    world.messenger.refuse(refusing("revoked"));
    await playAndAsk(world);
    world.messenger.refuse();
    world.clock.advance(HOUR);
    await world.settle();
    expect(world.messenger.calls()).toBe(1);
    expect((await deliveriesOf(world)).map(({ state }) => state)).toEqual(["planned"]);
  });

  test("D5 a lost answer of the platform is looked up by the key, and nothing is sent twice", async () => {
    await enter({ messenger: createMessenger({ finds: true }) });
    const lost = new AppError("temporary", "the answer was lost");
    world.messenger.failNext({ error: lost, after: true });
    await expect(playAndAsk(world)).rejects.toThrow("the answer was lost");
    expect(world.messenger.calls()).toBe(1);
    await deliver();
    expect(world.messenger.lookUps()).toBe(1);
    expect(world.messenger.calls()).toBe(1);
    expect((await newestInvitation(world)).reached_at).not.toBeNull();
  });

  test("D5 what may have arrived is looked for until somebody could look, however often it has to wait", async () => {
    await enter({ messenger: createMessenger({ finds: true }) });
    const lost = new AppError("temporary", "the answer was lost");
    world.messenger.failNext({ error: lost, after: true });
    await expect(playAndAsk(world)).rejects.toThrow("the answer was lost");
    const slow = new AppError("rate-limited", "reading waits", { retryAfterMs: 60_000 });
    world.messenger.failFind(slow, slow);
    await expect(deliver()).rejects.toThrow("try again in 60000 ms");
    await expect(deliver()).rejects.toThrow("try again in 60000 ms");
    await deliver();
    expect(world.messenger.calls()).toBe(1);
    expect(world.messenger.to("U-dana")).toHaveLength(1);
    expect((await deliveriesOf(world)).map(({ state }) => state)).toEqual(["sent"]);
  });

  test("D5 a wait that another delivery brought does not make what may have arrived unsent", async () => {
    await enter({ messenger: createMessenger({ finds: true }) });
    const lost = new AppError("temporary", "the answer was lost");
    world.messenger.failNext({ error: lost, after: true });
    await expect(playAndAsk(world)).rejects.toThrow("the answer was lost");
    const error = new AppError("rate-limited", "all", {
      retryAfterMs: 60_000,
      waits: "connection",
    });
    world.messenger.failNext({ error });
    await world.playChat({ chat: "C2", customer: { ...dana, externalId: "U-eve", name: "Eve" } });
    world.clock.advance(15 * MINUTE);
    await world.settle();
    await expect(deliver()).rejects.toThrow("try again");
    world.clock.advance(MINUTE);
    await deliver();
    expect(world.messenger.to("U-dana")).toHaveLength(1);
  });

  test("D6 whoever answered what nobody knew to have arrived stays answered when it is given up", async () => {
    const lost = new AppError("temporary", "the answer was lost");
    world.messenger.failNext({ error: lost, after: true });
    await expect(playAndAsk(world)).rejects.toThrow("the answer was lost");
    const asked = last(world.messenger.to("U-dana"));
    await world.presses(dana, tokenOf(asked, "9"));
    const [{ id: deliveryId } = { id: "" }] = await deliveriesOf(world);
    await world.outbox.giveUp({ workspaceId: world.workspaceId, deliveryId });
    expect(await newestInvitation(world)).toMatchObject({ state: "answered" });
  });

  test("whoever never wants to be asked again is not asked what had to wait", async () => {
    const error = new AppError("rate-limited", "slow", { retryAfterMs: 60_000, waits: "place" });
    world.messenger.failNext({ error });
    await playAndAsk(world);
    const page = await world.types(dana, "home");
    if (page.kind !== "message") throw new Error("there is no page");
    const never = tokenOf(page.message, "Never ask me");
    await world.presses(dana, never);
    world.clock.advance(MINUTE);
    await world.settle();
    expect(world.messenger.calls()).toBe(1);
    const left = { state: "suppressed", state_reason: "never-again", asked_at: null };
    expect(await newestInvitation(world)).toMatchObject(left);
  });

  test("D7 a question that had to wait, and was asked elsewhere meanwhile, is asked once", async () => {
    const slow = { retryAfterMs: 2 * HOUR, waits: "place" } as const;
    const closed = new AppError("unreachable", "no direct here");
    world.messenger.refuse(({ kind }) =>
      kind === "direct" ? closed : new AppError("rate-limited", "slow", slow),
    );
    await playAndAsk(world);
    world.messenger.refuse(refusing("unreachable", "direct"));
    world.clock.advance(HOUR + MINUTE);
    await world.says(dana, chatRef("C7"), "Another thing");
    await world.settle();
    world.clock.advance(HOUR);
    await world.settle();
    expect(world.messenger.whispersTo("U-dana")).toHaveLength(1);
    expect(await newestInvitation(world)).toMatchObject({ state: "asked" });
  });

  test("D3 what was certainly not sent is sent again without looking for it", async () => {
    await enter({ messenger: createMessenger({ finds: true }) });
    const error = new AppError("rate-limited", "slow", { retryAfterMs: 1000, waits: "place" });
    world.messenger.failNext({ error }, { error });
    await playAndAsk(world);
    world.clock.advance(1000);
    await world.settle();
    world.clock.advance(1000);
    await world.settle();
    expect(world.messenger.to("U-dana")).toHaveLength(1);
    expect(world.messenger.lookUps()).toBe(0);
  });

  test("D6 each try is one call; what stays unclear is undeliverable in the end", async () => {
    world.messenger.refuse(refusing("temporary"));
    await expect(playAndAsk(world)).rejects.toThrow("no direct here");
    await expect(deliver()).rejects.toThrow("no direct here");
    expect(world.messenger.calls()).toBe(2);
    const [{ id: deliveryId } = { id: "" }] = await deliveriesOf(world);
    await world.outbox.giveUp({ workspaceId: world.workspaceId, deliveryId });
    await deliver();
    expect(world.messenger.calls()).toBe(2);
    expect(await newestInvitation(world)).toMatchObject({
      state: "undeliverable",
      state_reason: "gave-up",
    });
  });

  test("an alert that somebody deleted is said anew; an edited question that is gone is let go", async () => {
    await playAndAsk(world);
    await world.answers(dana, "2");
    world.messenger.sent.splice(0);
    await world.writes(dana, "It was slow");
    await world.settle();
    expect(wordsOf(last(world.messenger.leads()))).toContain("It was slow");
    world.messenger.sent.splice(0);
    await world.writes(dana, "yes");
    await world.settle();
    const edits = (await deliveriesOf(world)).filter(
      ({ purpose, replaces }) => purpose === "talk" && replaces !== null,
    );
    expect(edits.length).toBeGreaterThan(0);
    for (const edit of edits) {
      expect(edit).toMatchObject({ state: "cancelled", reason: "message-gone" });
    }
    expect(await answersOf(world)).toHaveLength(3);
  });

  test("a message kept in a shape of another version ends without a call", async () => {
    await world.playChat();
    world.clock.advance(15 * MINUTE);
    const invitationId = (await newestInvitation(world)).id;
    await runAskJob(world.engine, { workspaceId: world.workspaceId, invitationId });
    await database.db
      .updateTable("deliveries")
      .set({ message: JSON.stringify({ v: 9 }) })
      .where("workspace_id", "=", world.workspaceId)
      .execute();
    await world.settle();
    expect(world.messenger.calls()).toBe(0);
    expect(await deliveriesOf(world)).toMatchObject([
      { state: "cancelled", reason: "unknown-shape" },
    ]);
  });
});
