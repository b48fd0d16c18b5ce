/** What the moving parts share: the database, the clock, the queue, the keys. */
import type { Kysely, Transaction } from "kysely";
import type { Clock } from "./clock.ts";
import type { Log } from "./log.ts";
import type { Ledger } from "./people/ledger.ts";
import type { ChatPlatform } from "./platform.ts";
import type { JobName, Jobs } from "./scheduling/jobs/jobs.ts";
import type { Database } from "./store/database.ts";
import type { Schema } from "./store/schema.ts";
import { inTransaction } from "./store/transaction.ts";
import type { Tokens } from "./surveys/tokens.ts";

/** Places where a test can end the process: what was acknowledged before must survive. */
export const crashPoints = [
  "inbox.before_commit",
  "inbox.after_commit",
  "plan.before_commit",
  "run.before_commit",
  "decide.before_commit",
  "decide.after_commit",
  "remind.before_commit",
  "ask.before_commit",
  "ask.after_commit",
  "outbox.claimed",
  "outbox.sent_unrecorded",
  "outbox.recorded",
] as const;
export type CrashPoint = (typeof crashPoints)[number];

export interface Engine {
  readonly db: Kysely<Schema>;
  /** For work that may take long: see Database. */
  readonly patiently: Database["patiently"];
  readonly clock: Clock;
  readonly jobs: Jobs;
  readonly tokens: Tokens;
  /** Knows again who was forgotten. */
  readonly ledger: Ledger;
  readonly log: Log;
  /** Those that are served here, for what admins want to know of them; none but in the running service. */
  readonly platforms?: readonly ChatPlatform[];
  /** Called at each crash point; does nothing outside of tests. */
  readonly reach: (point: CrashPoint) => void;
}

/** One transaction of an event or a job, with the queues to wake once it is committed. */
export interface Work {
  readonly transaction: Transaction<Schema>;
  readonly now: Date;
  readonly wake: Set<JobName>;
  /** Done once it is committed, before the event is answered: what may fail, and takes longer than a transaction may. */
  readonly after?: (() => Promise<void>)[];
}

/** Does one event or job in a transaction; the queues it filled are woken once it is committed. */
export async function doWork<T>(engine: Engine, step: (work: Work) => Promise<T>): Promise<T> {
  const { result, wake, after } = await inTransaction(engine.db, async (transaction) => {
    // Anew for each try: what a transaction that was rolled back put in is not there.
    const after: (() => Promise<void>)[] = [];
    const work: Work = { transaction, now: engine.clock.now(), wake: new Set(), after };
    return { result: await step(work), wake: work.wake, after };
  });
  for (const name of wake) engine.jobs.wake(name);
  for (const each of after) {
    await each().catch((error) => engine.log.warn({ error }, "what follows was not done"));
  }
  return result;
}
