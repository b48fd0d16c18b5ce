/** Queues on a database, and what is seen in their tables. */
import { createLog } from "../../src/log.ts";
import {
  createJobs,
  type JobHandlers,
  type Jobs,
  type JobTiming,
} from "../../src/scheduling/jobs/jobs.ts";
import { inTransaction } from "../../src/store/transaction.ts";
import type { TestDatabase } from "../support/database.ts";

type QueueDatabase = Pick<TestDatabase, "db" | "jobsDatabase" | "kind">;

const quick: JobTiming = { lease: 60, sweep: 15, poll: 0.5, retry: 1, grace: 1 };
const nothing = async () => {};

/** Handlers that do nothing, but for those that are given. */
export function handlers(some: Partial<JobHandlers> = {}): JobHandlers {
  return {
    ...{ ask: nothing, deliver: nothing, remove: nothing, died: nothing },
    ...{ deadDelivery: nothing, deadRemoval: nothing },
    ...some,
  };
}

/** A queue of its own process, as far as the database can tell. */
export async function startJobs(
  { jobsDatabase, kind }: QueueDatabase,
  timing: Partial<JobTiming> = {},
): Promise<Jobs> {
  const log = createLog("silent");
  const jobs = createJobs({ database: jobsDatabase, kind, log, timing: { ...quick, ...timing } });
  await jobs.start();
  return jobs;
}

/** Puts questions of a workspace in, due now. */
export async function putIn(
  { db }: QueueDatabase,
  jobs: Jobs,
  workspaceId: number,
  ids: readonly string[],
): Promise<void> {
  const items = ids.map((invitationId) => ({ data: { workspaceId, invitationId } }));
  await inTransaction(db, (transaction) => jobs.enqueueAll(transaction, "ask", items));
}

/** A statement on the queue's own tables. */
export async function query<T>(
  { jobsDatabase }: QueueDatabase,
  text: string,
  values: unknown[] = [],
): Promise<T[]> {
  return (await jobsDatabase.executeSql(text, values)).rows;
}

/** How many jobs of the working queues are in which state. */
export async function states(database: QueueDatabase): Promise<Record<string, number>> {
  const rows = await query<{ state: string; n: number }>(
    database,
    "select state::text, count(*)::int as n from pgboss.job where name <> 'dead' group by 1",
  );
  return Object.fromEntries(rows.map(({ state, n }) => [state, n]));
}

/** Everything that is put off is due now. */
export async function hurry(database: QueueDatabase): Promise<void> {
  await query(
    database,
    "update pgboss.job set start_after = now() where state in ('created', 'retry')",
  );
}
