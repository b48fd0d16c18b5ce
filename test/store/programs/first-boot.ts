/** Makes a new embedded database in a folder: node first-boot.ts FOLDER */
import { createLog } from "../../../src/log.ts";
import { openEmbedded } from "../../../src/store/embedded.ts";

await openEmbedded({ dataFolder: process.argv[2] ?? "", log: createLog("warn") });
process.stdout.write("ready\n");
