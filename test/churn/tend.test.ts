import { beforeAll, beforeEach, expect, test } from "vitest";
import { tendSignals } from "../../src/churn/tend.ts";
import { mergeHumans } from "../../src/people/merge.ts";
import { addCaseEvent } from "../../src/store/case-events.ts";
import { describeEitherDatabase, type TestDatabase } from "../support/database.ts";
import { insertCase, insertConnection, insertPerson } from "../support/database-rows.ts";
import { chatRef, createWorld, dana, type World } from "../support/world.ts";
import { insertManyActivities } from "./support.ts";

const DAY = 24 * 60 * 60 * 1000;

describeEitherDatabase("signals that somebody may leave", (open) => {
  let database: TestDatabase;
  let world: World;
  beforeAll(async () => {
    database = await open();
  });
  beforeEach(async () => {
    world = await createWorld(database);
  });

  const signals = async () => {
    await tendSignals(world.engine);
    return database.db
      .selectFrom("signals")
      .select(["human_id", "points", "tier", "reasons", "stale"])
      .where("workspace_id", "=", world.workspaceId)
      .orderBy("human_id")
      .execute();
  };
  const events = () =>
    database.db
      .selectFrom("signal_events")
      .select(["human_id", "from_tier", "tier", "points"])
      .where("workspace_id", "=", world.workspaceId)
      .orderBy("at")
      .orderBy("id")
      .execute();
  const later = (days: number) => world.clock.advance(days * DAY);

  test("a message, an answer and a chat are noted on the day of the workspace", async () => {
    await world.says(dana, chatRef("C1"), "Hello");
    await world.says(dana, chatRef("C1"), "Are you there?");
    later(1);
    await world.says(dana, chatRef("C2"), "Hello again");
    const rows = await database.db
      .selectFrom("activities")
      .select(["what", "n"])
      .where("workspace_id", "=", world.workspaceId)
      .orderBy("day")
      .orderBy("what")
      .execute();
    expect(rows).toEqual([
      { what: "chat", n: 1 },
      { what: "message", n: 2 },
      { what: "chat", n: 1 },
      { what: "message", n: 1 },
    ]);
    const person = await database.db
      .selectFrom("people")
      .select("active_at")
      .where("workspace_id", "=", world.workspaceId)
      .executeTakeFirstOrThrow();
    expect(person.active_at).toEqual(world.clock.now());
  });

  test("four chats in 30 days reach the watch tier, once, and go again with time", async () => {
    for (const chat of ["C1", "C2", "C3"]) await world.says(dana, chatRef(chat), "Hello");
    expect(await signals()).toMatchObject([{ points: 0, tier: "low", stale: false }]);
    expect(await events()).toEqual([]);
    await world.says(dana, chatRef("C4"), "Hello");
    const reasons = [{ reason: "many-contacts", points: 3, params: { n: 4, days: 30 } }];
    expect(await signals()).toMatchObject([{ points: 3, tier: "watch", reasons }]);
    await signals();
    expect(await events()).toMatchObject([{ from_tier: "low", tier: "watch", points: 3 }]);
    later(31);
    expect(await signals()).toMatchObject([{ tier: "low" }]);
    expect(await events()).toMatchObject([{ tier: "watch" }, { from_tier: "watch", tier: "low" }]);
  });

  test("coming back to one chat within a week is two contacts on one issue", async () => {
    await world.playChat({ customer: dana });
    later(2);
    await world.says(dana, chatRef("C1"), "It is not solved");
    const reasons = [{ reason: "many-contacts", points: 3, params: { n: 2, days: 7 } }];
    expect(await signals()).toMatchObject([{ points: 3, reasons }]);
  });

  test("a follow-up that gets late is seen without anybody doing anything", async () => {
    const { db } = database;
    const personId = await insertPerson(db, world.workspaceId);
    const now = world.clock.now().getTime();
    const caseId = await insertCase(db, world.workspaceId, {
      ...{ human_id: personId, person_id: personId },
      ...{ opened_at: new Date(now), waiting_since: new Date(now), due_at: new Date(now + DAY) },
    });
    expect(await signals()).toMatchObject([{ points: 0 }]);
    later(1);
    const reasons = [{ reason: "follow-up-late", points: 3, params: { n: 1 } }];
    expect(await signals()).toMatchObject([{ points: 3, reasons }]);
    const at = world.clock.now();
    await addCaseEvent(db, world.workspaceId, caseId, at, { kind: "escalated" });
    const closed = { kind: "closed", details: { reason: "solved" } } as const;
    await db
      .updateTable("cases")
      .set({ state: "closed", closed_at: at, close_reason: "solved", waiting_since: null })
      .where("workspace_id", "=", world.workspaceId)
      .execute();
    later(1);
    await addCaseEvent(db, world.workspaceId, caseId, world.clock.now(), closed);
    expect(await signals()).toMatchObject([{ points: 3 }]);
    later(30);
    expect(await signals()).toMatchObject([{ points: 0 }]);
  });

  test("two rows that are found to be one human have one habit, and one row of signals", async () => {
    const { db } = database;
    const ids = [
      await insertPerson(db, world.workspaceId),
      await insertPerson(db, world.workspaceId),
    ];
    const [one = "", other = ""] = ids;
    await insertManyActivities(db, world.workspaceId, one, world.clock.now(), [40, 30]);
    await insertManyActivities(db, world.workspaceId, other, world.clock.now(), [35]);
    expect(await signals()).toMatchObject([{ points: 0 }, { points: 0 }]);
    await db.transaction().execute(async (transaction) => {
      const work = { transaction, now: world.clock.now(), wake: new Set<never>() };
      const request = { kept: one, absorbed: other, how: "import", actor: "operator" } as const;
      await mergeHumans(work, world.workspaceId, request);
    });
    const reasons = [{ reason: "silent", points: 2, params: { days: 15, usual: 5 } }];
    expect(await signals()).toMatchObject([{ human_id: one, points: 2, reasons }]);
  });

  test("the team, bots and test people have none, and nothing more is said of whoever left", async () => {
    const { db } = database;
    await insertPerson(db, world.workspaceId, { role: "agent" });
    await insertPerson(db, world.workspaceId, { bot: true });
    await insertPerson(db, world.workspaceId, { test: true });
    const gone = await insertPerson(db, world.workspaceId, {
      left_at: new Date(world.clock.now().getTime() - DAY),
    });
    await insertManyActivities(db, world.workspaceId, gone, world.clock.now(), [400]);
    expect(await signals()).toMatchObject([{ human_id: gone, points: 0, reasons: [] }]);
  });

  test("a score that was promised to be read only in totals is no signal", async () => {
    const { db, workspaceId } = { db: database.db, workspaceId: world.workspaceId };
    await insertConnection(db, workspaceId);
    await world.playChat({ customer: dana });
    later(1);
    await world.settle();
    await world.answers(dana, "2");
    expect(await signals()).toMatchObject([{ reasons: [{ reason: "low-score" }] }]);
    await db
      .updateTable("answers")
      .set({ promise: "totals" })
      .where("workspace_id", "=", workspaceId)
      .execute();
    await db.updateTable("signals").set({ stale: true }).execute();
    expect(await signals()).toMatchObject([{ reasons: [] }]);
  });

  test("two instances at once work everybody out once", async () => {
    for (let i = 0; i < 30; i += 1) {
      const id = await insertPerson(database.db, world.workspaceId);
      await insertManyActivities(database.db, world.workspaceId, id, world.clock.now(), [100]);
      for (const at of [1, 2, 3, 4]) {
        await database.db
          .insertInto("chats")
          .values({
            ...{ workspace_id: world.workspaceId, id: crypto.randomUUID(), customer_id: id },
            connection_id: await connectionId(),
            ...{ external_id: crypto.randomUUID(), channel: "#help", team: null, url: null },
            opened_at: new Date(world.clock.now().getTime() - at * DAY),
          })
          .execute();
      }
    }
    await Promise.all([tendSignals(world.engine), tendSignals(world.engine)]);
    expect(await signals()).toHaveLength(30);
    expect(await events()).toHaveLength(30);
  });

  const connectionId = async () => {
    const { id } = await database.db
      .selectFrom("connections")
      .select("id")
      .where("workspace_id", "=", world.workspaceId)
      .executeTakeFirstOrThrow();
    return id;
  };
});
