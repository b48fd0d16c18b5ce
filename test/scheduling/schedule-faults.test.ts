import { beforeAll, beforeEach, expect, test } from "vitest";
import { doWork } from "../../src/engine.ts";
import { forgetHuman } from "../../src/people/erase.ts";
import { runAskJob } from "../../src/scheduling/ask/ask.ts";
import { decideDue } from "../../src/scheduling/ask/decide-due.ts";
import { listAudience } from "../../src/store/audience.ts";
import { readCandidates } from "../../src/store/candidates.ts";
import { lockDueOf, readDueOf, settleDue } from "../../src/store/deciding.ts";
import { readDecisionLog, timeZoneOf } from "../../src/store/decision-log.ts";
import { enrol } from "../../src/store/enrolments.ts";
import { planHits } from "../../src/store/plan-hits.ts";
import { claimReminders, limitsOf } from "../../src/store/reminders.ts";
import { surveysByKey } from "../../src/store/schedule-surveys.ts";
import { listVersions } from "../../src/store/schedule-versions.ts";
import { readSchedule } from "../../src/store/schedules.ts";
import { claimSignals, markSignals, readRaisedSignals } from "../../src/store/signals.ts";
import { inTransaction } from "../../src/store/transaction.ts";
import { triggerHits } from "../../src/store/trigger-hits.ts";
import { describeEitherDatabase, type TestDatabase } from "../support/database.ts";
import { createPlanning, DAY_MS, HOUR_MS, type Planning } from "./planning-support.ts";

describeEitherDatabase("what can go wrong between a plan and its question", (open) => {
  let database: TestDatabase;
  let there: Planning;

  beforeAll(async () => {
    database = await open();
  });
  beforeEach(async () => {
    there = await createPlanning(database);
  });

  const joins = () =>
    there.on({ trigger: { on: "person-joined" }, limits: { anyHour: true, remindAfter: "1d" } });
  const newcomer = () => there.person({ created_at: there.clock.now() });
  const forget = (personId: string) =>
    doWork(there.engine, (work) =>
      forgetHuman(there.engine, work, {
        workspaceId: there.workspaceId,
        personId,
        by: "operator",
      }),
    );
  const ask = (invitationId: string) =>
    runAskJob(there.engine, { workspaceId: there.workspaceId, invitationId });
  const later = (ms: number) => there.clock.advance(ms);
  const deliveries = () =>
    database.db
      .selectFrom("deliveries")
      .select("key")
      .where("workspace_id", "=", there.workspaceId)
      .execute();

  test("what lost its job is decided anew after three hours, and asked once however many jobs there are", async () => {
    const schedule = await joins();
    later(HOUR_MS);
    await newcomer();
    expect(await there.plan()).toBe(1);
    await decideDue(there.engine);
    await database.jobsDatabase.executeSql("delete from pgboss.job where name = 'ask'", []);
    later(2.9 * HOUR_MS);
    expect(await decideDue(there.engine)).toBe(0);
    later(0.2 * HOUR_MS);
    expect(await decideDue(there.engine)).toBe(1);
    const [planned] = await there.planned(schedule);
    const id = planned?.id ?? "";
    for (let i = 0; i < 3; i += 1) await ask(id);
    expect(await there.planned(schedule)).toMatchObject([{ state: "asked" }]);
    expect(await deliveries()).toHaveLength(1);
  });

  test("P2 who is forgotten between the plan and the question is not asked, nor planned for again", async () => {
    const schedule = await joins();
    const programme = await there.on({
      steps: [{ survey: "relationship-nps", after: "0d" }],
      trigger: { on: "person-joined" },
    });
    later(HOUR_MS);
    const [gone, stays] = [await newcomer(), await newcomer()];
    expect(await there.plan()).toBe(4);
    await decideDue(there.engine);
    const before = await there.planned(schedule);
    await forget(gone);
    for (const { id } of before) await ask(id);
    later(4 * HOUR_MS);
    await there.plan();
    await decideDue(there.engine);
    const people = async (of: typeof schedule) =>
      (await there.planned(of)).map(({ person_id }) => person_id);
    expect(await people(schedule)).toEqual([stays]);
    expect(await people(programme)).toEqual([stays]);
    expect(await deliveries()).toHaveLength(1);
    const { rows } = await database.jobsDatabase.executeSql(
      "select data from pgboss.job where data::text like $1",
      [`%${gone}%`],
    );
    expect(rows).toEqual([]);
  });

  test("T1 nothing of another workspace is found, counted, locked, changed or planned for", async () => {
    const schedule = await joins();
    later(HOUR_MS);
    const person = await newcomer();
    await there.plan();
    const [planned] = await there.planned(schedule);
    const invitationId = planned?.id ?? "";
    const { db } = database;
    const { workspaceId: other } = await createPlanning(database);
    const now = new Date(there.clock.now().getTime() + DAY_MS);
    const everything = { from: new Date(0), to: now, limit: 10, again: true };
    expect(await readSchedule(db, other, schedule.definition.name)).toBeUndefined();
    expect(await listVersions(db, other, schedule.id)).toEqual([]);
    expect(await triggerHits(db, other, schedule, everything)).toEqual([]);
    expect(await listAudience(db, other, {}, { now, limit: 10 })).toEqual([]);
    expect(await readDecisionLog(db, other, person, new Date(0))).toEqual([]);
    expect(await timeZoneOf(db, other, person)).toBeUndefined();
    expect(await limitsOf(db, other, invitationId)).toBeUndefined();
    const subject = { personId: person, kind: "other", scheduleId: schedule.id } as const;
    expect(await readCandidates(db, other, [subject], now)).toEqual([undefined]);
    expect(await readDueOf(db, other, person, now)).toEqual([]);
    await db
      .updateTable("invitations")
      .set({ state: "asked", remind_at: planned?.due_at ?? now })
      .where("id", "=", invitationId)
      .execute();
    const only = [invitationId];
    await inTransaction(db, async (trx) => {
      expect(await lockDueOf(trx, other, now, 10)).toEqual([]);
      expect(await claimReminders(trx, other, { now, limit: 10, only })).toEqual([]);
    });
    const settled = { invitationId, dueAt: planned?.due_at?.getTime() ?? 0, slotAt: null };
    const ended = { ...settled, state: "cancelled", stateReason: "x", nextAt: null } as const;
    await settleDue(db, other, [ended], now);
    const lease = { workspaceId: there.workspaceId, now, until: now };
    await claimSignals(db, lease, 10);
    await markSignals(db, other, [person]);
    expect(await claimSignals(db, { ...lease, workspaceId: other }, 10)).toEqual([]);
    expect(await readRaisedSignals(db, other, 10)).toEqual([]);
    const marked = await db
      .selectFrom("signals")
      .select("stale")
      .where("human_id", "=", person)
      .execute();
    expect(marked).toEqual([{ stale: false }]);
    expect(await there.planned(schedule)).toMatchObject([{ state: "asked" }]);
    // What would tie the two together is refused by the references themselves.
    const survey = (await surveysByKey(db, other, ["relationship-nps"])).get("relationship-nps");
    if (survey === undefined) throw new Error("the survey is not there");
    const hit = { personId: person, connectionId: there.connectionId, chatId: null, closing: null };
    const hits = [{ ...hit, dueAt: now, reasonKey: "x" }];
    await expect(planHits(db, other, schedule, survey.survey, hits, now)).rejects.toMatchObject({
      code: "23503",
    });
    const beginning = [{ humanId: person, at: now }];
    await expect(enrol(db, other, schedule, beginning)).rejects.toMatchObject({ code: "23503" });
  });
});
