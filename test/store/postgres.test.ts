import { sql } from "kysely";
import { beforeAll, describe, expect, inject, test } from "vitest";
import { createLog } from "../../src/log.ts";
import { openDatabase } from "../../src/store/database.ts";
import { openPostgres, type PostgresOptions } from "../../src/store/postgres.ts";
import { createOpener } from "../support/database.ts";

const log = createLog("silent");

describe("a server that cannot be used", () => {
  const open = (databaseUrl: string) => openDatabase({ databaseUrl, dataFolder: "unused", log });

  test("is named without its password", async () => {
    const url = "postgres://ada:s3cret@127.0.0.1:1/house";
    const refusal = await open(url).catch((error: unknown) => error);
    expect(refusal).toMatchObject({
      code: "database-away",
      message: expect.stringContaining("127.0.0.1:1/house"),
      advice: expect.stringContaining("DATABASE_URL"),
    });
    expect(JSON.stringify(refusal, Object.getOwnPropertyNames(refusal))).not.toContain("s3cret");
  });

  test("because the database does not exist says so", async () => {
    const url = new URL(inject("postgresUrl"));
    url.pathname = "nowhere";
    await expect(open(url.href)).rejects.toThrow('database "nowhere" does not exist');
  });

  test("because the address is none says what one looks like", async () => {
    const refusal = await open("postgres//s3cret").catch((error: unknown) => error);
    expect(refusal).toMatchObject({
      code: "bad-setting",
      advice: expect.stringContaining("postgres://user:password@"),
    });
    expect(String(refusal)).not.toContain("s3cret");
  });
});

describe("limits", () => {
  const clone = createOpener("postgres");
  let databaseUrl: string;
  beforeAll(async () => {
    databaseUrl = (await clone()).databaseUrl ?? "";
  });
  const open = (options: Partial<PostgresOptions>) =>
    openPostgres({ databaseUrl, log, ...options });

  test("B5 whoever gets no connection is refused within 600 ms, and served when there is one", async () => {
    const { db, close } = await open({ poolSize: 1 });
    const { promise: until, resolve: free } = Promise.withResolvers<void>();
    const { promise: held, resolve: hold } = Promise.withResolvers<void>();
    const holding = db.connection().execute(async (connection) => {
      await sql`select 1`.execute(connection);
      hold();
      await until;
    });
    await held;
    const begin = performance.now();
    await expect(sql`select 1`.execute(db)).rejects.toThrow(/timeout/);
    const waited = performance.now() - begin;
    free();
    await holding;
    await sql`select 1`.execute(db);
    await close();
    expect(waited).toBeGreaterThan(400);
  });

  test("B5 a server that takes its time to let somebody in is waited for", async () => {
    const slow = new URL(databaseUrl);
    slow.searchParams.set("options", "-c post_auth_delay=1");
    const { db, close } = await open({ databaseUrl: slow.href });
    await sql`select 1`.execute(db);
    await close();
  });

  test("B6 a statement that takes too long is ended", async () => {
    const { db, close } = await open({ poolSize: 1, limits: { statement: 100 } });
    await expect(sql`select pg_sleep(20)`.execute(db)).rejects.toMatchObject({ code: "57014" });
    await sql`select 1`.execute(db);
    await close();
  });

  test("B6 waiting for a lock ends", async () => {
    const { db, close } = await open({ limits: { lock: 100 } });
    await db.transaction().execute(async (trx) => {
      await sql`lock table audit`.execute(trx);
      await expect(sql`select * from audit`.execute(db)).rejects.toMatchObject({ code: "55P03" });
    });
    await close();
  });

  test("B6 a transaction that is left alone is ended, and the pool lives on", async () => {
    const { db, close } = await open({ poolSize: 1, limits: { idleInTransaction: 100 } });
    const forgotten = db.transaction().execute(async (trx) => {
      await sql`create table abandoned (id int)`.execute(trx);
      await new Promise((resolve) => setTimeout(resolve, 500));
      await sql`select 1`.execute(trx);
    });
    await expect(forgotten).rejects.toThrow();
    const { rows } = await sql`select to_regclass('abandoned') as found`.execute(db);
    expect(rows).toEqual([{ found: null }]);
    await close();
  });

  test("do not hold for what was announced as long", async () => {
    const database = await open({ limits: { statement: 100 } });
    await database.patiently((db) => sql`select pg_sleep(0.3)`.execute(db));
    await database.close();
  });
});
