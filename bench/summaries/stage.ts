/** One database of one size, filled and counted, with the connections that everything is measured on. */
import pg from "pg";
import { createLog } from "../../src/log.ts";
import type { Database } from "../../src/store/database.ts";
import { migrateToLatest } from "../../src/store/migrate.ts";
import { openPostgres } from "../../src/store/postgres.ts";
import { runOn } from "../../test/support/postgres.ts";
import { countEverything } from "./counting.ts";
import { fillOurs, makeAnswers, YEARS } from "./data.ts";
import type { BenchOptions } from "./options.ts";
import { type Asked, periodsAt } from "./periods.ts";
import type { Span } from "./timing.ts";

const YEAR_MS = 365.25 * 24 * 60 * 60 * 1000;

export interface Stage {
  readonly answers: number;
  readonly url: string;
  readonly database: Database;
  /** One connection of pg for what is not ours. */
  readonly client: pg.Client;
  readonly pool: pg.Pool;
  readonly now: Date;
  readonly periods: Readonly<Record<Span, Asked>>;
  /** Seconds that each step of making it took. */
  readonly took: ReadonlyMap<string, number>;
  /** Closes everything and drops the database. */
  close(): Promise<void>;
}

/** Makes the database `bench_N` on a server and everything in it. */
export async function openStage(
  urlOf: (database: string) => string,
  answers: number,
  { progress, workspaces }: BenchOptions,
): Promise<Stage> {
  const name = `bench_${answers}`;
  await runOn(urlOf("postgres"), `create database ${name}`);
  const url = urlOf(name);
  const log = createLog("error");
  const database = await openPostgres({ databaseUrl: url, log, limits: { connection: 20_000 } });
  await migrateToLatest(database);
  const client = new pg.Client({ connectionString: url });
  // Without it the end of the server would hide why the run ended.
  client.on("error", () => {});
  await client.connect();
  const pool = new pg.Pool({ connectionString: url, max: 16 });
  const now = new Date();
  const took = new Map<string, number>();
  const step = async (what: string, work: () => Promise<unknown>) => {
    progress(`${what} …`);
    const began = performance.now();
    await work();
    took.set(what, (performance.now() - began) / 1000);
  };
  const since = new Date(now.getTime() - YEARS * YEAR_MS);
  await step("answers made up", () =>
    makeAnswers(client, { answers, workspaces, until: new Date(now.getTime() - 60_000) }),
  );
  await step("our tables and indexes", () => fillOurs(client, workspaces, since));
  await step("everything counted", () => countEverything(database));
  await client.query("vacuum analyze");
  return {
    ...{ answers, url, database, client, pool, now, periods: periodsAt(now), took },
    async close() {
      await client.end();
      await pool.end();
      await database.close();
      await runOn(urlOf("postgres"), `drop database ${name} with (force)`);
    },
  };
}
