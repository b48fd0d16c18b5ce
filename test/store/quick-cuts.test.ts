import { sql } from "kysely";
import { afterEach, beforeAll, expect, test } from "vitest";
import { countWorkspace } from "../../src/counting/tend.ts";
import type { Filter } from "../../src/metrics/filter.ts";
import type { Period } from "../../src/metrics/period.ts";
import { parsePeriod } from "../../src/metrics/period-text.ts";
import { metrics } from "../../src/metrics/registry.ts";
import { countedCuts } from "../../src/store/counting.ts";
import { readCutFacts } from "../../src/store/cut-facts.ts";
import { renewState } from "../../src/store/facts-state.ts";
import { readQuickRows } from "../../src/store/quick-facts.ts";
import { readFacts } from "../../src/store/summaries.ts";
import { insertTown } from "../recomputed/insert.ts";
import { buildTown, NOW, TIME_ZONE } from "../recomputed/workspace.ts";
import { describeEitherDatabase, type TestDatabase } from "../support/database.ts";
import { insertWorkspace } from "../support/database-rows.ts";

const seed = Number(process.env.QUICK_CUTS_SEED ?? Date.now() % 1_000_000);

/** Some that begin and end within a day beside those that leads ask for. */
const odd = { start: new Date("2026-02-03T11:17:00Z"), end: new Date("2026-10-20T05:01:00Z") };
const periods = ["week", "last month", "year", "all"].map((text): Period => {
  const parsed = parsePeriod(text, { now: NOW, timeZone: TIME_ZONE });
  if (!parsed.ok) throw new Error(text);
  return parsed.period;
});
const [week] = periods;
if (week !== undefined) periods.push({ ...week, ...odd });

describeEitherDatabase(`cuts with the text that is made once, seed ${seed}`, (open) => {
  let database: TestDatabase;
  let workspaceId: number;

  beforeAll(async () => {
    database = await open();
    const { db } = database;
    workspaceId = await insertWorkspace(db, { time_zone: TIME_ZONE });
    await insertTown(db, workspaceId, buildTown(seed, 300));
    const third = sql`ascii(right(invitation_id::text, 1)) % 3`;
    await sql`update answers set language = (array['en', 'ru', null])[1 + ${third}],
        platform = (array['slack', 'discord', 'slack'])[1 + ${third}],
        touchpoint = (array['refund', '', 'support chat'])[1 + ${third}]
      where workspace_id = ${workspaceId}`.execute(db);
    await insertForgotten();
  });

  afterEach(async () => {
    await database.db.deleteFrom("metric_epochs").execute();
    await renewState(database.db, workspaceId);
  });

  /** What is left of some people. */
  async function insertForgotten(): Promise<void> {
    const rows = (what: "score" | "asked" | "answered") => sql`
      insert into anonymous_counts (workspace_id, survey_id, survey_version, question, day, team, what,
        metric, score, scale_min, scale_max, n)
      select workspace_id, survey_id, survey_version, ${what === "score" ? sql`question` : sql`''`},
        answered_at::date, coalesce(team, ''), ${what},
        ${what === "score" ? sql`metric, score, scale_min, scale_max` : sql`null, 0, null, null`}, 1
      from answers where workspace_id = ${workspaceId} and score is not null
      on conflict do nothing`;
    for (const what of ["score", "asked", "answered"] as const)
      await rows(what).execute(database.db);
  }

  const question = () => ({ workspaceId, metric: metrics.csat, periods, now: NOW });

  /** Every row of every cut, and what a filter keeps of some values. */
  async function readEverything() {
    const cuts = [];
    for (const by of countedCuts) {
      const { rows } = await readCutFacts(database.db, { ...question(), by });
      const kept = [];
      for (const { value } of [...rows.slice(0, 1), ...rows.slice(-1)]) {
        const filter = { [by]: { values: [value], label: "" } } satisfies Filter;
        kept.push(await readFacts(database.db, { ...question(), filter }));
      }
      cuts.push({ by, rows, kept });
    }
    const teams = { team: { values: ["Billing", "Refunds", ""], label: "" } };
    return { cuts, teams: await readFacts(database.db, { ...question(), filter: teams }) };
  }

  const readQuickly = () => {
    const { metric, ...about } = question();
    return readQuickRows(database.db, {
      ...about,
      metrics: [metric],
      of: { cut: "team", apart: true },
    });
  };

  /** A series that begins in a thousand years changes no figure, but how they are read. */
  async function rewordLater(): Promise<void> {
    const { rows } = await sql<{ id: string }>`select id from surveys
      where workspace_id = ${workspaceId} limit 1`.execute(database.db);
    const survey = { survey_id: rows[0]?.id ?? "", survey_version: 1 };
    const starts = { epoch: 1, starts_at: new Date("3026-01-01T00:00:00Z") };
    const row = { workspace_id: workspaceId, metric: "csat", ...survey, ...starts } as const;
    await database.db.insertInto("metric_epochs").values(row).execute();
  }

  const steps: readonly (readonly [string, () => Promise<unknown>])[] = [
    ["of answers", async () => {}],
    [
      "of counts up to a month ago",
      () => countUntil(new Date(NOW.getTime() - 30 * 24 * 3_600_000)),
    ],
    ["of counts with marked days", change],
  ];

  const countUntil = (now: Date) =>
    countWorkspace({ db: database.db, clock: { now: () => now } }, workspaceId);

  /** What happens to answers of days that are counted already. */
  async function change(): Promise<void> {
    await countUntil(NOW);
    const marks = sql<{ n: number }>`select count(*)::int as n from stale_days
      where workspace_id = ${workspaceId}`;
    await sql`update answers set team = 'Refunds', score = 1, tags = '{late}'
      where workspace_id = ${workspaceId} and metric = 'csat'
        and right(invitation_id::text, 1) < '8'`.execute(database.db);
    expect((await marks.execute(database.db)).rows[0]?.n).toBeGreaterThan(1);
  }

  test.each(steps)("are what the large statement says: %s", async (_, prepare) => {
    await prepare();
    expect((await readQuickly())?.flat().length).toBeGreaterThan(10);
    const quick = await readEverything();
    await rewordLater();
    expect(await readQuickly()).toBeUndefined();
    expect(await readEverything()).toEqual(quick);
    for (const { rows } of quick.cuts) expect(rows.length).toBeGreaterThan(2);
  });

  test("answers of one tag have their other tags too, counted or not", async () => {
    const [tag = ""] = (await readCutFacts(database.db, { ...question(), by: "tag" })).rows.map(
      ({ value }) => value,
    );
    const filter = { tag: { values: [tag], label: "" } };
    const read = () => readCutFacts(database.db, { ...question(), by: "tag", filter });
    const counted = await read();
    expect(counted.rows.length).toBeGreaterThan(1);
    await database.db.deleteFrom("counting").where("workspace_id", "=", workspaceId).execute();
    expect(await read()).toEqual(counted);
  });
});
