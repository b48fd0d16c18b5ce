/**
 * What planning costs in a workspace of 50 000 people: `node bench/planning.ts`, on a PostgreSQL of
 * its own; with `embedded` on an embedded database. Beginning a programme with everybody at once,
 * 10 000 chats that are asked about at once, a firing for everybody, and the minutes in which nothing
 * is new, which are nearly all of them.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import type { Engine } from "../src/engine.ts";
import { createLog } from "../src/log.ts";
import { createLedger } from "../src/people/ledger.ts";
import { makeSchedule, type ScheduleInput } from "../src/scheduling/definition/schedule.ts";
import { createJobs } from "../src/scheduling/jobs/jobs.ts";
import { planDue } from "../src/scheduling/plan/plan-due.ts";
import { planRuns } from "../src/scheduling/plan/plan-run.ts";
import { openDatabase } from "../src/store/database.ts";
import { migrateToLatest } from "../src/store/migrate.ts";
import { beginRun } from "../src/store/schedule-runs.ts";
import { readSchedule, saveSchedule, switchSchedule } from "../src/store/schedules.ts";
import { ensureSurveys } from "../src/store/surveys.ts";
import { ensureWorkspace } from "../src/store/workspaces.ts";
import { standardSurveys } from "../src/surveys/standard.ts";
import { createTokens } from "../src/surveys/tokens.ts";
import { createTestClock } from "../test/support/clock.ts";
import { startPostgres } from "../test/support/postgres.ts";

const PEOPLE = 50_000;
const CHATS = 10_000;
const DAY_MS = 24 * 60 * 60 * 1000;

const folder = mkdtempSync(join(tmpdir(), "aftertalk-bench-"));
const embedded = process.argv.includes("embedded");
const server = embedded ? undefined : await startPostgres({ folder, careless: true });
const log = createLog("warn");
const database = await openDatabase({
  databaseUrl: server?.url("postgres"),
  dataFolder: folder,
  log,
});
await migrateToLatest(database);
const { db } = database;
const clock = createTestClock();
const { id: workspaceId } = await ensureWorkspace(db, {
  ...{ name: "Acme", timeZone: "Europe/Paris", locale: "en" },
});
await ensureSurveys(db, workspaceId, standardSurveys("Acme"));
const jobs = createJobs({ database: database.jobsDatabase, kind: database.kind, log });
const engine: Engine = {
  ...{ db, patiently: database.patiently, clock, jobs, log, reach: () => {} },
  tokens: createTokens("a secret of at least thirty-two characters"),
  ledger: createLedger(Buffer.alloc(32, "ledger")),
};

async function fill(): Promise<void> {
  const now = clock.now();
  await sql`insert into connections (workspace_id, id, platform, external_id, name)
    values (${workspaceId}, gen_random_uuid(), 'slack', 'T1', 'Acme')`.execute(db);
  await sql`insert into people (workspace_id, id, name, created_at, time_zone, active_at)
    select ${workspaceId}, gen_random_uuid(), 'Person ' || n,
      ${now}::timestamptz - n % 700 * interval '1 day' - interval '1 day', 'Europe/Paris',
      ${now}::timestamptz - n % 90 * interval '1 day'
    from generate_series(1, ${PEOPLE}::int) n`.execute(db);
  await sql`insert into identities (workspace_id, connection_id, external_id, person_id)
    select p.workspace_id, c.id, p.id, p.id from people p join connections c using (workspace_id)`.execute(
    db,
  );
  await sql`insert into chats (workspace_id, id, connection_id, external_id, customer_id, state,
      closings, opened_at, closed_at, last_message_at)
    select p.workspace_id, gen_random_uuid(), c.id, p.id, p.id, 'closed', 1, ${now}, ${now}, ${now}
    from people p join connections c using (workspace_id)`.execute(db);
  // Of most of them the closing is too old to be asked about.
  await sql`update chats set closed_at = closed_at - interval '20 days'
    where id not in (select id from chats limit ${CHATS}::int)`.execute(db);
  await sql`analyze`.execute(db);
}

async function on(written: ScheduleInput): Promise<void> {
  await saveSchedule(db, workspaceId, makeSchedule(written), "operator", clock.now());
  await switchSchedule(db, workspaceId, written.name, "on", clock.now());
}

async function time(what: string, work: () => Promise<number>): Promise<void> {
  const from = performance.now();
  const planned = await work();
  const ms = performance.now() - from;
  const rate = planned === 0 ? "" : `, ${Math.round((planned / ms) * 1000)} a second`;
  const megabytes = Math.round(process.memoryUsage().rss / 2 ** 20);
  console.log(`${what}: ${planned} planned in ${Math.round(ms)} ms${rate}; ${megabytes} MB`);
}

await fill();
await on({
  ...{ name: "relationship", kind: "relationship", repeatAfter: "90d" },
  steps: [{ survey: "relationship-nps", after: "30d" }],
  trigger: { on: "person-joined" },
});
await time("a programme begins with everybody", () => planDue(engine));
await on({
  ...{ name: "still-solved", kind: "still-solved", survey: "still-solved" },
  trigger: { on: "chat-closed", delay: "3d" },
});
for (const [name, kind, trigger] of [
  ["churn-check-in", "churn", { on: "signals-reached", tier: "watch" }],
  ["exit", "exit", { on: "person-left" }],
  ["account-exit", "exit", { on: "account-left" }],
  ["renewal", "other", { on: "date", date: "renewal", before: "30d" }],
  ["unhappy", "other", { on: "answer-given", metric: "nps", from: 0, to: 6 }],
] as const)
  await on({ name, kind, survey: "relationship-nps", trigger });
await time("a minute with nothing new, seven schedules", () => planDue(engine));
clock.advance(3 * DAY_MS);
await time("10 000 chats at once and three days of the programme", () => planDue(engine));
await time("the minute after", () => planDue(engine));
await on({
  ...{ name: "yearly", kind: "other", survey: "relationship-nps" },
  trigger: { on: "cron", cron: "0 9 * * 1" },
});
const yearly = await readSchedule(db, workspaceId, "yearly");
if (yearly !== undefined) {
  const run = { fireAt: clock.now(), outcome: null };
  await beginRun(db, { workspaceId, id: yearly.id }, run, clock.now());
  await time("a firing for everybody", () => planRuns(engine));
}
await database.close();
await server?.stop();
rmSync(folder, { recursive: true, force: true });
