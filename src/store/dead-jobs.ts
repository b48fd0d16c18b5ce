/**
 * Jobs that failed at every try. Operators look at them, and have them tried again when what was
 * wrong is mended; what they were about is kept as it was for so long.
 */
import type { JobName } from "../scheduling/jobs/jobs.ts";
import type { Db } from "./schema.ts";

/** A job that failed for good. */
export interface DeadJob {
  readonly id: string;
  readonly queue: JobName;
  /** Id of the invitation, of the delivery, or of what was to be removed. */
  readonly about: string;
  /** What the last try said, without anybody's data; null when it did not come to an end. */
  readonly error: string | null;
  readonly tries: number;
  readonly putInAt: Date;
  readonly diedAt: Date;
}

/** Keeps one; a second time nothing happens. */
export async function keepDeadJob(db: Db, workspaceId: number, job: DeadJob): Promise<void> {
  const { id, queue, about, error, tries, putInAt, diedAt } = job;
  await db
    .insertInto("dead_jobs")
    .values({
      workspace_id: workspaceId,
      ...{ id, queue, about, error, tries },
      put_in_at: putInAt,
      died_at: diedAt,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** All of a workspace, the latest first. */
export async function listDeadJobs(db: Db, workspaceId: number): Promise<DeadJob[]> {
  const rows = await db
    .selectFrom("dead_jobs")
    .select(["id", "queue", "about", "error", "tries", "put_in_at", "died_at"])
    .where("workspace_id", "=", workspaceId)
    .orderBy("died_at", "desc")
    .orderBy("id")
    .execute();
  return rows.map(({ put_in_at, died_at, queue, ...row }) => ({
    ...row,
    queue: readQueue(queue),
    putInAt: put_in_at,
    diedAt: died_at,
  }));
}

function readQueue(kept: string): JobName {
  return kept === "ask" || kept === "deliver" ? kept : "remove";
}

/** Takes one out, to be tried again; `undefined` when there is none, or somebody else was first. */
export async function takeDeadJob(
  db: Db,
  workspaceId: number,
  id: string,
): Promise<Pick<DeadJob, "queue" | "about"> | undefined> {
  const row = await db
    .deleteFrom("dead_jobs")
    .where("workspace_id", "=", workspaceId)
    .where("id", "=", id)
    .returning(["queue", "about"])
    .executeTakeFirst();
  return row && { queue: readQueue(row.queue), about: row.about };
}

/** Forgets what nobody wanted to be tried again, with the words of the messages; says how many. */
export async function forgetDeadJobs(db: Db, before: Date): Promise<number> {
  await db
    .updateTable("deliveries")
    .set({ message: null })
    .where("state", "=", "dead")
    .where("message", "is not", null)
    .where("created_at", "<", before)
    .execute();
  const forgotten = await db
    .deleteFrom("dead_jobs")
    .where("died_at", "<", before)
    .executeTakeFirst();
  return Number(forgotten.numDeletedRows);
}

/** Ends a planned invitation that could not be decided about; one that is due later is left alone. */
export async function giveUpPlanned(
  db: Db,
  workspaceId: number,
  invitationId: string,
  now: Date,
): Promise<void> {
  await db
    .updateTable("invitations")
    .set({ state: "undeliverable", state_reason: "gave-up" })
    .where("workspace_id", "=", workspaceId)
    .where("id", "=", invitationId)
    .where("state", "=", "planned")
    .where("due_at", "<=", now)
    .execute();
}

/** Plans anew what {@link giveUpPlanned} has ended, due now; false when there is nothing to plan. */
export async function planAgain(
  db: Db,
  workspaceId: number,
  invitationId: string,
  now: Date,
): Promise<boolean> {
  const planned = await db
    .updateTable("invitations")
    // Its job is put in with it: nobody else has to decide that it needs one.
    .set({ state: "planned", state_reason: null, due_at: now, queued_at: now })
    .where("workspace_id", "=", workspaceId)
    .where("id", "=", invitationId)
    .where("state", "=", "undeliverable")
    .where("state_reason", "=", "gave-up")
    .where("asked_at", "is", null)
    .executeTakeFirst();
  return planned.numUpdatedRows === 1n;
}

/**
 * Makes a delivery that was given up one that may have been sent, so that it is looked for before it
 * is sent again; its question counts as asked again unless its time is over. False when there is
 * nothing to send any more.
 */
export async function sendAgain(
  db: Db,
  workspaceId: number,
  deliveryId: string,
  now: Date,
): Promise<boolean> {
  const delivery = await db
    .updateTable("deliveries")
    .set({ state: "sending", reason: null })
    .where("workspace_id", "=", workspaceId)
    .where("id", "=", deliveryId)
    .where("state", "=", "dead")
    .where("message", "is not", null)
    .returning(["purpose", "invitation_id"])
    .executeTakeFirst();
  if (delivery?.purpose === "ask" && delivery.invitation_id !== null) {
    await db
      .updateTable("invitations")
      .set({ state: "asked", state_reason: null })
      .where("workspace_id", "=", workspaceId)
      .where("id", "=", delivery.invitation_id)
      .where("state", "=", "undeliverable")
      .where("state_reason", "=", "gave-up")
      .where("expires_at", ">", now)
      .execute();
  }
  return delivery !== undefined;
}
