import { sql } from "kysely";
import { beforeAll, describe, expect, test } from "vitest";
import { newId } from "../../src/store/ids.ts";
import type { Db } from "../../src/store/schema.ts";
import { describeEachDatabase, type TestDatabase } from "../support/database.ts";
import {
  insertCase,
  insertChat,
  insertConnection,
  insertInvitation,
  insertPerson,
  insertSurvey,
  insertWorkspace,
} from "../support/database-rows.ts";

interface Key {
  readonly table: string;
  readonly columns: string[];
}

interface Reference extends Key {
  readonly target: string;
  readonly targetColumns: string[];
}

/**
 * The one table that is a tenant, the one key by which an event finds its tenant, and what a
 * platform's adapter remembers of the platform itself before it knows of any tenant.
 */
const exempt = ["workspaces (id)", "connections (platform, external_id)", "notes (platform, name)"];

/** Tables that belong to no workspace. */
const homeless = ["notes", "workspaces"];

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

/** A row in every table, each pointing to as many others as it can. */
async function fillWorkspace(db: Db): Promise<number> {
  const workspace_id = await insertWorkspace(db);
  const account_id = newId();
  const account = { id: account_id, external_id: "acme", name: "Acme" };
  await db
    .insertInto("accounts")
    .values({ workspace_id, ...account })
    .execute();
  const person_id = await insertPerson(db, workspace_id, { account_id });
  const connection_id = await insertConnection(db, workspace_id);
  const identity = { connection_id, external_id: "u1", person_id };
  await db
    .insertInto("identities")
    .values({ workspace_id, ...identity })
    .execute();
  const chat_id = await insertChat(db, workspace_id, connection_id, { customer_id: person_id });
  const handler = { chat_id, closing: 1, person_id, messages: 1 };
  await db
    .insertInto("handlers")
    .values({ workspace_id, ...handler })
    .execute();
  const survey_id = await insertSurvey(db, workspace_id);
  const links = { person_id, connection_id, chat_id };
  const invitation_id = await insertInvitation(db, workspace_id, survey_id, links);
  const at = new Date();
  const about = { invitation_id, question: "why", text: "fine", answered_at: at };
  const asked = { survey_id, survey_version: 1, person_id, chat_id };
  await db
    .insertInto("answers")
    .values({ workspace_id, ...about, ...asked })
    .execute();
  const before = { revision: 1, replaced_at: at };
  await db
    .insertInto("answer_history")
    .values({ workspace_id, ...about, ...before })
    .execute();
  const decision = { id: newId(), invitation_id, reason: "fine", decided_at: at };
  await db
    .insertInto("decisions")
    .values({ workspace_id, verdict: "ask", ...decision })
    .execute();
  const delivery = { id: newId(), key: newId(), purpose: "ask", address: "{}", message: "{}" };
  const to = { connection_id, invitation_id, person_id };
  await db
    .insertInto("deliveries")
    .values({ workspace_id, ...delivery, ...to })
    .execute();
  const event = { connection_id, event_id: "e1", kind: "command" };
  const hold = { connection_id, place: "*", kind: "wait", until: at } as const;
  await db
    .insertInto("holds")
    .values({ workspace_id, ...hold })
    .execute();
  const read = { connection_id, place: "c1", position: "m1", kept_at: at };
  await db
    .insertInto("bookmarks")
    .values({ workspace_id, ...read })
    .execute();
  await db
    .insertInto("inbox")
    .values({ workspace_id, ...event })
    .execute();
  const entry = { at, actor: "system", action: "test" };
  await db
    .insertInto("audit")
    .values({ workspace_id, ...entry })
    .execute();
  await fillRights(db, workspace_id, { person_id, connection_id, survey_id });
  await fillCases(db, workspace_id, { person_id, connection_id, chat_id, invitation_id });
  return workspace_id;
}

/** Who is who, what is sealed, what was forgotten. */
async function fillRights(
  db: Db,
  workspace_id: number,
  refs: { person_id: string; connection_id: string; survey_id: string },
): Promise<void> {
  const { person_id, connection_id, survey_id } = refs;
  const at = new Date();
  const who = { kept: person_id, absorbed: newId(), people: [person_id] };
  await db
    .insertInto("merges")
    .values({ workspace_id, id: newId(), at, actor: "operator", how: "link", ...who })
    .execute();
  const secret = { name: "ledger", key_id: "k1", sealed: "…", kept_at: at };
  await db
    .insertInto("secrets")
    .values({ workspace_id, ...secret })
    .execute();
  await db.insertInto("forgotten").values({ workspace_id, hash: "h1", forgotten_at: at }).execute();
  const erasure_id = newId();
  const erasure = { id: erasure_id, requested_at: at, requested_by: "person" } as const;
  await db
    .insertInto("erasures")
    .values({ workspace_id, ...erasure })
    .execute();
  await db
    .insertInto("erasure_targets")
    .values({ workspace_id, erasure_id, id: newId(), connection_id, target: "{}" })
    .execute();
  const counted = { survey_id, survey_version: 1, day: "2026-02-28", what: "asked", n: 1 } as const;
  await db
    .insertInto("anonymous_counts")
    .values({ workspace_id, ...counted })
    .execute();
}

/** A case of somebody, what happened in it, and words that may be quoted. */
async function fillCases(
  db: Db,
  workspace_id: number,
  refs: { person_id: string; connection_id: string; chat_id: string; invitation_id: string },
): Promise<void> {
  const { person_id, invitation_id } = refs;
  const at = new Date();
  const case_id = await insertCase(db, workspace_id, { ...refs, human_id: person_id });
  await db
    .insertInto("case_events")
    .values({ workspace_id, id: newId(), case_id, at, kind: "opened", actor_id: person_id })
    .execute();
  const words = { text: "Great", wording: "1", language: "en", state: "asked" } as const;
  await db
    .insertInto("quotes")
    .values({ workspace_id, id: newId(), person_id, invitation_id, asked_at: at, ...words })
    .execute();
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
    expect(tables.filter((table) => !referring.has(table))).toEqual(homeless);
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
        if (homeless.includes(table)) continue;
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
        const turn = sql`update ${sql.table(table)} set ${sql.join(changes)}
          where workspace_id = ${here}`;
        const note = `${table} (${columns.join(", ")}) to ${target}`;
        await expect(turn.execute(db), note).rejects.toMatchObject({ code: "23503" });
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
