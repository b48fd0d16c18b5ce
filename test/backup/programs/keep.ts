/**
 * Something long that ends itself in the middle as a crash would: `reseal SECRET PREVIOUS`,
 * `restore FILE` or `retention`, on the data folder or the address that is named first.
 */
import { checkBackup } from "../../../src/backup/read.ts";
import { restoreBackup } from "../../../src/backup/restore.ts";
import { createLog } from "../../../src/log.ts";
import { runRetention } from "../../../src/scheduling/retention.ts";
import { openDatabase } from "../../../src/store/database.ts";
import { listWorkspaces } from "../../../src/store/workspaces.ts";
import { resealAll } from "../../../src/vault/reseal.ts";
import { createVault } from "../../../src/vault.ts";

const [place = "", what = "", first = "", second = ""] = process.argv.slice(2);
const die = () => process.kill(process.pid, "SIGKILL");
const log = createLog("error");
const databaseUrl = place.startsWith("postgres:") ? place : undefined;
const database = await openDatabase({ databaseUrl, dataFolder: place, log });
const now = new Date("2026-11-02T12:00:00Z");

if (what === "reseal") {
  let sealed = 0;
  const vault = createVault({ secret: first, previous: [second] });
  const mortal: typeof vault = {
    ...vault,
    seal(text, belongs) {
      sealed += 1;
      if (sealed > 3) die();
      return vault.seal(text, belongs);
    },
  };
  for (const { id } of await listWorkspaces(database.db)) {
    await resealAll(database.db, mortal, id, now);
  }
}
if (what === "restore") {
  const jobs = { enqueue: async () => {} };
  const summary = await checkBackup(first);
  let pieces = 0;
  const onProgress = () => {
    pieces += 1;
    if (pieces === 9) die();
  };
  await restoreBackup(database, { file: first, summary, jobs, now, replace: true, onProgress });
}
if (what === "retention") {
  const engine = { db: database.db, clock: { now: () => now }, log };
  await runRetention(engine, () => void die());
}
process.exit(3); // it should not have come as far as this
