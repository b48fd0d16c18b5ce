/**
 * How many candidates are decided: `node --expose-gc bench/candidates.ts [number]`. First the gates
 * alone, on one core; then everything that a due candidate costs on a real PostgreSQL: its facts, the
 * decision, what is kept of it, and a job for whoever is to be asked.
 */
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import type { Engine } from "../src/engine.ts";
import { createLog } from "../src/log.ts";
import { createLedger } from "../src/people/ledger.ts";
import { decideAll } from "../src/scheduling/ask/decide-all.ts";
import { decideDue } from "../src/scheduling/ask/decide-due.ts";
import type { Candidate } from "../src/scheduling/gates/gates.ts";
import { createJobs } from "../src/scheduling/jobs/jobs.ts";
import type { Database } from "../src/store/database.ts";
import { migrateToLatest } from "../src/store/migrate.ts";
import { openPostgres } from "../src/store/postgres.ts";
import type { Db } from "../src/store/schema.ts";
import { createTokens } from "../src/surveys/tokens.ts";
import { passing } from "../test/support/candidate.ts";
import { insertConnection, insertSurvey, insertWorkspace } from "../test/support/database-rows.ts";
import { runOn, startPostgres } from "../test/support/postgres.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
const BATCH = 500;
const NOW = Date.UTC(2026, 10, 2, 12);
const zones = ["UTC", "Europe/Paris", "America/New_York", "Asia/Tokyo", "Asia/Kolkata"];
const number = Number(process.argv[2] ?? 100_000);

const print = (line: string) => process.stdout.write(`${line}\n`);
const perSecond = (n: number, ms: number) => Math.round((n / ms) * 1000).toLocaleString("en");

/** Megabytes in use once what is not needed any more is gone. */
function megabytes(): string {
  globalThis.gc?.();
  const { heapUsed, rss } = process.memoryUsage();
  return `${Math.round(heapUsed / 1e6)} MB heap, ${Math.round(rss / 1e6)} MB resident`;
}

/** Of all kinds: most of them ask, the others stop at one of the last gates. */
function candidate(n: number, office: NonNullable<Candidate["hours"]>["hours"]): Candidate {
  const share = { perDay: 100_000, timeZone: "UTC", mine: null, last: null };
  const sample = { share: 0.9, draw: (n % 100) / 100 };
  return {
    ...passing,
    humanId: `human-${n}`,
    kind: n % 2 === 0 ? "relationship" : "chat",
    schedule: { id: "s", on: true, fits: true, sample, share: n % 10 === 0 ? share : null },
    before: { ...passing.before, cappedAt: n % 7 === 0 ? NOW - 3 * DAY_MS : null },
    hours: { hours: office, timeZone: zones[n % zones.length] ?? "UTC" },
    deadline: NOW + 7 * DAY_MS,
  };
}

function decideAlone(amount: number): void {
  const verdicts = { ask: 0, defer: 0, suppress: 0 };
  let ms = 0;
  for (let done = 0; done < amount; done += BATCH) {
    // The hours of a workspace are read anew for each batch, as they are at work.
    const office = { days: [1, 2, 3, 4, 5], from: "09:00", to: "17:00" };
    const batch = Array.from({ length: BATCH }, (_, i) => candidate(done + i, office));
    const start = performance.now();
    const decisions = decideAll(batch, NOW);
    ms += performance.now() - start;
    for (const decision of decisions) if (decision) verdicts[decision.verdict] += 1;
  }
  const { ask, defer, suppress } = verdicts;
  print(
    `gates alone, ${amount.toLocaleString("en")}: ${perSecond(amount, ms)} a second and core ` +
      `(${ask} ask, ${defer} wait, ${suppress} end); ${megabytes()}`,
  );
}

/** People of whom each is due; one in ten was asked this week, one in twenty is on a pause. */
async function fill(db: Db, amount: number): Promise<number> {
  const workspaceId = await insertWorkspace(db);
  const connectionId = await insertConnection(db, workspaceId);
  const surveyId = await insertSurvey(db, workspaceId);
  const made = sql`generate_series(1, ${amount}::int) n`;
  const id = sql`md5(${workspaceId}::text || '/' || n)::uuid`;
  const now = new Date(NOW);
  await sql`insert into people (workspace_id, id, name, time_zone, consent, paused_until)
    select ${workspaceId}::int, ${id}, 'Ada', (${zones}::text[])[1 + n % ${zones.length}],
      case when n % 20 = 0 then 'paused' else 'open' end,
      case when n % 20 = 0 then ${now}::timestamptz + interval '3 days' end from ${made}`.execute(
    db,
  );
  await sql`insert into identities (workspace_id, connection_id, external_id, person_id)
    select ${workspaceId}::int, ${connectionId}::uuid, n, ${id} from ${made}`.execute(db);
  await sql`insert into invitations (workspace_id, id, survey_id, survey_version, person_id,
      connection_id, reason_key, state, kind, asked_at)
    select ${workspaceId}::int, gen_random_uuid(), ${surveyId}::uuid, 1, ${id},
      ${connectionId}::uuid, 'before', 'answered', 'onboarding',
      ${now}::timestamptz - case when n % 10 = 1 then 3 else 60 end * interval '1 day'
    from ${made}`.execute(db);
  await sql`insert into invitations (workspace_id, id, survey_id, survey_version, person_id,
      connection_id, reason_key, state, kind, due_at, expires_at)
    select ${workspaceId}::int, gen_random_uuid(), ${surveyId}::uuid, 1, ${id},
      ${connectionId}::uuid, 'now', 'planned', 'relationship',
      ${now}::timestamptz - n * interval '1 millisecond', ${now}::timestamptz + interval '30 days'
    from ${made}`.execute(db);
  await sql`analyze`.execute(db);
  return workspaceId;
}

async function decideStored(database: Database, engine: Engine, amount: number): Promise<void> {
  const workspaceId = await fill(database.db, amount);
  const before = megabytes();
  const start = performance.now();
  let decided = 0;
  for (let n = -1; n !== 0; decided += n) n = await decideDue(engine);
  const ms = performance.now() - start;
  const { rows } = await sql<{ queued: number; waiting: number }>`
    select count(*) filter (where queued_at is not null)::int as queued,
      count(*) filter (where queued_at is null and state = 'planned')::int as waiting
    from invitations where workspace_id = ${workspaceId} and reason_key = 'now'`.execute(
    database.db,
  );
  const { queued = 0, waiting = 0 } = rows[0] ?? {};
  print(
    `decided and queued on PostgreSQL, ${decided.toLocaleString("en")}: ` +
      `${perSecond(decided, ms)} a second (${queued} queued, ${waiting} wait); ` +
      `${before} before, ${megabytes()} after`,
  );
}

for (const amount of [1000, 100_000, 1_000_000]) decideAlone(amount);

const log = createLog("error");
const folder = mkdtempSync(join(tmpdir(), "aftertalk-bench-"));
const server = await startPostgres({ folder, careless: false });
try {
  await runOn(server.url("postgres"), "create database bench");
  const database = await openPostgres({ databaseUrl: server.url("bench"), log });
  await migrateToLatest(database);
  const jobs = createJobs({ database: database.jobsDatabase, kind: database.kind, log });
  await jobs.start();
  const engine: Engine = {
    db: database.db,
    patiently: database.patiently,
    clock: { now: () => new Date(NOW) },
    jobs,
    tokens: createTokens("a secret of at least thirty-two characters"),
    ledger: createLedger(Buffer.alloc(32, "ledger")),
    log,
    reach: () => {},
  };
  await decideStored(database, engine, 1000);
  await decideStored(database, engine, number);
  await jobs.stop();
  await database.close();
} finally {
  await server.stop();
}
