import { readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { sql } from "kysely";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { type AppError, hasCode } from "../../src/errors.ts";
import { createLog } from "../../src/log.ts";
import type { Database } from "../../src/store/database.ts";
import { type EmbeddedOptions, openEmbedded } from "../../src/store/embedded.ts";
import { makeDataFolder } from "../support/database.ts";

const log = createLog("silent");

let dataFolder: string;
let opened: Database[];
beforeEach(() => {
  dataFolder = makeDataFolder();
  opened = [];
});
afterEach(async () => {
  for (const database of opened) await database.close().catch(() => {});
  rmSync(dataFolder, { recursive: true, force: true });
});

const onFatal = vi.fn<(error: AppError) => void>();
beforeEach(() => onFatal.mockReset());

async function open(limits: EmbeddedOptions["limits"] = {}): Promise<Database> {
  const database = await openEmbedded({ dataFolder, log, limits, onFatal });
  opened.push(database);
  return database;
}

const endless = sql`do $$ begin loop end loop; end $$`;
const sleep = (seconds: number) => sql`select pg_sleep(${seconds})`;

describe("the folder", () => {
  test("that holds something else is refused and left as it is", async () => {
    rmSync(join(dataFolder, "pglite", "global", "pg_control"));
    const before = readdirSync(join(dataFolder, "pglite"));
    await expect(open()).rejects.toMatchObject({
      code: "schema-broken",
      message: expect.stringContaining("global/pg_control is missing"),
    });
    expect(readdirSync(join(dataFolder, "pglite"))).toEqual(before);
  });

  test("of another PostgreSQL is refused", async () => {
    writeFileSync(join(dataFolder, "pglite", "PG_VERSION"), "17\n");
    await expect(open()).rejects.toThrow("was written by PostgreSQL 17");
  });

  test("that cannot be made is named", async () => {
    writeFileSync(join(dataFolder, "file"), "");
    dataFolder = join(dataFolder, "file", "data");
    await expect(open()).rejects.toMatchObject({ code: "bad-setting" });
    dataFolder = join(dataFolder, "..", "..");
  });

  test("can be opened again after a refusal and after a close", async () => {
    const first = await open();
    await expect(open()).rejects.toMatchObject({ code: "data-in-use" });
    await first.close();
    await open();
  });
});

describe("the one connection", () => {
  test("is shared in the order of coming, and refused when it is closed", async () => {
    const { db, close } = await open();
    const seen: string[] = [];
    const transaction = db.transaction().execute(async (trx) => {
      // Sent together, run one after another.
      const numbers = Array.from({ length: 20 }, (_, n) => n);
      const found = await Promise.all(
        numbers.map(
          async (n) => (await sql<{ n: number }>`select ${n}::int as n`.execute(trx)).rows,
        ),
      );
      expect(found).toEqual(numbers.map((n) => [{ n }]));
      seen.push("transaction");
    });
    const query = sql`select 1`.execute(db).then(() => seen.push("query"));
    await Promise.all([transaction, query]);
    expect(seen).toEqual(["transaction", "query"]);
    await close();
    await expect(sql`select 1`.execute(db)).rejects.toThrow("The database is closed");
  });

  test("is refused to whoever waits too long, and then given to the next one", async () => {
    const { db } = await open({ turn: 100 });
    const mistake = db.transaction().execute(async (trx) => {
      await sql`select 1`.execute(trx);
      await sql`select 1`.execute(db);
    });
    await expect(mistake).rejects.toMatchObject({
      code: "database-away",
      advice: expect.stringContaining("Inside a transaction use only the transaction"),
    });
    await sql`select 1`.execute(db);
  });

  test("is taken from a transaction that is left alone, and what that did is undone", async () => {
    const { db } = await open({ idle: 100 });
    await sql`create table kept (id int)`.execute(db);
    const forgotten = db.transaction().execute(async (trx) => {
      await sql`insert into kept values (1)`.execute(trx);
      await new Promise((resolve) => setTimeout(resolve, 300));
      await sql`insert into kept values (2)`.execute(trx);
    });
    await expect(forgotten).rejects.toThrow("the connection was given back");
    const { rows } = await sql`select * from kept`.execute(db);
    expect(rows).toEqual([]);
  });

  test("is clean after a script of the job queue that failed", async () => {
    const { db, jobsDatabase } = await open();
    const script = jobsDatabase.executeSql("begin; select 1/0; commit");
    const next = sql<{ n: number }>`select 1 as n`.execute(db);
    await expect(script).rejects.toMatchObject({ code: "22012" });
    expect((await next).rows).toEqual([{ n: 1 }]);
    await jobsDatabase.executeSql("-- nothing");
    expect(onFatal).not.toHaveBeenCalled();
  });
});

describe("housekeeping", () => {
  test("keeps the log short and the tables free of dead rows", async () => {
    const longestLog = 256 * 1024;
    const often = { checkpointEvery: 50, longestLog, vacuumEvery: 50 };
    const { db } = await open({ housekeeping: often });
    await sql`create table worn (id int, text text)`.execute(db);
    await sql`insert into worn select i, md5(i::text)
      from generate_series(1, 10000) i`.execute(db);
    await sql`delete from worn where id > 10`.execute(db);
    await vi.waitFor(
      async () => {
        const { rows } = await sql<{ log: number; dead: number }>`
          select pg_wal_lsn_diff(pg_current_wal_lsn(), redo_lsn)::int8 as log, n_dead_tup as dead
          from pg_control_checkpoint(), pg_stat_user_tables where relname = 'worn'`.execute(db);
        expect(rows[0]?.log).toBeLessThan(longestLog);
        expect(rows[0]?.dead).toBe(0);
      },
      { timeout: 50_000, interval: 100 },
    );
  });
});

describe("the watch over the thread", () => {
  test("B8 a statement that does not come back is fatal, and so is everything after it", async () => {
    const { db } = await open({ statement: 500 });
    const stuck = endless.execute(db);
    const next = sql`select 1`.execute(db);
    await expect(stuck).rejects.toMatchObject({ code: "data-stuck" });
    await expect(next).rejects.toMatchObject({ code: "data-stuck" });
    expect(onFatal).toHaveBeenCalledOnce();
    expect(onFatal.mock.lastCall?.[0].message).toContain("stopped answering");
  });

  test("a statement that was announced may take its time", async () => {
    const database = await open({ statement: 500 });
    await database.patiently((db) => sleep(2).execute(db));
    expect(onFatal).not.toHaveBeenCalled();
    await expect(sleep(2).execute(database.db)).rejects.toMatchObject({ code: "data-stuck" });
  });

  test("an inner crash after which everything seems to work is noticed at once", async () => {
    const { db } = await open();
    await sql`create function deeper(n int) returns int language plpgsql
      as 'begin return deeper(n + 1); end'`.execute(db);
    const crash = await sql`select deeper(1)`.execute(db).catch((error: unknown) => error);
    expect(hasCode(crash, "data-stuck")).toBe(true);
    expect(onFatal).toHaveBeenCalledOnce();
  });
});
