/** What must not read whole tables, by the plans of a workspace with thousands of rows. */
import { once } from "node:events";
import { Kysely, PostgresDialect, sql } from "kysely";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Period } from "../../src/metrics/period.ts";
import { metrics } from "../../src/metrics/registry.ts";
import { readCandidates } from "../../src/store/candidates.ts";
import { dueWorkspaces, lockDueOf, releaseQueued, settleDue } from "../../src/store/deciding.ts";
import { keepDecisions } from "../../src/store/decisions.ts";
import { eraseRows, foldAnswersOf, messagesToRemove } from "../../src/store/erasing.ts";
import { expireUnanswered, expireUnreached } from "../../src/store/planned.ts";
import type { Schema } from "../../src/store/schema.ts";
import { readFacts } from "../../src/store/summaries.ts";
import { createOpener, type TestDatabase } from "../support/database.ts";
import { insertConnection, insertSurvey } from "../support/database-rows.ts";

/** So many people, each of whom was asked and answered once. */
const PEOPLE = 5000;
const filled = ["people", "invitations", "answers", "decisions", "deliveries", "chats"];

describe("plans in a workspace with thousands of people", () => {
  const open = createOpener("postgres");
  let database: TestDatabase;
  let pool: pg.Pool;
  let db: Kysely<Schema>;
  const said: { sql: string; parameters: readonly unknown[] }[] = [];

  beforeAll(async () => {
    database = await open();
    await fill(database);
    pool = new pg.Pool({ connectionString: database.databaseUrl ?? "", max: 1 });
    db = new Kysely({
      dialect: new PostgresDialect({ pool }),
      log: ({ query }) => {
        said.push({ sql: query.sql, parameters: query.parameters });
      },
    });
  });
  afterAll(async () => {
    // The database is dropped next, and whoever has not said goodbye to it by then is cut off.
    const gone = once(pool, "remove");
    await pool.end();
    await gone;
  });

  /** The plans of all statements that something makes, and what it would change undone. */
  async function plansOf(does: (trx: Kysely<Schema>) => Promise<unknown>): Promise<string[]> {
    said.length = 0;
    const undone = new Error("undone");
    const trying = db.transaction().execute(async (trx) => {
      await does(trx);
      throw undone;
    });
    await expect(trying).rejects.toBe(undone);
    const statements = said.filter((each) =>
      /^\s*(with|select|insert|update|delete)/i.test(each.sql),
    );
    const plans: string[] = [];
    for (const { sql: text, parameters } of statements) {
      const { rows } = await pool.query<{ "QUERY PLAN": string }>(`explain ${text}`, [
        ...parameters,
      ]);
      plans.push(rows.map((row) => row["QUERY PLAN"]).join("\n"));
    }
    return plans;
  }

  test("erasing somebody finds their rows by indexes", async () => {
    const { workspaceId } = database;
    const person = await database.db
      .selectFrom("people")
      .select("id")
      .limit(1)
      .executeTakeFirstOrThrow();
    const who = { workspaceId, people: [person.id] };
    const plans = await plansOf(async (trx) => {
      await foldAnswersOf(trx, who);
      await messagesToRemove(trx, who, new Date());
      await eraseRows(trx, who, new Date());
    });
    expect(plans.length).toBeGreaterThan(10);
    const whole = new RegExp(`Seq Scan on (${filled.join("|")})\\b`);
    expect(plans.filter((plan) => whole.test(plan))).toEqual([]);
  });

  test("each minute's look for what is due reads no whole table", async () => {
    const now = new Date();
    const plans = await plansOf(async (trx) => {
      await expireUnanswered(trx, now);
      await expireUnreached(trx, now);
      await dueWorkspaces(trx, now);
      await releaseQueued(trx, now);
      await lockDueOf(trx, database.workspaceId, now, 500);
    });
    expect(plans).toHaveLength(5);
    // There are few workspaces.
    const whole = /Seq Scan on (?!workspaces\b)/;
    expect(plans.filter((plan) => whole.test(plan))).toEqual([]);
  });

  test("deciding about many looks each of them up", async () => {
    const { workspaceId } = database;
    const people = await database.db.selectFrom("people").select("id").limit(500).execute();
    const now = new Date();
    const subjects = people.map(({ id }) => {
      return { personId: id, kind: "relationship", invitationId: id, chatId: id } as const;
    });
    const decision = { verdict: "defer", gate: "cap", reason: "asked-recently" } as const;
    const decided = people.map(({ id }, n) => {
      const until = now.getTime() + n;
      return { invitationId: id, decision: { ...decision, until }, again: n % 2 === 0 };
    });
    const plans = await plansOf(async (trx) => {
      await readCandidates(trx, workspaceId, subjects, now);
      await keepDecisions(trx, workspaceId, decided, now);
      const settled = people.map(({ id }) => {
        const times = { dueAt: 0, nextAt: now.getTime(), slotAt: null };
        return { invitationId: id, state: "planned", stateReason: "cap", ...times } as const;
      });
      await settleDue(trx, workspaceId, settled, now);
    });
    const whole = new RegExp(`Seq Scan on (${filled.join("|")})\\b`);
    expect(plans.filter((plan) => whole.test(plan))).toEqual([]);
  });

  test("a reference to what erasing deletes is looked for by an index", async () => {
    const { rows } = await sql<{ reference: string }>`
      select c.conrelid::regclass || '.' || a.attname as reference
      from pg_constraint c
      join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[2]
      where c.contype = 'f' and c.confrelid in ('people'::regclass, 'invitations'::regclass)
        and not exists (select from pg_index i where i.indrelid = c.conrelid
          and i.indkey[0] = c.conkey[1] and i.indkey[1] = c.conkey[2])
    `.execute(database.db);
    expect(rows).toEqual([]);
  });

  test("a summary looks into its indexes by time, and asks for humans by a hash", async () => {
    const period: Period = {
      ...{ kind: "all", step: null, timeZone: "UTC", running: true },
      ...{ start: new Date(0), end: new Date() },
    };
    const ask = { workspaceId: database.workspaceId, metric: metrics.nps, now: new Date() };
    const plans = await plansOf((trx) => readFacts(trx, { ...ask, periods: [period] }));
    const plan = plans.join("\n");
    expect(plan).toMatch(/Scan (using|on) answers_given\b.*\s+Index Cond: .*answered_at >= /);
    expect(plan).toMatch(
      /Index Only Scan using invitations_asked on .*\s+Index Cond: .*asked_at >= /,
    );
    expect(plan).not.toMatch(/Seq Scan on (answers|invitations|people)\b/);
    expect(plan).not.toMatch(/Join Filter: .*person_id/);
  });
});

async function fill({ db, workspaceId }: TestDatabase): Promise<void> {
  const connectionId = await insertConnection(db, workspaceId);
  const surveyId = await insertSurvey(db, workspaceId);
  const made = sql`generate_series(1, ${PEOPLE}::int) n`;
  // The n-th of each table has to do with the n-th of the others.
  const id = sql`md5(n::text)::uuid`;
  const at = sql`now() - n * interval '1 hour'`;
  const ours = sql`${workspaceId}::int, ${id}`;
  for (const each of [
    sql`insert into people (workspace_id, id, name) select ${ours}, 'Ada' from ${made}`,
    sql`insert into chats (workspace_id, id, connection_id, external_id, customer_id, opened_at)
      select ${ours}, ${connectionId}::uuid, n, ${id}, ${at} from ${made}`,
    sql`insert into invitations (workspace_id, id, survey_id, survey_version, person_id, chat_id,
        reason_key, state, kind, asked_at, answered_at)
      select ${ours}, ${surveyId}::uuid, 1, ${id}, ${id}, n, 'answered', 'chat', ${at}, ${at}
      from ${made}`,
    sql`insert into answers (workspace_id, invitation_id, survey_id, survey_version, person_id,
        chat_id, question, metric, score, scale_min, scale_max, answered_at)
      select ${ours}, ${surveyId}::uuid, 1, ${id}, ${id}, 'score', 'nps', n % 11, 0, 10, ${at}
      from ${made}`,
    sql`insert into decisions (workspace_id, id, invitation_id, verdict, reason, decided_at)
      select ${ours}, ${id}, 'ask', 'fine', ${at} from ${made}`,
    sql`insert into deliveries (workspace_id, id, connection_id, key, purpose, invitation_id,
        person_id, address, state)
      select ${ours}, ${connectionId}::uuid, n, 'ask', ${id}, ${id},
        jsonb_build_object('kind', 'direct', 'userId', n::text), 'sent' from ${made}`,
  ]) {
    await each.execute(db);
  }
  for (const table of filled) await sql`vacuum analyze ${sql.table(table)}`.execute(db);
}
