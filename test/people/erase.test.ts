import { sql } from "kysely";
import { beforeAll, beforeEach, expect, test } from "vitest";
import { doWork } from "../../src/engine.ts";
import { AppError, hasCode } from "../../src/errors.ts";
import { createLog } from "../../src/log.ts";
import { attempt } from "../../src/outbox/attempt.ts";
import { forgetHuman } from "../../src/people/erase.ts";
import { runAskJob } from "../../src/scheduling/ask/ask.ts";
import { claimDelivery } from "../../src/store/deliveries.ts";
import { readErasures } from "../../src/store/erasures.ts";
import { newId } from "../../src/store/ids.ts";
import type { Schema } from "../../src/store/schema.ts";
import { describeEitherDatabase, type TestDatabase } from "../support/database.ts";
import { createMessenger, tokenOf, wordsOf } from "../support/messenger.ts";
import { chatRef, createWorld, dana, type World } from "../support/world.ts";

const MINUTE = 60_000;

describeEitherDatabase("somebody is forgotten", (open) => {
  let database: TestDatabase;
  let world: World;

  beforeAll(async () => {
    database = await open();
  });
  beforeEach(async () => {
    world = await createWorld(database);
  });

  const personId = async (name: string) =>
    (
      await database.db
        .selectFrom("people")
        .select("id")
        .where("workspace_id", "=", world.workspaceId)
        .where("name", "=", name)
        .executeTakeFirst()
    )?.id;

  const forget = async (name = "Dana") => {
    const id = (await personId(name)) ?? fail();
    const { workspaceId, engine } = world;
    return doWork(engine, (work) =>
      forgetHuman(engine, work, { workspaceId, personId: id, by: "person" }),
    );
  };

  const rowsIn = async (table: keyof Schema) => {
    const { rows } = await sql`select from ${sql.table(table)}
      where workspace_id = ${world.workspaceId}`.execute(database.db);
    return rows.length;
  };

  /** The question that is due, put in to be sent. */
  async function queued(): Promise<string> {
    const { workspaceId, engine } = world;
    const ids = (table: "invitations" | "deliveries") =>
      database.db.selectFrom(table).select("id").where("workspace_id", "=", workspaceId).execute();
    const [due] = await ids("invitations");
    await runAskJob(engine, { workspaceId, invitationId: due?.id ?? fail() });
    const [delivery] = await ids("deliveries");
    return delivery?.id ?? fail();
  }

  async function ask(): Promise<void> {
    await world.playChat();
    world.clock.advance(15 * MINUTE);
    await world.settle();
  }

  test("P1 in the middle of a conversation: nothing of it stays, here or on the platform", async () => {
    await ask();
    await world.answers(dana, "2");
    await world.writes(dana, "Nobody ever answered me");
    await world.settle();
    expect(world.messenger.to("U-dana").length).toBeGreaterThan(0);
    await forget();
    await world.settle();
    expect(world.messenger.to("U-dana")).toEqual([]);
    const told = world.messenger.leads().map(({ message }) => JSON.stringify(message));
    expect(told.filter((text) => /Dana|Nobody ever/.test(text))).toEqual([]);
    for (const table of ["answers", "answer_history", "invitations", "decisions"] as const)
      expect(await rowsIn(table), table).toBe(0);
    const [report] = await readErasures(database.db, world.workspaceId);
    expect(report).toMatchObject({ requestedBy: "person", remaining: {}, open: 0 });
    expect(report?.finishedAt).not.toBeNull();
    expect(report?.removed).toBeGreaterThan(0);
  });

  test("P1 whoever works on their open case learns that they asked to be forgotten", async () => {
    await ask();
    await world.answers(dana, "2");
    const before = world.messenger.leads().length;
    await forget();
    await world.settle();
    expect(before).toBe(1);
    const [card] = world.messenger.leads();
    expect(card && wordsOf(card.message)).toMatch(/forgotten/i);
    const closed = await database.db
      .selectFrom("cases")
      .select(["state", "close_reason", "person_id", "human_id", "invitation_id"])
      .where("workspace_id", "=", world.workspaceId)
      .execute();
    const nobody = { person_id: null, human_id: null, invitation_id: null };
    expect(closed).toEqual([{ state: "closed", close_reason: "forgotten", ...nobody }]);
  });

  test("P2 a question that is planned is never asked, and one that is queued is never sent", async () => {
    await world.playChat();
    await forget();
    world.clock.advance(60 * MINUTE);
    await world.settle();
    expect(world.messenger.attempts).toEqual([]);

    const eve = { ...dana, externalId: "U-eve", name: "Eve" };
    await world.playChat({ chat: "C2", customer: eve });
    world.clock.advance(15 * MINUTE);
    await queued();
    expect(await rowsIn("deliveries")).toBe(1);
    await forget("Eve");
    await world.settle();
    expect(world.messenger.attempts).toEqual([]);
    expect(await rowsIn("deliveries")).toBe(0);
  });

  test("P2 what was just being sent is removed as soon as it stands on the platform", async () => {
    const own = createMessenger();
    world = await createWorld(database, { messenger: own });
    const send = own.send.bind(own);
    let erased = false;
    own.send = async (...call) => {
      const receipt = await send(...call);
      // The platform has it; before we learn so, somebody is forgotten.
      if (!erased) await forget();
      erased = true;
      return receipt;
    };
    await ask();
    expect(own.calls()).toBe(1);
    expect(own.to("U-dana")).toEqual([]);
    const [report] = await readErasures(database.db, world.workspaceId);
    expect(report).toMatchObject({ open: 0, remaining: {} });
  });

  test("P2 that they could not be reached is not kept either", async () => {
    const own = createMessenger();
    world = await createWorld(database, { messenger: own });
    own.send = async () => {
      await forget();
      throw new AppError("unreachable", "direct messages are closed");
    };
    await ask();
    expect(await rowsIn("holds")).toBe(0);
    expect(await rowsIn("deliveries")).toBe(0);
  });

  test("P2 what a process was sending when it died is looked for and removed", async () => {
    const own = createMessenger({ finds: true, forgets: false });
    world = await createWorld(database, { messenger: own });
    own.failNext({ error: new AppError("temporary", "the answer was lost"), after: true });
    await expect(ask()).rejects.toThrow("the answer was lost");
    expect(own.to("U-dana")).toHaveLength(1);
    await forget();
    await world.settle();
    expect(own.to("U-dana")).toEqual([]);
    expect(own.calls()).toBe(1);
  });

  test("P2 a claim that was held up over the erasure sends nothing", async () => {
    await world.playChat();
    world.clock.advance(15 * MINUTE);
    const { workspaceId, engine } = world;
    const deliveryId = await queued();
    const claimed = (await claimDelivery(database.db, workspaceId, deliveryId)) ?? fail();
    await forget();
    const outcome = await attempt(engine, world.messenger, workspaceId, claimed);
    expect(outcome).toMatchObject({ kind: "settled", settlement: { reason: "gone" } });
    expect(world.messenger.attempts).toEqual([]);
  });

  test.each(["outbox.claimed", "outbox.sent_unrecorded", "outbox.recorded"] as const)(
    "P2 a process that died at %s sends nothing more once its person is forgotten",
    async (point) => {
      let alive = true;
      const reach = (reached: string) => {
        if (reached !== point || !alive) return;
        alive = false;
        throw new Error("the process died");
      };
      world = await createWorld(database, { reach });
      await world.playChat();
      world.clock.advance(15 * MINUTE);
      await expect(world.settle()).rejects.toThrow("the process died");
      const calls = world.messenger.calls();
      await forget();
      await world.settle();
      expect(world.messenger.to("U-dana")).toEqual([]);
      expect(world.messenger.calls()).toBe(calls);
      expect(await rowsIn("deliveries")).toBe(0);
    },
  );

  test("P2 an erasure that is rolled back with its event has no effect, and can be asked for again", async () => {
    await ask();
    const { workspaceId, engine } = world;
    const id = (await personId("Dana")) ?? fail();
    const died = doWork(engine, async (work) => {
      await forgetHuman(engine, work, { workspaceId, personId: id, by: "person" });
      throw new Error("the process died");
    });
    await expect(died).rejects.toThrow("the process died");
    await world.settle();
    expect(world.messenger.to("U-dana")).toHaveLength(1);
    expect(await rowsIn("forgotten")).toBe(0);
    await forget();
    await world.settle();
    expect(world.messenger.to("U-dana")).toEqual([]);
  });

  test("P2 an event of theirs at the same instant comes before all of it, or to nothing", async () => {
    await ask();
    const press = tokenOf(world.messenger.to("U-dana")[0]?.message ?? fail(), "3");
    await Promise.all([
      world.presses(dana, press),
      world.says(dana, chatRef("C1"), "One more thing"),
      forget(),
      world.writes(dana, "It was slow"),
      world.types(dana, "feedback").catch((error: unknown) => {
        // Met outside of the event's transaction: the platform is to tell us again.
        if (!hasCode(error, "temporary")) throw error;
      }),
    ]);
    await world.settle();
    expect(await personId("Dana")).toBeUndefined();
    expect(await rowsIn("answers")).toBe(0);
    expect(await rowsIn("invitations")).toBe(0);
    expect(world.messenger.to("U-dana")).toEqual([]);
  });

  test("a platform is tried again until it has removed everything; what it never allows is reported", async () => {
    const own = createMessenger({ forgets: false });
    world = await createWorld(database, { messenger: own });
    await ask();
    const { workspaceId } = world;
    const { id: delivery, connection_id } = await database.db
      .selectFrom("deliveries")
      .select(["id", "connection_id"])
      .where("workspace_id", "=", workspaceId)
      .executeTakeFirstOrThrow();
    const address = JSON.stringify({ kind: "whisper", chatId: "C1", userId: "U-dana" });
    await database.db
      .insertInto("deliveries")
      .values({
        ...{ workspace_id: workspaceId, connection_id, id: newId(), key: "w", address },
        ...{ purpose: "talk", message: null, state: "sent", message_id: "w1" },
      })
      .execute();
    await forget();
    own.failRemove(
      { error: new AppError("rate-limited", "wait", { retryAfterMs: 5000, waits: "connection" }) },
      { error: new AppError("temporary", "nobody knows"), after: true },
    );
    await expect(world.settle()).rejects.toMatchObject({ afterMs: 5000 });
    await expect(world.settle()).rejects.toThrow("nobody knows");
    await world.settle();
    expect(own.to("U-dana")).toEqual([]);
    const [report] = await readErasures(database.db, workspaceId);
    expect(report).toMatchObject({ remaining: { "seen-by-one-only": 1 }, open: 0 });
    expect(delivery).not.toBe("");
  });

  test("after the last try what is left is counted, and no id on the platform is kept for it", async () => {
    world = await createWorld(database, { log: createLog("silent") });
    await ask();
    await forget();
    const open = await database.db
      .selectFrom("erasure_targets")
      .select("id")
      .where("workspace_id", "=", world.workspaceId)
      .execute();
    const { workspaceId } = world;
    for (const { id } of open) await world.removals.giveUp({ workspaceId, targetId: id });
    expect(await rowsIn("erasure_targets")).toBe(0);
    const [report] = await readErasures(database.db, workspaceId);
    expect(report?.remaining).toEqual({ "gave-up": open.length });
  });

  test("places that were theirs alone are no longer read", async () => {
    world.messenger.marks = (to) =>
      to.kind === "direct" ? { place: `direct:${to.userId}`, position: "1" } : undefined;
    await ask();
    expect(await rowsIn("bookmarks")).toBe(1);
    await forget();
    await world.settle();
    expect(await rowsIn("bookmarks")).toBe(0);
  });

  test("one who was never asked, and one who was forgotten already", async () => {
    await world.says(dana, chatRef("C1"), "Hello?");
    const id = (await personId("Dana")) ?? fail();
    const { workspaceId, engine } = world;
    await forget();
    const again = await doWork(engine, (work) =>
      forgetHuman(engine, work, { workspaceId, personId: id, by: "operator" }),
    );
    expect(again).toBeUndefined();
    expect(await rowsIn("erasures")).toBe(1);
  });

  test("one of the team is forgotten: chats and cases of others stay, without them", async () => {
    await ask();
    await world.answers(dana, "2");
    await database.db
      .updateTable("cases")
      .set({ owner_id: (await personId("Kim")) ?? fail(), claimed_at: world.clock.now() })
      .where("workspace_id", "=", world.workspaceId)
      .execute();
    await forget("Kim");
    await world.settle();
    expect(await personId("Dana")).toBeDefined();
    expect(await rowsIn("answers")).toBe(1);
    expect(await rowsIn("handlers")).toBe(0);
    const open = await database.db
      .selectFrom("cases")
      .select(["state", "owner_id", "claimed_at"])
      .where("workspace_id", "=", world.workspaceId)
      .execute();
    expect(open).toEqual([{ state: "open", owner_id: null, claimed_at: null }]);
  });
});

function fail(): never {
  throw new Error("there should be something here");
}
