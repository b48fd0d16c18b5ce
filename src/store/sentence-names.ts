/** The names that a sentence about a schedule may have in it, as they are in use now. */
import { sql } from "kysely";
import type { KnownDate, KnownToSentences } from "../scheduling/sentence/reading.ts";
import { readKnown } from "./names-of-cuts.ts";
import { knownToSchedules, listSchedules } from "./schedules.ts";
import type { Db } from "./schema.ts";

/** More plans or dates than these nobody has by hand. */
const MOST = 200;

/** Of many accounts the first by name; what is not here is asked about. */
export async function knownToSentences(db: Db, workspaceId: number): Promise<KnownToSentences> {
  const labels = async (name: Parameters<typeof readKnown>[2]) =>
    (await readKnown(db, workspaceId, name)).map(({ label }) => label);
  const { asking, archived = [] } = await knownToSchedules(db, workspaceId);
  const schedules = await listSchedules(db, workspaceId);
  return {
    ...{ surveys: await readSurveys(db, workspaceId), archived },
    schedules: schedules.map(({ definition }) => definition.name),
    teams: await labels("team"),
    channels: await labels("channel"),
    tags: await labels("tag"),
    accounts: await labels("account"),
    platforms: await labels("platform"),
    plans: await readPlans(db, workspaceId),
    dates: await readDates(db, workspaceId),
    ...(asking === undefined ? {} : { asking }),
  };
}

async function readSurveys(db: Db, workspaceId: number): Promise<KnownToSentences["surveys"]> {
  const rows = await db
    .selectFrom("surveys")
    .select(["key", "metric", "trigger"])
    .where("workspace_id", "=", workspaceId)
    .where("state", "<>", "archived")
    .where("trigger", "in", ["chat", "schedule"])
    .orderBy("created_at")
    .orderBy("key")
    .execute();
  return rows.map(({ key, metric, trigger }) => ({
    ...{ key, metric, aboutChats: trigger === "chat", names: [] },
  }));
}

async function readPlans(db: Db, workspaceId: number): Promise<string[]> {
  const { rows } = await sql<{ plan: string }>`
    select plan from people where workspace_id = ${workspaceId} and plan is not null
    union select plan from accounts where workspace_id = ${workspaceId} and plan is not null
    order by plan limit ${MOST}`.execute(db);
  return rows.map(({ plan }) => plan);
}

async function readDates(db: Db, workspaceId: number): Promise<KnownDate[]> {
  const rows = await db
    .selectFrom("dates")
    .select(["name", "owner"])
    .distinct()
    .where("workspace_id", "=", workspaceId)
    .orderBy("name")
    .orderBy("owner")
    .limit(MOST)
    .execute();
  return rows.map(({ name, owner }) => ({ name, of: owner }));
}
