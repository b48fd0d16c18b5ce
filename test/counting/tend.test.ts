import { sql } from "kysely";
import { beforeAll, beforeEach, expect, test } from "vitest";
import { recountWorkspace } from "../../src/counting/recount.ts";
import { countWorkspace, tendCounts } from "../../src/counting/tend.ts";
import { metricNames } from "../../src/metrics/metric.ts";
import { parsePeriod } from "../../src/metrics/period-text.ts";
import { metrics } from "../../src/metrics/registry.ts";
import { workspacesToCount } from "../../src/store/counting-state.ts";
import { noteEpochs } from "../../src/store/epochs.ts";
import { readFacts } from "../../src/store/summaries.ts";
import { describeEachDatabase, type TestDatabase } from "../support/database.ts";
import {
  insertInvitation,
  insertPerson,
  insertSurvey,
  insertWorkspace,
} from "../support/database-rows.ts";

const now = new Date("2026-10-14T10:30:00Z");
const clock = { now: () => now };

describeEachDatabase("counting", (open) => {
  let database: TestDatabase;
  let workspaceId: number;
  let surveyId: string;
  beforeAll(async () => {
    database = await open();
  });
  beforeEach(async () => {
    workspaceId = await insertWorkspace(database.db);
    surveyId = await insertSurvey(database.db, workspaceId);
  });

  async function answer(at: string, score: number, personId: string | null = null, version = 1) {
    const { db } = database;
    const answered_at = new Date(at);
    const shared = { person_id: personId, survey_version: version, answered_at };
    const id = await insertInvitation(db, workspaceId, surveyId, { ...shared, state: "answered" });
    await db
      .insertInto("answers")
      .values({
        ...{ ...shared, workspace_id: workspaceId, invitation_id: id, survey_id: surveyId },
        ...{ question: "score", metric: "nps", score, scale_min: 0, scale_max: 10 },
      })
      .execute();
    return id;
  }

  const count = () => countWorkspace({ db: database.db, clock }, workspaceId);

  async function read(...words: string[]) {
    const periods = words.map((text) => {
      const parsed = parsePeriod(text, { now, timeZone: "UTC" });
      if (!parsed.ok) throw new Error(parsed.problem);
      return parsed.period;
    });
    const question = { workspaceId, metric: metrics.nps, periods, now };
    return (await readFacts(database.db, question)).map(({ histogram, epoch, otherWording }) => ({
      epoch,
      otherWording,
      scores: histogram.flatMap((n, score) => new Array<number>(n).fill(score)),
    }));
  }

  const untilOf = async () =>
    database.db
      .selectFrom("counting")
      .select("counted_until")
      .where("workspace_id", "=", workspaceId)
      .executeTakeFirst();

  test("a day is counted once it ended an hour ago, in every workspace", async () => {
    await answer("2026-10-13T12:00:00Z", 9);
    const late = { now: () => new Date("2026-10-14T00:59:59Z") };
    await tendCounts({ db: database.db, clock: late });
    expect((await untilOf())?.counted_until).toBe("2026-10-13");
    await tendCounts({ db: database.db, clock: { now: () => new Date("2026-10-14T01:00:00Z") } });
    expect((await untilOf())?.counted_until).toBe("2026-10-14");
  });

  test("figures come from the counts, but for days that are marked", async () => {
    const id = await answer("2026-10-01T12:00:00Z", 9);
    await answer("2026-10-02T12:00:00Z", 9);
    await count();
    // Nobody should: it shows what is read.
    await sql`update counts set c1 = 5 where workspace_id = ${workspaceId} and span = 'm'`.execute(
      database.db,
    );
    expect((await read("month"))[0]?.scores).toEqual([1, 1, 1, 1, 1, 9, 9]);
    const own = sql`workspace_id = ${workspaceId} and invitation_id = ${id}`;
    await sql`update answers set score = 2 where ${own}`.execute(database.db);
    expect((await read("month"))[0]?.scores).toEqual([1, 1, 1, 1, 1, 2, 9]);
    await count();
    expect((await read("month"))[0]?.scores).toEqual([2, 9]);
  });

  test("a recount finds what was counted otherwise, and puts it right", async () => {
    await answer("2026-09-30T12:00:00Z", 9);
    await answer("2026-10-02T12:00:00Z", 9);
    await count();
    await sql`update counts set c9 = 7 where workspace_id = ${workspaceId} and span = 'd'
      and day = '2026-09-30'`.execute(database.db);
    const recount = (check: boolean) =>
      recountWorkspace({ db: database.db, clock }, workspaceId, { check });
    const found = [{ metric: "nps", day: "2026-09-30" }];
    expect(await recount(true)).toEqual({ days: 14, different: found });
    expect((await recount(false)).different).toEqual(found);
    expect((await recount(true)).different).toEqual([]);
    expect((await read("last month"))[0]?.scores).toEqual([9]);
  });

  test("a recount finds whom was asked otherwise, by the day and in sum", async () => {
    const asked_at = new Date("2026-09-30T12:00:00Z");
    await insertInvitation(database.db, workspaceId, surveyId, { state: "expired", asked_at });
    await count();
    await sql`update asked_counts set days_asked = '{4}', asked = 4 where cut = ''
      and workspace_id = ${workspaceId}`.execute(database.db);
    const recount = (check: boolean) =>
      recountWorkspace({ db: database.db, clock }, workspaceId, { check });
    const { different } = await recount(true);
    expect(new Set(different.map(({ metric }) => metric))).toEqual(new Set(["asked"]));
    expect(different.length).toBeGreaterThan(0);
    await recount(false);
    expect((await recount(true)).different).toEqual([]);
  });

  test("a workspace is looked into when it has days to count or marks, and only then", async () => {
    const waits = async () => (await workspacesToCount(database.db, now)).includes(workspaceId);
    const id = await answer("2026-10-01T12:00:00Z", 9);
    expect(await waits()).toBe(true);
    await count();
    expect(await waits()).toBe(false);
    await sql`update answers set score = 2 where workspace_id = ${workspaceId}
      and invitation_id = ${id}`.execute(database.db);
    expect(await waits()).toBe(true);
    await count();
    expect(await waits()).toBe(false);
  });

  test("a new wording begins a series; answers of the one before are counted apart", async () => {
    const { db } = database;
    const said = (en: string) =>
      JSON.stringify({
        questions: [{ kind: "score", key: "score", metric: "nps", wording: { en } }],
      });
    const own = { workspace_id: workspaceId, survey_id: surveyId };
    await sql`update survey_versions set definition = ${said("Old?")}::jsonb
      where workspace_id = ${workspaceId} and survey_id = ${surveyId}`.execute(db);
    const created_at = new Date("2026-10-05T12:00:00Z");
    // The promise alone: another series of versions, the same question.
    for (const [version, words] of [
      [2, "Old?"],
      [3, "New?"],
    ] as const) {
      const values = { ...own, version, series: version, created_at, definition: said(words) };
      await db.insertInto("survey_versions").values(values).execute();
    }
    const ada = await insertPerson(db, workspaceId);
    await answer("2026-10-01T12:00:00Z", 1, ada);
    await answer("2026-10-06T12:00:00Z", 2, ada, 2);
    await answer("2026-10-07T12:00:00Z", 3, ada, 3);
    await answer("2026-10-08T12:00:00Z", 4, ada, 3);
    await noteEpochs(db, workspaceId);
    const expected = [
      { epoch: 1, otherWording: 1, scores: [4] },
      { epoch: 0, otherWording: 0, scores: [] },
    ];
    expect(await read("month", "last month")).toEqual(expected);
    await count();
    expect(await read("month", "last month")).toEqual(expected);
    expect(await read("2026-10-01..2026-10-06")).toEqual([
      { epoch: 1, otherWording: 1, scores: [] },
    ]);
    // Nothing new: nothing is counted anew.
    await noteEpochs(db, workspaceId);
    expect(await untilOf()).toBeDefined();
  });

  test("the marks know which metrics take one answer a person", () => {
    // migrations/0009_marks.ts names it.
    expect(metricNames.filter((name) => metrics[name].onePerPerson)).toEqual(["nps"]);
  });
});
