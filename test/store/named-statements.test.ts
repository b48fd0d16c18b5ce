import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createLog } from "../../src/log.ts";
import type { Database } from "../../src/store/database.ts";
import { createStatementNames } from "../../src/store/named-statements.ts";
import { openPostgres } from "../../src/store/postgres.ts";
import type { Db } from "../../src/store/schema.ts";
import { inTransaction } from "../../src/store/transaction.ts";
import { createOpener } from "../support/database.ts";

const log = createLog("silent");

const often = async (work: () => Promise<unknown>, count = 8) => {
  for (let i = 0; i < count; i += 1) await work();
};

describe("names of statements", () => {
  test("are given to what comes again, each text its own, and stay with it", () => {
    const names = createStatementNames();
    const given = (text: string) => Array.from({ length: 6 }, () => names.nameOf(text));
    const [first, second] = [given("select $1"), given("select $2")];
    expect(first.slice(0, 4)).toEqual([undefined, undefined, undefined, undefined]);
    expect(first[4]).toBeDefined();
    expect(first[5]).toBe(first[4]);
    expect(second[5]).not.toBe(first[5]);
  });

  test("are no more than so many, however many texts there are", () => {
    const names = createStatementNames(3);
    const given = new Set<string | undefined>();
    for (let round = 0; round < 10; round += 1)
      for (let text = 0; text < 50; text += 1) given.add(names.nameOf(`select ${text}, $1`));
    expect([...given].filter((name) => name !== undefined)).toHaveLength(3);
  });

  test("are never given again to a text that was refused", () => {
    const names = createStatementNames();
    for (let i = 0; i < 6; i += 1) names.nameOf("select $1");
    names.refuse("select $1");
    expect(names.nameOf("select $1")).toBeUndefined();
  });
});

describe("statements with names", () => {
  const clone = createOpener("postgres");
  let database: Database;
  let db: Db;

  beforeAll(async () => {
    const { databaseUrl = "" } = await clone();
    database = await openPostgres({
      databaseUrl,
      log,
      poolSize: 1,
      limits: { connection: 20_000 },
    });
    db = database.db;
  });
  afterAll(() => database.close());

  /** How many statements the only connection has prepared that contain these words. */
  async function prepared(words: string): Promise<number> {
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from pg_prepared_statements
      where statement like ${`%${words}%`} and statement not like '%pg_prepared_statements%'`.execute(
      db,
    );
    return rows[0]?.n ?? 0;
  }

  test("are prepared once, give the same, and take other values", async () => {
    const seen: number[] = [];
    await often(async () => {
      const { rows } = await sql<{ n: number }>`select ${seen.length}::int as n, 'once'`.execute(
        db,
      );
      seen.push(rows[0]?.n ?? -1);
    });
    expect(seen).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(await prepared("'once'")).toBe(1);
  });

  test("go on when a table has another column than when they were prepared", async () => {
    await sql`create table changing (id int)`.execute(db);
    const read = () => sql`select * from changing where id = ${1}::int`.execute(db);
    await sql`insert into changing values (1)`.execute(db);
    await often(read);
    await sql`alter table changing add column added int default 7`.execute(db);
    expect((await read()).rows).toEqual([{ id: 1, added: 7 }]);
    await often(read);
  });

  test("go on in a transaction, which begins again, when a table has changed", async () => {
    await sql`create table turning (id int)`.execute(db);
    await sql`insert into turning values (1)`.execute(db);
    const read = () =>
      inTransaction(db, (trx) => sql`select * from turning where id = ${1}::int`.execute(trx));
    await often(read);
    await sql`alter table turning add column added int default 7`.execute(db);
    expect((await read()).rows).toEqual([{ id: 1, added: 7 }]);
  });

  test("fail as others do when they are wrong, and are prepared no worse by it", async () => {
    const divide = (by: number) => sql<{ n: number }>`select 12 / ${by}::int as n`.execute(db);
    await often(() => divide(3));
    await expect(divide(0)).rejects.toMatchObject({ code: "22012" });
    expect((await divide(4)).rows).toEqual([{ n: 3 }]);
  });

  test("are sent without names once a pooler has shown that it keeps none", async () => {
    const read = (n: number) => sql<{ n: number }>`select ${n}::int as n, 'pooled'`.execute(db);
    await often(() => read(1));
    // What another transaction's connection looks like from here.
    await sql`deallocate all`.execute(db);
    expect((await read(2)).rows).toMatchObject([{ n: 2 }]);
    await often(() => read(3));
    expect(await prepared("'pooled'")).toBe(0);
  });
});
