import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { describePreview } from "../../src/cli/schedules-preview.ts";
import { type Preview, previewSchedule } from "../../src/scheduling/preview/preview.ts";
import { inPassing, inSnapshot } from "../../src/store/transaction.ts";
import { describeEitherDatabase, type TestDatabase } from "../support/database.ts";
import { insertPerson } from "../support/database-rows.ts";
import { createPlanning, type Planning } from "./planning-support.ts";
import { fill, runClock, whatHappened, workspace } from "./preview-support.ts";

const DAYS = 30;

describeEitherDatabase("a preview of a schedule", (open) => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await open();
  });

  const foretell = (p: Planning, name: string, replay = false) =>
    inSnapshot(database.db, (db) =>
      previewSchedule(db, { id: p.workspaceId }, { name, days: DAYS, now: p.clock.now(), replay }),
    );

  test("foretells what really happens, day by day and gate by gate", async () => {
    await fc.assert(
      fc.asyncProperty(workspace, async (drawn) => {
        const p = await createPlanning(database);
        await fill(p, drawn);
        const foretold = new Map<string, Record<string, number>>();
        for (const name of drawn.on) foretold.set(name, countsOf(await foretell(p, name)));
        await runClock(p, p.days(DAYS));
        for (const [name, counts] of foretold) {
          expect({ [name]: counts }).toEqual({ [name]: await whatHappened(p, name) });
        }
      }),
      { numRuns: Number(process.env.PREVIEW_RUNS ?? 2), endOnFailure: true },
    );
  }, 300_000);

  test("what nobody can know is as in the weeks before, and marked so; who cannot be reached is counted", async () => {
    const p = await createPlanning(database);
    const name = "solved";
    const trigger = { on: "chat-closed", delay: "3d" } as const;
    const survey = "still-solved";
    await p.on({ name, kind: "still-solved", survey, trigger });
    await p.on({ name: "same", kind: "onboarding", trigger });
    await insertPerson(database.db, p.workspaceId, { name: "Nowhere" });
    const chat = { state: "closed", closings: 1, close_reason: "solved" } as const;
    const went = { first_replied_at: p.days(-10), closed_at: p.days(-10), opened_at: p.days(-11) };
    for (const customer_messages of [3, 3, 0]) {
      const customer_id = await p.person({ name: "Ada" });
      await p.chat({ customer_id, customer_messages, ...chat, ...went });
    }
    expect(await foretell(p, name)).toMatchObject({ questions: 0, replayed: null });
    const preview = await foretell(p, name, true);
    // Five weeks later: Monday 2026-11-02 12:00 - 10 d + 35 d + 3 d is a Monday as well.
    expect(preview).toMatchObject({
      ...{ questions: 3, asked: 2, suppressed: 1, deferred: 0, waiting: 0, humans: 3 },
      byOrigin: { planned: 0, known: 0, replayed: 3 },
      gates: [{ gate: "substance", reason: "too-short", deferred: 0, suppressed: 1 }],
      audience: { reachable: 3, unreachable: 1 },
      clashes: [{ schedule: "same", humans: 3, first: 3 }],
    });
    const lines = describePreview(preview, "UTC");
    expect(lines.slice(0, 4)).toEqual([
      "solved, 2026-11-02 12:00 to 2026-12-02 12:00 (UTC)",
      "3 questions for 3 people: 2 asked, 1 not asked, 0 still waiting at the end.",
      "Its audience has 3 people who can be reached; 1 more fit it and cannot be reached anywhere.",
      "0 wait already, 0 are known to come, 3 are as in the weeks before (2026-09-28 12:00 to 2026-10-28 12:00). Nobody is assumed to answer, decline or be quiet.",
    ]);
    expect(lines).toContain(`  2026-11-30 Mon 2 ${"█".repeat(40)}  (1 not asked)`);
    expect(lines).toContain("  same: 3 people; solved goes first for 3, same for 0");
    expect(lines.join("\n")).toMatch(/2026-11-30 12:00 Ada \(.+\) asked, as in the weeks before/);
  });

  test("of a schedule that is off it says what it would do, and of none which there are", async () => {
    const p = await createPlanning(database);
    await p.person({ name: "Ada" });
    const preview = await foretell(p, "relationship");
    expect(preview).toMatchObject({ on: false, replayed: null });
    expect(describePreview(preview, "UTC")[1]).toContain("It is not on");
    await expect(foretell(p, "nonsense")).rejects.toMatchObject({
      code: "not-found",
      advice: expect.stringContaining("relationship"),
    });
  });

  test("nothing can be written while it is foretold, and others write meanwhile", async () => {
    const { db, workspaceId } = database;
    const write = inSnapshot(db, (snapshot) => insertPerson(snapshot, workspaceId));
    await expect(write).rejects.toThrow(/read-only/);
    const p = await createPlanning(database);
    const options = { name: "relationship", days: DAYS, now: p.clock.now(), replay: true };
    // Both would wait for one another for ever if whoever looks ahead kept others out.
    const questions = await inPassing(db, async (reading) => {
      await previewSchedule(reading, { id: p.workspaceId }, options);
      const other = await db.transaction().execute((trx) => insertPerson(trx, workspaceId));
      expect(other).toBeDefined();
      return (await previewSchedule(reading, { id: p.workspaceId }, options)).questions;
    });
    expect(questions).toBe(0);
  });
});

/** As {@link whatHappened} says it. */
function countsOf({ days }: Preview): Record<string, number> {
  const entries = days.flatMap(({ day, asked, gates }): [string, number][] => [
    [`${day} ask`, asked],
    ...gates.flatMap(({ gate, reason, deferred, suppressed }): [string, number][] => [
      [`${day} defer ${gate} ${reason}`, deferred],
      [`${day} suppress ${gate} ${reason}`, suppressed],
    ]),
  ]);
  return Object.fromEntries(entries.filter(([, n]) => n > 0));
}
