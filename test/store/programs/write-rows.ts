/**
 * Opens the embedded database of a folder and writes rows one after another, each in a transaction
 * of its own; prints a row's number when its commit was acknowledged: node write-rows.ts FOLDER
 * [LAST]. After row LAST it sends a statement that never ends, as a full disk makes of the next one.
 */
import { sql } from "kysely";
import { createLog } from "../../../src/log.ts";
import { openEmbedded } from "../../../src/store/embedded.ts";

const [dataFolder = "", stopAfter = "0"] = process.argv.slice(2);
const { db } = await openEmbedded({ dataFolder, log: createLog("warn") });
await sql`create table if not exists rows (id int primary key, text text, half int)`.execute(db);
const { rows } = await sql<{ last: number }>`select coalesce(max(id), 0) as last from rows`.execute(
  db,
);
for (let id = (rows[0]?.last ?? 0) + 1; ; id++) {
  const text = String(id).padEnd(2_000, "x");
  // Two statements: half a transaction would show as a row without its other half.
  await db.transaction().execute(async (trx) => {
    await sql`insert into rows (id, text) values (${id}, ${text})`.execute(trx);
    await sql`update rows set half = id where id = ${id}`.execute(trx);
  });
  process.stdout.write(`${id}\n`);
  if (id === Number(stopAfter)) await sql`do $$ begin loop end loop; end $$`.execute(db);
}
