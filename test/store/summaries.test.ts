import fc from "fast-check";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { countWorkspace } from "../../src/counting/tend.ts";
import type { MetricName } from "../../src/metrics/metric.ts";
import { metricNames } from "../../src/metrics/metric.ts";
import type { Period } from "../../src/metrics/period.ts";
import { trendPeriods } from "../../src/metrics/period-steps.ts";
import { parsePeriod } from "../../src/metrics/period-text.ts";
import { metrics } from "../../src/metrics/registry.ts";
import { type Comment, readComments } from "../../src/store/comments.ts";
import type { NewRow } from "../../src/store/schema.ts";
import { readFacts } from "../../src/store/summaries.ts";
import { describeEachDatabase, type TestDatabase } from "../support/database.ts";
import {
  insertChat,
  insertConnection,
  insertInvitation,
  insertPerson,
  insertSurvey,
  insertWorkspace,
} from "../support/database-rows.ts";
import { recount, type World, worlds } from "./summaries-recount.ts";

const now = new Date("2026-10-14T10:30:00Z");
const HOUR = 3_600_000;

/** Begins and ends within a day. */
const odd: Period = {
  ...{ kind: "days", step: null, timeZone: "UTC", running: false },
  start: new Date("2026-09-21T07:30:00Z"),
  end: new Date("2026-10-05T00:00:00.001Z"),
};

function period(text: string): Period {
  const parsed = parsePeriod(text, { now, timeZone: "UTC" });
  if (!parsed.ok) throw new Error(parsed.problem);
  return parsed.period;
}

/** A time in the present week, which began on Monday the 12th. */
function monday(hours: number): Date {
  return new Date(Date.parse("2026-10-12T00:00:00Z") + hours * HOUR);
}

describeEachDatabase("summaries", (open) => {
  let database: TestDatabase;
  let workspaceId: number;

  beforeAll(async () => {
    database = await open();
  });
  beforeEach(async () => {
    workspaceId = await insertWorkspace(database.db);
  });

  /** An answered invitation with its score; `text` adds a comment. */
  async function answer(
    surveyId: string,
    score: number,
    at: Date,
    values: Partial<NewRow<"invitations">> & {
      metric?: MetricName;
      text?: string;
      question?: string;
      scaleMax?: number;
    } = {},
  ): Promise<string> {
    const { metric = "nps", text, question = "score", scaleMax, ...invitation } = values;
    const id = await insertInvitation(database.db, workspaceId, surveyId, {
      state: "answered",
      answered_at: at,
      ...invitation,
    });
    const shared = {
      workspace_id: workspaceId,
      invitation_id: id,
      survey_id: surveyId,
      survey_version: 1,
      person_id: invitation.person_id ?? null,
      chat_id: invitation.chat_id ?? null,
      answered_at: at,
    };
    const { min, max } = metrics[metric].scale;
    await database.db
      .insertInto("answers")
      .values({
        ...shared,
        question,
        metric,
        score,
        scale_min: min,
        scale_max: scaleMax ?? max,
      })
      .execute();
    if (text !== undefined) {
      await database.db
        .insertInto("answers")
        .values({ ...shared, question: "why", text })
        .execute();
    }
    return id;
  }

  const facts = async (metric: MetricName, ...periods: string[]) =>
    readFacts(database.db, {
      workspaceId,
      metric: metrics[metric],
      periods: periods.map(period),
      now,
    });

  describe("facts", () => {
    test("of a workspace without anything are empty, not missing", async () => {
      const [week, last] = await facts("nps", "week", "last week");
      expect(week?.histogram).toEqual(new Array(11).fill(0));
      expect(week?.asking).toMatchObject({ asked: 0, reached: 0, answered: 0 });
      expect(last?.period).toEqual(period("last week"));
    });

    test("belong to the period whose start they meet, and not to the one whose end they meet", async () => {
      const survey = await insertSurvey(database.db, workspaceId);
      await answer(survey, 9, monday(0));
      await answer(survey, 3, new Date(monday(0).getTime() - 1));
      const [week, last] = await facts("nps", "week", "last week");
      expect(week?.histogram[9]).toBe(1);
      expect(week?.histogram[3]).toBe(0);
      expect(last?.histogram[3]).toBe(1);
      expect(last?.histogram[9]).toBe(0);
    });

    test("count a person's latest NPS answer once in each period, unknown people by themselves", async () => {
      const survey = await insertSurvey(database.db, workspaceId);
      const other = await insertSurvey(database.db, workspaceId, { key: "relationship" });
      const ada = await insertPerson(database.db, workspaceId);
      await answer(survey, 0, monday(-30), { person_id: ada });
      await answer(survey, 2, monday(1), { person_id: ada });
      await answer(other, 10, monday(3), { person_id: ada });
      await answer(survey, 5, monday(2), { person_id: ada });
      await answer(survey, 7, monday(4));
      await answer(survey, 7, monday(5));
      const [week, last] = await facts("nps", "week", "last week");
      expect(week?.histogram).toEqual([0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 1]);
      expect(last?.histogram[0]).toBe(1);
    });

    test("count every CSAT answer of a person", async () => {
      const survey = await insertSurvey(database.db, workspaceId, { metric: "csat" });
      const ada = await insertPerson(database.db, workspaceId);
      for (const score of [1, 5, 5]) {
        await answer(survey, score, monday(score), { metric: "csat", person_id: ada });
      }
      const [week] = await facts("csat", "week");
      expect(week?.histogram).toEqual([1, 0, 0, 0, 2]);
    });

    test("find a metric that is the second question of another survey", async () => {
      const questions = [
        { kind: "score", metric: "csat" },
        { kind: "score", metric: "resolution" },
      ];
      const survey = await insertSurvey(
        database.db,
        workspaceId,
        { metric: "csat" },
        { questions },
      );
      const id = await answer(survey, 4, monday(1), { metric: "csat", asked_at: monday(0) });
      await database.db
        .insertInto("answers")
        .values({
          workspace_id: workspaceId,
          invitation_id: id,
          survey_id: survey,
          survey_version: 1,
          question: "solved",
          metric: "resolution",
          score: 2,
          scale_min: 0,
          scale_max: 2,
          answered_at: monday(1),
        })
        .execute();
      const [resolution] = await facts("resolution", "week");
      expect(resolution?.histogram).toEqual([0, 0, 1]);
      expect(resolution?.asking).toMatchObject({ asked: 1, answered: 1 });
      const unanswered = [{ kind: "score", metric: "ces" }];
      const fresh = await insertSurvey(
        database.db,
        workspaceId,
        { key: "fresh", metric: "nps" },
        { questions: unanswered },
      );
      await insertInvitation(database.db, workspaceId, fresh, {
        state: "asked",
        asked_at: monday(0),
      });
      const [ces] = await facts("ces", "week");
      expect(ces?.asking).toMatchObject({ asked: 1, answered: 0 });
      const [emotion] = await facts("emotion", "week");
      expect(emotion?.asking.asked).toBe(0);
      const [csat] = await facts("csat", "week");
      expect(csat?.histogram).toEqual([0, 0, 0, 1, 0]);
      expect(csat?.asking.asked).toBe(1);
    });

    test("leave out test people, other scales and other workspaces", async () => {
      const survey = await insertSurvey(database.db, workspaceId);
      const tester = await insertPerson(database.db, workspaceId, { test: true });
      await answer(survey, 10, monday(1), { person_id: tester, asked_at: monday(0) });
      await answer(survey, 5, monday(1), { scaleMax: 5 });
      const elsewhere = await insertWorkspace(database.db);
      const [here] = await facts("nps", "week");
      expect(here?.histogram).toEqual(new Array(11).fill(0));
      expect(here?.asking.asked).toBe(0);
      workspaceId = elsewhere;
      const [there] = await facts("nps", "week");
      expect(there?.histogram).toEqual(new Array(11).fill(0));
    });

    test("count asked, reached and answered by the time asked, the rate only over closed windows", async () => {
      const survey = await insertSurvey(database.db, workspaceId, { metric: "csat" });
      const invite = (values: Partial<NewRow<"invitations">>) =>
        insertInvitation(database.db, workspaceId, survey, { state: "asked", ...values });
      const asked_at = monday(-100);
      const closed = { asked_at, expires_at: new Date(now.getTime()) };
      const open = { asked_at, expires_at: new Date(now.getTime() + 1) };
      const reached_at = monday(-99);
      await invite({ ...closed, reached_at, answered_at: monday(2) });
      await invite({ ...closed, reached_at });
      await invite({ ...closed, state: "undeliverable" });
      await invite({ ...open, reached_at });
      await invite({ ...open, reached_at, answered_at: monday(2) });
      await invite({ asked_at, answered_at: monday(2) });
      await invite({ state: "planned" });
      const [week, last] = await facts("csat", "week", "last week");
      expect(week?.asking.asked).toBe(0);
      expect(last?.asking).toEqual({
        asked: 6,
        reached: 5,
        answered: 3,
        closedReached: 3,
        closedAnswered: 2,
        open: 1,
      });
    });

    test("count invitations, also where one answer a person counts", async () => {
      const survey = await insertSurvey(database.db, workspaceId);
      const ada = await insertPerson(database.db, workspaceId);
      const asked = { state: "asked", asked_at: monday(1), reached_at: monday(1) } as const;
      const invite = (values: Partial<NewRow<"invitations">>) =>
        insertInvitation(database.db, workspaceId, survey, { ...asked, ...values });
      await invite({ person_id: ada, answered_at: monday(2) });
      await invite({ person_id: ada });
      await invite({});
      await invite({});
      const [week] = await facts("nps", "week");
      expect(week?.asking).toMatchObject({ asked: 4, reached: 4, answered: 1 });
    });
  });

  describe("comments", () => {
    const comments = (limit = 10) =>
      readComments(database.db, {
        workspaceId,
        metrics: [metrics.nps],
        period: period("week"),
        limit,
      });

    test("come low ones first and then newest first, with who said them and a link", async () => {
      const survey = await insertSurvey(database.db, workspaceId);
      const second = await insertSurvey(database.db, workspaceId, { key: "second" });
      const ada = await insertPerson(database.db, workspaceId, { name: "Ada" });
      const connection = await insertConnection(database.db, workspaceId);
      const url = "https://chat.example/1";
      const chat = await insertChat(database.db, workspaceId, connection, { url });
      await answer(survey, 9, monday(9), { text: "newest" });
      await answer(second, 8, monday(8), { text: "second newest" });
      await answer(survey, 6, monday(2), { text: "newer low", person_id: ada, chat_id: chat });
      await answer(second, 0, monday(1), { text: "older low" });
      await answer(survey, 1, monday(-1), { text: "last week" });
      await answer(survey, 1, monday(3));
      expect((await comments()).map(({ text }) => text)).toEqual([
        "newer low",
        "older low",
        "newest",
        "second newest",
      ]);
      expect((await comments(1))[0]).toEqual({
        text: "newer low",
        metric: "nps",
        score: 6,
        answeredAt: monday(2),
        person: "Ada",
        chatUrl: url,
        invitationId: expect.any(String),
      });
      expect((await comments(3)).map(({ text }) => text)).toEqual([
        "newer low",
        "older low",
        "newest",
      ]);
    });

    test("belong to their metric, and never come from test people", async () => {
      const csat = await insertSurvey(database.db, workspaceId, { metric: "csat", key: "csat" });
      const nps = await insertSurvey(database.db, workspaceId);
      const tester = await insertPerson(database.db, workspaceId, { test: true });
      await answer(csat, 1, monday(1), { metric: "csat", text: "of CSAT" });
      await answer(nps, 1, monday(1), { text: "only a test", person_id: tester });
      expect(await comments()).toEqual([]);
    });

    test("of all metrics come together, page by page, words beside two scores once", async () => {
      const nps = await insertSurvey(database.db, workspaceId);
      const csat = await insertSurvey(database.db, workspaceId, { metric: "csat", key: "csat" });
      await answer(nps, 6, monday(1), { text: "low NPS" });
      await answer(csat, 2, monday(2), { metric: "csat", text: "low CSAT" });
      await answer(csat, 4, monday(3), { metric: "csat", text: "good CSAT" });
      await answer(nps, 9, monday(4), { text: "good NPS" });
      const page = (offset: number) =>
        readComments(database.db, {
          ...{ workspaceId, metrics: Object.values(metrics), period: period("week") },
          ...{ limit: 2, offset },
        });
      const texts = (comments: Comment[]) => comments.map(({ text, metric }) => [text, metric]);
      expect(texts(await page(0))).toEqual([
        ["low CSAT", "csat"],
        ["low NPS", "nps"],
      ]);
      expect(texts(await page(2))).toEqual([
        ["good NPS", "nps"],
        ["good CSAT", "csat"],
      ]);
      expect(await page(4)).toEqual([]);
      const { invitation_id, ...said } = await database.db
        .selectFrom("answers")
        .selectAll()
        .where("workspace_id", "=", workspaceId)
        .where("score", "=", 9)
        .executeTakeFirstOrThrow();
      await database.db
        .insertInto("answers")
        .values({ ...said, invitation_id, question: "solved", metric: "resolution", score: 0 })
        .execute();
      expect(await page(3)).toHaveLength(1);
    });

    test("keep words as they are", async () => {
      const nps = await insertSurvey(database.db, workspaceId);
      const text = "'; drop table answers; -- <!channel> \u202e 👩‍👩‍👧";
      await answer(nps, 1, monday(1), { text });
      expect((await comments())[0]?.text).toBe(text);
    });
  });

  async function insertWorld({ people, surveys, invitations, answers }: World): Promise<void> {
    const { db } = database;
    const own = <T extends object>(row: T) => ({ ...row, workspace_id: workspaceId });
    await db.transaction().execute(async (trx) => {
      for (const row of people) await trx.insertInto("people").values(own(row)).execute();
      for (const { questions, ...row } of surveys) {
        await insertSurvey(trx, workspaceId, row, { questions });
      }
      if (invitations.length > 0) {
        await trx.insertInto("invitations").values(invitations.map(own)).execute();
      }
      if (answers.length > 0) {
        await trx.insertInto("answers").values(answers.map(own)).execute();
      }
    });
  }

  test.each([
    ["read from the rows", undefined],
    ["counted up to yesterday", now],
    ["counted up to three weeks ago", new Date(now.getTime() - 21 * 24 * HOUR)],
  ])("D13 every figure equals a plain recount of the rows, %s", async (_, counted) => {
    const weeks = trendPeriods(period("week"), 4, now);
    const periods = [...weeks, period("all"), period("month"), period("40d"), odd];
    await fc.assert(
      fc.asyncProperty(worlds({ periods, now }), async (world) => {
        workspaceId = await insertWorkspace(database.db);
        await insertWorld(world);
        // Read from counts where they are there: of all days, or of those up to a time.
        if (counted !== undefined) {
          const clock = { now: () => counted };
          await countWorkspace({ db: database.db, clock }, workspaceId);
        }
        for (const name of metricNames) {
          const metric = metrics[name];
          const expected = periods.map((each) => recount(world, name, each, now));
          const read = await readFacts(database.db, { workspaceId, metric, periods, now });
          expect(read.map(({ histogram, asking }) => ({ histogram, asking }))).toEqual(expected);
        }
      }),
      { numRuns: counted === undefined ? 6 : 2 },
    );
  });
});
