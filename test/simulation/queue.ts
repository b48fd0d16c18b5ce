/**
 * The job queue of a simulated year: as durable and transactional as the real one, on the same
 * database, but by a clock that is moved by hand. What a killed instance had taken is taken again
 * once its lease is over.
 */
import { sql } from "kysely";
import type { Clock } from "../../src/clock.ts";
import {
  type JobData,
  type JobHandlers,
  type JobName,
  type Jobs,
  TryLater,
} from "../../src/scheduling/jobs/jobs.ts";
import type { Db } from "../../src/store/schema.ts";

const LEASE_MS = 60_000;
const RETRY_MS = 5000;
const MAX_RETRY_MS = 30 * 60_000;
const MAX_TRIES = 12;
const BATCH = 100;

interface Taken {
  readonly id: string;
  readonly name: JobName;
  readonly data: JobData["ask"] & JobData["deliver"] & JobData["remove"];
  readonly attempts: number;
}

export interface SimulatedQueue {
  /** What the engine of every instance puts its jobs into. */
  readonly jobs: Jobs;
  /** Works on what is due with the handlers of one instance; gives how many jobs it took. */
  work(handlers: JobHandlers): Promise<number>;
  /** When the next job is due; undefined when there is none. */
  nextAt(): Promise<Date | undefined>;
}

/** Makes the queue's table. */
export async function createQueue(db: Db, clock: Clock): Promise<SimulatedQueue> {
  await sql`create table simulated_jobs (
    id bigint primary key generated always as identity,
    name text not null, data jsonb not null, due_at timestamptz not null,
    attempts integer not null default 0
  )`.execute(db);
  await sql`create index simulated_jobs_due on simulated_jobs (due_at)`.execute(db);
  return {
    jobs: {
      async start() {},
      async work() {},
      wake() {},
      async stop() {},
      async enqueue(transaction, name, data, startAfter) {
        const due = startAfter ?? clock.now();
        await sql`insert into simulated_jobs (name, data, due_at)
          values (${name}, ${JSON.stringify(data)}::jsonb, ${due})`.execute(transaction);
      },
      async enqueueAll(transaction, name, items) {
        for (const { data, startAfter } of items)
          await this.enqueue(transaction, name, data, startAfter);
      },
    },
    async work(handlers) {
      const taken = await take(db, clock.now());
      for (const job of taken) await settle(db, clock, job, handlers);
      return taken.length;
    },
    async nextAt() {
      const { rows } = await sql<{ next: Date | null }>`
        select min(due_at) as next from simulated_jobs`.execute(db);
      return rows[0]?.next ?? undefined;
    },
  };
}

/** Taken is hidden for the length of a lease. */
async function take(db: Db, now: Date): Promise<Taken[]> {
  const until = new Date(now.getTime() + LEASE_MS);
  const { rows } = await sql<Taken>`
    update simulated_jobs set due_at = ${until}, attempts = attempts + 1
    where id in (select id from simulated_jobs where due_at <= ${now} order by due_at, id
      limit ${BATCH} for update skip locked)
    returning id, name, data, attempts`.execute(db);
  return rows.sort((a, b) => Number(a.id) - Number(b.id));
}

async function settle(db: Db, clock: Clock, job: Taken, handlers: JobHandlers): Promise<void> {
  const { id, name, data, attempts } = job;
  try {
    await handlers[name](data);
  } catch (error) {
    if (error instanceof Killed) throw error;
    if (!(error instanceof TryLater) && attempts >= MAX_TRIES) {
      await sql`delete from simulated_jobs where id = ${id}`.execute(db);
      if (name === "deliver") await handlers.deadDelivery(data);
      if (name === "remove") await handlers.deadRemoval(data);
      return;
    }
    const wait =
      error instanceof TryLater ? error.afterMs : Math.min(RETRY_MS * 2 ** attempts, MAX_RETRY_MS);
    const due = new Date(clock.now().getTime() + Math.max(wait, 1));
    await sql`update simulated_jobs set due_at = ${due},
      attempts = attempts - ${error instanceof TryLater ? 1 : 0} where id = ${id}`.execute(db);
    return;
  }
  await sql`delete from simulated_jobs where id = ${id}`.execute(db);
}

/** The instance is gone in the middle of what it did. */
export class Killed extends Error {
  constructor() {
    super("killed");
    this.name = "Killed";
  }
}
