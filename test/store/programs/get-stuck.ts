/**
 * Opens the embedded database of a folder and sends it a statement that never ends, as a full disk
 * makes of the next one: node get-stuck.ts FOLDER LIMIT_MS
 */
import { sql } from "kysely";
import { createLog } from "../../../src/log.ts";
import { openEmbedded } from "../../../src/store/embedded.ts";

const [dataFolder = "", limit = "0"] = process.argv.slice(2);
const { db } = await openEmbedded({
  dataFolder,
  log: createLog("warn"),
  limits: { statement: Number(limit) },
});
await sql`do $$ begin loop end loop; end $$`.execute(db);
