/** What is read in a database that knows nothing of its tables yet: minutes after an import. */
import { Kysely, PostgresDialect, sql } from "kysely";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { tendSignals } from "../../src/churn/tend.ts";
import type { Period } from "../../src/metrics/period.ts";
import { metrics } from "../../src/metrics/registry.ts";
import { planWorkspace } from "../../src/scheduling/plan/plan-due.ts";
import { readHandlingFacts } from "../../src/store/attribution.ts";
import { readContacts } from "../../src/store/contacts.ts";
import { readCoverageFigures } from "../../src/store/coverage.ts";
import { readCutFacts } from "../../src/store/cut-facts.ts";
import { readDriverFacts } from "../../src/store/driver-facts.ts";
import { readWaitingChats } from "../../src/store/first-replies.ts";
import type { Schema } from "../../src/store/schema.ts";
import { readFacts } from "../../src/store/summaries.ts";
import { createOpener } from "../support/database.ts";
import { createWorld, type World } from "../support/world.ts";

const PEOPLE = 1500;
const DAY_MS = 24 * 60 * 60 * 1000;
const filled = [
  ...["people", "identities", "chats", "invitations", "answers", "enrolments", "handlers"],
  "activities",
];

/** What a step of a plan has read, and the steps beneath it. */
const node = z.object({
  "Actual Rows": z.number(),
  "Actual Loops": z.number(),
  "Rows Removed by Filter": z.number().default(0),
  "Rows Removed by Join Filter": z.number().default(0),
  get Plans(): z.ZodOptional<z.ZodArray<typeof node>> {
    return z.array(node).optional();
  },
});

/** Rows that were held in hand, those that two tables were compared by among them. */
function rowsOf(step: z.infer<typeof node>): number {
  const own = step["Actual Rows"] + step["Rows Removed by Filter"];
  const all = (own + step["Rows Removed by Join Filter"]) * step["Actual Loops"];
  return (step.Plans ?? []).reduce((sum, each) => sum + rowsOf(each), all);
}

describe("a database without statistics", () => {
  const open = createOpener("postgres");
  let world: World;
  let pool: pg.Pool;
  const said: { sql: string; parameters: readonly unknown[] }[] = [];

  beforeAll(async () => {
    const database = await open();
    world = await createWorld(database);
    pool = new pg.Pool({ connectionString: database.databaseUrl ?? "", max: 2 });
    await fill(world);
  });
  afterAll(() => pool.end());

  function listening() {
    const db = new Kysely<Schema>({
      dialect: new PostgresDialect({ pool }),
      log: ({ query }) => void said.push({ sql: query.sql, parameters: query.parameters }),
    });
    return { ...world.engine, db };
  }

  test("planning and signals look people up, and a minute without news is a few questions", async () => {
    const engine = listening();
    const { workspaceId } = world;
    expect(await planWorkspace(engine, workspaceId)).toBeGreaterThan(0);
    await tendSignals(engine);
    await planWorkspace(engine, workspaceId);
    const first = said.splice(0);
    await planWorkspace(engine, workspaceId);
    const quiet = said.splice(0);
    expect(quiet.filter((each) => /^\s*(begin|update|insert|delete)/i.test(each.sql))).toEqual([]);
    expect(quiet.length).toBeLessThanOrEqual(7);
    expect(await heavyOf([...first, ...quiet])).toEqual([]);
  });

  test("figures look up handlers, customers and earlier answers one by one", async () => {
    const { db } = listening();
    const { workspaceId, engine } = world;
    const now = engine.clock.now();
    const period: Period = {
      ...{ kind: "all", step: null, timeZone: "UTC", running: true },
      ...{ start: new Date(0), end: now },
    };
    const question = { workspaceId, metric: metrics.nps, now };
    const about = { workspaceId, period, now };
    await readFacts(db, { ...question, periods: [period] });
    await readCutFacts(db, { ...question, by: "agent", periods: [period] });
    await readHandlingFacts(db, { ...question, periods: [period] });
    await readDriverFacts(db, { ...question, period });
    await readCoverageFigures(db, { ...about, by: "agent" });
    await readContacts(db, { ...about, by: "channel" });
    await readWaitingChats(db, { ...about, by: "agent" }).next();
    expect(said.length).toBeGreaterThan(6);
    expect(await heavyOf(said.splice(0))).toEqual([]);
  });

  /** Of these statements those that read far more rows than there are. */
  async function heavyOf(statements: typeof said): Promise<string[]> {
    const reading = statements.filter(
      (each) => /^\s*(with|select)/i.test(each.sql) && !/insert|update/i.test(each.sql),
    );
    const heavy: string[] = [];
    let settings = "select 1";
    for (const { sql: text, parameters } of statements) {
      // What a transaction has set holds for what follows in it.
      if (text.includes("set_config")) settings = text;
      if (/^commit/i.test(text)) settings = "select 1";
      if (!reading.some((each) => each.sql === text) || text === settings) continue;
      const rows = await explained(settings, text, parameters);
      const plans = z
        .array(z.object({ "QUERY PLAN": z.array(z.object({ Plan: node })) }))
        .parse(rows);
      const read = rowsOf(plans[0]?.["QUERY PLAN"][0]?.Plan ?? node.parse({}));
      if (read > 60 * PEOPLE) heavy.push(`${read}: ${text.replace(/\s+/g, " ").slice(0, 200)}`);
    }
    return heavy;
  }

  async function explained(settings: string, text: string, parameters: readonly unknown[]) {
    const client = await pool.connect();
    try {
      await client.query("begin");
      await client.query(settings);
      const { rows } = await client.query(`explain (analyze, format json) ${text}`, [
        ...parameters,
      ]);
      return rows;
    } finally {
      await client.query("rollback");
      client.release();
    }
  }
});

/** People with a chat, an answer and a day of activity each; some have left. */
async function fill({ engine: { db, clock }, workspaceId }: World): Promise<void> {
  for (const table of filled) {
    await sql`alter table ${sql.table(table)} set (autovacuum_enabled = false)`.execute(db);
  }
  const before = new Date(clock.now().getTime() - 60 * DAY_MS);
  await sql`update schedules set state = 'on', on_since = ${before}
    where workspace_id = ${workspaceId}`.execute(db);
  await sql`update surveys set state = 'on' where workspace_id = ${workspaceId}`.execute(db);
  const made = sql`generate_series(1, ${PEOPLE}::int) n`;
  const id = sql`md5(n::text)::uuid`;
  const at = sql`${clock.now()}::timestamptz - n % 50 * interval '1 day'`;
  const one = sql`(select id from connections where workspace_id = ${workspaceId} limit 1)`;
  const survey = sql`(select id from surveys where workspace_id = ${workspaceId} limit 1)`;
  for (const each of [
    sql`insert into people (workspace_id, id, name, created_at, left_at, left_noted_at)
      select ${workspaceId}::int, ${id}, 'Ada', ${at}, case when n % 20 = 0 then ${at} end,
        case when n % 20 = 0 then ${at} end from ${made}`,
    sql`insert into identities (workspace_id, connection_id, external_id, person_id)
      select ${workspaceId}::int, ${one}, n, ${id} from ${made}`,
    sql`insert into chats (workspace_id, id, connection_id, external_id, customer_id, opened_at,
        last_message_at, closed_at, state, close_reason, closings, first_customer_at,
        first_replied_at, customer_messages)
      select ${workspaceId}::int, ${id}, ${one}, n, ${id}, ${at}, ${at}, ${at}, 'closed', 'solved',
        1, ${at}, ${at}, 9 from ${made}`,
    sql`insert into invitations (workspace_id, id, survey_id, survey_version, person_id, chat_id,
        reason_key, state, kind, asked_at, answered_at)
      select ${workspaceId}::int, ${id}, ${survey}, 1, ${id}, ${id}, n, 'answered', 'chat', ${at},
        ${at} from ${made}`,
    sql`insert into answers (workspace_id, invitation_id, survey_id, survey_version, person_id,
        chat_id, question, metric, score, scale_min, scale_max, answered_at)
      select ${workspaceId}::int, ${id}, ${survey}, 1, ${id}, ${id}, 'score', 'csat', 1 + n % 5, 1,
        5, ${at} from ${made}`,
    sql`insert into answers (workspace_id, invitation_id, survey_id, survey_version, person_id,
        chat_id, closing, question, metric, score, scale_min, scale_max, answered_at)
      select ${workspaceId}::int, ${id}, ${survey}, 1, ${id}, ${id}, 1, 'nps', 'nps', n % 11, 0,
        10, ${at} from ${made}`,
    sql`insert into handlers (workspace_id, chat_id, closing, person_id, messages)
      select ${workspaceId}::int, ${id}, closing, md5(greatest(1, n - who)::text)::uuid, 1 + who
      from ${made} cross join unnest('{0,1}'::int[]) closing cross join unnest('{0,7}'::int[]) who
      on conflict do nothing`,
    sql`insert into activities (workspace_id, person_id, day, what, n)
      select ${workspaceId}::int, ${id}, (${at})::date, 'chat', 1 from ${made}`,
  ]) {
    await each.execute(db);
  }
}
