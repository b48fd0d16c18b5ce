/** What is planned: made, cancelled, found when it is overdue, ended when its time is over. */
import type { Schedule } from "../scheduling/definition/schedule.ts";
import type { Survey } from "../surveys/survey.ts";
import { newId } from "./ids.ts";
import { NEXT_CONTACT, reasonKey } from "./invitations.ts";
import type { Db } from "./schema.ts";

/** Plans an invitation; by hand it is another one than that of the closing. `undefined` when this person has one for the same reason already. */
export async function planInvitation(
  db: Db,
  plan: {
    workspaceId: number;
    survey: Survey;
    personId: string;
    connectionId: string;
    chatId: string;
    closing: number;
    dueAt: Date;
    state: "planned" | "suppressed";
    kind: "chat" | "manual";
    reason?: string;
    language: string;
    /** Whose trigger it was; by hand none. */
    schedule?: Pick<Schedule, "id" | "version">;
    /** From then on it asks about nothing. */
    expiresAt?: Date;
    now: Date;
  },
): Promise<string | undefined> {
  const id = newId();
  const row = await db
    .insertInto("invitations")
    .values({
      workspace_id: plan.workspaceId,
      id,
      survey_id: plan.survey.id,
      survey_version: plan.survey.version,
      person_id: plan.personId,
      connection_id: plan.connectionId,
      chat_id: plan.chatId,
      closing: plan.closing,
      reason_key: reasonKey(plan),
      state: plan.state,
      state_reason: plan.reason ?? null,
      kind: plan.kind,
      language: plan.language,
      due_at: plan.dueAt,
      expires_at: plan.expiresAt ?? null,
      schedule_id: plan.schedule?.id ?? null,
      schedule_version: plan.schedule?.version ?? null,
      created_at: plan.now,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning("id")
    .executeTakeFirst();
  return row?.id;
}

/** Cancels what was planned about a chat and not asked yet; gives how many. */
export async function cancelPlanned(
  db: Db,
  workspaceId: number,
  chatId: string,
  reason: string,
): Promise<number> {
  const result = await db
    .updateTable("invitations")
    .set({ state: "cancelled", state_reason: reason })
    .where("workspace_id", "=", workspaceId)
    .where("chat_id", "=", chatId)
    .where("state", "=", "planned")
    .executeTakeFirst();
  return Number(result.numUpdatedRows);
}

/** Ends what was asked and never answered in its time, in every workspace; gives how many. */
export async function expireUnanswered(db: Db, now: Date): Promise<number> {
  const result = await db
    .updateTable("invitations")
    .set({ state: "expired", state_reason: "no-answer", finished_at: now })
    .where("state", "=", "asked")
    .where("expires_at", "<=", now)
    .executeTakeFirst();
  return Number(result.numUpdatedRows);
}

/** Ends what waited for a sign of life until it made no sense any more; gives how many. */
export async function expireUnreached(db: Db, now: Date): Promise<number> {
  const result = await db
    .updateTable("invitations")
    .set({ state: "expired", state_reason: "no-contact", finished_at: now })
    .where("state", "=", "planned")
    .where("state_reason", "=", NEXT_CONTACT)
    .where("expires_at", "<=", now)
    .executeTakeFirst();
  return Number(result.numUpdatedRows);
}
