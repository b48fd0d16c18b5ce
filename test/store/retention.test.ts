import { sql } from "kysely";
import { beforeAll, beforeEach, expect, test } from "vitest";
import { createLog } from "../../src/log.ts";
import { runRetention } from "../../src/scheduling/retention.ts";
import { newId } from "../../src/store/ids.ts";
import type { Db } from "../../src/store/schema.ts";
import { changeSettings } from "../../src/store/settings.ts";
import { createTestClock, type TestClock } from "../support/clock.ts";
import { describeEitherDatabase, type TestDatabase } from "../support/database.ts";
import {
  insertCase,
  insertChat,
  insertConnection,
  insertInvitation,
  insertPerson,
  insertSurvey,
  insertWorkspace,
} from "../support/database-rows.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const log = createLog("error");

describeEitherDatabase("P5 retention", (open) => {
  let database: TestDatabase;
  let db: Db;
  let workspaceId: number;
  let surveyId: string;
  let connectionId: string;
  let clock: TestClock;

  beforeAll(async () => {
    database = await open();
    db = database.db;
  });
  beforeEach(async () => {
    workspaceId = await insertWorkspace(db, { time_zone: "Europe/Berlin" });
    surveyId = await insertSurvey(db, workspaceId);
    connectionId = await insertConnection(db, workspaceId);
  });

  const run = (onBatch?: (kind: string) => void) => runRetention({ db, clock, log }, onBatch);
  const at = (iso: string) => {
    clock = createTestClock(iso);
    return clock.now().getTime();
  };
  const set = (change: Parameters<typeof changeSettings>[2]) =>
    changeSettings(db, workspaceId, change, { actor: "operator", at: clock.now() });

  /** An answered question with a score and a comment. */
  async function answer(when: Date, values: { person_id?: string; chat_id?: string } = {}) {
    const asked = { answered_at: when, asked_at: when, created_at: when, ...values };
    const invitation_id = await insertInvitation(db, workspaceId, surveyId, {
      state: "answered",
      ...asked,
    });
    const row = {
      ...{ workspace_id: workspaceId, invitation_id, survey_id: surveyId, survey_version: 1 },
      ...{ answered_at: when, ...values },
    };
    const scored = { question: "score", metric: "nps", score: 9, scale_min: 0, scale_max: 10 };
    await db
      .insertInto("answers")
      .values([
        { ...row, ...scored, metric: "nps" },
        { ...row, question: "why", text: "canary" },
      ])
      .execute();
    return invitation_id;
  }

  const answers = () =>
    db
      .selectFrom("answers")
      .select(["invitation_id", "question"])
      .where("workspace_id", "=", workspaceId)
      .orderBy("invitation_id")
      .orderBy("question")
      .execute();
  const counts = () =>
    db
      .selectFrom("anonymous_counts")
      .select(["what", "day", "score", "n"])
      .where("workspace_id", "=", workspaceId)
      .orderBy("what")
      .execute();

  test("at the border: exactly as old as allowed stays, a millisecond more goes", async () => {
    // Over a leap day and a change of the clocks in Berlin: a day is 24 hours.
    const now = at("2028-04-02T03:17:00Z");
    await set({ retention: { textsDays: 60, answersDays: 400 } });
    const border = await answer(new Date(now - 60 * DAY));
    const over = await answer(new Date(now - 60 * DAY - 1));
    await run();
    expect(await answers()).toEqual([
      { invitation_id: border, question: "score" },
      { invitation_id: border, question: "why" },
      { invitation_id: over, question: "score" },
    ]);
  });

  test("nothing early and nothing more than a day late, across a leap day and both changes of the clocks", async () => {
    at("2028-02-20T21:47:00Z");
    await set({ retention: { textsDays: 3, answersDays: 5 } });
    const born = new Map<string, number>();
    // The leap day, then the two weekends on which Berlin's clocks change.
    for (const jump of ["2028-02-26T03:47:00Z", "2028-03-24T03:47:00Z", "2028-10-27T03:47:00Z"]) {
      const now = at(jump);
      const spread = Array.from({ length: 5 }, (_, i) => now - 2 * DAY + i * 11 * HOUR);
      const own = new Map<string, number>();
      for (const when of spread) own.set(await answer(new Date(when)), when);
      for (const [id, goneAt] of await watch([...own.keys()], 16)) {
        const age = goneAt - (own.get(id) ?? 0);
        expect(age).toBeGreaterThan(5 * DAY);
        expect(age).toBeLessThanOrEqual(6 * DAY);
        born.set(id, goneAt);
      }
      expect(born.size % spread.length).toBe(0);
    }
    const scores = (await counts()).filter(({ what }) => what === "score");
    expect(scores.reduce((sum, { n }) => sum + n, 0)).toBe(born.size);
    expect(born.size).toBe(15);
  });

  /** Runs every half a day; when each of these was found to be gone. */
  async function watch(ids: readonly string[], runs: number): Promise<Map<string, number>> {
    const gone = new Map<string, number>();
    for (let i = 0; i < runs; i += 1) {
      await run();
      const there = (await answers()).map(({ invitation_id }) => invitation_id);
      const missing = ids.filter((id) => !there.includes(id) && !gone.has(id));
      for (const id of missing) gone.set(id, clock.now().getTime());
      clock.advance(12 * HOUR);
    }
    return gone;
  }

  test("P6 answers become counts on the workspace's day, and everything about them goes", async () => {
    const now = at("2026-11-02T12:00:00Z");
    const when = new Date("2023-07-01T22:30:00Z"); // already the second of July in Berlin
    const person = await insertPerson(db, workspaceId, { created_at: when });
    const chat = await insertChat(db, workspaceId, connectionId, {
      ...{ customer_id: person, url: "https://chat.example/canary", state: "closed" },
      ...{ closed_at: when, opened_at: when },
    });
    const invitation_id = await answer(when, { person_id: person, chat_id: chat });
    await answer(new Date(now - DAY), { person_id: await insertPerson(db, workspaceId) });
    const words = { text: "canary", wording: "1", language: "en", state: "allowed" } as const;
    await db
      .insertInto("quotes")
      .values({
        ...{ workspace_id: workspaceId, id: newId(), invitation_id, asked_at: when, ...words },
        person_id: person,
      })
      .execute();
    const caseId = await insertCase(db, workspaceId, {
      ...{ person_id: person, human_id: person, chat_id: chat, invitation_id },
      ...{ state: "closed", closed_at: when, opened_at: when, due_at: when },
    });
    await db
      .insertInto("case_events")
      .values({
        ...{ workspace_id: workspaceId, id: newId(), case_id: caseId, at: when },
        ...{ kind: "opened", invitation_id, text: "canary" },
      })
      .execute();
    await run();
    expect(await counts()).toEqual([
      { what: "answered", day: "2023-07-02", score: 0, n: 1 },
      { what: "asked", day: "2023-07-02", score: 0, n: 1 },
      { what: "reached", day: "2023-07-02", score: 0, n: 1 },
      { what: "score", day: "2023-07-02", score: 9, n: 1 },
    ]);
    for (const table of ["people", "chats", "cases", "case_events", "quotes", "answers"]) {
      const { rows } = await sql<{ row: string }>`select t::text as row from ${sql.table(table)} t
        where workspace_id = ${workspaceId}`.execute(db);
      const about = rows.filter(({ row }) => row.includes(person) || row.includes("/canary"));
      expect(about, table).toEqual([]);
    }
    expect(
      await db.selectFrom("cases").select(["state"]).where("id", "=", caseId).execute(),
    ).toEqual([{ state: "closed" }]);
    expect(await answers()).toHaveLength(2);
  });

  test("whoever said something about being asked stays known, and so does whoever is still there", async () => {
    const now = at("2026-11-02T12:00:00Z");
    const old = { created_at: new Date(now - 2000 * DAY) };
    const never = await insertPerson(db, workspaceId, { ...old, consent: "never" });
    const agent = await insertPerson(db, workspaceId, { ...old, role: "agent" });
    const active = await insertPerson(db, workspaceId, old);
    await insertChat(db, workspaceId, connectionId, {
      customer_id: active,
      opened_at: new Date(now),
    });
    const stranger = await insertPerson(db, workspaceId, old);
    await run();
    const left = await db
      .selectFrom("people")
      .select("id")
      .where("workspace_id", "=", workspaceId)
      .execute();
    expect(left.map(({ id }) => id).sort()).toEqual([never, agent, active].sort());
    expect(left).not.toContainEqual({ id: stranger });
  });

  test("events and deliveries have times of their own; a message that may still be edited stays", async () => {
    const now = at("2026-11-02T12:00:00Z");
    await set({ retention: { inboxHours: 24, deliveriesDays: 10 } });
    for (const [event_id, age] of [
      ["e-new", 24 * HOUR],
      ["e-old", 24 * HOUR + 1],
    ] as const) {
      const received_at = new Date(now - age);
      await db
        .insertInto("inbox")
        .values({
          workspace_id: workspaceId,
          connection_id: connectionId,
          event_id,
          kind: "x",
          received_at,
        })
        .execute();
    }
    const open = await insertInvitation(db, workspaceId, surveyId, { state: "asked" });
    const openCase = await insertCase(db, workspaceId, {});
    const deliver = async (key: string, age: number, more: Record<string, unknown> = {}) =>
      db
        .insertInto("deliveries")
        .values({
          ...{ workspace_id: workspaceId, id: newId(), connection_id: connectionId, key },
          ...{ purpose: "ask", address: "{}", message: null, created_at: new Date(now - age) },
          ...{ state: "sent", ...more },
        })
        .execute();
    await deliver("border", 10 * DAY);
    await deliver("over", 10 * DAY + 1);
    await deliver("under way", 99 * DAY, { state: "planned" });
    await deliver("open question", 99 * DAY, { invitation_id: open });
    await deliver("open case", 99 * DAY, { case_id: openCase });
    await run();
    const events = await db
      .selectFrom("inbox")
      .select("event_id")
      .where("workspace_id", "=", workspaceId)
      .execute();
    expect(events).toEqual([{ event_id: "e-new" }]);
    const left = await db
      .selectFrom("deliveries")
      .select("key")
      .where("workspace_id", "=", workspaceId)
      .execute();
    expect(left.map(({ key }) => key).sort()).toEqual([
      ...["border", "open case", "open question", "under way"],
    ]);
  });

  test("one workspace's times are not another's, and a second run has nothing to do", async () => {
    const now = at("2026-11-02T12:00:00Z");
    await answer(new Date(now - 100 * DAY));
    const first = workspaceId;
    workspaceId = await insertWorkspace(db);
    surveyId = await insertSurvey(db, workspaceId);
    await set({ retention: { textsDays: 90 } });
    await answer(new Date(now - 100 * DAY));
    await run();
    expect(await answers()).toHaveLength(1);
    workspaceId = first;
    expect(await answers()).toHaveLength(2);
    const batches: string[] = [];
    await run((kind) => batches.push(kind));
    expect(batches).toEqual([]);
  });
});
