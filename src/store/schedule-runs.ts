/** Cron schedules and their firings: which are due, who claims one, and how far it is planned. */
import { type RawBuilder, sql, type Transaction } from "kysely";
import type { Db, Schema } from "./schema.ts";

/** A cron schedule that is on. */
export interface CronSchedule {
  readonly workspaceId: number;
  readonly id: string;
  readonly name: string;
  /** When it fires next as it was computed ahead; null when nobody has yet, or never. */
  readonly nextAt: Date | null;
  /** As it is kept: see readScheduleDefinition. */
  readonly definition: unknown;
  /** The workspace's. */
  readonly timeZone: string;
  /** Its latest firing; null before the first. */
  readonly lastFireAt: Date | null;
}

/** One firing of a cron schedule, of which the planning is under way. */
export interface ScheduleRun {
  readonly workspaceId: number;
  readonly scheduleId: string;
  readonly fireAt: Date;
  /** How far its audience is planned; null from the start. */
  readonly cursor: string | null;
  readonly planned: number;
  /** Made up for: it should have been earlier. */
  readonly late: boolean;
}

/** Cron schedules whose time has come, those that wait longest first. */
export async function dueSchedules(db: Db, now: Date, limit: number): Promise<CronSchedule[]> {
  return readSchedules(db, sql`s.next_at <= ${now} order by s.next_at limit ${limit}`);
}

/** Cron schedules that are on, of all workspaces, whatever their time. */
export function listCronSchedules(db: Db): Promise<CronSchedule[]> {
  return readSchedules(db, sql`true`);
}

async function readSchedules(db: Db, which: RawBuilder<unknown>): Promise<CronSchedule[]> {
  const { rows } = await sql<{
    workspace_id: number;
    id: string;
    name: string;
    next_at: Date | null;
    definition: unknown;
    time_zone: string;
    last_fire_at: Date | null;
  }>`
    select s.workspace_id, s.id, s.name, s.next_at, v.definition, w.time_zone,
      (select max(r.fire_at) from schedule_runs r
        where r.workspace_id = s.workspace_id and r.schedule_id = s.id) as last_fire_at
    from schedules s
    join schedule_versions v on v.workspace_id = s.workspace_id and v.schedule_id = s.id
      and v.version = s.version
    join workspaces w on w.id = s.workspace_id
    where s.state = 'on' and v.definition->'trigger'->>'on' = 'cron' and ${which}`.execute(db);
  return rows.map((row) => ({
    workspaceId: row.workspace_id,
    id: row.id,
    name: row.name,
    nextAt: row.next_at,
    definition: row.definition,
    timeZone: row.time_zone,
    lastFireAt: row.last_fire_at,
  }));
}

/**
 * Moves a schedule from the time that was seen to its next one. False when another instance was
 * first, or somebody changed or stopped it meanwhile.
 */
export async function moveOn(
  db: Db,
  { workspaceId, id, nextAt }: Pick<CronSchedule, "workspaceId" | "id" | "nextAt">,
  next: Date | null,
): Promise<boolean> {
  const moved = await db
    .updateTable("schedules")
    .set({ next_at: next })
    .where("workspace_id", "=", workspaceId)
    .where("id", "=", id)
    .where("state", "=", "on")
    .where("next_at", "is not distinct from", nextAt)
    .executeTakeFirst();
  return moved.numUpdatedRows === 1n;
}

/** Records a firing; one that is there already stays as it is. Skipped ones are over at once. */
export async function beginRun(
  db: Db,
  { workspaceId, id }: Pick<CronSchedule, "workspaceId" | "id">,
  { fireAt, outcome }: { fireAt: Date; outcome: "late" | "skipped" | null },
  now: Date,
): Promise<boolean> {
  const made = await db
    .insertInto("schedule_runs")
    .values({
      workspace_id: workspaceId,
      schedule_id: id,
      fire_at: fireAt,
      started_at: now,
      cursor: null,
      outcome,
      finished_at: outcome === "skipped" ? now : null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return made.numInsertedOrUpdatedRows === 1n;
}

/** Whether a firing is to be planned, in whatever workspace; nothing is locked to find that. */
export async function hasOpenRuns(db: Db): Promise<boolean> {
  const { rows } = await sql<{ open: boolean }>`
    select exists (select from schedule_runs where finished_at is null) as open`.execute(db);
  return rows[0]?.open === true;
}

/**
 * The oldest firing whose planning nobody is at, of other schedules than `except`; locked until the
 * transaction ends.
 */
export async function lockOpenRun(
  transaction: Transaction<Schema>,
  except: readonly string[] = [],
): Promise<ScheduleRun | undefined> {
  const row = await transaction
    .selectFrom("schedule_runs")
    .select(["workspace_id", "schedule_id", "fire_at", "cursor", "planned", "outcome"])
    .where("finished_at", "is", null)
    .$if(except.length > 0, (open) => open.where("schedule_id", "not in", except))
    .orderBy("fire_at")
    .limit(1)
    .forUpdate()
    .skipLocked()
    .executeTakeFirst();
  return (
    row && {
      workspaceId: row.workspace_id,
      scheduleId: row.schedule_id,
      fireAt: row.fire_at,
      cursor: row.cursor,
      planned: row.planned,
      late: row.outcome === "late",
    }
  );
}

/** Which firing. */
type RunRef = Pick<ScheduleRun, "workspaceId" | "scheduleId" | "fireAt">;

/** Keeps how far the planning of a locked firing has come; `planned` are all of it so far. */
export async function keepProgress(
  transaction: Transaction<Schema>,
  run: RunRef,
  progress: { cursor: string; planned: number },
): Promise<void> {
  await ofRun(transaction, run).set(progress).execute();
}

/** All of its audience is planned; one that is made up for stays 'late'. Whom it came to last is nobody's matter then. */
export async function finishRun(
  transaction: Transaction<Schema>,
  run: RunRef,
  planned: number,
  now: Date,
): Promise<void> {
  await ofRun(transaction, run)
    .set((eb) => ({
      planned,
      cursor: null,
      finished_at: now,
      outcome: eb.fn.coalesce("outcome", sql.lit<"done">("done")),
    }))
    .execute();
}

function ofRun(db: Db, { workspaceId, scheduleId, fireAt }: RunRef) {
  return db
    .updateTable("schedule_runs")
    .where("workspace_id", "=", workspaceId)
    .where("schedule_id", "=", scheduleId)
    .where("fire_at", "=", fireAt);
}
