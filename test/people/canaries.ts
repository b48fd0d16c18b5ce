/** A unique word in every personal field of somebody, and where such words are looked for. */
import { type RawBuilder, sql } from "kysely";
import {
  personalColumns,
  personalData,
  type TableEntry,
  type Who,
} from "../../src/store/personal-data.ts";
import type { Db } from "../../src/store/schema.ts";

/**
 * Words of the workspace and of the program that stand in rows about people: nobody else can write
 * them, and counts and the log are made of them.
 */
const words = new Set([
  ...["answers.question", "answers.metric", "answers.team", "cases.team"],
  ...["chats.team", "chats.touchpoint", "audit.action", "audit.details", "audit.origin"],
]);

/** A check, a type: no free words can be there. */
const REFUSED = new Set(["23514", "22P02", "23503"]);

/** Puts canaries into every personal column that can hold words; gives them by column. */
export async function plantCanaries(
  db: Db,
  who: Who,
  run: string,
): Promise<ReadonlyMap<string, string>> {
  const planted = new Map<string, string>();
  for (const [table, entry] of Object.entries<TableEntry>(personalData)) {
    if (entry.about === undefined) continue;
    const types = await columnTypes(db, table);
    const own = sql`workspace_id = ${who.workspaceId} and ${entry.about(who)} and ${free(table)}`;
    for (const column of personalColumns(entry)) {
      const name = `${table}.${column}`;
      const canary = `canary${run}_${table}_${column}_`;
      // Unlike the others it is found by what it says: last, below.
      const value = name === "holds.place" ? undefined : wordFor(name, types.get(column), canary);
      if (value === undefined || words.has(name)) continue;
      const set = (where: RawBuilder<unknown>) =>
        tried(db, sql`update ${sql.table(table)} set ${sql.ref(column)} = ${value} where ${where}`);
      // Of a score, a choice and words an answer has one.
      const rows = (await set(own)) || (await set(sql`${own} and ${sql.ref(column)} is not null`));
      if (rows > 0) planted.set(name, canary);
    }
  }
  await sql`update holds set place = jsonb_build_array('direct', (select external_id from identities
    where workspace_id = ${who.workspaceId} and person_id = ${who.people.at(-1)}))::text
    where workspace_id = ${who.workspaceId} and reason like ${`canary${run}%`}`.execute(db);
  return planted;
}

/** Rows that free words can be in: what was changed is the workspace's, what never came about is not. */
function free(table: string): RawBuilder<unknown> {
  return table === "change_sets" ? sql`state in ('offered', 'refused', 'withdrawn')` : sql`true`;
}

/** How many rows were changed. */
async function tried(db: Db, update: RawBuilder<unknown>): Promise<number> {
  try {
    return Number((await update.execute(db)).numAffectedRows);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    if (REFUSED.has(code)) return 0;
    throw error;
  }
}

async function columnTypes(db: Db, table: string): Promise<Map<string, string>> {
  const { rows } = await sql<{ column_name: string; data_type: string }>`
    select column_name, case data_type when 'ARRAY' then udt_name else data_type end as data_type
    from information_schema.columns
    where table_schema = 'public' and table_name = ${table}`.execute(db);
  return new Map(rows.map((row) => [row.column_name, row.data_type]));
}

function wordFor(name: string, type: string | undefined, canary: string) {
  // A word for each row, where a key has to be unique.
  const word = sql`${canary}::text || ctid::text`;
  if (name === "deliveries.address")
    return sql`jsonb_build_object('kind', 'direct', 'userId', ${word})`;
  if (name === "deliveries.message")
    return sql`jsonb_build_object('summary', ${word}, 'parts', '[]'::jsonb, 'locale', 'en')`;
  switch (type) {
    case "text":
      return word;
    case "jsonb":
      return sql`jsonb_build_object('canary', ${word})`;
    case "_text":
      return sql`array[${word}]`;
    default:
      return undefined;
  }
}

/** Every row of every table, the job queue's too, as text. */
export async function dump(db: Db): Promise<string> {
  const { rows: tables } = await sql<{ schema: string; name: string }>`
    select table_schema as schema, table_name as name from information_schema.tables
    where table_schema in ('public', 'pgboss') and table_type = 'BASE TABLE'`.execute(db);
  const texts: string[] = [];
  for (const { schema, name } of tables) {
    const { rows } = await sql<{ row: string }>`
      select to_jsonb(t)::text as row from ${sql.table(`${schema}.${name}`)} t`.execute(db);
    texts.push(...rows.map(({ row }) => `${schema}.${name} ${row}`));
  }
  return texts.join("\n");
}
