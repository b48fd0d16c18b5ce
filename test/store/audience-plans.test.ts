/** How much is read to find an audience among many people, by what the database itself counts. */
import {
  CompiledQuery,
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type RawBuilder,
  sql,
} from "kysely";
import { beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import type { Audience } from "../../src/scheduling/definition/schedule.ts";
import { countAudience, listAudience } from "../../src/store/audience.ts";
import type { Schema } from "../../src/store/schema.ts";
import { createOpener, type TestDatabase } from "../support/database.ts";
import { insertConnection, insertSurvey } from "../support/database-rows.ts";

const PEOPLE = Number(process.env.AUDIENCE_PEOPLE ?? 50_000);
const NOW = new Date();

const audiences: Readonly<Record<string, Audience>> = {
  everybody: {},
  accounts: { accounts: ["company 7"] },
  "buyers of accounts": { accounts: ["import:a7", "import:a8"], accountRole: "buyer" },
  plans: { plans: ["pro"] },
  languages: { languages: ["ru", "zh-Hans"] },
  platforms: { platforms: ["playground"] },
  tags: { tags: ["t3"] },
  teams: { teams: ["Team 3"] },
  "last score": { lastScore: { metric: "nps", max: 6 } },
  joined: { daysSinceJoined: { min: 30, max: 60 } },
  "last chat": { daysSinceLastChat: { min: 30, max: 60 } },
  active: { daysSinceActive: { min: 30 } },
  "never answered": { neverAnswered: true },
  signals: { signals: "high" },
  "not low": { signals: "low" },
  many: {
    ...{ plans: ["pro"], languages: ["en"], lastScore: { metric: "nps", min: 9 } },
    ...{ daysSinceLastChat: { min: 10 }, daysSinceActive: { max: 300 }, signals: "low" },
  },
};

/** Notes what would be said to a database. */
function createListener() {
  const said: CompiledQuery[] = [];
  const db = new Kysely<Schema>({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createDriver: () => new DummyDriver(),
      createIntrospector: (inner) => new PostgresIntrospector(inner),
      createQueryCompiler: () => new PostgresQueryCompiler(),
    },
    log: ({ query }) => void said.push(query),
  });
  return { said, db };
}

/** What a step of a plan has read, and the steps beneath it. */
const node = z.object({
  "Node Type": z.string(),
  "Actual Rows": z.number(),
  "Actual Loops": z.number(),
  "Rows Removed by Filter": z.number().default(0),
  get Plans(): z.ZodOptional<z.ZodArray<typeof node>> {
    return z.array(node).optional();
  },
});

/** Rows that were looked at, in tables and indexes. */
function rowsRead(step: z.infer<typeof node>): number {
  const own = step["Node Type"].endsWith("Scan")
    ? (step["Actual Rows"] + step["Rows Removed by Filter"]) * step["Actual Loops"]
    : 0;
  return (step.Plans ?? []).reduce((sum, each) => sum + rowsRead(each), own);
}

describe(`audiences of ${PEOPLE} people`, () => {
  const open = createOpener("postgres");
  let database: TestDatabase;

  beforeAll(async () => {
    database = await open();
    await fill(database);
  }, 120_000);

  async function readsOf({ sql: text, parameters }: CompiledQuery): Promise<number> {
    const { rows } = await database.db.executeQuery<{ "QUERY PLAN": unknown }>(
      CompiledQuery.raw(`explain (analyze, format json) ${text}`, [...parameters]),
    );
    const [plan] = z.array(z.object({ Plan: node })).parse(rows[0]?.["QUERY PLAN"]);
    return plan === undefined ? Number.NaN : rowsRead(plan.Plan);
  }

  test.each(Object.entries(audiences))(
    "%s: each table is gone through a few times at most",
    async (_, audience) => {
      const { workspaceId } = database;
      const { said, db } = createListener();
      await listAudience(db, workspaceId, audience, { now: NOW, limit: 1000 });
      await countAudience(db, workspaceId, audience, NOW);
      expect(said).toHaveLength(2);
      for (const query of said) expect(await readsOf(query)).toBeLessThan(12 * PEOPLE);
    },
  );
});

async function fill({ db, workspaceId }: TestDatabase): Promise<void> {
  const connectionId = await insertConnection(db, workspaceId);
  const surveyId = await insertSurvey(db, workspaceId);
  const made = (n: number) => sql`generate_series(1, ${n}::int) n`;
  const idOf = (n: RawBuilder<unknown>) => sql`md5((${n})::text)::uuid`;
  const id = idOf(sql`n`);
  // Every tenth row is of somebody who has one already.
  const human = sql`case when n > 45000 then ${idOf(sql`n - 45000`)} end`;
  const ago = (step: string) => sql`now() - (n % 400) * ${step}::interval`;
  const ours = sql`${workspaceId}::int, ${id}`;
  const rows = [
    sql`insert into accounts (workspace_id, id, external_id, name, plan)
      select ${ours}, 'import:a' || n, 'Company ' || n, case when n % 5 = 0 then 'pro' end from ${made(2000)}`,
    sql`insert into people (workspace_id, id, name, human_id, account_id, account_role, locale, tags,
        joined_at, active_at)
      select ${ours}, 'Ada', ${human}, ${idOf(sql`1 + n % 2000`)},
        case when n % 3 = 0 then 'buyer' else 'user' end,
        (array['en', 'ru', 'zh-CN', 'de'])[1 + n % 4], array['t' || (n % 50)],
        ${ago("1 day")}, ${ago("1 day")} from ${made(PEOPLE)}`,
    sql`insert into identities (workspace_id, connection_id, external_id, person_id)
      select ${workspaceId}::int, ${connectionId}::uuid, n, ${id} from ${made(PEOPLE)} where n % 10 > 0`,
    sql`insert into chats (workspace_id, id, connection_id, external_id, customer_id, team, opened_at)
      select ${ours}, ${connectionId}::uuid, n, ${idOf(sql`1 + n % ${PEOPLE}`)}, 'Team ' || (n % 10),
        ${ago("1 day")} from ${made(60_000)}`,
    sql`insert into invitations (workspace_id, id, survey_id, survey_version, person_id, reason_key,
        state, kind, asked_at, answered_at)
      select ${ours}, ${surveyId}::uuid, 1, ${idOf(sql`1 + n % 20000`)}, n, 'answered', 'chat', now(), now()
      from ${made(30_000)}`,
    sql`insert into answers (workspace_id, invitation_id, survey_id, survey_version, person_id,
        question, metric, score, scale_min, scale_max, answered_at)
      select ${ours}, ${surveyId}::uuid, 1, ${idOf(sql`1 + n % 20000`)}, 'score', 'nps', n % 11, 0, 10,
        ${ago("1 hour")} from ${made(30_000)}`,
    sql`insert into signals (workspace_id, human_id, points, tier, reasons, tier_since, computed_at)
      select ${ours}, 0, (array['low', 'low', 'low', 'watch', 'high'])[1 + n % 5], '[]', now(), now()
      from ${made(45_000)}`,
  ];
  await db.transaction().execute(async (trx) => {
    // Half a million references need no checking: it would take most of the time.
    await sql`set local session_replication_role = replica`.execute(trx);
    for (const each of rows) await each.execute(trx);
  });
  for (const table of ["people", "accounts", "identities", "chats", "answers", "signals"]) {
    await sql`vacuum analyze ${sql.table(table)}`.execute(db);
  }
}
