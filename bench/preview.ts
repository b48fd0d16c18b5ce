/**
 * How long a preview takes and what it holds: `node --expose-gc bench/preview.ts [people]`. A
 * relationship programme over 30 days on a real PostgreSQL, beside an onboarding and a weekly
 * question with a daily cap, and with four in ten people chatting in a month.
 */
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import { createLog } from "../src/log.ts";
import { makeSchedule, type ScheduleInput } from "../src/scheduling/definition/schedule.ts";
import { previewSchedule } from "../src/scheduling/preview/preview.ts";
import { migrateToLatest } from "../src/store/migrate.ts";
import { openPostgres } from "../src/store/postgres.ts";
import { saveSchedule, switchSchedule } from "../src/store/schedules.ts";
import type { Db } from "../src/store/schema.ts";
import { ensureSurveys } from "../src/store/surveys.ts";
import { inSnapshot } from "../src/store/transaction.ts";
import { standardSurveys } from "../src/surveys/standard.ts";
import { insertConnection, insertWorkspace } from "../test/support/database-rows.ts";
import { runOn, startPostgres } from "../test/support/postgres.ts";

const now = new Date("2026-11-02T12:00:00Z");
const zones = ["UTC", "Europe/Paris", "America/New_York", "Asia/Tokyo", "Asia/Kolkata"];
const people = Number(process.argv[2] ?? 50_000);
const print = (line: string) => process.stdout.write(`${line}\n`);

const written: ScheduleInput[] = [
  {
    ...{ name: "relationship", kind: "relationship", trigger: { on: "person-joined" } },
    ...{ steps: [{ survey: "relationship-nps", after: "30d" }], repeatAfter: "90d" },
  },
  {
    ...{ name: "onboarding", kind: "onboarding", trigger: { on: "person-joined" } },
    steps: [{ survey: "onboarding-ces", after: "7d" }],
  },
  {
    ...{ name: "weekly", kind: "other", survey: "relationship-nps" },
    trigger: { on: "cron", cron: "0 9 * * 1" },
    limits: { sample: 0.1, perDay: 300, every: "30d" },
  },
  {
    ...{ name: "solved", kind: "still-solved", survey: "still-solved" },
    trigger: { on: "chat-closed", delay: "3d" },
  },
];

async function fill(db: Db): Promise<number> {
  const workspaceId = await insertWorkspace(db);
  const connectionId = await insertConnection(db, workspaceId, { platform: "slack" });
  await ensureSurveys(db, workspaceId, standardSurveys("Acme"));
  const made = sql`generate_series(1, ${people}::int) n`;
  const id = sql`md5(n::text)::uuid`;
  const hours = (n: number) => sql`${now}::timestamptz - (n % ${n}) * interval '1 hour'`;
  await sql`insert into people (workspace_id, id, name, time_zone, created_at)
    select ${workspaceId}::int, ${id}, 'Ada', (${zones}::text[])[1 + n % ${zones.length}],
      ${hours(9000)} from ${made}`.execute(db);
  await sql`insert into identities (workspace_id, connection_id, external_id, person_id)
    select ${workspaceId}::int, ${connectionId}::uuid, n, ${id} from ${made}`.execute(db);
  await sql`insert into chats (workspace_id, id, connection_id, external_id, customer_id, state,
      closings, close_reason, opened_at, closed_at, first_replied_at, customer_messages)
    select ${workspaceId}::int, md5('c' || n)::uuid, ${connectionId}::uuid, n, ${id}, 'closed', 1,
      'solved', ${hours(720)}, ${hours(720)}, ${hours(720)}, 1 + n % 4
    from ${made} where n % 10 < 4`.execute(db);
  for (const each of written) {
    await saveSchedule(db, workspaceId, makeSchedule(each), "operator", now);
    await switchSchedule(db, workspaceId, each.name, "on", now);
  }
  await sql`analyze`.execute(db);
  return workspaceId;
}

const log = createLog("error");
const folder = mkdtempSync(join(tmpdir(), "aftertalk-bench-"));
const server = await startPostgres({ folder, careless: true });
try {
  await runOn(server.url("postgres"), "create database bench");
  const database = await openPostgres({ databaseUrl: server.url("bench"), log });
  await migrateToLatest(database);
  const workspaceId = await fill(database.db);
  for (const name of written.map((each) => each.name)) {
    globalThis.gc?.();
    let highest = 0;
    const watch = setInterval(() => {
      highest = Math.max(highest, process.memoryUsage().heapUsed);
    }, 50);
    const before = process.memoryUsage().heapUsed;
    const start = performance.now();
    const { questions, asked, deferred, suppressed, waiting, byOrigin } = await inSnapshot(
      database.db,
      (db) => previewSchedule(db, { id: workspaceId }, { name, days: 30, now, replay: true }),
    );
    const seconds = (performance.now() - start) / 1000;
    clearInterval(watch);
    const sums = JSON.stringify({ questions, asked, deferred, suppressed, waiting, ...byOrigin });
    const heap = `${Math.round(before / 1e6)} MB heap before, ${Math.round(highest / 1e6)} at most`;
    print(
      `${name}, ${people.toLocaleString("en")} people: ${seconds.toFixed(1)} s, ${heap}; ${sums}`,
    );
  }
  await database.close();
} finally {
  await server.stop();
}
