/**
 * How fast answers and figures go out as files and in again, and what it takes:
 * `node bench/export.ts [answers]` (100 000 unless told). Each line is the command line as somebody
 * types it, in a process of its own, on a real PostgreSQL with one workspace of three years.
 */
import { spawn } from "node:child_process";
import { closeSync, mkdtempSync, openSync, rmSync, statSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import pg from "pg";
import { createLog } from "../src/log.ts";
import { migrateToLatest } from "../src/store/migrate.ts";
import { openPostgres } from "../src/store/postgres.ts";
import { runOn } from "../test/support/postgres.ts";
import { countEverything } from "./summaries/counting.ts";
import { fillOurs, makeAnswers, YEARS } from "./summaries/data.ts";
import { startServer } from "./summaries/server.ts";

const YEAR_MS = 365.25 * 24 * 60 * 60 * 1000;
const answers = Number(process.argv[2] ?? 100_000);
const print = (line: string) => process.stdout.write(`${line}\n`);

/** Tells the most memory that the process ever had, in KB, when it ends. */
const tell = `import { writeSync } from "node:fs";
  process.on("exit", () => writeSync(3, String(process.resourceUsage().maxRSS)));`;
const main = join(import.meta.dirname, "../src/main.ts");

interface Ran {
  readonly code: number | null;
  readonly firstRowMs: number;
  readonly seconds: number;
  readonly lines: number;
  readonly megabytes: number;
}

/** Runs a command; with `into` what it says on standard output goes there. */
async function run(url: string, args: readonly string[], into?: string): Promise<Ran> {
  const began = performance.now();
  const child = spawn(
    process.execPath,
    ["--import", `data:text/javascript,${encodeURIComponent(tell)}`, main, ...args],
    {
      env: { ...process.env, DATABASE_URL: url, AFTERTALK_DATA_DIR: folder },
      stdio: ["ignore", "pipe", "ignore", "pipe"],
    },
  );
  const memory = text(child.stdio[3] as Readable);
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  const file = into === undefined ? undefined : openSync(into, "w", 0o600);
  let lines = 0;
  let firstRowMs = 0;
  for await (const chunk of child.stdio[1] as AsyncIterable<Buffer>) {
    for (const byte of chunk) if (byte === NEWLINE) lines += 1;
    // The first line of a CSV file are the names of its columns.
    if (firstRowMs === 0 && lines > 1) firstRowMs = performance.now() - began;
    if (file !== undefined) writeSync(file, chunk);
  }
  const code = await ended;
  const seconds = (performance.now() - began) / 1000;
  if (file !== undefined) closeSync(file);
  return { code, firstRowMs, seconds, lines, megabytes: Number(await memory) / 1024 };
}

const NEWLINE = 0x0a;

function tellRun(what: string, rows: number, { code, firstRowMs, seconds, megabytes }: Ran): void {
  if (code !== 0) throw new Error(`${what} ended with ${code}`);
  const cells = [
    what.padEnd(34),
    `${rows.toLocaleString("en")} rows`.padStart(15),
    `${seconds.toFixed(1)} s`.padStart(9),
    `${Math.round(rows / seconds).toLocaleString("en")} rows/s`.padStart(16),
    firstRowMs === 0 ? "".padStart(18) : `first row ${Math.round(firstRowMs)} ms`.padStart(18),
    `${Math.round(megabytes)} MB`.padStart(8),
  ];
  print(cells.join(" "));
}

/** A new database with an empty schema. */
async function create(name: string): Promise<string> {
  await runOn(server.url("postgres"), `create database ${name}`);
  return server.url(name);
}

/** One workspace: scores, and a comment beside each fourth. */
async function fill(url: string): Promise<void> {
  const now = new Date();
  const log = createLog("error");
  const database = await openPostgres({ databaseUrl: url, log, limits: { connection: 20_000 } });
  await migrateToLatest(database);
  const client = new pg.Client({ connectionString: url });
  // Without it the end of the server would hide why the run ended.
  client.on("error", () => {});
  await client.connect();
  await makeAnswers(client, { answers, workspaces: 1, until: new Date(now.getTime() - 60_000) });
  await fillOurs(client, 1, new Date(now.getTime() - YEARS * YEAR_MS));
  await client.query("drop table made");
  await countEverything(database);
  await client.query("vacuum analyze");
  await client.end();
  await database.close();
}

const folder = mkdtempSync(join(tmpdir(), "aftertalk-export-"));
const server = await startServer();
try {
  const url = await create("bench_export");
  await fill(url);
  const csv = join(folder, "answers.csv");
  tellRun(
    "answers of one day (what it has to have)",
    1,
    await run(url, ["export", "answers", "--from", "2020-01-01", "--to", "2020-01-01"]),
  );
  const whole = await run(url, ["export", "answers", "--format", "csv"], csv);
  const rows = whole.lines - 1;
  tellRun("export answers, CSV", rows, whole);
  const lines = await run(url, ["export", "answers", "--format", "jsonl"]);
  tellRun("export answers, JSON lines", lines.lines, lines);
  for (const every of ["month", "day"]) {
    const summary = await run(url, ["export", "summary", "--every", every]);
    tellRun(`export summary, every ${every}`, summary.lines - 1, summary);
  }
  const by = await run(url, ["export", "summary", "--every", "month", "--by", "team"]);
  tellRun("export summary, months by team", by.lines - 1, by);
  const again = await create("bench_import");
  tellRun("import of that CSV", rows, await run(again, ["import", csv]));
  tellRun("the same again: all is there", rows, await run(again, ["import", csv]));
  print(`The CSV has ${Math.round(statSync(csv).size / 2 ** 20)} MB.`);
} finally {
  await server.stop();
  rmSync(folder, { recursive: true });
}
