import { sql } from "kysely";
import { beforeAll, expect, test } from "vitest";
import { describeEachDatabase, type TestDatabase } from "../support/database.ts";

const id = "0192f5a0-0000-7000-8000-000000000001";
const moment = new Date("2026-03-29T01:30:00.123Z");

/** An expression, and what it has to come out as on both databases. */
const values: readonly [expression: string, value: unknown][] = [
  ["1::int2", 1],
  ["-2::int4", -2],
  ["count(*)", 1],
  ["sum(3::int4)", 3],
  ["9007199254740991::int8", 9007199254740991],
  ["9007199254740993::int8", 9007199254740993n],
  ["0.1::float8", 0.1],
  ["1.5::float4", 1.5],
  ["12345678901234567890.12::numeric", "12345678901234567890.12"],
  ["avg(2::int4)", "2.0000000000000000"],
  ["true", true],
  ["'Zoë 🎉'::text", "Zoë 🎉"],
  ["'ab'::varchar(5)", "ab"],
  [`'${id}'::uuid`, id],
  [`'{"a": [1, null, "b"]}'::jsonb`, { a: [1, null, "b"] }],
  [`'"text"'::jsonb`, "text"],
  [`'[1]'::json`, [1]],
  ["'2026-03-29 01:30:00.123456+00'::timestamptz", moment],
  ["'2026-03-29 05:30:00.123999+04'::timestamptz", moment],
  ["'2026-03-29 02:30:00'::timestamp", "2026-03-29 02:30:00"],
  ["'2026-03-29'::date", "2026-03-29"],
  ["'02:30:00'::time", "02:30:00"],
  ["'1 mon 2 days 03:00:00'::interval", "1 mon 2 days 03:00:00"],
  ["'\\x00ff'::bytea", Uint8Array.of(0, 255)],
  [`array['a', null, 'b,"c"']::text[]`, ["a", null, 'b,"c"']],
  ["'{}'::text[]", []],
  ["array[1, 2]::int4[]", [1, 2]],
  ["array[1, 9007199254740993]::int8[]", [1, 9007199254740993n]],
  ["array[1.10, 2]::numeric[]", ["1.10", "2"]],
  [`array['${id}']::uuid[]`, [id]],
  ["array[true, false]", [true, false]],
  ["array['2026-03-29 01:30:00.123+00']::timestamptz[]", [moment]],
  ["array['2026-03-29']::date[]", ["2026-03-29"]],
  [`array['{"a":1}']::jsonb[]`, [{ a: 1 }]],
  ["null::timestamptz", null],
  ["null::int8", null],
  ["null::text[]", null],
];

describeEachDatabase("values", (open) => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await open();
  });

  test("of every type come out the same", async () => {
    const columns = values.map(([expression], index) => `${expression} as v${index}`).join(", ");
    const { rows } = await sql
      .raw<Record<string, unknown>>(`select ${columns}`)
      .execute(database.db);
    const found = values.map(([expression], index) => [expression, rows[0]?.[`v${index}`]]);
    expect(found).toEqual(values);
  });

  test("go in and come out again", async () => {
    const { db } = database;
    const json = JSON.stringify({ text: 'a "b" \\ c', n: 1.5 });
    const { rows } = await sql`select ${5}::int4 as int4, ${7}::int8 as int8, ${true}::bool as bool,
      ${"it's"}::text as text, ${id}::uuid as uuid, ${moment}::timestamptz as moment,
      ${json}::jsonb as json, ${["a", 'b "c", d']}::text[] as texts, ${[1, 2]}::int4[] as numbers,
      ${null}::text as nothing, ${"2026-03-29"}::date as day, ${1.25}::float8 as real,
      ${Uint8Array.of(1, 2)}::bytea as bytes`.execute(db);
    expect(rows).toEqual([
      {
        int4: 5,
        int8: 7,
        bool: true,
        text: "it's",
        uuid: id,
        moment,
        json: { text: 'a "b" \\ c', n: 1.5 },
        texts: ["a", 'b "c", d'],
        numbers: [1, 2],
        nothing: null,
        day: "2026-03-29",
        real: 1.25,
        bytes: Uint8Array.of(1, 2),
      },
    ]);
  });

  test("of errors are the same: code, constraint and table", async () => {
    const { db, workspaceId } = database;
    const twice = sql`insert into connections (workspace_id, id, platform, external_id, name)
      values (${workspaceId}, ${id}, 'p', 'e', 'n')`;
    await twice.execute(db);
    await expect(twice.execute(db)).rejects.toMatchObject({
      code: "23505",
      constraint: "connections_pkey",
      table: "connections",
    });
  });

  test("tell how many rows were changed", async () => {
    const { db, workspaceId } = database;
    const update = db.updateTable("workspaces").set({ name: "B" }).where("id", "=", workspaceId);
    expect((await update.executeTakeFirst()).numUpdatedRows).toBe(1n);
    const none = db.deleteFrom("audit").where("workspace_id", "=", -1);
    expect((await none.executeTakeFirst()).numDeletedRows).toBe(0n);
  });
});
