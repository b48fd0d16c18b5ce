/** The store functions of operational figures, against what is written down beside each row. */
import { beforeAll, beforeEach, expect, test } from "vitest";
import type { Filter } from "../../src/metrics/filter.ts";
import type { Period } from "../../src/metrics/period.ts";
import {
  readCustomerCounts,
  readLeavingWords,
  readNewlyHigh,
} from "../../src/store/churn-figures.ts";
import { readContacts } from "../../src/store/contacts.ts";
import { readUnitNames, readWaitingChats } from "../../src/store/first-replies.ts";
import { putOrders } from "../../src/store/orders.ts";
import { readResponses } from "../../src/store/responses.ts";
import type { NewRow } from "../../src/store/schema.ts";
import { countTiers } from "../../src/store/signals.ts";
import { describeEachDatabase, type TestDatabase } from "../support/database.ts";
import {
  insertChat,
  insertConnection,
  insertInvitation,
  insertPerson,
  insertSurvey,
  insertWorkspace,
} from "../support/database-rows.ts";

const at = (time: string) => new Date(`2026-11-${time}:00Z`);
const now = at("18T12:00");
const week: Period = {
  kind: "week",
  step: { days: 7 },
  start: at("16T00:00"),
  end: at("23T00:00"),
  timeZone: "UTC",
  running: true,
};

describeEachDatabase("what operational figures are made of", (open) => {
  let database: TestDatabase;
  let workspaceId: number;
  let connection: string;
  let ada: string;
  beforeAll(async () => {
    database = await open();
  });
  beforeEach(async () => {
    workspaceId = await insertWorkspace(database.db);
    connection = await insertConnection(database.db, workspaceId);
    ada = await person("Ada");
  });

  type Values<T extends "chats" | "people" | "invitations"> = Partial<
    Omit<NewRow<T>, "workspace_id">
  >;
  const person = (name: string, values: Values<"people"> = {}) =>
    insertPerson(database.db, workspaceId, { name, created_at: at("01T00:00"), ...values });
  const chat = (came: string, values: Values<"chats"> = {}) =>
    insertChat(database.db, workspaceId, connection, {
      ...{ customer_id: ada, opened_at: at(came), first_customer_at: at(came), channel: "#help" },
      ...values,
    });
  const closed = (time: string) => ({ state: "closed", closed_at: at(time), closings: 1 }) as const;
  const handles = (chat_id: string, person_id: string) =>
    database.db
      .insertInto("handlers")
      .values({ workspace_id: workspaceId, chat_id, closing: 0, person_id, messages: 1 })
      .execute();

  const waits = async (filter: Filter = {}, by?: "agent" | "team") => {
    const all = [];
    const about = { workspaceId, period: week, filter, ...(by && { by }) };
    for await (const batch of readWaitingChats(database.db, about)) all.push(...batch);
    return all.map(({ value, cameAt, repliedAt, closedAt }) => [
      value,
      ...[repliedAt, closedAt].map((time) => (time === null ? null : (time - cameAt) / 60_000)),
    ]);
  };

  test("first replies: whoever wrote in the period, with their replies and ends, by who replied first", async () => {
    const kim = await person("Kim", { role: "agent" });
    const lee = await person("Lee", { role: "agent" });
    const bot = await person("Bot", { role: "agent", bot: true });
    const replied = (time: string, first_replier_id: string | null) => ({
      first_replied_at: at(time),
      first_replier_id,
    });
    await chat("15T23:59", replied("16T00:10", kim));
    await chat("16T09:00", { ...replied("16T09:20", kim), team: "Billing" });
    const older = await chat("16T10:00", replied("16T10:30", null));
    for (const each of [lee, bot]) await handles(older, each);
    await chat("16T11:00", { first_replied_at: at("16T10:59") }); // said before the customer wrote
    await chat("17T09:00", closed("17T09:45"));
    await chat("17T10:00", { ...closed("17T10:01"), close_reason: "spam" });
    await chat("17T11:00", { customer_id: await person("Test", { test: true }) });
    await chat("17T12:00", { customer_id: null });
    expect(await waits({}, "agent")).toEqual([
      [kim, 20, null],
      [lee, 30, null],
      ["", null, null],
      ["", null, 45],
      ["", null, null],
    ]);
    expect(await waits({ agent: { values: [lee], label: "Lee" } })).toEqual([["", 30, null]]);
    expect(await waits({ team: { values: ["Billing"], label: "Billing" } })).toHaveLength(1);
    const names = await readUnitNames(database.db, workspaceId, "agent", [kim, ""]);
    expect([...names]).toEqual([
      [kim, "Kim"],
      ["", ""],
    ]);
  });

  test("contacts: firsts and returns of humans, on days of which orders are known", async () => {
    const kim = await person("Kim", { role: "agent" });
    const bot = await person("Bot", { role: "agent", bot: true });
    const back = (...times: string[]) => ({
      reopenings: times.map(at),
      reopened_at: at(times.at(-1) ?? "16T00:00"),
    });
    await chat("10T09:00", back("12T09:00", "16T08:00", "16T20:00"));
    await chat("16T09:00", { channel: "#sales" });
    await chat("17T09:00"); // a day without a number of orders
    await chat("16T10:00", { ...closed("16T11:00"), close_reason: "spam" });
    const handled = await chat("16T11:00", closed("16T12:00"));
    await handles(handled, bot);
    const both = await chat("16T12:00", closed("16T13:00"));
    for (const each of [bot, kim]) await handles(both, each);
    const waiting = await chat("16T13:00");
    await handles(waiting, bot);
    await chat("16T14:00", { first_team_at: at("16T08:00"), opened_at: at("16T08:00") });
    await chat("16T15:00", { first_team_at: at("16T14:30"), opened_at: at("16T14:00") });
    await putOrders(database.db, workspaceId, [
      { day: "2026-11-16", orders: 5000 },
      { day: "2026-11-18", orders: 200 },
      { day: "2026-11-20", orders: 9 },
      { day: "2026-11-10", orders: 9 },
    ]);
    const about = { workspaceId, period: week, now, by: "channel" } as const;
    expect(await readContacts(database.db, about)).toEqual({
      ...{ days: 3, daysWithout: 1, orders: 5200, contacts: 6, contactsWithout: 1 },
      leftOut: { spam: 1, bot: 1, outbound: 1 },
      rows: [
        { value: "#help", label: "#help", contacts: 5 },
        { value: "#sales", label: "#sales", contacts: 1 },
      ],
    });
    const start = new Date("1970-01-01T00:00:00Z");
    const all = { ...about, period: { ...week, kind: "all", start } as const };
    expect(await readContacts(database.db, all)).toMatchObject({ days: 9, daysWithout: 6 });
  });

  const ask = async (survey: string, values: Values<"invitations">) =>
    insertInvitation(database.db, workspaceId, survey, {
      ...{ person_id: ada, state: "asked", asked_at: at("16T09:00"), language: "en" },
      expires_at: at("17T09:00"),
      ...values,
    });

  test("responses: reached and over, started and finished, and what became of the others", async () => {
    const survey = await insertSurvey(database.db, workspaceId);
    const exit = { key: "exit", metric: null, trigger: "schedule" } as const;
    const leaving = await insertSurvey(database.db, workspaceId, exit);
    const seen = { reached_at: at("16T09:01") };
    const answered = { ...seen, state: "answered", answered_at: at("16T10:00") } as const;
    await ask(survey, { ...answered, finished_at: at("16T10:01"), reminded_at: at("16T09:30") });
    await ask(survey, { ...answered, reached_at: null, language: "de" });
    await ask(survey, { ...seen, state: "expired" });
    await ask(survey, {}); // shown to nobody but them, and never pressed
    await ask(survey, { ...seen, expires_at: at("19T09:00") });
    await ask(survey, { ...seen, state: "declined" });
    await ask(survey, { ...seen, state: "planned", state_reason: "later" });
    await ask(survey, { state: "undeliverable" });
    await ask(survey, { state: "undeliverable", asked_at: null, due_at: at("16T09:00") });
    await ask(survey, { ...answered, asked_at: null }); // imported without a time asked
    await ask(survey, { ...answered, asked_at: at("15T09:00") });
    await ask(survey, { ...answered, person_id: await person("Test", { test: true }) });
    await ask(leaving, { ...answered, kind: "exit" });
    const about = { workspaceId, periods: [week], now };
    const [whole] = await readResponses(database.db, about);
    const counts = {
      ...{ asked: 8, reached: 6, answered: 2, closedReached: 5, closedAnswered: 2, open: 1 },
      ...{ started: 2, finished: 1, undelivered: 2, declined: 1, expired: 1, snoozed: 1 },
    };
    expect(whole?.counts).toEqual([counts]);
    const kinds = await readResponses(database.db, { ...about, by: "kind" });
    expect(new Map(kinds.map(({ value, counts: [own] }) => [value, own?.asked]))).toEqual(
      new Map([
        ["chat", 8],
        ["exit", 1],
      ]),
    );
    const languages = await readResponses(database.db, { ...about, by: "language" });
    const german = languages.find(({ value }) => value === "de");
    expect(german?.counts[0]).toMatchObject({ asked: 1, reached: 1, answered: 1, finished: 0 });
  });

  test("responses: of people who were forgotten their numbers remain", async () => {
    const survey = await insertSurvey(database.db, workspaceId);
    const row = { workspace_id: workspaceId, survey_id: survey, survey_version: 1 };
    for (const [what, n] of [
      ["asked", 4],
      ["reached", 3],
      ["answered", 2],
    ] as const) {
      await database.db
        .insertInto("anonymous_counts")
        .values({ ...row, day: "2026-11-02", team: "Billing", what, n })
        .execute();
    }
    const period = { ...week, start: at("01T00:00") };
    const [billing] = await readResponses(database.db, {
      ...{ workspaceId, periods: [period], now, by: "team" },
    });
    expect(billing).toMatchObject({ value: "Billing" });
    expect(billing?.counts[0]).toMatchObject({
      ...{ asked: 4, reached: 3, answered: 2, closedReached: 3, started: 0, finished: 0 },
    });
  });

  test("churn: an account is one customer, and who came in the period is in neither part", async () => {
    const account = async (name: string, values: Partial<NewRow<"accounts">> = {}) => {
      const id = crypto.randomUUID();
      const row = { workspace_id: workspaceId, id, external_id: name, name };
      await database.db
        .insertInto("accounts")
        .values({ ...row, created_at: at("01T00:00"), ...values })
        .execute();
      return id;
    };
    const left = (time: string, rule = "contract ended") => ({
      left_at: at(time),
      left_rule: rule,
    });
    const acme = await account("Acme");
    for (const name of ["Bo", "Cy"]) await person(name, { account_id: acme, ...left("17T00:00") });
    const half = await account("Half");
    await person("Di", { account_id: half, ...left("17T00:00") });
    await person("Ed", { account_id: half });
    await account("Gone", left("16T12:00", "unpaid"));
    await account("Before", left("15T12:00"));
    await account("Later", left("20T12:00"));
    await person("New", { joined_at: at("16T12:00") });
    await person("NewAndGone", { joined_at: at("16T12:00"), ...left("17T00:00") });
    await person("Sample", { source: "sample" });
    await person("Kim", { role: "agent" });
    const human = await person("Fay");
    await person("Fay elsewhere", { human_id: human, ...left("17T06:00") });
    // Ada, Acme, Half, Gone, Later, Sample, Fay were there; Acme, Gone and Fay were lost.
    expect(await readCustomerCounts(database.db, { workspaceId, period: week, now })).toEqual({
      ...{ start: 7, lost: 3, end: 5, joined: 2 },
      rules: [
        { rule: "contract ended", n: 2 },
        { rule: "unpaid", n: 1 },
      ],
    });
  });

  test("churn: who newly stands at high, and words of those who leave", async () => {
    const signal = (human_id: string, tier: "high" | "watch" | "low", since: string) =>
      database.db
        .insertInto("signals")
        .values({
          ...{ workspace_id: workspaceId, human_id, points: 6, tier, reasons: "[]" },
          ...{ tier_since: at(since), computed_at: now, due_at: null },
        })
        .execute();
    await signal(ada, "high", "17T09:00");
    await signal(await person("Bo"), "high", "10T09:00");
    await signal(await person("Cy"), "watch", "17T09:00");
    // Whoever has left, or will have tomorrow: only one of them stands nowhere any more.
    await signal(await person("Left", { left_at: at("17T09:00") }), "low", "17T09:00");
    await signal(await person("Leaving", { left_at: at("30T09:00") }), "low", "17T09:00");
    const tiers = await countTiers(database.db, workspaceId, now);
    expect([tiers.get("high"), tiers.get("watch"), tiers.get("low")]).toEqual([2, 1, 1]);
    const newly = await readNewlyHigh(database.db, { workspaceId, period: week }, 5);
    expect(newly).toMatchObject({ n: 1, people: [{ name: "Ada", points: 6 }] });
    const values = { key: "exit", metric: null, trigger: "schedule" } as const;
    const survey = await insertSurvey(database.db, workspaceId, values);
    const writes = async (text: string, time: string, promise: "named" | "totals" = "named") => {
      const invitation_id = await ask(survey, { kind: "exit", state: "answered", promise });
      await database.db
        .insertInto("answers")
        .values({
          ...{ workspace_id: workspaceId, invitation_id, question: "why", survey_id: survey },
          ...{ survey_version: 1, person_id: ada, text, promise, answered_at: at(time) },
        })
        .execute();
    };
    await writes("Too dear", "16T09:00");
    await writes("Too slow", "17T09:00");
    await writes("Nobody must know", "17T10:00", "totals");
    const words = await readLeavingWords(database.db, { workspaceId, period: week }, 5);
    expect(words.map(({ text, person: who }) => [text, who])).toEqual([
      ["Too slow", "Ada"],
      ["Too dear", "Ada"],
    ]);
  });
});
