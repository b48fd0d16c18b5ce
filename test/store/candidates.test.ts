import { beforeAll, beforeEach, expect, test } from "vitest";
import { makeSchedule } from "../../src/scheduling/definition/schedule.ts";
import { decide } from "../../src/scheduling/gates/gates.ts";
import { readCandidates, type Subject } from "../../src/store/candidates.ts";
import { readSchedule, saveSchedule, switchSchedule } from "../../src/store/schedules.ts";
import type { Db, InvitationKind, NewRow } from "../../src/store/schema.ts";
import { changeSettings } from "../../src/store/settings.ts";
import { describeEachDatabase, type TestDatabase } from "../support/database.ts";
import {
  insertChat,
  insertConnection,
  insertInvitation,
  insertPerson,
  insertSurvey,
  insertWorkspace,
} from "../support/database-rows.ts";

const NOW = new Date("2026-11-02T12:00:00Z");
const DAY_MS = 24 * 60 * 60 * 1000;
const days = (n: number) => new Date(NOW.getTime() + n * DAY_MS);

describeEachDatabase("the facts of candidates", (open) => {
  let database: TestDatabase;
  let db: Db;
  let workspaceId: number;
  let surveyId: string;

  beforeAll(async () => {
    database = await open();
    db = database.db;
  });
  beforeEach(async () => {
    workspaceId = await insertWorkspace(db);
    surveyId = await insertSurvey(db, workspaceId, { state: "on" });
  });

  const person = (values: Partial<NewRow<"people">> = {}) => insertPerson(db, workspaceId, values);
  const invitation = (person_id: string, values: Partial<NewRow<"invitations">>) =>
    insertInvitation(db, workspaceId, surveyId, { person_id, ...values });
  const read = async (subject: Subject) => {
    const [candidate] = await readCandidates(db, workspaceId, [subject], NOW);
    return candidate ?? expect.fail();
  };

  test("are those of the human, whichever row they are met as: the strictest wish, every question", async () => {
    const one = await person({ consent: "paused", paused_until: days(2), time_zone: null });
    const two = await person({ human_id: one, time_zone: "Asia/Tokyo" });
    await invitation(one, { state: "asked", kind: "exit", asked_at: days(-3) });
    await invitation(two, {
      state: "declined",
      kind: "churn",
      asked_at: days(-20),
      finished_at: days(-19),
    });
    await invitation(one, { state: "answered", kind: "recovery", asked_at: days(-1) });
    await invitation(one, { state: "answered", kind: "import", asked_at: days(0) });
    await invitation(await person(), { state: "asked", asked_at: days(-1) });
    for (const personId of [one, two]) {
      expect(await read({ personId, kind: "churn" })).toMatchObject({
        humanId: one,
        person: { consent: "paused", pausedUntil: days(2).getTime(), left: false },
        before: {
          cappedAt: days(-3).getTime(),
          kindAt: days(-20).getTime(),
          anyAt: days(-1).getTime(),
          declinedAt: days(-19).getTime(),
        },
        everyMs: 90 * DAY_MS,
        restMs: 30 * DAY_MS,
        hours: { timeZone: "Asia/Tokyo" },
      });
    }
  });

  test("say who is one of ours, a bot, a test person, or left, on any of their rows or their account", async () => {
    const one = await person();
    await person({ human_id: one, role: "lead", bot: true, test: true });
    expect((await read({ personId: one, kind: "chat" })).person).toMatchObject({
      ...{ role: "lead", bot: true, test: true },
    });
    const accountId = "0198a1b2-0000-7000-8000-000000000001";
    const account = { workspace_id: workspaceId, id: accountId, external_id: "acme", name: "Acme" };
    await db
      .insertInto("accounts")
      .values({ ...account, left_at: days(-1) })
      .execute();
    const left = await person({ account_id: accountId });
    const leaves = await person({ left_at: days(1) });
    expect((await read({ personId: left, kind: "chat" })).person.left).toBe(true);
    expect((await read({ personId: leaves, kind: "chat" })).person.left).toBe(false);
  });

  test("know what waits for the same human and goes first, but nothing that waits for a sign of life", async () => {
    const one = await person();
    const two = await person({ human_id: one });
    const exit = await invitation(two, { kind: "exit", due_at: days(0.5) });
    await invitation(two, { kind: "chat", due_at: null, state_reason: "next-contact" });
    await invitation(two, { kind: "manual", due_at: days(3) });
    await invitation(two, { kind: "other", due_at: days(0) });
    const due = async (kind: InvitationKind, invitationId?: string) =>
      (await read({ personId: one, kind, invitationId: invitationId ?? null })).betterDueAt;
    expect(await due("relationship")).toBe(days(0.5).getTime());
    expect(await due("exit")).toBeNull();
    expect(await due("relationship", exit)).toBeNull();
  });

  test("say how the chat went only where that matters, and what was asked about it", async () => {
    const connectionId = await insertConnection(db, workspaceId);
    const personId = await person();
    const closed = { state: "closed", closings: 2, close_reason: "solved" } as const;
    const chatId = await insertChat(db, workspaceId, connectionId, {
      ...{ ...closed, closed_at: days(-1), first_replied_at: days(-1), last_message_at: days(-1) },
      ...{ customer_id: personId, customer_messages: 2, customer_characters: 30 },
    });
    const subject = { personId, chatId, closing: 2, surveyId, connectionId };
    expect(await read({ ...subject, kind: "chat" })).toMatchObject({
      chat: { open: false, closings: 2, closing: 2, humanReplied: true, customerMessages: 2 },
      before: { same: false },
      deadline: days(6).getTime(),
      person: { known: false },
    });
    expect((await read({ ...subject, kind: "manual" })).chat).toBeNull();
    const asked = await invitation(personId, {
      ...{ kind: "manual", chat_id: chatId, closing: 1, state: "asked", asked_at: days(-40) },
    });
    expect((await read({ ...subject, kind: "chat" })).before.same).toBe(true);
    expect((await read({ ...subject, kind: "still-solved" })).before.same).toBe(false);
    const itself = await read({ ...subject, kind: "manual", invitationId: asked });
    expect(itself.before).toMatchObject({ same: false, cappedAt: null });
  });

  test("hold a survey that is not chosen after chats for off there, and for on in a schedule", async () => {
    const personId = await person();
    const states = async (state: "on" | "paused" | "archived") => {
      await db.updateTable("surveys").set({ state }).where("id", "=", surveyId).execute();
      const on = async (kind: InvitationKind) =>
        (await read({ personId, kind, surveyId })).surveyOn;
      return [await on("chat"), await on("relationship")];
    };
    expect(await states("on")).toEqual([true, true]);
    expect(await states("paused")).toEqual([false, true]);
    expect(await states("archived")).toEqual([false, false]);
  });

  test("have the limits of the schedule, its audience and its last slot; other steps are no clock", async () => {
    const definition = makeSchedule({
      ...{ name: "programme", kind: "relationship", trigger: { on: "person-joined" } },
      steps: [{ survey: "chat-nps" }, { survey: "ces", after: "60d" }],
      audience: { languages: ["ru"] },
      limits: { perDay: 5, sample: 0.5, every: "60d", rest: "10d", anyHour: true },
    });
    const other = await insertSurvey(db, workspaceId, { key: "ces" });
    await saveSchedule(db, workspaceId, definition, "operator", NOW);
    const schedule = (await readSchedule(db, workspaceId, "programme")) ?? expect.fail();
    const ru = await person({ locale: "ru" });
    const en = await person({ locale: "en" });
    const planned = {
      schedule_id: schedule.id,
      schedule_version: 1,
      kind: "relationship",
    } as const;
    await invitation(en, { ...planned, slot_at: days(4) });
    await invitation(ru, { ...planned, survey_id: other, state: "asked", asked_at: days(-30) });
    const subject = { kind: "relationship", scheduleId: schedule.id, surveyId } as const;
    const [one, two] = await readCandidates(
      db,
      workspaceId,
      [
        { ...subject, personId: ru, slotAt: days(1).getTime() },
        { ...subject, personId: en },
      ],
      NOW,
    );
    expect(one).toMatchObject({
      schedule: {
        on: false,
        fits: true,
        sample: { share: 0.5 },
        share: { perDay: 5, timeZone: "UTC", mine: days(1).getTime(), last: days(4).getTime() },
      },
      before: { kindAt: null, cappedAt: days(-30).getTime() },
      everyMs: 60 * DAY_MS,
      restMs: 10 * DAY_MS,
      hours: null,
    });
    expect(two?.schedule?.fits).toBe(false);
    await switchSchedule(db, workspaceId, "programme", "on", NOW);
    expect((await read({ ...subject, personId: ru })).schedule?.on).toBe(true);
    const narrow = makeSchedule({ ...definition, limits: { hours: { from: "10:00" } } });
    await saveSchedule(db, workspaceId, narrow, "operator", NOW);
    expect((await read({ ...subject, personId: ru })).hours).toMatchObject({
      own: true,
      hours: { from: "10:00", to: "11:00", days: [1, 2, 3, 4, 5] },
    });
  });

  test("follow the settings of the workspace, and nobody is found who is not there", async () => {
    const by = { actor: "operator", at: NOW };
    const asking = { days: [1], from: "10:00", to: "11:00", stopped: true };
    await changeSettings(db, workspaceId, { asking, hours: { holidays: ["12-25"] } }, by);
    const personId = await person({ time_zone: "no/where" });
    const gone = "0198a1b2-0000-7000-8000-000000000002";
    const subjects = [gone, personId, personId].map(
      (id) => ({ personId: id, kind: "other" }) as const,
    );
    const [nobody, one, two] = await readCandidates(db, workspaceId, subjects, NOW);
    expect(nobody).toBeUndefined();
    expect(one).toEqual(two);
    expect(one).toMatchObject({
      stopped: true,
      hours: {
        hours: { days: [1], from: "10:00", to: "11:00", holidays: ["12-25"] },
        timeZone: "UTC",
      },
    });
    expect(decide(one ?? expect.fail(), NOW.getTime())).toMatchObject({ reason: "asking-stopped" });
    expect(await readCandidates(db, workspaceId, [], NOW)).toEqual([]);
  });
});
