import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { DiedJob, Jobs } from "../../src/scheduling/jobs/jobs.ts";
import { createOpener, type TestDatabase } from "../support/database.ts";
import { handlers, hurry, putIn, query, startJobs, states } from "./jobs-support.ts";

const names = (n: number, prefix = "i") => Array.from({ length: n }, (_, i) => `${prefix}${i}`);

/** Waits until the tables say so. */
async function eventually(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await sleep(50);
}

describe("the queue's faults (postgres)", () => {
  const open = createOpener("postgres");
  let database: TestDatabase;
  const started: Jobs[] = [];
  const start = async (
    ...how: Parameters<typeof startJobs> extends [unknown, ...infer R] ? R : never
  ) => {
    const jobs = await startJobs(database, ...how);
    started.push(jobs);
    return jobs;
  };
  beforeEach(async () => {
    database ??= await open();
    await (await startJobs(database)).stop();
    await query(database, "delete from pgboss.job");
  });
  afterEach(async () => {
    await Promise.all(started.splice(0).map((jobs) => jobs.stop()));
  });

  test("S11 one of a thousand fails each time: 999 are done at once, it is given up after 12 tries with growing waits", async () => {
    const jobs = await start();
    const done = new Set<string>();
    const died: DiedJob[] = [];
    await putIn(database, jobs, 1, [...names(500), "poison", ...names(499, "j")]);
    await jobs.work(
      handlers({
        async ask({ invitationId }) {
          if (invitationId === "poison") throw new Error("Dana's words are in this message");
          done.add(invitationId);
        },
        died: async (job) => void died.push(job),
      }),
    );
    await eventually(async () => done.size === 999);
    const waits: number[] = [];
    const waiting = () =>
      query<{ wait: number }>(
        database,
        `select extract(epoch from start_after - now())::float as wait from pgboss.job
          where name = 'ask' and state = 'retry'`,
      );
    while (waits.length < 11) {
      const [found] = await waiting();
      if (found === undefined || found.wait <= 0) await sleep(20);
      else {
        waits.push(found.wait);
        await hurry(database);
        jobs.wake("ask");
      }
    }
    await eventually(async () => ((await states(database)).failed ?? 0) === 1);
    expect(await states(database)).toEqual({ completed: 999, failed: 1 });
    // Doubling from a second, each with up to half of it taken off, as looked at a little later.
    for (const [i, wait] of waits.entries()) expect(wait).toBeLessThanOrEqual(2 ** (i + 1));
    expect(waits[9]).toBeGreaterThan(2 ** 9 - 60);
    // The dead are told by a worker of their own, whose next look would be in ten seconds.
    await jobs.stop();
    const next = await start();
    await next.work(handlers({ died: async (job) => void died.push(job) }));
    await eventually(async () => died.length === 1);
    expect(died).toMatchObject([
      { workspaceId: 1, queue: "ask", about: "poison", tries: 12, error: "Error" },
    ]);
  });

  test("S3 S4 a worker that comes back after its lease is over settles nothing", async () => {
    const slow = await start({ lease: 1, sweep: 1 });
    const fast = await start({ lease: 30, sweep: 1 });
    const stuck = Promise.withResolvers<void>();
    const taken = Promise.withResolvers<void>();
    const end = Promise.withResolvers<void>();
    await slow.start(); // its lease is the queue's
    await putIn(database, slow, 1, ["once"]);
    await slow.work(handlers({ ask: () => stuck.promise }));
    await eventually(async () => (await states(database)).active === 1);
    await eventually(async () => (await states(database)).retry === 1);
    await query(database, "update pgboss.job set expire_seconds = 30");
    await fast.work(
      handlers({
        async ask() {
          taken.resolve();
          await end.promise;
        },
      }),
    );
    await hurry(database);
    fast.wake("ask");
    await taken.promise;
    stuck.resolve();
    await slow.stop();
    expect(await states(database)).toEqual({ active: 1 });
    end.resolve();
    await eventually(async () => (await states(database)).completed === 1);
    const [job] = await query<{ retry_count: number }>(
      database,
      "select retry_count from pgboss.job where name = 'ask'",
    );
    expect(job?.retry_count).toBe(1);
  });

  test("S13 stopped with 50 under way that do not come back: none is left taken", async () => {
    const jobs = await start();
    let under = 0;
    const never = new Promise<void>(() => {});
    await jobs.work(
      handlers({
        deliver: () => {
          under += 1;
          return never;
        },
      }),
    );
    const { db } = database;
    await db.transaction().execute((transaction) =>
      jobs.enqueueAll(
        transaction,
        "deliver",
        names(50).map((deliveryId) => ({ data: { workspaceId: 1, deliveryId } })),
      ),
    );
    await eventually(async () => {
      jobs.wake("deliver");
      return under === 50;
    });
    await jobs.stop();
    expect(await states(database)).toEqual({ retry: 50 });
  });

  test("D14 T9 a burst of one workspace does not hold up another's few", async () => {
    const jobs = await start();
    const order: number[] = [];
    await putIn(database, jobs, 1, names(4000, "a"));
    await putIn(database, jobs, 2, names(100, "b"));
    await putIn(database, jobs, 3, names(100, "c"));
    await jobs.work(handlers({ ask: async ({ workspaceId }) => void order.push(workspaceId) }));
    await eventually(async () => order.length === 4200);
    // A fair share of three is over at 300: all of it is in the first batch, and there are four at
    // once. In the order in which they were put in the few would come at the very end.
    for (const few of [2, 3]) expect(order.lastIndexOf(few)).toBeLessThan(2500);
  });

  test("an invitation that is put in again for the same time is not put in twice", async () => {
    const jobs = await start();
    const at = new Date(Date.now() - 60_000);
    const item = { data: { workspaceId: 1, invitationId: "x" }, startAfter: at };
    const later = { ...item, startAfter: new Date(Date.now() + 60_000) };
    for (let i = 0; i < 2; i++) {
      await database.db.transaction().execute(async (transaction) => {
        await jobs.enqueueAll(transaction, "ask", [item, item, later]);
        await jobs.enqueue(transaction, "ask", item.data, at);
      });
    }
    expect(await states(database)).toEqual({ created: 2 });
  });
});
