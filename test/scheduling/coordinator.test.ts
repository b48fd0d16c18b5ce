import { Writable } from "node:stream";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createLog } from "../../src/log.ts";
import { createCoordinator } from "../../src/scheduling/clockwork/coordinator.ts";
import { createJobs, type JobHandlers, type Jobs } from "../../src/scheduling/jobs/jobs.ts";
import { databaseProblems } from "../../src/store/health.ts";
import { openPostgres } from "../../src/store/postgres.ts";
import { forgetTicks } from "../../src/store/ticks.ts";
import { inTransaction } from "../../src/store/transaction.ts";
import { startWebServer } from "../../src/web.ts";
import { createOpener, type TestDatabase } from "../support/database.ts";
import { layLine } from "../support/net/line.ts";

/** What is logged, message by message. */
function createListener(): { log: ReturnType<typeof createLog>; said: string[] } {
  const said: string[] = [];
  const to = new Writable({
    write(chunk, _, done) {
      said.push(JSON.parse(String(chunk)).msg);
      done();
    },
  });
  return { log: createLog("info", to), said };
}

describe("the clockwork of several instances (postgres)", () => {
  const open = createOpener("postgres");
  let database: TestDatabase;
  let url: string;
  const closing: (() => Promise<void>)[] = [];

  beforeAll(async () => {
    database = await open();
    url = database.databaseUrl ?? "";
  });
  afterAll(async () => {
    for (const close of closing.reverse()) await close();
  });

  test("S2 each tick of each chore is one's of eight, and is forgotten after a while", async () => {
    const { log } = createListener();
    const instances = await Promise.all(
      Array.from({ length: 8 }, async () => {
        const instance = await openPostgres({ databaseUrl: url, log, poolSize: 4 });
        closing.push(() => instance.close());
        return createCoordinator({ db: instance.db, log });
      }),
    );
    for (let minute = 10; minute < 20; minute++) {
      for (const chore of ["expire", "with:colon"]) {
        const key = `${chore}:2026-11-02T12:${minute}:00.000Z`;
        const asked = instances.map((instance) => instance.shouldRun(key, 30_000));
        const mine = (await Promise.all(asked)).filter(Boolean);
        expect(mine, key).toHaveLength(1);
      }
    }
    expect(await forgetTicks(database.db, new Date(Date.now() - 60_000))).toBe(0);
    expect(await forgetTicks(database.db, new Date(Date.now() + 60_000))).toBe(20);
  });

  test("S12 while the database is away nothing runs and it is not ready; then all goes on by itself", async () => {
    const line = await layLine(Number(new URL(url).port));
    closing.push(() => line.close());
    const near = new URL(url);
    near.port = String(line.port);
    const { log, said } = createListener();
    const instance = await openPostgres({ databaseUrl: near.href, log: createLog("silent") });
    closing.push(() => instance.close());
    const coordinator = createCoordinator({ db: instance.db, log });
    const web = await startWebServer({ host: "127.0.0.1", port: 0 });
    closing.push(() => web.stop());
    web.ready([], () => databaseProblems(instance));
    const readiness = async () => (await fetch(`${web.url}/readyz`)).status;
    const done = Promise.withResolvers<string>();
    const jobs = await work(instance, done.resolve);
    closing.push(() => jobs.stop());
    let minute = 30;
    const tick = () => coordinator.shouldRun(`chore:2026-11-02T12:${minute++}:00.000Z`, 30_000);

    expect([await tick(), await readiness()]).toEqual([true, 200]);
    line.cut();
    expect([await tick(), await tick(), await tick()]).toEqual([false, false, false]);
    expect(await readiness()).toBe(503);
    expect(said).toHaveLength(1);
    expect(said[0]).toContain("cannot reach the database");
    // Put in by an instance that has a line of its own.
    const beside = await database.jobs();
    await inTransaction(database.db, (transaction) =>
      beside.enqueue(transaction, "ask", { workspaceId: 1, invitationId: "after" }),
    );
    line.mend();
    expect([await tick(), await readiness()]).toEqual([true, 200]);
    expect(said).toHaveLength(2);
    expect(await done.promise).toBe("after");
  });
});

async function work(
  { jobsDatabase, kind }: Pick<TestDatabase, "jobsDatabase" | "kind">,
  ask: (invitationId: string) => void,
): Promise<Jobs> {
  const nothing = async () => {};
  const handlers: JobHandlers = {
    ask: async ({ invitationId }) => ask(invitationId),
    ...{ deliver: nothing, remove: nothing, died: nothing },
    ...{ deadDelivery: nothing, deadRemoval: nothing },
  };
  const log = createLog("silent");
  const timing = { lease: 60, sweep: 15, poll: 0.5, retry: 1, grace: 1 };
  const jobs = createJobs({ database: jobsDatabase, kind, log, timing });
  await jobs.start();
  await jobs.work(handlers);
  return jobs;
}
