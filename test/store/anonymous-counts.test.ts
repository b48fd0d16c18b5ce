import { beforeAll, expect, test } from "vitest";
import { doWork } from "../../src/engine.ts";
import type { Filter } from "../../src/metrics/filter.ts";
import { parsePeriod } from "../../src/metrics/period-text.ts";
import { metrics } from "../../src/metrics/registry.ts";
import { forgetHuman } from "../../src/people/erase.ts";
import { answeredMetrics } from "../../src/store/home.ts";
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
import { createWorld, type World } from "../support/world.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const timeZone = "Pacific/Auckland";
/** Where it is half past nine in the evening of Wednesday, the 14th. */
const now = new Date("2026-10-14T08:30:00Z");

interface Given {
  readonly daysAgo: number;
  readonly team?: string;
  readonly nps?: number;
  readonly csat?: number;
  /** Not even seen. */
  readonly unseen?: boolean;
  readonly test?: boolean;
}

/** One person each: answered long ago, last week, just now; asked in vain; open; not reached; a test. */
const people: readonly Given[] = [
  { daysAgo: 40, nps: 9, team: "Billing" },
  { daysAgo: 9, nps: 0, csat: 1, team: "Billing" },
  { daysAgo: 9, nps: 10, csat: 5, team: "Sales" },
  { daysAgo: 8.9, nps: 7 },
  { daysAgo: 12, team: "Billing" },
  { daysAgo: 2, team: "Billing" },
  { daysAgo: 2.2, unseen: true },
  { daysAgo: 1, nps: 3, csat: 4, team: "Billing" },
  { daysAgo: 0.05, nps: 8, team: "Sales" },
  { daysAgo: 1, nps: 0, test: true },
];

describeEachDatabase("what remains of answers without a person", (open) => {
  let database: TestDatabase;
  let world: World;
  beforeAll(async () => {
    database = await open();
    world = await createWorld(database);
  });

  /** A workspace with these people in it; gives their ids. */
  async function fill(given: readonly Given[]) {
    const { db } = database;
    const workspaceId = await insertWorkspace(db, { time_zone: timeZone });
    const connectionId = await insertConnection(db, workspaceId);
    const asks = { questions: ["nps", "csat"].map((metric) => ({ kind: "score", metric })) };
    const surveyId = await insertSurvey(db, workspaceId, {}, asks);
    const ids: string[] = [];
    for (const each of given) {
      const personId = await insertPerson(db, workspaceId, { test: each.test ?? false });
      await ask(workspaceId, { connectionId, surveyId, personId }, each);
      ids.push(personId);
    }
    return { workspaceId, connectionId, surveyId, ids };
  }

  async function ask(
    workspaceId: number,
    refs: { connectionId: string; surveyId: string; personId: string },
    { daysAgo, team, nps, csat, unseen = false }: Given,
  ): Promise<void> {
    const { connectionId, surveyId, personId } = refs;
    const askedAt = new Date(now.getTime() - daysAgo * DAY);
    const answeredAt = nps === undefined ? null : new Date(askedAt.getTime() + HOUR / 2);
    const { db } = database;
    const chatId = await insertChat(db, workspaceId, connectionId, { team: team ?? null });
    const invitationId = await insertInvitation(db, workspaceId, surveyId, {
      ...{ person_id: personId, chat_id: chatId, state: answeredAt ? "answered" : "asked" },
      ...{ asked_at: askedAt, reached_at: unseen ? null : askedAt, answered_at: answeredAt },
      expires_at: new Date(askedAt.getTime() + 7 * DAY),
    });
    for (const metric of ["nps", "csat"] as const) {
      const score = { nps, csat }[metric];
      if (score === undefined || answeredAt === null) continue;
      const { min, max } = metrics[metric].scale;
      await db
        .insertInto("answers")
        .values({
          ...{ workspace_id: workspaceId, invitation_id: invitationId, question: metric },
          ...{ survey_id: surveyId, survey_version: 1, person_id: personId, chat_id: chatId },
          ...{ metric, score, scale_min: min, scale_max: max },
          ...{ asked_at: askedAt, answered_at: answeredAt, team: team ?? null },
        })
        .execute();
    }
  }

  const forget = (workspaceId: number, personId: string) =>
    doWork(world.engine, (work) =>
      forgetHuman(world.engine, work, { workspaceId, personId, by: "operator" }),
    );

  const period = (text: string, at: Date) => {
    const parsed = parsePeriod(text, { now: at, timeZone });
    if (!parsed.ok) throw new Error(parsed.problem);
    return parsed.period;
  };

  /** Everything that summaries are made of, in one value. */
  async function figures(workspaceId: number, at: Date) {
    const all = [];
    const filters: Filter[] = [
      {},
      { team: { values: ["Billing"], label: "Billing" } },
      { team: { values: ["Sales", "Billing"], label: "Sales" } },
    ];
    for (const filter of filters) {
      for (const name of ["nps", "csat"] as const) {
        const periods = ["week", "last week", "month", "last month", "all", "7d"].map((text) =>
          period(text, at),
        );
        const question = { workspaceId, metric: metrics[name], filter, periods, now: at };
        all.push(await readFacts(database.db, question));
      }
    }
    return all;
  }

  test("P6 every figure is the same to the digit after everybody was forgotten, also by team", async () => {
    const twin = await fill(people);
    const { workspaceId, ids } = await fill(people);
    const later = new Date(now.getTime() + 10 * DAY);
    const before = await figures(workspaceId, now);
    const golden = before[0]?.map(({ histogram }) => histogram.reduce((sum, n) => sum + n, 0));
    // This week, last week, month, last month, all, seven days: the test person is in none.
    expect(golden).toEqual([2, 3, 5, 1, 6, 2]);
    for (const [i, id] of ids.entries()) {
      await forget(workspaceId, id);
      if (i === 3) expect(await figures(workspaceId, now)).toEqual(before);
    }
    expect(await figures(workspaceId, now)).toEqual(before);
    expect(await figures(workspaceId, later)).toEqual(await figures(twin.workspaceId, later));
    expect(await answeredMetrics(database.db, workspaceId)).toEqual(["nps", "csat"]);
    const left = await database.db
      .selectFrom("answers")
      .select("invitation_id")
      .where("workspace_id", "=", workspaceId)
      .execute();
    expect(left).toEqual([]);
  });

  test("P6 of one who answered the NPS more than once each answer counts afterwards, for nobody knows who it was", async () => {
    const { workspaceId, ids, ...place } = await fill([{ daysAgo: 1, nps: 3 }]);
    const [personId = ""] = ids;
    await ask(workspaceId, { ...place, personId }, { daysAgo: 0.5, nps: 9 });
    const week = async () => {
      const question = { workspaceId, metric: metrics.nps, periods: [period("week", now)], now };
      const [facts] = await readFacts(database.db, question);
      return { three: facts?.histogram[3], nine: facts?.histogram[9], asked: facts?.asking.asked };
    };
    expect(await week()).toEqual({ three: 0, nine: 1, asked: 2 });
    await forget(workspaceId, personId);
    expect(await week()).toEqual({ three: 1, nine: 1, asked: 2 });
  });
});
