/**
 * A thread that reads a large file on a heap that is much smaller, and says how many rows it saw and
 * how far reading was ahead of them at most. `keep`: keeps the rows, for which the heap is too small.
 */
import { parentPort, workerData } from "node:worker_threads";
import { readRecords } from "../../../src/importing/records.ts";

const { blocks, keep } = workerData as { readonly blocks: number; readonly keep: boolean };
const ROWS = 500;
const row = `nps,9,2026-10-01T10:00:00Z,"${"what they said ".repeat(6)}"\n`;
const block = Buffer.from(row.repeat(ROWS));

let taken = 0;
let count = 0;
let ahead = 0;
const kept: unknown[] = [];

async function* source() {
  for (let i = 0; i < blocks; i++) {
    taken += block.length;
    ahead = Math.max(ahead, taken - count * row.length);
    yield block;
  }
}

for await (const record of readRecords(source())) {
  count += 1;
  if (keep) kept.push(record);
}
parentPort?.postMessage({ count, ahead });
