/** Migrates an embedded database and is killed before statement N: node migrate-and-die.ts FOLDER N */
import type { KyselyPlugin } from "kysely";
import { createLog } from "../../../src/log.ts";
import type { Database } from "../../../src/store/database.ts";
import { openEmbedded } from "../../../src/store/embedded.ts";
import { migrateToLatest } from "../../../src/store/migrate.ts";

const [dataFolder = "", fatal = "0"] = process.argv.slice(2);
let statements = 0;

const dieInTime: KyselyPlugin = {
  transformQuery({ node }) {
    statements += 1;
    if (statements === Number(fatal)) process.kill(process.pid, "SIGKILL");
    return node;
  },
  transformResult: async ({ result }) => result,
};

const database = await openEmbedded({ dataFolder, log: createLog("warn") });
const counted: Database = {
  ...database,
  patiently: (work) => database.patiently((db) => work(db.withPlugin(dieInTime))),
};
await migrateToLatest(counted);
await database.close();
