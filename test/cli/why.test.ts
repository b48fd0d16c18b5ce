import { sql } from "kysely";
import { beforeAll, describe, expect, test } from "vitest";
import { makeSchedule } from "../../src/scheduling/definition/schedule.ts";
import { newId } from "../../src/store/ids.ts";
import { saveSchedule, switchSchedule } from "../../src/store/schedules.ts";
import { ensureSurveys } from "../../src/store/surveys.ts";
import { standardSurveys } from "../../src/surveys/standard.ts";
import { createOpener, type TestDatabase } from "../support/database.ts";
import { insertConnection, insertInvitation, insertPerson } from "../support/database-rows.ts";
import { onlyJson, run as runCommand } from "./support.ts";

const openServer = createOpener("postgres");
const DAY_MS = 24 * 60 * 60 * 1000;
const now = Date.now();
const ago = (days: number) => new Date(now - days * DAY_MS);

describe("why, on the command line", () => {
  let database: TestDatabase;
  let ada: string;
  const run = (...args: string[]) => runCommand(args, { DATABASE_URL: database.databaseUrl ?? "" });

  beforeAll(async () => {
    database = await openServer();
    const { db, workspaceId } = database;
    await ensureSurveys(db, workspaceId, standardSurveys("Acme"));
    const connectionId = await insertConnection(db, workspaceId, { platform: "slack" });
    const known = { created_at: ago(200), time_zone: "Europe/Paris" };
    ada = await insertPerson(db, workspaceId, { name: "Ada", ...known });
    const other = await insertPerson(db, workspaceId, { name: "Ada L.", human_id: ada });
    for (const person_id of [ada, other]) {
      const identity = { connection_id: connectionId, external_id: `U-${person_id}`, person_id };
      await db
        .insertInto("identities")
        .values({ workspace_id: workspaceId, ...identity })
        .execute();
    }
    for (const name of ["relationship", "pro-only"]) {
      const definition = makeSchedule({
        ...{ name, kind: "relationship", survey: "relationship-nps" },
        trigger: { on: "person-joined", delay: "300d" },
        ...(name === "pro-only" && { audience: { plans: ["pro"] } }),
      });
      await saveSchedule(db, workspaceId, definition, "operator", ago(100));
      await switchSchedule(db, workspaceId, name, "on", ago(100));
    }
    const surveyId = await idOf("surveys", "relationship-nps");
    const scheduled = { schedule_id: await idOf("schedules", "relationship"), schedule_version: 1 };
    const about = { connection_id: connectionId, kind: "relationship", ...scheduled } as const;
    const expired = await insertInvitation(db, workspaceId, surveyId, {
      ...{ ...about, person_id: other, state: "expired", state_reason: "no-answer" },
      ...{ created_at: ago(20), asked_at: ago(18), finished_at: ago(11), expires_at: ago(11) },
    });
    await insertInvitation(db, workspaceId, surveyId, {
      ...{ ...about, person_id: ada, state: "planned", state_reason: "asked-recently" },
      ...{ created_at: ago(1), due_at: ago(-3), expires_at: ago(-10) },
    });
    const decision = { workspace_id: workspaceId, invitation_id: expired };
    const hours = { gate: "hours", reason: "outside-hours", until: ago(18) };
    const passed = { gate: null, reason: "all-gates-passed", until: null };
    await db
      .insertInto("decisions")
      .values([
        { ...decision, ...hours, id: newId(), verdict: "defer", decided_at: ago(20) },
        { ...decision, ...passed, id: newId(), verdict: "ask", decided_at: ago(18) },
      ])
      .execute();
  });

  async function idOf(table: "surveys" | "schedules", name: string): Promise<string> {
    const { rows } = await sql<{ id: string }>`select id from ${sql.table(table)}
      where ${sql.ref(table === "surveys" ? "key" : "name")} = ${name}`.execute(database.db);
    return rows[0]?.id ?? "";
  }

  test("everything that was decided about somebody is told, with what waits and what never comes", async () => {
    const { code, stdout } = await run("why", ada);
    expect(code).toBe(0);
    const [heading, line] = stdout.split("\n");
    expect(heading).toContain("last 90 days; times in Europe/Paris");
    expect(line).toMatch(
      /^\d{4}-\d\d-\d\d \d\d:\d\d relationship NPS deferred to .+: outside working hours in Europe\/Paris; [\d-]+ asked; [\d-]+ expired$/,
    );
    expect(stdout).toContain("Waiting now:\n  relationship NPS: will be decided again on");
    expect(stdout).toContain("“pro-only” (they are not among the people");
    expect(stdout).not.toContain("“relationship” (");
    expect(stdout).not.toMatch(/all-gates|asked-recently|undefined/);
  });

  test("less far back only what happened since; for scripts all of it with its times", async () => {
    const { stdout } = await run("why", ada, "--days", "15");
    expect(stdout).toContain("relationship NPS expired");
    expect(stdout).not.toContain("outside working hours");
    const json = onlyJson(await run("why", `slack:U-${ada}`, "--json"));
    expect(json).toMatchObject({
      ...{ humanId: ada, timeZone: "Europe/Paris", days: 90 },
      invitations: [
        {
          kind: "relationship",
          state: "expired",
          events: [{ what: "deferred" }, { what: "asked" }, { what: "expired" }],
        },
        { state: "planned", schedule: "relationship" },
      ],
      never: [{ schedule: "pro-only", gate: "audience", reason: "not-in-audience" }],
    });
  });

  test("whom no platform knows is not asked for that reason", async () => {
    const { db, workspaceId } = database;
    const file = await insertConnection(db, workspaceId, { platform: "import" });
    const told = await insertPerson(db, workspaceId, { name: "Told", plan: "pro" });
    await db
      .insertInto("identities")
      .values({ workspace_id: workspaceId, connection_id: file, external_id: "7", person_id: told })
      .execute();
    const { stdout } = await run("why", told);
    expect(stdout).toContain("“relationship” (they are not known where they would be asked)");
  });

  test("nobody and nonsense are told with what can be typed", async () => {
    const nobody = await run("why", "slack:nobody");
    expect(nobody.code).toBe(1);
    expect(nobody.stderr).toContain("What to do:");
    const nonsense = await run("why", ada, "--days", "soon");
    expect(nonsense.code).toBe(2);
    expect(nonsense.stderr).toContain("whole number from 1 to");
  });

  test("a schedule is foretold, in lines and for scripts; a wrong name is told with the right ones", async () => {
    const { code, stdout } = await run("schedules", "preview", "relationship", "--days", "7");
    expect(code).toBe(0);
    expect(stdout).toContain("1 question for 1 person: ");
    expect(stdout).toContain("Nobody is assumed to answer");
    expect(stdout).toMatch(/ Ada \(.+\) not asked: this survey was asked recently/);
    const json = onlyJson(await run("schedules", "preview", "relationship", "--json"));
    expect(json).toMatchObject({ schedule: "relationship", on: true, questions: 1 });
    const wrong = await run("schedules", "preview", "nonsense");
    expect(wrong.code).toBe(1);
    expect(wrong.stderr).toMatch(/The schedules are .*pro-only/);
    // Also where nothing ran yet that would have put them there.
    const standard = await run("schedules", "preview", "still-solved");
    expect(standard.stdout).toContain("It is not on: this is what it would do");
    expect((await run("why", ada)).stdout).toContain(
      "“still-solved” (its schedule is switched off)",
    );
  });
});
