import { beforeAll, beforeEach, expect, test } from "vitest";
import type { Period } from "../../src/metrics/period.ts";
import { parsePeriod } from "../../src/metrics/period-text.ts";
import { readCoverage, readCoverageFigures } from "../../src/store/coverage.ts";
import type { NewRow } from "../../src/store/schema.ts";
import { describeEachDatabase, type TestDatabase } from "../support/database.ts";
import {
  insertChat,
  insertConnection,
  insertInvitation,
  insertPerson,
  insertSurvey,
  insertWorkspace,
} from "../support/database-rows.ts";

const now = new Date("2026-10-22T10:00:00Z");
const inPeriod = new Date("2026-10-14T10:00:00Z");

type Chat = Partial<Omit<NewRow<"chats">, "workspace_id">>;
type Invited = Partial<Omit<NewRow<"invitations">, "workspace_id">>;

describeEachDatabase("coverage", (open) => {
  let database: TestDatabase;
  let workspaceId: number;
  let connection: string;
  let survey: string;
  let dana: string;
  let period: Period;

  beforeAll(async () => {
    database = await open();
    const parsed = parsePeriod("2026-W42", { now, timeZone: "UTC" });
    if (!parsed.ok) throw new Error(parsed.problem);
    period = parsed.period;
  });

  beforeEach(async () => {
    const { db } = database;
    workspaceId = await insertWorkspace(db);
    connection = await insertConnection(db, workspaceId);
    survey = await insertSurvey(db, workspaceId);
    dana = await insertPerson(db, workspaceId, { name: "Dana" });
  });

  const about = () => ({ workspaceId, period, now });

  /** A chat that would be asked about, as far as `chat` says nothing else. */
  async function chat(given: Chat = {}, invited?: Invited): Promise<string> {
    const id = await insertChat(database.db, workspaceId, connection, {
      ...{ customer_id: dana, team: "Billing", state: "closed", close_reason: "solved" },
      ...{ closings: 1, closed_at: inPeriod, last_message_at: inPeriod, opened_at: inPeriod },
      ...{ first_customer_at: inPeriod, first_replied_at: inPeriod },
      ...{ customer_messages: 3, customer_characters: 90, ...given },
    });
    if (invited !== undefined) {
      const { db } = database;
      const values = { chat_id: id, closing: 1, person_id: dana, ...invited };
      await insertInvitation(db, workspaceId, survey, values);
    }
    return id;
  }

  const asked = { state: "asked", asked_at: inPeriod } as const;

  async function handled(chatId: string, parts: readonly (readonly [string, number])[]) {
    for (const [person_id, messages] of parts)
      for (const closing of [0, 1])
        await database.db
          .insertInto("handlers")
          .values({ workspace_id: workspaceId, chat_id: chatId, closing, person_id, messages })
          .execute();
  }

  test("says what became of each chat that was worth a question", async () => {
    await chat({}, asked);
    await chat({}, { ...asked, kind: "manual" });
    await chat({ closings: 2 }, asked);
    await chat({}, { state: "planned" });
    await chat({}, { state: "suppressed", state_reason: "never-again" });
    await chat({}, { state: "expired", state_reason: "asked-recently" });
    await chat();
    expect(await readCoverage(database.db, about())).toMatchObject({
      ...{ closed: 7, eligible: 7, asked: 3, byHand: 1, waiting: 1 },
      unasked: { "never-again": 1, "asked-recently": 1, "not-planned": 1 },
    });
  });

  test("names every way in which a chat gets past the question", async () => {
    await chat({ close_reason: "spam" }, { state: "suppressed", state_reason: "spam" });
    await chat({ close_reason: "inactivity" }, { state: "suppressed", state_reason: "inactive" });
    await chat({ customer_messages: 1 }, { state: "suppressed", state_reason: "too-short" });
    await chat({ first_replied_at: null, close_reason: "manual" });
    const cancelled = { state: "cancelled", state_reason: "reopened" } as const;
    await chat({ closings: 2 }, cancelled);
    const silent = { state: "open", close_reason: null, closed_at: null, closings: 0 } as const;
    await chat(silent);
    expect(await readCoverage(database.db, about())).toEqual({
      ...{ value: "", label: "", closed: 5, eligible: 1, asked: 0, byHand: 0, waiting: 0 },
      ...{ spam: 1, inactive: 1, tooShort: 1, noHumanReply: 1, reopened: 1, leftOpen: 1 },
      unasked: { reopened: 1 },
    });
  });

  test("counts no chat with nothing in it, of nobody who counts, or of another time", async () => {
    await chat({ close_reason: "spam", first_replied_at: null });
    await chat({ close_reason: "inactivity", customer_messages: 1 });
    const test = await insertPerson(database.db, workspaceId, { test: true });
    await chat({ customer_id: test });
    await chat({ customer_id: null });
    await chat({ closed_at: period.end });
    await chat({ closed_at: new Date(period.start.getTime() - 1) });
    // Still a talk, four days after its last message.
    const lately = new Date("2026-10-18T10:00:00Z");
    await chat({ state: "open", close_reason: null, closed_at: null, last_message_at: lately });
    await insertChat(database.db, database.workspaceId, await elsewhere(), {
      ...{ customer_id: await insertPerson(database.db, database.workspaceId) },
      ...{ state: "closed", close_reason: "solved", closed_at: inPeriod, customer_messages: 9 },
      first_replied_at: inPeriod,
    });
    expect(await readCoverage(database.db, about())).toMatchObject({ closed: 0, leftOpen: 0 });
  });

  const elsewhere = () => insertConnection(database.db, database.workspaceId);

  test("by agent a chat is of the human who wrote the most, on whichever row, never of a bot", async () => {
    const { db } = database;
    const kim = await insertPerson(db, workspaceId, { name: "Kim", role: "agent" });
    const kimToo = await insertPerson(db, workspaceId, { name: "Kim T.", human_id: kim });
    const lee = await insertPerson(db, workspaceId, { name: "Lee", role: "agent" });
    const bot = await insertPerson(db, workspaceId, { name: "Bot", bot: true });
    await handled(await chat({}, asked), [
      [kim, 2],
      [kimToo, 2],
      [lee, 3],
      [bot, 9],
    ]);
    await handled(await chat({}), [[lee, 1]]);
    await handled(await chat({ team: null, tags: ["refund", "vip"] }), [[lee, 1]]);
    const rows = await readCoverageFigures(db, { ...about(), by: "agent" });
    expect(rows.map(({ label, closed, asked: n }) => [label, closed, n])).toEqual([
      ["Lee", 2, 0],
      ["Kim", 1, 1],
    ]);
    expect(rows[1]?.value).toBe(kim);
    // Whoever wrote in it has it in their view.
    const own = { agent: { values: [lee], label: "Lee" } };
    expect(await readCoverage(db, { ...about(), filter: own })).toMatchObject({ eligible: 3 });
  });

  test("is cut by whatever a chat has, and narrowed down by it", async () => {
    const { db } = database;
    await chat({ tags: ["refund", "vip"], channel: "#help" }, { ...asked, language: "ru" });
    await chat({ team: "Technical", tags: ["vip"] });
    await chat({ team: null });
    const values = async (by: "team" | "tag" | "language" | "platform" | "touchpoint") =>
      (await readCoverageFigures(db, { ...about(), by })).map(({ value, closed }) => [
        value,
        closed,
      ]);
    expect((await values("team")).toSorted()).toEqual([
      ["", 1],
      ["Billing", 1],
      ["Technical", 1],
    ]);
    expect(await values("tag")).toEqual([
      ["vip", 2],
      ["", 1],
      ["refund", 1],
    ]);
    expect(await values("language")).toEqual([
      ["", 2],
      ["ru", 1],
    ]);
    expect(await values("platform")).toEqual([["playground", 3]]);
    expect(await values("touchpoint")).toEqual([["support chat", 3]]);
    const kept = (name: string, ...given: string[]) =>
      readCoverage(db, { ...about(), filter: { [name]: { values: given, label: name } } });
    expect(await kept("team", "Billing", "Technical")).toMatchObject({ closed: 2 });
    expect(await kept("tag", "vip")).toMatchObject({ closed: 2 });
    expect(await kept("channel", "#help")).toMatchObject({ closed: 1 });
    expect(await kept("language", "ru")).toMatchObject({ closed: 1 });
    expect(await kept("platform", "slack")).toMatchObject({ closed: 0 });
    expect(await kept("account", "nobody")).toMatchObject({ closed: 0 });
  });
});
