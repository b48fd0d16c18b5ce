import { sql } from "kysely";
import { beforeAll, beforeEach, expect, test } from "vitest";
import type { Change } from "../../src/configuration/change.ts";
import { makeSchedule } from "../../src/scheduling/definition/schedule.ts";
import { standardSchedules } from "../../src/scheduling/definition/standard-schedules.ts";
import { applyChanges } from "../../src/store/configuration.ts";
import { newId } from "../../src/store/ids.ts";
import { grantedRole } from "../../src/store/role-grants.ts";
import { ensureSchedules, readSchedule } from "../../src/store/schedules.ts";
import { readSettings } from "../../src/store/settings.ts";
import { readKeptSurvey } from "../../src/store/survey-versions.ts";
import { ensureSurveys } from "../../src/store/surveys.ts";
import { inTransaction } from "../../src/store/transaction.ts";
import { scoreSurvey } from "../../src/surveys/parts.ts";
import { standardSurveys } from "../../src/surveys/standard.ts";
import { describeEitherDatabase, type TestDatabase } from "../support/database.ts";
import { insertConnection, insertPerson, insertWorkspace } from "../support/database-rows.ts";

const at = new Date("2026-11-02T09:00:00Z");
const asked = (company: string) => scoreSurvey("nps", { company, whyMiddle: "ask.nps.why.middle" });

describeEitherDatabase("what admins set up", (open) => {
  let database: TestDatabase;
  let workspaceId: number;
  beforeAll(async () => {
    database = await open();
  });
  beforeEach(async () => {
    workspaceId = await insertWorkspace(database.db);
    await ensureSurveys(database.db, workspaceId, standardSurveys("Acme"));
    await ensureSchedules(database.db, workspaceId, standardSchedules, at);
  });

  const apply = (changes: readonly Change[], by = "operator") =>
    inTransaction(database.db, (trx) =>
      applyChanges(trx, workspaceId, changes, { by, at, origin: "chat" }),
    );
  const undoOf = (outcome: Awaited<ReturnType<typeof apply>>) => {
    if (outcome.kind !== "applied") throw new Error("there was a conflict");
    return outcome.undo;
  };
  const survey = (company: string, base: number | null): Change => ({
    ...{ kind: "survey", key: "loyal", trigger: "schedule", base },
    definition: asked(company),
  });

  test("a set of changes holds as a whole, and is undone as a whole", async () => {
    const { db } = database;
    const quarterly = makeSchedule({
      ...{ name: "quarterly", kind: "relationship", survey: "loyal" },
      trigger: { on: "cron", cron: "0 10 1 */3 *" },
    });
    const done = await apply([
      survey("Acme", null),
      { kind: "survey-state", key: "loyal", to: "on", was: "paused" },
      { kind: "schedule", definition: quarterly, base: null },
      { kind: "schedule-state", name: "quarterly", to: "on", was: "paused" },
      { kind: "settings", set: { "asking.from": "10:00" }, was: { "asking.from": "09:00" } },
    ]);
    expect((await readKeptSurvey(db, workspaceId, "loyal"))?.state).toBe("on");
    expect((await readSchedule(db, workspaceId, "quarterly"))?.state).toBe("on");
    expect((await readSettings(db, workspaceId)).asking.from).toBe("10:00");

    expect((await apply(undoOf(done))).kind).toBe("applied");
    expect((await readKeptSurvey(db, workspaceId, "loyal"))?.state).toBe("archived");
    expect((await readSchedule(db, workspaceId, "quarterly"))?.state).toBe("archived");
    expect((await readSettings(db, workspaceId)).asking.from).toBe("09:00");
  });

  test("the second of two who began with the same version changes nothing", async () => {
    await apply([survey("Acme", null)]);
    await apply([survey("Bolt", 1)], "one");
    const second = await apply([survey("Cord", 1)]);
    expect(second).toMatchObject({
      ...{ kind: "conflict" },
      conflicts: [{ why: "changed", version: 2, by: "one" }],
    });
    const kept = await readKeptSurvey(database.db, workspaceId, "loyal");
    expect(kept?.definition).toEqual(asked("Bolt"));
  });

  test("other words are a series of their own, another language is not", async () => {
    const first = asked("Acme");
    const [question, ...rest] = first.questions;
    if (question?.kind !== "score") throw new Error("it is scored");
    await apply([survey("Acme", null)]);
    const german = { ...question, wording: { ...question.wording, de: "Würden Sie …?" } };
    const added = { ...first, questions: [german, ...rest] };
    const more: Change = {
      ...{ kind: "survey", key: "loyal", trigger: "schedule", definition: added, base: 1 },
    };
    expect(await apply([more])).toMatchObject({ kind: "applied", newSeries: [] });
    expect(await apply([survey("Bolt", 2)])).toMatchObject({
      newSeries: [{ key: "loyal", version: 3 }],
    });
  });

  test("a survey that a schedule asks is not put away under it", async () => {
    const archive = { kind: "survey-state", key: "exit", to: "archived", was: "on" } as const;
    const start = { kind: "schedule-state", name: "exit", to: "on", was: "paused" } as const;
    await apply([start]);
    expect(await apply([archive])).toMatchObject({
      conflicts: [{ why: "asked-by", schedules: ["exit"] }],
    });
  });

  test("P1 a role for somebody who was forgotten meanwhile changes nothing, and the rest holds", async () => {
    const { db } = database;
    const subject = { kind: "person", personId: newId() } as const;
    const done = await apply([
      { kind: "role", subject, to: "admin", was: null },
      { kind: "settings", set: { "asking.from": "10:00" }, was: { "asking.from": "09:00" } },
    ]);
    expect(undoOf(done).map(({ kind }) => kind)).toEqual(["settings"]);
    expect((await readSettings(db, workspaceId)).asking.from).toBe("10:00");
    expect(await grantedRole(db, workspaceId, subject)).toBeNull();
  });

  test("a role is granted to a group of a platform and taken away again", async () => {
    const { db } = database;
    const connectionId = await insertConnection(db, workspaceId);
    const subject = { kind: "group", connectionId, groupId: "S1", label: "Support" } as const;
    const done = await apply([{ kind: "role", subject, to: "lead", was: null }]);
    expect(await grantedRole(db, workspaceId, subject)).toBe("lead");
    await apply(undoOf(done));
    expect(await grantedRole(db, workspaceId, subject)).toBeNull();
  });

  test("T10 nobody takes the last admin away, whatever they come by", async () => {
    const person = (name: string, more = {}) =>
      insertPerson(database.db, workspaceId, { name, ...more });
    const granted = { role: "admin", told_role: "customer", role_by: "granted" } as const;
    const [one, two] = [await person("One", granted), await person("Two", granted)];
    const role = (personId: string, to: "admin" | null): Change => ({
      ...{ kind: "role", subject: { kind: "person", personId }, to },
      was: to === null ? "admin" : null,
    });
    await apply([role(one, "admin"), role(two, "admin")]);
    expect(await apply([role(one, null), role(two, null)])).toMatchObject({
      conflicts: [{ why: "last-admin" }],
    });
    expect(await apply([role(one, null)])).toMatchObject({ kind: "applied" });
    expect(await apply([role(two, null)])).toMatchObject({ kind: "conflict" });
  });

  test("people join the accounts of their domains by whatever way that is switched on", async () => {
    const { db } = database;
    const name = "accounts.byEmailDomain";
    const meet = (email: string) =>
      insertPerson(db, workspaceId, { email, email_verified: true, source: "platform" });
    const accountOf = async (id: string) => {
      const people = db.selectFrom("people").select("account_id").where("id", "=", id);
      return (await people.executeTakeFirstOrThrow()).account_id;
    };
    const ada = await meet("ada@acme.example");
    const on = { kind: "settings", set: { [name]: true }, was: { [name]: false } } as const;
    const undo = undoOf(await apply([on]));
    expect(await accountOf(ada)).not.toBeNull();
    const again = undoOf(await apply(undo));
    const bob = await meet("bob@acme.example");
    expect(await accountOf(bob)).toBeNull();
    await apply(again);
    expect(await accountOf(bob)).toBe(await accountOf(ada));
  });

  test("T10 the audit log only grows", async () => {
    const { db } = database;
    await apply([{ kind: "settings", set: { "alerts.on": false }, was: { "alerts.on": true } }]);
    const changed = db.updateTable("audit").set({ actor: "nobody" }).execute();
    await expect(changed).rejects.toThrow("the audit log only grows");
    for (const all of [
      sql`delete from audit`,
      sql`truncate audit`,
      sql`truncate workspaces cascade`,
    ])
      await expect(all.execute(db)).rejects.toThrow("the audit log only grows");
    const lines = await db
      .selectFrom("audit")
      .select(["actor", "details"])
      .where("workspace_id", "=", workspaceId)
      .execute();
    expect(lines).toEqual([
      { actor: "operator", details: { "alerts.on": { from: true, to: false } } },
    ]);
  });
});
