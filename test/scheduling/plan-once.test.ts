/** Each fact has at most one invitation, and none is missed within its time, whoever plans when. */
import fc from "fast-check";
import { sql } from "kysely";
import { beforeAll, beforeEach, expect, test } from "vitest";
import type { Schedule } from "../../src/scheduling/definition/schedule.ts";
import { planRuns } from "../../src/scheduling/plan/plan-run.ts";
import { newId } from "../../src/store/ids.ts";
import { insertMany } from "../../src/store/insert-many.ts";
import { updateInvitation } from "../../src/store/invitations.ts";
import { beginRun } from "../../src/store/schedule-runs.ts";
import { describeEitherDatabase, type TestDatabase } from "../support/database.ts";
import { createPlanning, HOUR_MS, type Planning } from "./planning-support.ts";

/** Hours after which a fact is due, and so long it may wait. */
const DELAY = 6;
const WAIT = 48;

/** Something that happened, and when we heard of it, in hours. */
const fact = fc.record({
  what: fc.constantFrom("closed", "joined"),
  at: fc.integer({ min: 0, max: 150 }),
  late: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 80 })),
});
/** Hours between ticks, and on how many instances each runs. */
const tick = fc.record({
  after: fc.oneof(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 20, max: 70 })),
  planners: fc.integer({ min: 1, max: 3 }),
});

type Fact = typeof fact extends fc.Arbitrary<infer T> ? T : never;

describeEitherDatabase("planning once", (open) => {
  let database: TestDatabase;
  let p: Planning;

  beforeAll(async () => {
    database = await open();
  });
  beforeEach(async () => {
    p = await createPlanning(database);
  });

  async function people(count: number): Promise<void> {
    const common = { workspace_id: p.workspaceId, created_at: p.days(-400) };
    const rows = Array.from({ length: count }, () => ({ id: newId(), name: "Ada", ...common }));
    await insertMany(database.db, "people", rows, "id");
    await sql`analyze people`.execute(database.db);
    const identities = rows.map(({ id }) => ({
      ...{ workspace_id: p.workspaceId, connection_id: p.connectionId },
      ...{ external_id: id, person_id: id },
    }));
    await insertMany(database.db, "identities", identities, "person_id");
  }

  const due = async (schedule: Schedule) =>
    (await p.planned(schedule)).map(({ due_at }) => due_at?.getTime());

  /** Tells what we hear of by `now` (hours from the start), and takes it off the list. */
  async function tell(waiting: Fact[], customer_id: string, now: number, start: number) {
    for (const each of waiting.filter(({ at, late }) => at + late <= now)) {
      waiting.splice(waiting.indexOf(each), 1);
      const time = new Date(start + each.at * HOUR_MS);
      if (each.what === "joined") await p.person({ joined_at: time });
      else await p.chat({ customer_id, state: "closed", closings: 1, closed_at: time });
    }
  }

  /** When what happened is due, of what was told and has a tick within its time. */
  function foretell(facts: readonly Fact[], what: Fact["what"], ticks: readonly number[]) {
    const planned = facts.filter((each) => {
      const dueAt = each.at + DELAY;
      const seen = (now: number) => now >= each.at + each.late && now >= dueAt;
      return each.what === what && ticks.some((now) => seen(now) && now < dueAt + WAIT);
    });
    return planned.map(({ at }) => at + DELAY).toSorted((one, other) => one - other);
  }

  test("random facts, told late or not, and random ticks on up to three planners", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fact, { maxLength: 12 }),
        fc.array(tick, { minLength: 1, maxLength: 10 }),
        async (facts, ticks) => {
          p = await createPlanning(database);
          const limits = { waitAtMost: `${WAIT}h` };
          const delay = `${DELAY}h`;
          const closed = await p.on({ trigger: { on: "chat-closed", delay }, limits });
          const joined = await p.on({ trigger: { on: "person-joined", delay }, limits });
          const start = p.clock.now().getTime();
          const customer = await p.person();
          const waiting = [...facts];
          const times: number[] = [];
          for (const { after, planners } of ticks) {
            const now = (times.at(-1) ?? 0) + after;
            times.push(now);
            p.clock.advance(after * HOUR_MS);
            await tell(waiting, customer, now, start);
            await Promise.all(Array.from({ length: planners }, () => p.plan()));
          }
          const hours = async (schedule: Schedule) =>
            (await due(schedule)).map((at = 0) => (at - start) / HOUR_MS);
          expect(await hours(closed)).toEqual(foretell(facts, "closed", times));
          expect(await hours(joined)).toEqual(foretell(facts, "joined", times));
        },
      ),
      { numRuns: 10 },
    );
  });

  test("thousands at once are all planned, by two planners, each once", async () => {
    const schedule = await p.on({ trigger: { on: "person-joined" } });
    await people(4500);
    await database.db
      .updateTable("people")
      .set({ joined_at: p.days(0) })
      .where("workspace_id", "=", p.workspaceId)
      .execute();
    const planned = await Promise.all([p.plan(), p.plan()]);
    expect(planned[0] + planned[1]).toBe(4500);
    expect(await p.plan()).toBe(0);
    const rows = await p.planned(schedule);
    expect(new Set(rows.map(({ person_id }) => person_id)).size).toBe(4500);
  });

  test("S10 a firing is planned once for everybody of its audience, on however many instances", async () => {
    const schedule = await p.on({
      trigger: { on: "cron", cron: "0 9 * * 1" },
      audience: { languages: ["en"] },
    });
    await people(2500);
    await database.db
      .updateTable("people")
      .set({ locale: "en" })
      .where("workspace_id", "=", p.workspaceId)
      .execute();
    await p.person({ locale: "ru" });
    const { workspaceId } = p;
    const fireAt = p.days(0);
    await beginRun(
      database.db,
      { workspaceId, id: schedule.id },
      { fireAt, outcome: null },
      fireAt,
    );
    await Promise.all([planRuns(p.engine), planRuns(p.engine)]);
    const rows = await p.planned(schedule);
    expect(new Set(rows.map(({ person_id }) => person_id)).size).toBe(2500);
    expect(rows).toHaveLength(2500);
    const run = await database.db
      .selectFrom("schedule_runs")
      .select(["planned", "outcome", "finished_at"])
      .where("workspace_id", "=", workspaceId)
      .executeTakeFirst();
    expect(run).toEqual({ planned: 2500, outcome: "done", finished_at: fireAt });
    expect(await planRuns(p.engine)).toBe(0);

    // A day later one of them was asked; the others still wait, and are not asked behind that again.
    const [{ id } = { id: "" }] = rows;
    await updateInvitation(database.db, workspaceId, id, { state: "asked", askedAt: fireAt });
    const again = p.days(1);
    await beginRun(
      database.db,
      { workspaceId, id: schedule.id },
      { fireAt: again, outcome: null },
      again,
    );
    expect(await planRuns(p.engine)).toBe(1);
  });
});
