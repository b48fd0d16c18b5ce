/**
 * How many due jobs a second: `node bench/jobs.ts`. 100,000 due at once on a PostgreSQL of its own,
 * worked on by one process and by two; ours through pg-boss with the batches of the service, beside a
 * plain lease loop (`for update skip locked`, batches of 500), in turns in the same run. The jobs do
 * nothing, so the queue is all that is measured. The ratio says more than the figures. Whether
 * anything was done twice is counted by the workers and in the tables.
 */
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { sql } from "kysely";
import { createLog } from "../src/log.ts";
import { createJobs } from "../src/scheduling/jobs/jobs.ts";
import { openPostgres } from "../src/store/postgres.ts";
import { inTransaction } from "../src/store/transaction.ts";
import { startPostgres } from "../test/support/postgres.ts";

const JOBS = Number(process.env.BENCH_JOBS ?? 100_000);
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 3);
const WORKER = fileURLToPath(new URL("jobs-worker.ts", import.meta.url));

type Way = "ours" | "plain";
interface Outcome {
  readonly perSecond: number;
  readonly rssMb: number;
}

const folder = mkdtempSync(join(tmpdir(), "aftertalk-bench-"));
const server = await startPostgres({ folder, careless: true });
const databaseUrl = server.url("postgres");
const log = createLog("silent");
const database = await openPostgres({ databaseUrl, log, limits: { connection: 20_000 } });
const jobs = createJobs({ database: database.jobsDatabase, kind: "postgres", log });
await jobs.start();
await sql`create table plain_jobs (
  id bigint primary key generated always as identity, data jsonb not null,
  due_at timestamptz not null default now(), lease_until timestamptz,
  attempt integer not null default 0, done boolean not null default false
)`.execute(database.db);
await sql`create index plain_due on plain_jobs (due_at, id) where not done`.execute(database.db);

async function fill(way: Way): Promise<void> {
  if (way === "plain") {
    await sql`truncate plain_jobs`.execute(database.db);
    await sql`insert into plain_jobs (data)
      select json_build_object('workspaceId', 1, 'invitationId', gen_random_uuid())
      from generate_series(1, ${JOBS}::int)`.execute(database.db);
    await sql`vacuum analyze plain_jobs`.execute(database.db);
    return;
  }
  await sql`delete from pgboss.job where name = 'ask'`.execute(database.db);
  const items = Array.from({ length: JOBS }, () => ({
    data: { workspaceId: 1, invitationId: crypto.randomUUID() },
  }));
  await inTransaction(database.db, (transaction) => jobs.enqueueAll(transaction, "ask", items));
  await sql`vacuum analyze`.execute(database.db);
}

/** Jobs that the tables call done. */
async function countDone(way: Way): Promise<number> {
  const { rows } =
    way === "plain"
      ? await sql<{
          n: number;
        }>`select count(*)::int as n from plain_jobs where done and attempt = 1`.execute(
          database.db,
        )
      : await sql<{ n: number }>`select count(*)::int as n from pgboss.job
          where name = 'ask' and state = 'completed' and retry_count = 0`.execute(database.db);
  return rows[0]?.n ?? 0;
}

async function play(way: Way, processes: number): Promise<Outcome> {
  await fill(way);
  const workers = Array.from({ length: processes }, () => fork(WORKER, [way, databaseUrl]));
  const told = new Map<ChildProcess, { done: number; rss: number }>();
  await Promise.all(workers.map((worker) => once(worker, "message")));
  const finished = Promise.withResolvers<number>();
  for (const worker of workers) {
    worker.on("message", (message: { done: number; rss: number }) => {
      told.set(worker, {
        done: message.done,
        rss: Math.max(message.rss, told.get(worker)?.rss ?? 0),
      });
      if (sum() >= JOBS) finished.resolve(performance.now());
    });
  }
  const sum = () => [...told.values()].reduce((all, { done }) => all + done, 0);
  const begun = performance.now();
  for (const worker of workers) worker.send("go");
  const ms = (await finished.promise) - begun;
  const gone = workers.map((worker) => once(worker, "exit"));
  for (const worker of workers) worker.send("end");
  await Promise.all(gone);
  const done = await countDone(way);
  if (sum() !== JOBS || done !== JOBS)
    throw new Error(`${way}: done ${sum()} times, ${done} of ${JOBS} once`);
  const rssMb = Math.max(...[...told.values()].map(({ rss }) => rss)) / 2 ** 20;
  return { perSecond: (JOBS / ms) * 1000, rssMb };
}

/** The median of an odd number of rounds. */
function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

const cases = [
  { way: "plain", processes: 1 },
  { way: "ours", processes: 1 },
  { way: "plain", processes: 2 },
  { way: "ours", processes: 2 },
] as const;
const outcomes = new Map<(typeof cases)[number], Outcome[]>(cases.map((each) => [each, []]));
try {
  for (let round = 0; round < ROUNDS; round++) {
    for (const each of cases) outcomes.get(each)?.push(await play(each.way, each.processes));
  }
  const rate = (way: Way, processes: number) =>
    median(
      cases
        .filter((each) => each.way === way && each.processes === processes)
        .flatMap((each) => outcomes.get(each)?.map(({ perSecond }) => perSecond) ?? []),
    );
  for (const [{ way, processes }, rounds] of outcomes) {
    const rates = rounds.map(({ perSecond }) => Math.round(perSecond).toLocaleString("en"));
    const rss = Math.round(Math.max(...rounds.map(({ rssMb }) => rssMb)));
    console.log(
      `${way.padEnd(5)} ${processes} process(es): ${rates.join(", ")} jobs/s; ${rss} MB each`,
    );
  }
  console.log(
    `ours / plain: ${(rate("ours", 1) / rate("plain", 1)).toFixed(2)} with one process, ${(rate("ours", 2) / rate("plain", 2)).toFixed(2)} with two`,
  );
  console.log(
    `two / one: ours ${(rate("ours", 2) / rate("ours", 1)).toFixed(2)}, plain ${(rate("plain", 2) / rate("plain", 1)).toFixed(2)}`,
  );
  console.log("nothing twice, nothing left");
} finally {
  await jobs.stop();
  await database.close();
  await server.stop();
}
