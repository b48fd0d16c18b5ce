/** Reminders: which are due, what becomes of them, and the limits that an invitation was asked by. */
import { sql } from "kysely";
import { type Limits, readScheduleDefinition } from "../scheduling/definition/schedule.ts";
import { type Conversation, readConversation } from "../surveys/conversation-state.ts";
import type { Subject } from "./candidates.ts";
import { newId } from "./ids.ts";
import type { Db, InvitationKind, NewRow } from "./schema.ts";

/** The limits of the schedule that planned an invitation; `undefined`: none did. */
export async function limitsOf(
  db: Db,
  workspaceId: number,
  invitationId: string,
): Promise<Limits | undefined> {
  const row = await db
    .selectFrom("invitations as i")
    .innerJoin("schedule_versions as v", (join) =>
      join
        .onRef("v.workspace_id", "=", "i.workspace_id")
        .onRef("v.schedule_id", "=", "i.schedule_id")
        .onRef("v.version", "=", "i.schedule_version"),
    )
    .select("v.definition")
    .where("i.workspace_id", "=", workspaceId)
    .where("i.id", "=", invitationId)
    .executeTakeFirst();
  return readScheduleDefinition(row?.definition)?.limits;
}

/** Workspaces in which somebody is to be reminded. */
export async function workspacesToRemind(db: Db, now: Date): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    select w.id from workspaces w
    where exists (select from invitations i where i.workspace_id = w.id and i.state = 'asked'
      and i.remind_at is not null and i.remind_at <= ${now})
    order by w.id
  `.execute(db);
  return rows.map(({ id }) => id);
}

/** A question whose person may be reminded; locked. */
export interface DueReminder {
  readonly invitationId: string;
  readonly subject: Subject & { readonly personId: string; readonly kind: InvitationKind };
  readonly conversation: Conversation | undefined;
  /** Nothing of it is still on its way. */
  readonly sent: boolean;
  /** Epoch milliseconds. */
  readonly expiresAt: number;
}

/**
 * Locks what is due, the longest waiting first; what another instance is at is left out, so that each
 * is reminded once. `only`: of these alone.
 */
export async function claimReminders(
  db: Db,
  workspaceId: number,
  { now, limit, only }: { now: Date; limit: number; only?: readonly string[] },
): Promise<DueReminder[]> {
  const rows = await db
    .selectFrom("invitations as i")
    .select(["i.id", "i.kind", "i.person_id", "i.connection_id", "i.survey_id", "i.chat_id"])
    .select(["i.closing", "i.schedule_id", "i.reason_key", "i.conversation", "i.expires_at"])
    .select(
      sql<boolean>`not exists (select from deliveries d
        where d.workspace_id = ${workspaceId} and d.invitation_id = i.id
          and d.purpose = 'ask' and d.state in ('planned', 'sending'))`.as("sent"),
    )
    .where("i.workspace_id", "=", workspaceId)
    .where("i.state", "=", "asked")
    .where("i.remind_at", "<=", now)
    .$if(only !== undefined, (query) => query.where("i.id", "in", [...(only ?? [])]))
    .orderBy("i.remind_at")
    .limit(limit)
    .forUpdate("i")
    .skipLocked()
    .execute();
  return rows.flatMap((row): DueReminder[] => {
    const { id, person_id: personId, kind } = row;
    if (personId === null) return [];
    const subject = {
      personId,
      // Its person is asked a second time by us, so their hours count as for any other.
      kind: kind === "manual" ? ("chat" as const) : kind,
      invitationId: id,
      surveyId: row.survey_id,
      connectionId: row.connection_id,
      scheduleId: row.schedule_id,
      reasonKey: row.reason_key,
      chatId: row.chat_id,
      closing: row.closing,
    };
    const conversation = readConversation(row.conversation);
    const expiresAt = row.expires_at?.getTime() ?? 0;
    return [{ invitationId: id, subject, conversation, sent: row.sent, expiresAt }];
  });
}

/** What becomes of a reminder: it is on its way, it waits, or there is none, with the reason. */
export type ReminderOutcome = { readonly invitationId: string } & (
  | { readonly kind: "reminded" }
  | { readonly kind: "waits"; readonly until: Date }
  | { readonly kind: "left"; readonly reason: string }
);

/** Keeps what became of reminders, with the decisions about them; what only waits is none. */
export async function keepReminders(
  db: Db,
  workspaceId: number,
  outcomes: readonly ReminderOutcome[],
  now: Date,
): Promise<void> {
  if (outcomes.length === 0) return;
  const rows = outcomes.map((each) => ({
    id: each.invitationId,
    remind_at: each.kind === "waits" ? each.until : null,
    reminded: each.kind === "reminded",
  }));
  await sql`
    update invitations i set remind_at = r.remind_at,
      reminded_at = case when r.reminded then ${now}::timestamptz else i.reminded_at end
    from json_to_recordset(${JSON.stringify(rows)}::json)
      r (id uuid, remind_at timestamptz, reminded boolean)
    where i.workspace_id = ${workspaceId} and i.id = r.id
  `.execute(db);
  const decided = outcomes.filter(({ kind }) => kind !== "waits");
  if (decided.length === 0) return;
  await db
    .insertInto("decisions")
    .values(decided.map((each) => decisionRow(workspaceId, each, now)))
    .execute();
}

/** Told from decisions about the question itself by its gate. */
const GATE = "reminder";

function decisionRow(
  workspaceId: number,
  outcome: ReminderOutcome,
  now: Date,
): NewRow<"decisions"> {
  const left = outcome.kind === "left";
  return {
    workspace_id: workspaceId,
    id: newId(),
    invitation_id: outcome.invitationId,
    verdict: left ? "suppress" : "ask",
    gate: GATE,
    reason: left ? outcome.reason : "all-gates-passed",
    until: null,
    decided_at: now,
  };
}
