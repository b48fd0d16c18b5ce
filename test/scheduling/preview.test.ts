import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { type Preview, previewSchedule } from "../../src/scheduling/preview.ts";
import { inSnapshot } from "../../src/store/transaction.ts";
import { describeEitherDatabase, type TestDatabase } from "../support/database.ts";
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
      previewSchedule(
        db,
        { id: p.workspaceId, timeZone: "UTC" },
        { name, days: DAYS, now: p.clock.now(), replay },
      ),
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
