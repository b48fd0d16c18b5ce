/**
 * Takes and releases the lock of a folder so many times: node share-lock.ts FOLDER TIMES; prints how
 * often somebody else held it at the same time.
 */
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { hasCode } from "../../../src/errors.ts";
import { lockFolder } from "../../../src/store/folder-lock.ts";

const [folder = "", times = "0"] = process.argv.slice(2);
const marker = join(folder, "somebody-is-here");
let shared = 0;
for (let held = 0; held < Number(times); ) {
  try {
    const lock = await lockFolder(folder, () => process.exit(1));
    held += 1;
    try {
      writeFileSync(marker, "", { flag: "wx" });
      await sleep(Math.random() * 2);
      rmSync(marker);
    } catch {
      shared += 1;
    }
    await lock.release();
  } catch (error) {
    if (!hasCode(error, "data-in-use")) throw error;
  }
}
process.stdout.write(`${shared}\n`);
