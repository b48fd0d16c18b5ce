/** D12: nothing that we say or do sets off what we ask. */
import { beforeAll, beforeEach, expect, test } from "vitest";
import { makeSchedule, type ScheduleInput } from "../../src/scheduling/definition/schedule.ts";
import { planWorkspace } from "../../src/scheduling/plan/plan-due.ts";
import { saveSchedule, switchSchedule } from "../../src/store/schedules.ts";
import { describeEitherDatabase, type TestDatabase } from "../support/database.ts";
import { chatRef, createWorld, dana, kim, type World } from "../support/world.ts";
import { createPlanning, DAY_MS, HOUR_MS, MINUTE_MS, type Planning } from "./planning-support.ts";

const bot = { externalId: "U-bot", name: "Desk", role: "agent", bot: true } as const;

describeEitherDatabase("D12 loops", (open) => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await open();
  });

  async function enter(...schedules: ScheduleInput[]): Promise<World> {
    const world = await createWorld(database);
    const { workspaceId, clock } = world;
    for (const written of schedules) {
      const { name } = written;
      await saveSchedule(database.db, workspaceId, makeSchedule(written), "operator", clock.now());
      await switchSchedule(database.db, workspaceId, name, "on", clock.now());
    }
    return world;
  }

  const asked = async ({ workspaceId }: World) => {
    const rows = await database.db
      .selectFrom("invitations")
      .select(["kind", "state"])
      .where("workspace_id", "=", workspaceId)
      .where("asked_at", "is not", null)
      .execute();
    return rows.map(({ kind }) => kind);
  };

  test("D12 a program opens and closes the chat again 50 times: one question of each kind", async () => {
    const world = await enter(
      {
        name: "still-solved",
        kind: "still-solved",
        survey: "still-solved",
        trigger: { on: "chat-closed", delay: "1h" },
      },
      {
        name: "came-back",
        kind: "other",
        survey: "relationship-nps",
        trigger: { on: "chat-reopened" },
      },
    );
    await world.playChat();
    for (let round = 0; round < 50; round += 1) {
      world.clock.advance(round < 25 ? MINUTE_MS : 6 * HOUR_MS);
      await planWorkspace(world.engine, world.workspaceId);
      await world.settle();
      await world.reopens(bot, chatRef("C1"));
      await world.closes(bot, chatRef("C1"));
    }
    world.clock.advance(10 * DAY_MS);
    await planWorkspace(world.engine, world.workspaceId);
    await world.settle();
    expect((await asked(world)).toSorted()).toEqual(["chat", "still-solved"]);
  });

  test("a customer who comes back is asked about the next closing, a reopening cancels all that waits", async () => {
    const world = await enter({
      name: "still-solved",
      kind: "still-solved",
      survey: "still-solved",
      trigger: { on: "chat-closed", delay: "1h" },
    });
    const planned = async () => {
      await planWorkspace(world.engine, world.workspaceId);
      return database.db
        .selectFrom("invitations")
        .select(["kind", "state", "closing"])
        .where("workspace_id", "=", world.workspaceId)
        .orderBy("kind")
        .orderBy("closing")
        .execute();
    };
    await world.playChat();
    world.clock.advance(HOUR_MS);
    expect((await planned()).map(({ state }) => state)).toEqual(["planned", "planned"]);
    await world.says(dana, chatRef("C1"), "It is back");
    expect((await planned()).map(({ state }) => state)).toEqual(["cancelled", "cancelled"]);
    await world.says(kim, chatRef("C1"), "Done");
    await world.closes(kim, chatRef("C1"));
    world.clock.advance(HOUR_MS);
    expect(await planned()).toMatchObject([
      { kind: "chat", state: "cancelled", closing: 1 },
      { kind: "chat", state: "planned", closing: 2 },
      { kind: "still-solved", state: "cancelled", closing: 1 },
      { kind: "still-solved", state: "planned", closing: 2 },
    ]);
  });

  test("a paused schedule asks nobody after a chat, and whoever closes it hears so", async () => {
    const world = await enter();
    const { workspaceId, clock } = world;
    const off = ["after-chat", "paused", clock.now()] as const;
    await switchSchedule(database.db, workspaceId, ...off);
    const reply = await world.playChat();
    expect(JSON.stringify(reply)).toContain("no schedule asks after chats like this one");
    await world.settle();
    expect(await asked(world)).toEqual([]);
    // By hand it still goes.
    await world.asksFor(kim, chatRef("C1"));
    expect(await asked(world)).toEqual(["manual"]);
  });

  test("after a chat the schedule's own delay and channels count", async () => {
    const world = await enter({
      name: "after-chat",
      kind: "chat",
      survey: "after-chat",
      trigger: { on: "chat-closed", delay: "2h", channels: ["#help"] },
    });
    await world.playChat();
    await world.says(dana, { ...chatRef("C2"), channel: "#sales" }, "Hello");
    await world.closes(kim, { ...chatRef("C2"), channel: "#sales" });
    const rows = await database.db
      .selectFrom("invitations")
      .select(["due_at", "expires_at", "schedule_version"])
      .where("workspace_id", "=", world.workspaceId)
      .execute();
    const now = world.clock.now().getTime();
    expect(rows).toEqual([
      {
        due_at: new Date(now + 2 * HOUR_MS),
        expires_at: new Date(now + 7 * DAY_MS),
        schedule_version: 2,
      },
    ]);
  });
});

describeEitherDatabase("D12 chains of answers", (open) => {
  let p: Planning;

  beforeAll(async () => {
    p = await createPlanning(await open());
  });
  beforeEach(() => p.clock.advance(DAY_MS));

  test("D12 answers set off at most two questions one after the other, and never the same again", async () => {
    const trigger = { on: "answer-given", metric: "nps", from: 0, to: 10 } as const;
    const schedules = [await p.on({ trigger }), await p.on({ trigger }), await p.on({ trigger })];
    const dana = await p.person();
    await p.answer(dana, { score: 5 });
    expect(await p.plan()).toBe(3);
    for (let round = 0; round < 10; round += 1) {
      const open = (await Promise.all(schedules.map((each) => p.planned(each)))).flat();
      for (const { id, state } of open) if (state === "planned") await p.answers(id, 5);
      p.clock.advance(HOUR_MS);
      await p.plan();
    }
    // Three at first; each of those sets off the two others; their answers nothing.
    const each = await Promise.all(schedules.map((schedule) => p.planned(schedule)));
    expect(each.map((all) => all.length)).toEqual([3, 3, 3]);
  });
});
