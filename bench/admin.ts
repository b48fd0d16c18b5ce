/**
 * What admins do in a large workspace, through the inbox, as their platform hands it over:
 * `node bench/admin.ts`. Two workspaces of one PostgreSQL of its own, in turns, and one in an embedded
 * database; and how long a customer's press waits while somebody looks 30 days ahead.
 *
 *   BENCH_PEOPLE=5000,50000    sizes of the workspaces; for each person 20 answers, 4 chats, 4 lines of the audit log
 *   BENCH_EMBEDDED=10000       size of that in the embedded database; 0: none
 *   BENCH_ROUNDS=30            most repetitions
 *   BENCH_LIMIT_SECONDS=10     for all repetitions of one thing in one workspace
 *   BENCH_PARTS=commands,ahead what is measured
 *   BENCH_ONLY=audit           only what has this in its name
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { z } from "zod";
import { runOn, startPostgres } from "../test/support/postgres.ts";
import { type Ask, lookAheads, quickAsks } from "./admin/asks.ts";
import { measureAheads, measureQuick } from "./admin/measure.ts";
import { openEmbeddedStage, openServerStage, type Stage } from "./admin/stage.ts";
import { render, type Section } from "./summaries/report.ts";
import { describeMachine, serverSettings } from "./summaries/server.ts";

/** Customers' presses that each workspace has for all that is measured. */
const PRESSES = 500;

const count = z.coerce.number<string>().int();
const options = z
  .object({
    BENCH_PEOPLE: z
      .string()
      .default("5000,50000")
      .transform((text) => text.split(","))
      .pipe(z.array(count.min(100))),
    BENCH_EMBEDDED: count.min(0).default(10_000),
    BENCH_ROUNDS: count.min(1).default(30),
    BENCH_LIMIT_SECONDS: count.min(1).default(10),
    BENCH_PARTS: z
      .string()
      .default("commands,ahead")
      .transform((text) => text.split(","))
      .pipe(z.array(z.enum(["commands", "ahead"]))),
    BENCH_ONLY: z.string().default(""),
  })
  .parse(process.env);

const began = performance.now();
const progress = (line: string) => {
  const seconds = ((performance.now() - began) / 1000).toFixed(0).padStart(5);
  process.stderr.write(`${seconds} s  ${line}\n`);
};
const print = (section: Section) => process.stdout.write(`${render(section)}\n`);
const wanted = (part: "commands" | "ahead", asks: readonly Ask[]) =>
  options.BENCH_PARTS.includes(part)
    ? asks.filter(({ name }) => name.includes(options.BENCH_ONLY))
    : [];

async function measure(stage: Stage): Promise<void> {
  const limits = {
    rounds: options.BENCH_ROUNDS,
    limitMs: options.BENCH_LIMIT_SECONDS * 1000,
    progress,
  };
  try {
    const [quick, aheads] = [wanted("commands", quickAsks), wanted("ahead", lookAheads)];
    if (quick.length > 0) print(await measureQuick(stage, quick, limits));
    if (aheads.length > 0) print(await measureAheads(stage, aheads, limits));
  } finally {
    await stage.close();
  }
}

const stageOptions = { presses: PRESSES, progress };
if (options.BENCH_PEOPLE.length > 0) {
  const folder = mkdtempSync(join(tmpdir(), "aftertalk-bench-"));
  const settings = [...serverSettings, "shared_preload_libraries=pg_stat_statements"];
  const server = await startPostgres({ folder, careless: false, settings });
  try {
    const client = new pg.Client({ connectionString: server.url("postgres") });
    await client.connect();
    process.stdout.write(`${[...(await describeMachine(client)), ""].join("\n")}\n`);
    await client.end();
    await runOn(server.url("postgres"), "create database bench");
    const sizes = options.BENCH_PEOPLE;
    await measure(await openServerStage(server.url("bench"), { ...stageOptions, sizes }));
  } finally {
    await server.stop();
  }
}
if (options.BENCH_EMBEDDED > 0) {
  const folder = mkdtempSync(join(tmpdir(), "aftertalk-bench-"));
  try {
    const sizes = [options.BENCH_EMBEDDED];
    await measure(await openEmbeddedStage(folder, { ...stageOptions, sizes }));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
