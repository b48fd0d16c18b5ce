import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { claimRuns, renewNextRuns } from "../../src/scheduling/plan/cron-runs.ts";
import { openPostgres } from "../../src/store/postgres.ts";
import { createOpener, describeEitherDatabase, type TestDatabase } from "../support/database.ts";
import { type CronWorld, createCronWorld } from "./cron-support.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

describeEitherDatabase("firing cron schedules", (open) => {
  let database: TestDatabase;
  let world: CronWorld;

  beforeAll(async () => {
    database = await open();
  });
  beforeEach(async () => {
    // A Monday, in a workspace of its own; what other tests have left on is none of its business.
    await database.db.updateTable("schedules").set({ state: "archived" }).execute();
    world = await createCronWorld(database.db, "2026-11-02T08:30:00Z");
  });

  /** Every five minutes of a stretch of time. */
  const play = async (ms: number) => {
    for (let passed = 0; passed < ms; passed += 5 * MINUTE) {
      world.clock.advance(5 * MINUTE);
      await claimRuns(world);
    }
  };
  const ats = async (id: string) => (await world.runs(id)).map(({ at }) => at);

  test("it fires at its time, in its zone, and is to be planned", async () => {
    const id = await world.add("berlin", { cron: "0 10 * * *", timeZone: "Europe/Berlin" });
    await play(25 * MINUTE);
    expect(await world.runs(id)).toEqual([]);
    await play(10 * MINUTE);
    expect(await world.runs(id)).toEqual([
      { at: "2026-11-02T09:00:00.000Z", outcome: null, open: true },
    ]);
    expect(await world.nextAt(id)).toBe("2026-11-03T09:00:00.000Z");
  });

  test("S8 a clock that is set back an hour fires nothing twice", async () => {
    const id = await world.add("hourly", { cron: "0 * * * *" });
    await play(35 * MINUTE);
    world.clock.advance(-HOUR);
    await renewNextRuns(world);
    await play(2 * HOUR);
    expect(await ats(id)).toEqual(["2026-11-02T09:00:00.000Z", "2026-11-02T10:00:00.000Z"]);
  });

  test("S8 a clock that is set forward three hours makes up for one, and fires nothing twice when it is set right", async () => {
    const id = await world.add("hourly", { cron: "0 * * * *" });
    await play(10 * MINUTE);
    world.clock.advance(3 * HOUR);
    await play(10 * MINUTE);
    world.clock.advance(-3 * HOUR);
    await play(4 * HOUR);
    // 11:00 by the wrong clock; the right one fires nothing until it is past that.
    expect(await world.runs(id)).toMatchObject([
      { at: "2026-11-02T11:00:00.000Z", outcome: "late" },
      { at: "2026-11-02T12:00:00.000Z", outcome: null },
    ]);
  });

  test("S8 a clock that stands still fires once", async () => {
    const id = await world.add("hourly", { cron: "0 * * * *" });
    world.clock.advance(30 * MINUTE);
    for (let i = 0; i < 20; i++) await claimRuns(world);
    expect(await ats(id)).toEqual(["2026-11-02T09:00:00.000Z"]);
  });

  test("S10 after 26 hours down each is made up for once, or skipped, as it says", async () => {
    const hourly = await world.add("hourly", { cron: "0 * * * *" });
    const nightly = await world.add("nightly", { cron: "30 2 * * *" });
    const skipping = await world.add("skipping", { cron: "30 2 * * *", missed: "skip" });
    const weekly = await world.add("weekly", { cron: "0 9 * * 2" });
    const later = await world.add("later", { cron: "0 9 * * 5" });
    world.clock.advance(26 * HOUR);
    expect(await claimRuns(world)).toBe(3);
    const tuesday = "2026-11-03T";
    const late = (at: string) => [{ at: `${tuesday}${at}:00.000Z`, outcome: "late", open: true }];
    expect(await world.runs(hourly)).toEqual(late("10:00"));
    expect(await world.runs(nightly)).toEqual(late("02:30"));
    expect(await world.runs(weekly)).toEqual(late("09:00"));
    expect(await world.runs(skipping)).toEqual([
      { at: `${tuesday}02:30:00.000Z`, outcome: "skipped", open: false },
    ]);
    expect(await world.runs(later)).toEqual([]);
    expect(await claimRuns(world)).toBe(0);
    await play(HOUR);
    expect(await ats(hourly)).toEqual([`${tuesday}10:00:00.000Z`, `${tuesday}11:00:00.000Z`]);
  });

  test("S14 a workspace that moves to another zone fires by that one; what cannot be told any more waits", async () => {
    const id = await world.add("daily", { cron: "0 9 * * *" });
    const never = await world.add("never", { cron: "0 9 30 2 *" });
    const zone = (time_zone: string) =>
      database.db
        .updateTable("workspaces")
        .set({ time_zone })
        .where("id", "=", world.workspaceId)
        .execute();
    await zone("Asia/Tokyo");
    expect(await renewNextRuns(world)).toBe(1);
    expect(await world.nextAt(id)).toBe("2026-11-03T00:00:00.000Z");
    await zone("Atlantis/Harbour"); // as when the machine's time zone data do not know it any more
    world.clock.advance(16 * HOUR);
    expect(await claimRuns(world)).toBe(1); // for which it was computed
    expect(await world.nextAt(id)).toBeUndefined();
    await zone("Asia/Tokyo");
    await renewNextRuns(world);
    expect(await world.nextAt(id)).toBe("2026-11-04T00:00:00.000Z");
    expect(await world.runs(never)).toEqual([]);
  });
});

describe("several instances on one PostgreSQL", () => {
  const open = createOpener("postgres");

  test("S2 eight claim at once: each firing is one's", async () => {
    const database = await open();
    const world = await createCronWorld(database.db, "2026-11-02T08:30:00Z");
    const ids = [];
    for (let i = 0; i < 5; i++) ids.push(await world.add(`s${i}`, { cron: "*/10 * * * *" }));
    const log = world.log;
    const instances = await Promise.all(
      Array.from({ length: 8 }, () =>
        openPostgres({ databaseUrl: database.databaseUrl ?? "", log, poolSize: 2 }),
      ),
    );
    try {
      let claimed = 0;
      for (let tick = 0; tick < 6; tick++) {
        world.clock.advance(5 * MINUTE);
        const mine = instances.map(({ db }) => claimRuns({ db, log, clock: world.clock }));
        for (const n of await Promise.all(mine)) claimed += n;
      }
      expect(claimed).toBe(5 * 3);
      for (const id of ids) expect(await world.runs(id)).toHaveLength(3);
    } finally {
      for (const instance of instances) await instance.close();
    }
  });
});
