import { Writable } from "node:stream";
import { beforeAll, describe, expect, test } from "vitest";
import { createLog } from "../../src/log.ts";
import { followDatabase, openClock } from "../../src/scheduling/clockwork/database-clock.ts";
import { readDatabaseTime } from "../../src/store/database-time.ts";
import { createOpener, type TestDatabase } from "../support/database.ts";

const MINUTE = 60_000;

describe("S9 the database's clock decides (postgres)", () => {
  const open = createOpener("postgres");
  let database: TestDatabase;
  beforeAll(async () => {
    database = await open();
  });

  const listen = () => {
    const said: string[] = [];
    const to = new Writable({
      write(chunk, _, done) {
        said.push(JSON.parse(String(chunk)).msg);
        done();
      },
    });
    return { said, log: createLog("info", to) };
  };
  /** This machine, its clock set wrong by `off` milliseconds. */
  const machine = (off: { ms: number }) => ({
    now: () => new Date(Date.now() + off.ms),
    elapsed: () => performance.now(),
  });

  test.each([-10, 10])(
    "a machine %d minutes off has the database's time, and says so once",
    async (minutes) => {
      const off = { ms: minutes * MINUTE };
      const { log, said } = listen();
      const clock = await followDatabase(database.db, log, machine(off));
      const before = await readDatabaseTime(database.db);
      const now = clock.now();
      // Never behind it: what is due there is due here. Ahead by as long as a look at it took.
      expect(now >= before).toBe(true);
      expect(now.getTime() - before.getTime()).toBeLessThan(MINUTE);
      await clock.measure();
      expect(said).toHaveLength(1);
      expect(said[0]).toContain("the database's decides");
      off.ms = 0;
      await clock.measure();
      expect(said[1]).toContain("agree again");
    },
  );

  test("setting the machine's clock changes nothing; a database that is away neither", async () => {
    const off = { ms: 0 };
    const { log } = listen();
    const own = await open();
    const clock = await followDatabase(own.db, log, machine(off));
    off.ms = 3 * 60 * MINUTE;
    await own.close();
    await clock.measure();
    const before = await readDatabaseTime(database.db);
    expect(clock.now() >= before).toBe(true);
    expect(clock.now().getTime() - before.getTime()).toBeLessThan(MINUTE);
  });

  test("a service on PostgreSQL follows it, one on its own database has nobody to follow", async () => {
    const { log } = listen();
    expect(await openClock(database, log)).toHaveProperty("measure");
    expect(await openClock({ ...database, kind: "embedded" }, log)).not.toHaveProperty("measure");
  });
});
