/**
 * Takes part in a race for the locks of several folders, all of them begun at the same instant:
 * node race-for-lock.ts START_MS GAP_MS FOLDER…; prints the folders that it won and keeps them.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { hasCode } from "../../../src/errors.ts";
import { lockFolder } from "../../../src/store/folder-lock.ts";

const [start = 0, gap = 0] = process.argv.slice(2, 4).map(Number);
const won: string[] = [];
for (const [round, folder] of process.argv.slice(4).entries()) {
  const begin = start + round * gap;
  await sleep(Math.max(0, begin - Date.now() - 5));
  // Busy for the last moments: a timer would scatter the starters over milliseconds.
  while (Date.now() < begin);
  try {
    await lockFolder(folder, () => process.exit(1));
    won.push(folder);
  } catch (error) {
    if (!hasCode(error, "data-in-use")) throw error;
  }
}
process.stdout.write(`${JSON.stringify(won)}\n`);
setInterval(() => {}, 1_000);
