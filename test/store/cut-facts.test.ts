import { beforeAll, expect, test } from "vitest";
import { type Cut, cuts, type Filter, filterNames } from "../../src/metrics/filter.ts";
import { parsePeriod } from "../../src/metrics/period-text.ts";
import { metrics } from "../../src/metrics/registry.ts";
import { readCutFacts } from "../../src/store/cut-facts.ts";
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

const now = new Date("2026-10-14T10:30:00Z");
const parsed = parsePeriod("week", { now, timeZone: "UTC" });
if (!parsed.ok) throw new Error(parsed.problem);
const periods = [parsed.period];

describeEachDatabase("facts cut into parts", (open) => {
  let database: TestDatabase;
  let workspaceId: number;
  let surveys: { csat: string; nps: string };
  let people: { ada: string; bob: string; mia: string; leo: string; bot: string };
  let account: string;
  let connectionId: string;

  beforeAll(async () => {
    database = await open();
    const { db } = database;
    workspaceId = await insertWorkspace(db);
    connectionId = await insertConnection(db, workspaceId);
    surveys = {
      csat: await insertSurvey(db, workspaceId, { metric: "csat", key: "csat" }),
      nps: await insertSurvey(db, workspaceId),
    };
    account = crypto.randomUUID();
    const acme = { workspace_id: workspaceId, id: account, external_id: "acme", name: "Acme Inc" };
    await db.insertInto("accounts").values(acme).execute();
    const person = (values: Parameters<typeof insertPerson>[2]) =>
      insertPerson(db, workspaceId, values);
    people = {
      ada: await person({ name: "Ada", account_id: account }),
      bob: await person({ name: "Bob" }),
      mia: await person({ name: "Mia", role: "agent" }),
      leo: await person({ name: "Leo", role: "agent" }),
      bot: await person({ name: "Bot", bot: true }),
    };
    const { ada, bob, mia, leo, bot } = people;
    const billing = { team: "Billing", channel: "#help", touchpoint: "refund", language: "en" };
    const sales = { team: "Sales", channel: "#sales", touchpoint: "demo", language: "ru" };
    await answer(
      "csat",
      5,
      ada,
      { ...billing, tags: ["vip", "refund"] },
      { [mia]: 3, [leo]: 1, [bot]: 9 },
    );
    await answer("csat", 1, bob, { ...billing, tags: ["refund"] }, { [mia]: 1 });
    await answer("csat", 3, ada, sales, { [bot]: 2 });
    await answer("csat", 4, null, {});
    await answer("nps", 9, ada, billing, { [mia]: 1 });
    await answer("nps", 0, ada, sales, { [leo]: 1 });
    await ask(ada, "Sales");
  });

  let minute = 0;
  async function answer(
    metric: "csat" | "nps",
    score: number,
    personId: string | null,
    values: Partial<NewRow<"answers">>,
    handlers: Readonly<Record<string, number>> = {},
  ): Promise<void> {
    const { db } = database;
    minute += 1;
    const at = new Date(Date.parse("2026-10-13T08:00:00Z") + minute * 60_000);
    const handled = Object.keys(handlers).length > 0;
    const chatId = handled ? await insertChat(db, workspaceId, connectionId) : null;
    for (const [person_id, messages] of Object.entries(handlers)) {
      const row = { workspace_id: workspaceId, chat_id: chatId ?? "", closing: 1 };
      await db
        .insertInto("handlers")
        .values({ ...row, person_id, messages })
        .execute();
    }
    const shared = { person_id: personId, chat_id: chatId, closing: handled ? 1 : null };
    const invitationId = await insertInvitation(db, workspaceId, surveys[metric], {
      ...{ ...shared, state: "answered", asked_at: at, reached_at: at, answered_at: at },
    });
    const { min, max } = metrics[metric].scale;
    await db
      .insertInto("answers")
      .values({
        ...{ workspace_id: workspaceId, invitation_id: invitationId, ...shared },
        ...{ survey_id: surveys[metric], survey_version: 1, question: "score", metric, score },
        ...{ scale_min: min, scale_max: max, answered_at: at, platform: "slack", ...values },
      })
      .execute();
  }

  /** Asked in vain. */
  async function ask(personId: string, team: string): Promise<void> {
    const { db } = database;
    const chatId = await insertChat(db, workspaceId, connectionId, {
      ...{ team, channel: "#sales", tags: ["late"] },
    });
    await insertInvitation(db, workspaceId, surveys.csat, {
      ...{ person_id: personId, chat_id: chatId, state: "asked", language: "ru" },
      asked_at: new Date("2026-10-13T07:00:00Z"),
    });
  }

  /** Histogram, answers and asked of each row. */
  async function cut(metric: "csat" | "nps", by: Cut, filter: Filter = {}) {
    const question = { workspaceId, metric: metrics[metric], filter, periods, now };
    const { rows } = await readCutFacts(database.db, { ...question, by });
    return rows.map(({ value, label, facts, answers }) => [
      label || value,
      facts[0]?.histogram,
      answers[0],
      facts[0]?.asking.asked,
    ]);
  }

  test("have a row for each value, the largest first, and one for what has none", async () => {
    const none = ["", [0, 0, 0, 1, 0], 1, 1];
    const sales = [0, 0, 1, 0, 0];
    expect(await cut("csat", "team")).toEqual([
      ["Billing", [1, 0, 0, 0, 1], 2, 2],
      ["Sales", sales, 1, 2],
      none,
    ]);
    expect(await cut("csat", "channel")).toEqual([
      ["#help", [1, 0, 0, 0, 1], 2, 2],
      ["#sales", sales, 1, 2],
      none,
    ]);
    expect(await cut("csat", "touchpoint")).toEqual([
      ["refund", [1, 0, 0, 0, 1], 2, 2],
      ["demo", sales, 1, 1],
      ["support chat", [0, 0, 0, 0, 0], 0, 1],
      none,
    ]);
    expect(await cut("csat", "language")).toEqual([
      ["en", [1, 0, 0, 0, 1], 2, 2],
      ["ru", sales, 1, 2],
      none,
    ]);
    expect(await cut("csat", "account")).toEqual([
      ["Acme Inc", [0, 0, 1, 0, 1], 2, 3],
      ["", [1, 0, 0, 1, 0], 2, 2],
    ]);
    expect(await cut("csat", "platform")).toEqual([
      ["slack", [1, 0, 1, 1, 1], 4, 4],
      ["", [0, 0, 0, 0, 0], 0, 1],
    ]);
  });

  test("count an answer once for each of its tags", async () => {
    expect(await cut("csat", "tag")).toEqual([
      ["refund", [1, 0, 0, 0, 1], 2, 2],
      ["vip", [0, 0, 0, 0, 1], 1, 1],
      ["late", [0, 0, 0, 0, 0], 0, 1],
      ["", [0, 0, 1, 1, 0], 2, 2],
    ]);
  });

  test("share an answer between its handlers by their messages; bots are nobody", async () => {
    expect(await cut("csat", "agent")).toEqual([
      ["Mia", [1, 0, 0, 0, 0.75], 2, 2],
      ["Leo", [0, 0, 0, 0, 0.25], 1, 1],
      ["", [0, 0, 1, 1, 0], 2, 3],
    ]);
  });

  test("have a row for each score", async () => {
    expect(await cut("csat", "score")).toEqual([
      ["1", [1, 0, 0, 0, 0], 1, 0],
      ["2", [0, 0, 0, 0, 0], 0, 0],
      ["3", [0, 0, 1, 0, 0], 1, 0],
      ["4", [0, 0, 0, 1, 0], 1, 0],
      ["5", [0, 0, 0, 0, 1], 1, 0],
    ]);
  });

  test("take one answer a person within each part, where the metric does", async () => {
    const [billing, sales] = await cut("nps", "team");
    expect(billing?.slice(0, 3)).toEqual(["Billing", [0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0], 1]);
    expect(sales?.slice(0, 3)).toEqual(["Sales", [1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], 1]);
  });

  test("are what the same filter keeps, for every cut and value", async () => {
    for (const by of filterNames) {
      const question = { workspaceId, metric: metrics.csat, periods, now };
      const { rows } = await readCutFacts(database.db, { ...question, by });
      for (const { value, label, facts, answers } of rows) {
        const filter = { [by]: { values: [value], label } };
        const [kept] = await readFacts(database.db, { ...question, filter });
        expect([by, value, kept?.asking]).toEqual([by, value, facts[0]?.asking]);
        expect(kept?.histogram.reduce((sum, n) => sum + n, 0)).toBe(answers[0]);
        if (by !== "agent") expect(kept?.histogram).toEqual(facts[0]?.histogram);
      }
    }
  });

  test("are narrowed down by several filters at once, each of which takes any of its values", async () => {
    const filter = {
      team: { values: ["Billing", "Sales"], label: "" },
      account: { values: [account], label: "" },
    };
    expect(await cut("csat", "tag", filter)).toEqual([
      ["refund", [0, 0, 0, 0, 1], 1, 1],
      ["vip", [0, 0, 0, 0, 1], 1, 1],
      ["late", [0, 0, 0, 0, 0], 0, 1],
      ["", [0, 0, 1, 0, 0], 1, 1],
    ]);
    for (const by of cuts) await cut("nps", by, filter);
  });
});
