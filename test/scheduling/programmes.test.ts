/** Programmes: where everybody is in them, and when their next step comes. */
import { beforeAll, beforeEach, expect, test } from "vitest";
import { newId } from "../../src/store/ids.ts";
import { switchSchedule } from "../../src/store/schedules.ts";
import type { NewRow, Row } from "../../src/store/schema.ts";
import { triggerHits } from "../../src/store/trigger-hits.ts";
import { describeEitherDatabase, type TestDatabase } from "../support/database.ts";
import { createPlanning, DAY_MS, HOUR_MS, type Planning } from "./planning-support.ts";

describeEitherDatabase("programmes", (open) => {
  let database: TestDatabase;
  let p: Planning;

  beforeAll(async () => {
    database = await open();
  });
  beforeEach(async () => {
    p = await createPlanning(database);
  });

  const nps = { survey: "relationship-nps" };
  const ces = { survey: "onboarding-ces" };
  const joined = { on: "person-joined" } as const;

  const enrolments = (): Promise<Row<"enrolments">[]> =>
    database.db
      .selectFrom("enrolments")
      .selectAll()
      .where("workspace_id", "=", p.workspaceId)
      .orderBy("next_at")
      .execute();

  const set = (table: "people" | "invitations", id: string, values: object) =>
    database.db
      .updateTable(table)
      .set(values)
      .where("workspace_id", "=", p.workspaceId)
      .where("id", "=", id)
      .execute();

  /** What becomes of the invitations that wait. */
  const becomes = (values: Partial<NewRow<"invitations">>) =>
    database.db
      .updateTable("invitations")
      .set(values)
      .where("workspace_id", "=", p.workspaceId)
      .where("state", "=", "planned")
      .execute();

  test("each step comes so long after the one before was asked, and then it begins again", async () => {
    const steps = [
      { ...nps, after: "30d" },
      { ...ces, after: "60d" },
    ];
    const schedule = await p.on({ steps, repeatAfter: "90d", trigger: joined });
    await p.person({ created_at: p.days(0) });
    await p.plan();
    expect(await enrolments()).toMatchObject([{ next_at: p.days(30), state: "active" }]);
    p.clock.advance(30 * DAY_MS);
    expect(await p.plan()).toBe(1);
    p.clock.advance(2 * DAY_MS); // the gates let it wait
    await becomes({ state: "asked", asked_at: p.days(0) });
    expect(await p.plan()).toBe(0);
    p.clock.advance(7 * DAY_MS);
    await database.db
      .updateTable("invitations")
      .set({ state: "expired", finished_at: p.days(0) })
      .where("workspace_id", "=", p.workspaceId)
      .execute();
    await p.plan();
    expect(await enrolments()).toMatchObject([{ step: 1, round: 0, next_at: p.days(53) }]);
    p.clock.advance(53 * DAY_MS);
    expect(await p.plan()).toBe(1);
    await becomes({ state: "answered", asked_at: p.days(0) });
    await p.plan();
    expect(await enrolments()).toMatchObject([{ step: 0, round: 1, next_at: p.days(90) }]);
    p.clock.advance(90 * DAY_MS);
    expect(await p.plan()).toBe(1);
    const keys = (await p.planned(schedule)).map(({ reason_key }) => reason_key.slice(-3));
    expect(keys).toEqual(["0:0", "0:1", "1:0"]);
  });

  test("a step that was not asked ends, and the next comes after that; after the last it is done", async () => {
    const steps = [{ ...ces }, { ...ces, after: "7d" }];
    await p.on({ kind: "onboarding", steps, trigger: { ...joined, delay: "1h" } });
    await p.person({ created_at: p.days(0) });
    p.clock.advance(HOUR_MS);
    expect(await p.plan()).toBe(1);
    p.clock.advance(DAY_MS);
    await becomes({ state: "suppressed", finished_at: p.days(0) });
    p.clock.advance(DAY_MS);
    await p.plan();
    expect(await enrolments()).toMatchObject([{ step: 1, next_at: p.days(6) }]);
    p.clock.advance(6 * DAY_MS);
    expect(await p.plan()).toBe(1);
    await becomes({ state: "answered", asked_at: p.days(0) });
    await p.plan();
    expect(await enrolments()).toMatchObject([{ state: "done", next_at: null }]);
  });

  test("who joined long ago begins spread over the time of a round, each by a place of their own", async () => {
    for (let n = 0; n < 120; n += 1) await p.person();
    const steps = [{ ...nps, after: "30d" }];
    const schedule = await p.on({ steps, repeatAfter: "90d", trigger: joined });
    const window = { from: p.days(0), to: p.days(90), limit: 500 };
    const foretold = await triggerHits(database.db, p.workspaceId, schedule, window);
    expect(await p.plan()).toBe(0);
    const begun = (await enrolments()).map(({ next_at }) => next_at?.getTime() ?? 0);
    expect(begun).toHaveLength(120);
    const thirds = [0, 30, 60].map(
      (from) =>
        begun.filter((at) => at >= p.days(from).getTime() && at < p.days(from + 30).getTime())
          .length,
    );
    expect(Math.min(...thirds)).toBeGreaterThan(20);
    expect(thirds.reduce((sum, n) => sum + n)).toBe(120);
    expect(foretold.map(({ dueAt }) => dueAt.getTime())).toEqual(begun);
    const known = await triggerHits(database.db, p.workspaceId, schedule, window);
    expect(known).toEqual(foretold);
    await p.plan();
    expect((await enrolments()).map(({ next_at }) => next_at?.getTime())).toEqual(begun);
  });

  test("an onboarding is met at the step that is still ahead, or not at all", async () => {
    await p.person({ created_at: p.days(-400) });
    const late = await p.person({ created_at: p.days(-10) });
    const steps = [
      { ...ces, after: "7d" },
      { ...ces, after: "23d" },
    ];
    await p.on({ kind: "onboarding", steps, trigger: joined });
    const fresh = await p.person({ created_at: p.days(0) });
    await p.plan();
    expect(await enrolments()).toMatchObject([
      { human_id: fresh, step: 0, next_at: p.days(7) },
      { human_id: late, step: 1, next_at: p.days(20) },
    ]);
  });

  test("a joining day that is told later counts, as long as nothing was asked", async () => {
    const steps = [{ ...ces, after: "7d" }];
    await p.on({ kind: "onboarding", steps, trigger: joined });
    const old = await p.person({ created_at: p.days(0) });
    const recent = await p.person({ created_at: p.days(0) });
    await p.plan();
    await set("people", old, { joined_at: p.days(-700) });
    await set("people", recent, { joined_at: p.days(-2) });
    p.clock.advance(6 * DAY_MS);
    await p.plan();
    p.clock.advance(DAY_MS);
    await p.plan();
    expect((await enrolments()).map(({ human_id }) => human_id)).toEqual([recent]);
  });

  test("who wants no questions or has left is out, and goes on when they are back", async () => {
    const account_id = newId();
    await database.db
      .insertInto("accounts")
      .values({ workspace_id: p.workspaceId, id: account_id, external_id: "7", name: "Globex" })
      .execute();
    const steps = [{ ...nps, after: "30d" }];
    await p.on({ steps, repeatAfter: "90d", trigger: joined });
    const [never, gone, , first, second] = [
      await p.person({ created_at: p.days(0) }),
      await p.person({ created_at: p.days(0) }),
      await p.person({ created_at: p.days(0), account_id }),
      await p.person({ created_at: p.days(0) }),
      await p.person({ created_at: p.days(0) }),
    ];
    await p.plan();
    await set("people", never, { consent: "never" });
    await set("people", gone, { left_at: p.days(0) });
    await set("people", second, { human_id: first });
    await database.db
      .updateTable("accounts")
      .set({ left_at: p.days(0) })
      .where("id", "=", account_id)
      .execute();
    await p.plan();
    const states = async () =>
      (await enrolments()).map(({ state, next_at }) => [state, next_at !== null]);
    expect(await states()).toEqual([
      ["active", true],
      ...Array.from({ length: 4 }, () => ["left", false]),
    ]);
    await set("people", never, { consent: "open" });
    await set("people", second, { human_id: null });
    p.clock.advance(60 * DAY_MS);
    await p.plan();
    expect((await states()).filter(([state]) => state === "active")).toHaveLength(3);
    expect(await p.plan()).toBe(0);
  });

  test("a step whose survey is paused waits, and is not late because of that", async () => {
    const state = (to: "on" | "paused") =>
      database.db
        .updateTable("surveys")
        .set({ state: to })
        .where("workspace_id", "=", p.workspaceId)
        .where("key", "=", "relationship-nps")
        .execute();
    const schedule = await p.on({ steps: [{ ...nps, after: "3d" }], trigger: joined });
    await p.person({ created_at: p.days(0) });
    await p.plan();
    await state("paused");
    p.clock.advance(40 * DAY_MS);
    expect(await p.plan()).toBe(0);
    await state("on");
    expect(await p.plan()).toBe(1);
    expect(await p.planned(schedule)).toMatchObject([{ due_at: p.days(0) }]);
  });

  test("what was due while the schedule was paused comes spread, not at once", async () => {
    const schedule = await p.on({ steps: [{ ...nps, after: "3d" }], trigger: joined });
    const { name } = schedule.definition;
    for (let n = 0; n < 40; n += 1) await p.person({ created_at: p.days(0) });
    await p.plan();
    const { db } = database;
    await switchSchedule(db, p.workspaceId, name, "paused", p.days(0));
    p.clock.advance(13 * DAY_MS);
    await switchSchedule(db, p.workspaceId, name, "on", p.days(0));
    const atOnce = await p.plan();
    p.clock.advance(5 * DAY_MS);
    const soon = await p.plan();
    p.clock.advance(5 * DAY_MS);
    const later = await p.plan();
    expect(atOnce).toBeLessThan(5);
    expect(soon).toBeGreaterThan(8);
    expect(later).toBeGreaterThan(8);
    expect(atOnce + soon + later).toBe(40);
  });

  test("a programme that a chat begins is begun again by the next one only when it is done", async () => {
    const steps = [nps, { ...ces, after: "10d" }];
    const schedule = await p.on({ steps, trigger: { on: "chat-closed", delay: "1d" } });
    const customer_id = await p.person();
    const close = () => p.chat({ customer_id, state: "closed", closings: 1, closed_at: p.days(0) });
    await close();
    p.clock.advance(DAY_MS);
    expect(await p.plan()).toBe(1);
    await close();
    await becomes({ state: "answered", asked_at: p.days(0) });
    p.clock.advance(DAY_MS);
    expect(await p.plan()).toBe(0);
    p.clock.advance(9 * DAY_MS);
    expect(await p.plan()).toBe(1);
    await becomes({ state: "answered", asked_at: p.days(0) });
    await p.plan();
    p.clock.advance(DAY_MS);
    await close();
    p.clock.advance(DAY_MS);
    expect(await p.plan()).toBe(1);
    expect(await enrolments()).toMatchObject([{ step: 0, round: 1, state: "active" }]);
    expect(await p.planned(schedule)).toHaveLength(3);
  });

  test("two planners at once plan each step once", async () => {
    const schedule = await p.on({ steps: [{ ...nps, after: "1d" }], trigger: joined });
    for (let n = 0; n < 20; n += 1) await p.person({ created_at: p.days(0) });
    await Promise.all([p.plan(), p.plan()]);
    p.clock.advance(DAY_MS);
    await Promise.all([p.plan(), p.plan(), p.plan()]);
    expect(await p.planned(schedule)).toHaveLength(20);
  });
});
