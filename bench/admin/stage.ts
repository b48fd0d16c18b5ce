/** A database with workspaces of some sizes in it, each with a world to act in. */
import { CompiledQuery, sql } from "kysely";
import { createLog } from "../../src/log.ts";
import { createJobs } from "../../src/scheduling/jobs/jobs.ts";
import type { Database } from "../../src/store/database.ts";
import { openEmbedded } from "../../src/store/embedded.ts";
import { migrateToLatest } from "../../src/store/migrate.ts";
import { openPostgres } from "../../src/store/postgres.ts";
import type { Db } from "../../src/store/schema.ts";
import { changeSettings, readSettings } from "../../src/store/settings.ts";
import { createWorld, type World } from "../../test/support/world.ts";
import { type Asked, askMany, counter, idFunction } from "../summaries/inbox.ts";
import { fillWorkspace, makeIds } from "./data.ts";

export interface Place {
  readonly size: number;
  readonly world: World;
  /** Customers whose question waits for a press; each once. */
  readonly asked: Asked[];
}

export interface Stage {
  readonly kind: Database["kind"];
  readonly places: readonly Place[];
  /** `select 1` on the same pool. */
  floor(): Promise<unknown>;
  /** Statements since the last call, begin and commit not among them. */
  statements(): number;
  /** Pages looked at since the last call; undefined where nobody counts them. */
  buffers(): Promise<number | undefined>;
  close(): Promise<void>;
}

const log = createLog("error");

/** One that statements are counted on: those of patient work too. */
function counted(database: Database, counting: ReturnType<typeof counter>): Database {
  return {
    ...database,
    db: database.db.withPlugin(counting),
    patiently: (work) => database.patiently((db) => work(db.withPlugin(counting))),
  };
}

export interface StageOptions {
  readonly sizes: readonly number[];
  /** Presses of customers that there will be in each. */
  readonly presses: number;
  readonly progress: (line: string) => void;
}

/** On a server of the bench's own, with pg_stat_statements. */
export async function openServerStage(url: string, options: StageOptions): Promise<Stage> {
  const database = await openPostgres({ databaseUrl: url, log, limits: { connection: 20_000 } });
  const { db } = database;
  await sql`create extension if not exists pg_stat_statements`.execute(db);
  const buffers = async () => {
    const { rows } = await sql<{ n: string | null }>`
      select sum(shared_blks_hit + shared_blks_read) as n from pg_stat_statements
      where dbid = (select oid from pg_database where datname = current_database())
        and query not like '%pg_stat_statements%'`.execute(db);
    await sql`select pg_stat_statements_reset()`.execute(db);
    return Number(rows[0]?.n ?? 0);
  };
  return openStage(database, options, buffers);
}

/** In a folder. */
export async function openEmbeddedStage(folder: string, options: StageOptions): Promise<Stage> {
  const database = await openEmbedded({ dataFolder: folder, log });
  return openStage(database, options, async () => undefined);
}

async function openStage(
  database: Database,
  { sizes, presses, progress }: StageOptions,
  buffers: Stage["buffers"],
): Promise<Stage> {
  await migrateToLatest(database);
  const jobs = createJobs({ database: database.jobsDatabase, kind: database.kind, log });
  await jobs.start();
  const counting = counter();
  const shared = { ...counted(database, counting), jobs: async () => jobs, databaseUrl: undefined };
  await sql.raw(idFunction).execute(database.db);
  await makeIds(database.db);
  const places: Place[] = [];
  for (const size of sizes) {
    progress(`${database.kind}: ${size} people …`);
    const world = await createWorld({ ...shared, workspaceId: 0 });
    places.push(await database.patiently((db) => fill(db, world, { size, presses })));
  }
  await database.patiently(async (db) => {
    await sql`vacuum analyze`.execute(db);
  });
  return {
    kind: database.kind,
    places,
    floor: () => sql`select 1`.execute(database.db),
    statements() {
      const { statements } = counting;
      counting.statements = 0;
      return statements;
    },
    buffers,
    async close() {
      await jobs.stop();
      await database.close();
    },
  };
}

async function fill(
  db: Db,
  world: World,
  { size, presses }: { readonly size: number; readonly presses: number },
): Promise<Place> {
  const { workspaceId, clock } = world;
  const says = {
    query: (text: string, values: unknown[] = []) =>
      db.executeQuery(CompiledQuery.raw(text, values)),
  };
  const { asking } = await readSettings(db, workspaceId);
  const asked = await askMany(world, says, presses);
  const by = { actor: "operator", at: clock.now() };
  await db.transaction().execute((trx) => changeSettings(trx, workspaceId, { asking }, by));
  const { id: connectionId } = await db
    .selectFrom("connections")
    .select("id")
    .where("workspace_id", "=", workspaceId)
    .executeTakeFirstOrThrow();
  await fillWorkspace(db, { workspaceId, connectionId, people: size, now: clock.now() });
  return { size, world, asked };
}
