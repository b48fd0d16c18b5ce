import { sql } from "kysely";
import { expect, test } from "vitest";
import { createLog } from "../../src/log.ts";
import { runRetention } from "../../src/scheduling/retention.ts";
import { newId } from "../../src/store/ids.ts";
import { createTestClock } from "../support/clock.ts";
import { describeEitherDatabase } from "../support/database.ts";
import {
  insertInvitation,
  insertPerson,
  insertSchedule,
  insertSurvey,
} from "../support/database-rows.ts";

const DAY = 24 * 3_600_000;

describeEitherDatabase("P5 retention of what schedules and signals know", (open) => {
  test("what was counted and worked out about somebody goes with them, and so does what is old", async () => {
    const { db, workspaceId } = await open();
    const surveyId = await insertSurvey(db, workspaceId);
    const clock = createTestClock("2026-11-02T12:00:00Z");
    const now = clock.now().getTime();
    const old = new Date(now - 2000 * DAY);
    const born = { created_at: old, consent: "open" } as const;
    const schedule_id = await insertSchedule(db, workspaceId);
    const row = { workspace_id: workspaceId };
    const know = async (active_at: Date, days: readonly string[]) => {
      const person = await insertPerson(db, workspaceId, { ...born, active_at });
      const signals = { human_id: person, points: 0, tier: "low", reasons: "[]" } as const;
      await db
        .insertInto("signals")
        .values({ ...row, ...signals, tier_since: old, computed_at: old })
        .execute();
      await db
        .insertInto("signal_events")
        .values({ ...row, ...signals, id: newId(), at: old })
        .execute();
      for (const day of days) {
        const activity = { person_id: person, day, what: "login", n: 1 };
        await db
          .insertInto("activities")
          .values({ ...row, ...activity })
          .execute();
      }
      const date = {
        owner: "person",
        owner_id: person,
        name: "renewal",
        on: days[0] ?? "",
      } as const;
      await db
        .insertInto("dates")
        .values({ ...row, ...date })
        .execute();
      // A programme that was paused when they had been asked.
      const invitation_id = await insertInvitation(db, workspaceId, surveyId, {
        ...{ person_id: person, state: "expired", created_at: old, asked_at: old },
      });
      await db
        .insertInto("enrolments")
        .values({ ...row, schedule_id, human_id: person, invitation_id, started_at: old })
        .execute();
      return person;
    };
    await know(old, ["2021-03-01"]);
    const active = await know(new Date(now - DAY), ["2021-03-01", "2026-11-01"]);
    await runRetention({ db, clock, log: createLog("error") });
    const kept = async (table: "activities" | "signals" | "signal_events" | "dates" | "people") =>
      (
        await sql<{ n: number }>`select count(*)::int as n from ${sql.table(table)}
          where workspace_id = ${workspaceId}`.execute(db)
      ).rows[0]?.n;
    expect(await kept("people")).toBe(1);
    expect(await kept("activities")).toBe(1);
    expect(await kept("signals")).toBe(1);
    expect(await kept("signal_events")).toBe(0);
    expect(await kept("dates")).toBe(1);
    const enrolled = await db
      .selectFrom("enrolments")
      .select(["human_id", "invitation_id", "next_at"])
      .where("workspace_id", "=", workspaceId)
      .execute();
    // Nothing waits for an invitation that is gone: once the programme goes on, they go on.
    expect(enrolled).toEqual([
      { human_id: active, invitation_id: null, next_at: expect.any(Date) },
    ]);
  });
});
