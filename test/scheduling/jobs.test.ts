import { sql } from "kysely";
import { afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { createLog } from "../../src/log.ts";
import { createJobs, type Jobs } from "../../src/scheduling/jobs/jobs.ts";
import { inTransaction } from "../../src/store/transaction.ts";
import { describeEachDatabase, type TestDatabase } from "../support/database.ts";

/** Slow calls under way at once, as many as two batches hold. */
const SLOW = 50;

describeEachDatabase("the workers", (open) => {
  let database: TestDatabase;
  let jobs: Jobs;
  let letGo = () => {};

  beforeAll(async () => {
    database = await open();
  });
  beforeEach(async () => {
    jobs = createJobs({
      database: database.jobsDatabase,
      kind: database.kind,
      log: createLog("error"),
      timing: { lease: 60, sweep: 15, poll: 0.5, retry: 1 },
    });
    await jobs.start();
  });
  afterEach(() => {
    letGo();
    return jobs.stop();
  });

  const enqueue = (...ids: string[]) =>
    inTransaction(database.db, async (transaction) => {
      for (const deliveryId of ids) {
        await jobs.enqueue(transaction, "deliver", { workspaceId: 1, deliveryId });
      }
    });

  test("50 calls that do not come back do not hold up the others", async () => {
    const stuck = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    const begun = new Set<string>();
    const other = Promise.withResolvers<void>();
    const slow = Promise.withResolvers<void>();
    await enqueue(...Array.from({ length: SLOW }, (_, i) => `slow-${i}`));
    await jobs.work({
      ask: async () => {},
      remove: async () => {},
      deadDelivery: async () => {},
      deadRemoval: async () => {},
      died: async () => {},
      async deliver({ deliveryId }) {
        if (deliveryId === "other") return other.resolve();
        begun.add(deliveryId);
        if (begun.size === SLOW) slow.resolve();
        await stuck;
      },
    });
    await slow.promise;
    await enqueue("other");
    // Resolves while all of the slow ones are still under way, or the test runs into its limit.
    await other.promise;
    expect(begun.size).toBe(SLOW);
  });

  test("D3 a kill while a failure is being told costs no more time than any other", async () => {
    const { rows } = await sql<{ expire_seconds: number; retry_limit: number }>`
      select distinct expire_seconds, retry_limit from pgboss.queue
      where name in ('ask', 'deliver', 'dead')`.execute(database.db);
    expect(rows).toEqual([{ expire_seconds: 60, retry_limit: 11 }]);
  });
});
