/**
 * One process of bench/jobs.ts: `node bench/jobs-worker.ts ours|plain ADDRESS`. Says "ready", begins
 * when it is told to, and says how many jobs it has done and how much memory it has.
 */
import { createLog } from "../src/log.ts";
import { createJobs } from "../src/scheduling/jobs/jobs.ts";
import { openPostgres } from "../src/store/postgres.ts";

const [way, databaseUrl = ""] = process.argv.slice(2);
const BATCH = 500;
const LOOPS = 4;
const TELL_MS = 20;

const database = await openPostgres({
  databaseUrl,
  log: createLog("silent"),
  // On a busy machine a new connection takes longer than a service would wait for it.
  limits: { connection: 20_000 },
});
const { jobsDatabase } = database;
let done = 0;
let working = true;

/** Takes with a lease, works, settles what is still its own: the least that a queue does. */
async function loop(): Promise<void> {
  while (working) {
    const { rows } = await jobsDatabase.executeSql(
      `update plain_jobs set lease_until = now() + interval '60 s', attempt = attempt + 1
        where id in (select id from plain_jobs where due_at <= now() and not done
          and (lease_until is null or lease_until < now())
          order by due_at, id limit ${BATCH} for update skip locked)
        returning id, attempt, data`,
    );
    if (rows.length === 0) return;
    await jobsDatabase.executeSql(
      `update plain_jobs p set done = true from unnest($1::bigint[], $2::int[]) as mine (id, attempt)
        where p.id = mine.id and p.attempt = mine.attempt`,
      [rows.map(({ id }) => id), rows.map(({ attempt }) => attempt)],
    );
    done += rows.length;
  }
}

async function begin(): Promise<() => Promise<void>> {
  if (way === "plain") {
    const loops = Promise.all(Array.from({ length: LOOPS }, loop));
    return async () => void (await loops);
  }
  const nothing = async () => {};
  await jobs.work({
    ask: async () => {
      done += 1;
    },
    ...{ deliver: nothing, remove: nothing, died: nothing },
    ...{ deadDelivery: nothing, deadRemoval: nothing },
  });
  return () => jobs.stop();
}

const jobs = createJobs({ database: jobsDatabase, kind: "postgres", log: createLog("silent") });
if (way === "ours") await jobs.start();
let end = async () => {};
let telling: NodeJS.Timeout | undefined;
const tell = () => process.send?.({ done, rss: process.memoryUsage().rss });
process.on("message", async (message) => {
  if (message === "go") {
    telling = setInterval(tell, TELL_MS);
    end = await begin();
  } else {
    working = false;
    clearInterval(telling);
    await end();
    tell();
    await database.close();
    process.disconnect();
  }
});
process.send?.("ready");
