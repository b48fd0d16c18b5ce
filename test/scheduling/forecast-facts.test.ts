import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import type { Candidate } from "../../src/scheduling/gates/candidate.ts";
import { createFacts } from "../../src/scheduling/preview/forecast-facts.ts";
import { asItWillBe } from "../../src/scheduling/preview/forecast-human.ts";
import { type Coming, createQueue } from "../../src/scheduling/preview/forecast-queue.ts";
import { fillQueue } from "../../src/scheduling/preview/forecast-sources.ts";
import { setupNow } from "../../src/scheduling/preview/suppose.ts";
import { readCandidates } from "../../src/store/candidates.ts";
import { describeEitherDatabase, type TestDatabase } from "../support/database.ts";
import { createPlanning } from "./planning-support.ts";
import { fill, runClock, workspace } from "./preview-support.ts";

const DAYS = 30;

/** The invitation itself is no reason against itself, and the next turn is the forecast's to tell. */
function subjectOf({ human, deadline, ...coming }: Coming) {
  const { personId, kind, surveyId, connectionId, scheduleId, chatId, closing, slotAt } = coming;
  const about = { personId, kind, surveyId, connectionId, scheduleId, chatId, closing, slotAt };
  return { ...about, expiresAt: deadline };
}
const comparable = (candidate: Candidate | undefined) =>
  candidate && { ...candidate, betterDueAt: null };

describeEitherDatabase("what a look ahead knows", (open) => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await open();
  });

  test("is what a decision reads about the same question at that moment", async () => {
    let compared = 0;
    await fc.assert(
      fc.asyncProperty(workspace, fc.integer({ min: 0, max: 9 }), async (drawn, days) => {
        const p = await createPlanning(database);
        const { db } = database;
        const { workspaceId } = p;
        await fill(p, drawn);
        // So that something was asked, and waits.
        await runClock(p, p.days(days));
        const now = p.clock.now();
        const setup = await setupNow(db, workspaceId);
        const schedules = setup.schedules.filter(({ state }) => state === "on");
        const ahead = { ...setup, workspaceId, from: now, to: p.days(DAYS), replay: false };
        const facts = await createFacts(db, ahead);
        const queue = createQueue();
        const { timeZone } = setup.settings;
        const filled = { ...ahead, db, facts, queue, schedules, timeZone };
        const { runs } = await fillQueue(filled);
        await runs.fireUntil(p.days(DAYS).getTime());
        const all = [...queue.all()];
        await facts.fit(all, now.getTime());
        const read = await readCandidates(db, workspaceId, all.map(subjectOf), now);
        for (const [index, coming] of all.entries()) {
          const known = asItWillBe(facts.candidateOf(coming, now.getTime()), coming, undefined);
          expect(comparable(known)).toEqual(comparable(read[index]));
        }
        compared += all.length;
      }),
      { numRuns: Number(process.env.PREVIEW_RUNS ?? 3) },
    );
    expect(compared).toBeGreaterThan(0);
  }, 300_000);
});
