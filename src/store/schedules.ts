/** Schedules and their versions. A version never changes; a change is the next version. */
import { isDeepStrictEqual } from "node:util";
import { AppError } from "../errors.ts";
import {
  readScheduleDefinition,
  type Schedule,
  type ScheduleDefinition,
} from "../scheduling/definition/schedule.ts";
import { checkMeaning, type KnownToSchedules } from "../scheduling/definition/schedule-check.ts";
import type { StandardSchedule } from "../scheduling/definition/standard-schedules.ts";
import { nextRun } from "../scheduling/plan/next-run.ts";
import { newId } from "./ids.ts";
import type { Db, Row } from "./schema.ts";
import { readSettings } from "./settings.ts";
import { readWorkspace } from "./workspaces.ts";

/** All schedules in their latest version, the oldest first, also those of a newer program. */
export function selectSchedules(db: Db, workspaceId: number) {
  return db
    .selectFrom("schedules as s")
    .innerJoin("schedule_versions as v", (join) =>
      join
        .onRef("v.workspace_id", "=", "s.workspace_id")
        .onRef("v.schedule_id", "=", "s.id")
        .onRef("v.version", "=", "s.version"),
    )
    .select(["s.id", "s.version", "s.state", "s.on_since", "s.next_at", "v.definition"])
    .where("s.workspace_id", "=", workspaceId)
    .orderBy("s.created_at")
    .orderBy("s.id");
}

type Found = Pick<Row<"schedules">, "id" | "version" | "state" | "on_since" | "next_at"> & {
  readonly definition: unknown;
};

function toSchedules(rows: readonly Found[]): Schedule[] {
  return rows.flatMap((row) => {
    const definition = readScheduleDefinition(row.definition);
    return definition === undefined
      ? [] // of a newer program: it works for that one
      : [
          {
            id: row.id,
            version: row.version,
            state: row.state,
            onSince: row.on_since,
            nextAt: row.next_at,
            definition,
          },
        ];
  });
}

/** All schedules, also archived ones, the oldest first. */
export async function listSchedules(db: Db, workspaceId: number): Promise<Schedule[]> {
  return toSchedules(await selectSchedules(db, workspaceId).execute());
}

/** Those that are on, the oldest first. */
export async function schedulesOn(db: Db, workspaceId: number): Promise<Schedule[]> {
  return toSchedules(await selectSchedules(db, workspaceId).where("s.state", "=", "on").execute());
}

/** The schedule of this name, in whatever state. */
export async function readSchedule(
  db: Db,
  workspaceId: number,
  name: string,
): Promise<Schedule | undefined> {
  const rows = await selectSchedules(db, workspaceId).where("s.name", "=", name).execute();
  return toSchedules(rows)[0];
}

/**
 * Creates the schedules whose name is not there yet. Call inside a transaction: a schedule without
 * its version would never work, nor be made again.
 */
export async function ensureSchedules(
  db: Db,
  workspaceId: number,
  schedules: readonly StandardSchedule[],
  now: Date,
): Promise<void> {
  for (const { definition, on } of schedules) {
    await insertSchedule(db, workspaceId, definition, { by: "aftertalk", on, now });
  }
}

/** False when there is one of that name. */
async function insertSchedule(
  db: Db,
  workspaceId: number,
  definition: ScheduleDefinition,
  { by, on, now }: { by: string; on: boolean; now: Date },
): Promise<boolean> {
  const id = newId();
  const made = await db
    .insertInto("schedules")
    .values({
      workspace_id: workspaceId,
      id,
      name: definition.name,
      state: on ? "on" : "paused",
      version: 1,
      on_since: on ? now : null,
      next_at: on ? await firesNext(db, workspaceId, definition, now) : null,
      created_at: now,
    })
    .onConflict((conflict) => conflict.columns(["workspace_id", "name"]).doNothing())
    .executeTakeFirst();
  if (made.numInsertedOrUpdatedRows !== 1n) return false;
  await insertVersion(db, workspaceId, { id, version: 1, definition, by, now });
  return true;
}

async function insertVersion(
  db: Db,
  workspaceId: number,
  made: { id: string; version: number; definition: ScheduleDefinition; by: string; now: Date },
): Promise<void> {
  await db
    .insertInto("schedule_versions")
    .values({
      workspace_id: workspaceId,
      schedule_id: made.id,
      version: made.version,
      definition: JSON.stringify(made.definition),
      actor: made.by,
      created_at: made.now,
    })
    .execute();
}

/** When a schedule fires next if it is on; null when it is no cron schedule. */
async function firesNext(
  db: Db,
  workspaceId: number,
  { trigger }: ScheduleDefinition,
  now: Date,
): Promise<Date | null> {
  if (trigger.on !== "cron") return null;
  const zone = trigger.timeZone ?? (await readWorkspace(db, workspaceId)).timeZone;
  return nextRun(trigger.cron, zone, now) ?? null;
}

/** The workspace is in another time zone: what goes by its clock fires by the new one. Call inside a transaction. */
export async function moveFirings(trx: Db, workspaceId: number, now: Date): Promise<void> {
  for (const { id, state, definition } of await listSchedules(trx, workspaceId)) {
    const { trigger } = definition;
    if (state !== "on" || trigger.on !== "cron" || trigger.timeZone !== undefined) continue;
    await trx
      .updateTable("schedules")
      .set({ next_at: await firesNext(trx, workspaceId, definition, now) })
      .where("workspace_id", "=", workspaceId)
      .where("id", "=", id)
      .execute();
  }
}

async function lockSchedule(db: Db, workspaceId: number, name: string) {
  return db
    .selectFrom("schedules")
    .selectAll()
    .where("workspace_id", "=", workspaceId)
    .where("name", "=", name)
    .forNoKeyUpdate()
    .executeTakeFirst();
}

/** What schedules of a workspace may refer to. */
export async function knownToSchedules(db: Db, workspaceId: number): Promise<KnownToSchedules> {
  const rows = await db
    .selectFrom("surveys")
    .select(["key", "state"])
    .where("workspace_id", "=", workspaceId)
    .where("trigger", "in", ["chat", "schedule"])
    .orderBy("created_at")
    .orderBy("key")
    .execute();
  const { asking } = await readSettings(db, workspaceId);
  const keys = (archived: boolean) =>
    rows.flatMap(({ key, state }) => ((state === "archived") === archived ? key : []));
  return {
    ...{ surveys: keys(false), archived: keys(true) },
    asking: { from: asking.from, to: asking.to },
  };
}

/** Errors: `bad-input` when it would not work here. */
async function checkHere(db: Db, workspaceId: number, definition: ScheduleDefinition) {
  const problems = checkMeaning(definition, await knownToSchedules(db, workspaceId));
  if (problems.length === 0) return;
  const why = problems.map(({ path, message }) => `${path.map(String).join(".")}: ${message}`);
  throw new AppError("bad-input", `${definition.name} cannot be kept. ${why.join("; ")}.`);
}

/**
 * Keeps a definition as the next version of the schedule of its name, or as a new one that is
 * paused; one that is the same as it was changes nothing. `by`: a person's id or "operator". Call
 * inside a transaction. Errors: `bad-input` when it would not work (scheduling/schedule-check.ts).
 */
export async function saveSchedule(
  db: Db,
  workspaceId: number,
  definition: ScheduleDefinition,
  by: string,
  now: Date,
): Promise<Schedule> {
  const { name } = definition;
  await checkHere(db, workspaceId, definition);
  const how = { by, on: false, now };
  const isNew = await insertSchedule(db, workspaceId, definition, how);
  if (!isNew) await saveNextVersion(db, workspaceId, definition, by, now);
  return found(await readSchedule(db, workspaceId, name), name);
}

async function saveNextVersion(
  db: Db,
  workspaceId: number,
  definition: ScheduleDefinition,
  by: string,
  now: Date,
): Promise<void> {
  const { name } = definition;
  const row = found(await lockSchedule(db, workspaceId, name), name);
  const before = await readSchedule(db, workspaceId, name);
  if (isDeepStrictEqual(before?.definition, definition)) return;
  // The numbers go on after those of a version that came from a newer program, too.
  const version = row.version + 1;
  await insertVersion(db, workspaceId, { id: row.id, version, definition, by, now });
  const on = row.state === "on";
  const otherFacts = before?.definition.trigger.on !== definition.trigger.on;
  await db
    .updateTable("schedules")
    .set({
      version,
      next_at: on ? await firesNext(db, workspaceId, definition, now) : null,
      // What goes by other facts begins anew: nobody hears of what was over by then.
      ...(on && otherFacts ? { on_since: now } : {}),
    })
    .where("workspace_id", "=", workspaceId)
    .where("id", "=", row.id)
    .execute();
}

/**
 * Switches a schedule on or off or puts it away. What was over before it is switched on is not asked
 * about. `undefined` when there is none of that name. Call inside a transaction.
 */
export async function switchSchedule(
  db: Db,
  workspaceId: number,
  name: string,
  state: Schedule["state"],
  now: Date,
): Promise<Schedule | undefined> {
  const row = await lockSchedule(db, workspaceId, name);
  const before = await readSchedule(db, workspaceId, name);
  if (row === undefined || before === undefined || row.state === state) return before;
  const on = state === "on";
  await db
    .updateTable("schedules")
    .set({
      state,
      next_at: on ? await firesNext(db, workspaceId, before.definition, now) : null,
      ...(on ? { on_since: now } : {}),
    })
    .where("workspace_id", "=", workspaceId)
    .where("id", "=", row.id)
    .execute();
  return readSchedule(db, workspaceId, name);
}

function found<T>(value: T | undefined, name: string): T {
  if (value !== undefined) return value;
  throw new AppError("not-found", `There is no schedule ${JSON.stringify(name)}.`);
}
