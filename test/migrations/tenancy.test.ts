import { sql } from "kysely";
import { beforeAll, describe, expect, test } from "vitest";
import { backupTables, countedTables } from "../../src/store/backup.ts";
import { forgetCounts, takeCounting } from "../../src/store/counting-state.ts";
import type { Db } from "../../src/store/schema.ts";
import { describeEachDatabase, type TestDatabase } from "../support/database.ts";
import { fillWorkspace } from "../support/filled-workspace.ts";

interface Key {
  readonly table: string;
  readonly columns: string[];
}

interface Reference extends Key {
  readonly target: string;
  readonly targetColumns: string[];
}

/**
 * The one table that is a tenant, the one key by which an event finds its tenant, what a platform's
 * adapter remembers of the platform itself before it knows of any tenant, and the ticks that the
 * instances share.
 */
const exempt = [
  "workspaces (id)",
  "connections (platform, external_id)",
  "notes (platform, name)",
  "ticks (name, fire_at)",
];

/** Tables that belong to no workspace. */
const homeless = ["notes", "ticks", "workspaces"];
/** What counting makes of a workspace's answers, and only while it holds that workspace's row of `counting`. */
const counted = ["asked_counts", "counts", "cut_counts", "repeats"];
/**
 * Without a reference, which would be looked up for every row: what is counted, and the marks, which
 * are written by triggers alone for the workspace of a row that refers to it.
 */
const derived = [...counted, "stale_days"];

async function readTables(db: Db): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select relname as name from pg_class
    where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
      and relname not like 'kysely\\_%' order by 1`.execute(db);
  return rows.map(({ name }) => name);
}

async function readKeys(db: Db): Promise<Key[]> {
  const { rows } = await sql<Key>`
    select c.relname as table, array_agg(a.attname::text order by k.position) as columns
    from pg_index i
    join pg_class c on c.oid = i.indrelid and c.relnamespace = 'public'::regnamespace
    cross join lateral unnest(i.indkey) with ordinality as k (attnum, position)
    join pg_attribute a on a.attrelid = c.oid and a.attnum = k.attnum
    where i.indisunique and c.relname not like 'kysely\\_%'
    group by i.indexrelid, c.relname order by 1, 2`.execute(db);
  return rows;
}

async function readReferences(db: Db): Promise<Reference[]> {
  const { rows } = await sql<Reference>`
    select c.conrelid::regclass::text as table, c.confrelid::regclass::text as target,
      array_agg(a.attname::text order by k.position) as columns,
      array_agg(b.attname::text order by k.position) as "targetColumns"
    from pg_constraint c
    cross join lateral unnest(c.conkey, c.confkey) with ordinality as k (own, theirs, position)
    join pg_attribute a on a.attrelid = c.conrelid and a.attnum = k.own
    join pg_attribute b on b.attrelid = c.confrelid and b.attnum = k.theirs
    where c.contype = 'f' and c.connamespace = 'public'::regnamespace
    group by c.oid order by 1, 2`.execute(db);
  return rows;
}

describeEachDatabase("T5 no row can point into another workspace", (open) => {
  let database: TestDatabase;
  let db: Db;
  beforeAll(async () => {
    database = await open();
    db = database.db;
  });

  test("every primary and unique key begins with workspace_id", async () => {
    const keys = await readKeys(db);
    const loose = keys.filter(({ columns }) => columns[0] !== "workspace_id");
    expect(loose.map(({ table, columns }) => `${table} (${columns.join(", ")})`).sort()).toEqual(
      [...exempt].sort(),
    );
    expect(new Set(keys.map(({ table }) => table))).toEqual(new Set(await readTables(db)));
  });

  test("every table but the workspaces' and the platforms' notes refers to one, and every reference carries it", async () => {
    const references = await readReferences(db);
    for (const { table, columns, target, targetColumns } of references) {
      const note = `${table} (${columns.join(", ")})`;
      expect(columns[0], note).toBe("workspace_id");
      expect(targetColumns[0], note).toBe(target === "workspaces" ? "id" : "workspace_id");
    }
    const tables = await readTables(db);
    const referring = new Set(references.map(({ table }) => table));
    expect(tables.filter((table) => !referring.has(table))).toEqual(
      [...homeless, ...derived].sort(),
    );
  });

  test("what is derived comes with no backup, and goes when one is put in place", () => {
    expect(countedTables).toEqual(expect.arrayContaining(derived));
    expect(backupTables.filter((table) => derived.includes(table))).toEqual([]);
  });

  test("nothing is counted for a workspace that does not exist", async () => {
    expect(await takeCounting(db, -1, new Date())).toBeUndefined();
  });

  describe("with a row in every table", () => {
    let here: number;
    let there: number;
    beforeAll(async () => {
      here = await fillWorkspace(db);
      there = await fillWorkspace(db);
      for (const table of await readTables(db)) {
        if (homeless.includes(table)) continue;
        const own = sql`workspace_id in (${here}, ${there})`;
        const { rows } = await sql`select from ${sql.table(table)} where ${own}`.execute(db);
        expect(rows.length, `fillWorkspace makes no row in ${table}`).toBeGreaterThanOrEqual(2);
      }
    });

    test("a copy of a row cannot be put into a workspace that does not exist", async () => {
      for (const table of await readTables(db)) {
        if (homeless.includes(table) || derived.includes(table)) continue;
        const copy = copyRow(table, here, -1);
        await expect(copy.execute(db), table).rejects.toMatchObject({ code: "23503" });
      }
    });

    test("a copy of a row cannot be put beside another workspace's rows", async () => {
      const references = await readReferences(db);
      const pointing = references.filter(({ target }) => target !== "workspaces");
      for (const table of new Set(pointing.map((reference) => reference.table))) {
        const copy = copyRow(table, here, there);
        await expect(copy.execute(db), table).rejects.toMatchObject({ code: "23503" });
      }
    });

    test("no single reference can be turned to another workspace's row", async () => {
      const references = await readReferences(db);
      for (const { table, target, columns, targetColumns } of references) {
        if (target === "workspaces") continue;
        const changes = columns.slice(1).map((column, index) => {
          const wanted = sql.ref(targetColumns[index + 1] ?? "");
          const theirs = sql`select ${wanted} from ${sql.table(target)} where workspace_id = ${there} limit 1`;
          return sql`${sql.ref(column)} = (${theirs})`;
        });
        // Of rows that refer to this or to something else only those that refer to this.
        const held = sql`workspace_id = ${here}
          and num_nulls(${sql.join(columns.map((column) => sql.ref(column)))}) = 0`;
        const turn = sql`update ${sql.table(table)} set ${sql.join(changes)} where ${held}
          or workspace_id = ${here} and not exists (select from ${sql.table(table)} where ${held})`;
        const note = `${table} (${columns.join(", ")}) to ${target}`;
        await expect(turn.execute(db), note).rejects.toMatchObject({ code: "23503" });
      }
    });

    test("counts do not outlive the row of counting they were made under, nor take another workspace's along", async () => {
      await forgetCounts(db, here);
      await takeCounting(db, here, new Date());
      for (const table of counted) {
        const { rows } = await sql<{ id: number }>`select distinct workspace_id as id
          from ${sql.table(table)} where workspace_id in (${here}, ${there})`.execute(db);
        expect(rows, table).toEqual([{ id: there }]);
      }
    });
  });
});

/** An insert of a row like one of `from`, but said to belong to `to`. */
function copyRow(table: string, from: number, to: number) {
  const target = sql.table(table);
  return sql`insert into ${target} overriding system value
    select copy.* from ${target} as original, jsonb_populate_record(
      original, jsonb_build_object('workspace_id', ${to}::int, 'external_id', 'copy', 'number', 4711)) as copy
    where original.workspace_id = ${from} limit 1`;
}
