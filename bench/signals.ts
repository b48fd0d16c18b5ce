/**
 * How long signals of many people take on a real PostgreSQL: `node bench/signals.ts [people]`. Worked
 * out for the first time, a minute in which nothing changed, and one in which 500 were heard of;
 * looking back on all of them; and what noting an activity adds to counting a message.
 */
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import { takeSnapshots } from "../src/churn/snapshots.ts";
import { tendSignals } from "../src/churn/tend.ts";
import { createLog } from "../src/log.ts";
import { noteActivity } from "../src/store/activity.ts";
import { countCustomerMessage, lockChat } from "../src/store/chats.ts";
import { migrateToLatest } from "../src/store/migrate.ts";
import { openPostgres } from "../src/store/postgres.ts";
import type { Db } from "../src/store/schema.ts";
import { countTiers } from "../src/store/signals.ts";
import { readWorkspace } from "../src/store/workspaces.ts";
import { insertConnection, insertSurvey, insertWorkspace } from "../test/support/database-rows.ts";
import { runOn, startPostgres } from "../test/support/postgres.ts";

const people = Number(process.argv[2] ?? 50_000);
const now = new Date("2026-11-02T12:00:00Z");
const print = (line: string) => process.stdout.write(`${line}\n`);

async function timed<T>(what: string, work: () => Promise<T>): Promise<T> {
  const began = performance.now();
  const result = await work();
  print(`${what}: ${Math.round(performance.now() - began).toLocaleString("en")} ms`);
  return result;
}

/** Twenty active days, three chats and a score each. */
async function fill(db: Db, workspaceId: number): Promise<void> {
  const connectionId = await insertConnection(db, workspaceId);
  const surveyId = await insertSurvey(db, workspaceId);
  const id = (n: string, kind: string) => sql.raw(`md5(${n} || '${kind}')::uuid`);
  const day = (days: string) => sql`${now}::timestamptz - (${sql.raw(days)}) * interval '1 day'`;
  const each = sql`generate_series(1, ${people}::int) n`;
  await sql`insert into people (workspace_id, id, name, created_at)
    select ${workspaceId}::int, ${id("n", "p")}, 'person', ${day("400")} from ${each}`.execute(db);
  await sql`insert into activities (workspace_id, person_id, day, what, n)
    select ${workspaceId}::int, ${id("n", "p")}, (${day("d * (3 + n % 15)")})::date, 'login', 1
    from ${each}, generate_series(0, 19) d`.execute(db);
  await sql`insert into chats (workspace_id, id, connection_id, external_id, customer_id, channel,
      opened_at)
    select ${workspaceId}::int, ${id("n || '-' || c", "c")}, ${connectionId}::uuid, n || '-' || c,
      ${id("n", "p")}, '#help', ${day("c * (n % 90)")}
    from ${each}, generate_series(1, 3) c`.execute(db);
  await sql`insert into invitations (workspace_id, id, survey_id, survey_version, person_id,
      reason_key, state, kind, asked_at, answered_at)
    select ${workspaceId}::int, ${id("n", "i")}, ${surveyId}::uuid, 1, ${id("n", "p")},
      'bench:' || n, 'answered', 'chat', ${day("n % 300")}, ${day("n % 300")}
    from ${each}`.execute(db);
  await sql`insert into answers (workspace_id, invitation_id, question, survey_id, survey_version,
      metric, score, scale_min, scale_max, person_id, answered_at)
    select ${workspaceId}::int, ${id("n", "i")}, 'score', ${surveyId}::uuid, 1, 'nps', n % 11, 0, 10,
      ${id("n", "p")}, ${day("n % 300")}
    from ${each}`.execute(db);
  await sql`analyze`.execute(db);
}

async function messages(db: Db, workspaceId: number): Promise<void> {
  const { id: connectionId } = await db
    .selectFrom("connections")
    .select("id")
    .where("workspace_id", "=", workspaceId)
    .executeTakeFirstOrThrow();
  const { id: customerId } = await db
    .selectFrom("people")
    .select("id")
    .where("workspace_id", "=", workspaceId)
    .limit(1)
    .executeTakeFirstOrThrow();
  const chat = await lockChat(
    db,
    workspaceId,
    connectionId,
    { externalId: "x", channel: "#x" },
    now,
  );
  const times = 2000;
  const rate = async (what: string, step: () => Promise<unknown>) => {
    for (let i = 0; i < 200; i += 1) await step();
    const began = performance.now();
    for (let i = 0; i < times; i += 1) await step();
    print(`${what}: ${((performance.now() - began) / times).toFixed(3)} ms each`);
  };
  await rate("a message counted, nothing noted", () =>
    db
      .updateTable("chats")
      .set({ customer_messages: sql`customer_messages + 1` })
      .where("workspace_id", "=", workspaceId)
      .where("id", "=", chat.id)
      .execute(),
  );
  await rate("a message counted and noted in one statement", () =>
    countCustomerMessage(db, workspaceId, { customerId, characters: 1, at: now, chat }),
  );
  await rate("an activity noted by itself", () =>
    noteActivity(db, workspaceId, customerId, "message", now),
  );
}

const folder = mkdtempSync(join(tmpdir(), "aftertalk-bench-"));
const server = await startPostgres({ folder, careless: false });
try {
  const log = createLog("error");
  await runOn(server.url("postgres"), "create database bench");
  const database = await openPostgres({ databaseUrl: server.url("bench"), log });
  try {
    await migrateToLatest(database);
    const { db } = database;
    const workspaceId = await insertWorkspace(db);
    await timed(`${people} people made up`, () =>
      database.patiently((slow) => fill(slow, workspaceId)),
    );
    const engine = { db, clock: { now: () => now } };
    await timed("worked out for the first time", async () => {
      for (let done = -1; ; ) {
        await tendSignals(engine);
        const n = [...(await countTiers(db, workspaceId, now)).values()].reduce((a, b) => a + b, 0);
        if (n === done) return;
        done = n;
      }
    });
    print(`tiers: ${JSON.stringify(Object.fromEntries(await countTiers(db, workspaceId, now)))}`);
    await timed("a minute in which nothing changed", () => tendSignals(engine));
    await sql`update signals set stale = true where human_id in
      (select human_id from signals limit 500)`.execute(db);
    await timed("a minute in which 500 changed", () => tendSignals(engine));
    const workspace = await readWorkspace(db, workspaceId);
    const signal = new AbortController().signal;
    const back = { now, months: 12, silentDays: 60, signal };
    const taken = await timed("looked back 12 months", () =>
      database.patiently((slow) => takeSnapshots(slow, workspace, back)),
    );
    print(`${taken.all.length} snapshots on ${taken.dates.length} dates`);
    await messages(db, workspaceId);
    print(`${Math.round(process.memoryUsage().rss / 1e6)} MB resident`);
  } finally {
    await database.close();
  }
} finally {
  await server.stop();
}
