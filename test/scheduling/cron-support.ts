/** Cron schedules straight in the tables, and what has become of them. */
import { createLog } from "../../src/log.ts";
import { makeSchedule, type ScheduleInput } from "../../src/scheduling/definition/schedule.ts";
import { nextRun } from "../../src/scheduling/plan/next-run.ts";
import { newId } from "../../src/store/ids.ts";
import type { Db } from "../../src/store/schema.ts";
import { createTestClock, type TestClock } from "../support/clock.ts";
import { insertWorkspace } from "../support/database-rows.ts";

export interface CronWorld {
  readonly db: Db;
  readonly clock: TestClock;
  readonly log: ReturnType<typeof createLog>;
  readonly workspaceId: number;
  /** Puts a schedule in that is on, its next time computed from now; gives its id. */
  add(name: string, trigger: Cron): Promise<string>;
  /** When it fires next. */
  nextAt(id: string): Promise<string | undefined>;
  /** Its firings, the oldest first. */
  runs(id: string): Promise<{ at: string; outcome: string | null; open: boolean }[]>;
}

type Cron = Omit<Extract<ScheduleInput["trigger"], { on: "cron" }>, "on">;

/** A workspace of its own on a database. */
export async function createCronWorld(db: Db, start?: string): Promise<CronWorld> {
  const clock = createTestClock(start);
  const workspaceId = await insertWorkspace(db);
  return {
    db,
    clock,
    log: createLog("silent"),
    workspaceId,
    async add(name, trigger) {
      const id = newId();
      const definition = makeSchedule({
        ...{ name, kind: "other", survey: "relationship-nps" },
        trigger: { on: "cron", ...trigger },
      });
      const zone = trigger.timeZone ?? "UTC";
      await db
        .insertInto("schedules")
        .values({
          ...{ workspace_id: workspaceId, id, name, state: "on", version: 1 },
          next_at: nextRun(trigger.cron, zone, clock.now()) ?? null,
          on_since: clock.now(),
        })
        .execute();
      await db
        .insertInto("schedule_versions")
        .values({
          ...{ workspace_id: workspaceId, schedule_id: id, version: 1, actor: "test" },
          definition: JSON.stringify(definition),
        })
        .execute();
      return id;
    },
    async nextAt(id) {
      const { next_at } = await db
        .selectFrom("schedules")
        .select("next_at")
        .where("workspace_id", "=", workspaceId)
        .where("id", "=", id)
        .executeTakeFirstOrThrow();
      return next_at?.toISOString();
    },
    async runs(id) {
      const rows = await db
        .selectFrom("schedule_runs")
        .select(["fire_at", "outcome", "finished_at"])
        .where("workspace_id", "=", workspaceId)
        .where("schedule_id", "=", id)
        .orderBy("fire_at")
        .execute();
      return rows.map(({ fire_at, outcome, finished_at }) => ({
        at: fire_at.toISOString(),
        outcome,
        open: finished_at === null,
      }));
    },
  };
}
