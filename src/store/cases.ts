/** Cases: one for whoever was unhappy, from its opening to its end. At most one open per human. */
import { sql } from "kysely";
import { newId } from "./ids.ts";
import type { Db, Row } from "./schema.ts";
import type { CaseCause, CaseCloseReason, CaseState } from "./schema-cases.ts";

export type { CaseCause, CaseCloseReason, CaseState } from "./schema-cases.ts";

/** A case as decisions and messages need it. Times are epoch milliseconds. */
export interface Case {
  readonly id: string;
  /** What people call it: 1, 2, 3 … in the workspace. */
  readonly number: number;
  /** Null once the person was forgotten; so are the human and what it was about. */
  readonly personId: string | null;
  /** The human behind the person. */
  readonly humanId: string | null;
  readonly accountId: string | null;
  /** Where the customer is written to, and in whose leads' channel the card stands. */
  readonly connectionId: string | null;
  readonly chatId: string | null;
  readonly invitationId: string | null;
  readonly team: string | null;
  readonly cause: CaseCause;
  readonly state: CaseState;
  readonly ownerId: string | null;
  readonly openedAt: number;
  readonly claimedAt: number | null;
  readonly firstRepliedAt: number | null;
  readonly lastRepliedAt: number | null;
  /** Since when the customer waits for us; null: the last word was ours. */
  readonly waitingSince: number | null;
  /** By when somebody has to have replied to whoever waits. */
  readonly dueAt: number;
  readonly remindAt: number | null;
  readonly remindedAt: number | null;
  readonly escalatedAt: number | null;
  readonly snoozedUntil: number | null;
  readonly closedAt: number | null;
  readonly closedBy: string | null;
  readonly closeReason: CaseCloseReason | null;
  readonly recoveryAt: number | null;
  readonly recoveryInvitationId: string | null;
}

const ms = (time: Date | null): number | null => time?.getTime() ?? null;

/** A row as the rest of the program knows it. */
export function toCase(row: Row<"cases">): Case {
  return {
    id: row.id,
    number: row.number,
    personId: row.person_id,
    humanId: row.human_id,
    accountId: row.account_id,
    connectionId: row.connection_id,
    chatId: row.chat_id,
    invitationId: row.invitation_id,
    team: row.team,
    cause: row.cause,
    state: row.state,
    ownerId: row.owner_id,
    openedAt: row.opened_at.getTime(),
    claimedAt: ms(row.claimed_at),
    firstRepliedAt: ms(row.first_replied_at),
    lastRepliedAt: ms(row.last_replied_at),
    waitingSince: ms(row.waiting_since),
    dueAt: row.due_at.getTime(),
    remindAt: ms(row.remind_at),
    remindedAt: ms(row.reminded_at),
    escalatedAt: ms(row.escalated_at),
    snoozedUntil: ms(row.snoozed_until),
    closedAt: ms(row.closed_at),
    closedBy: row.closed_by,
    closeReason: row.close_reason,
    recoveryAt: ms(row.recovery_at),
    recoveryInvitationId: row.recovery_invitation_id,
  };
}

function select(db: Db, workspaceId: number) {
  return db.selectFrom("cases").selectAll("cases").where("cases.workspace_id", "=", workspaceId);
}

/** The case by our id. */
export async function readCase(
  db: Db,
  workspaceId: number,
  caseId: string,
): Promise<Case | undefined> {
  const row = await select(db, workspaceId).where("id", "=", caseId).executeTakeFirst();
  return row && toCase(row);
}

/** The same, locked until the transaction ends; what refers to it can still be written. */
export async function lockCase(
  db: Db,
  workspaceId: number,
  caseId: string,
): Promise<Case | undefined> {
  const row = await select(db, workspaceId)
    .where("id", "=", caseId)
    .forNoKeyUpdate()
    .executeTakeFirst();
  return row && toCase(row);
}

/** All cases that are not closed, the one that is due first at the beginning. */
export async function listOpenCases(db: Db, workspaceId: number): Promise<Case[]> {
  const rows = await select(db, workspaceId)
    .where("state", "<>", "closed")
    .orderBy("due_at")
    .orderBy("number")
    .execute();
  return rows.map(toCase);
}

/** The open or snoozed case of a human, locked. */
export async function lockOpenCase(
  db: Db,
  workspaceId: number,
  humanId: string,
): Promise<Case | undefined> {
  const row = await select(db, workspaceId)
    .where("human_id", "=", humanId)
    .where("state", "<>", "closed")
    .forNoKeyUpdate()
    .executeTakeFirst();
  return row && toCase(row);
}

/** The case in which an invitation's answers are told, the newest; locked. */
export async function lockCaseOfInvitation(
  db: Db,
  workspaceId: number,
  invitationId: string,
): Promise<Case | undefined> {
  const row = await select(db, workspaceId)
    .where((where) =>
      where.exists(
        where
          .selectFrom("case_events as e")
          .select("e.id")
          .whereRef("e.workspace_id", "=", "cases.workspace_id")
          .whereRef("e.case_id", "=", "cases.id")
          .where("e.kind", "in", ["opened", "joined"])
          .where("e.invitation_id", "=", invitationId),
      ),
    )
    .orderBy("opened_at", "desc")
    .limit(1)
    .forNoKeyUpdate()
    .executeTakeFirst();
  return row && toCase(row);
}

/**
 * The case in which somebody of the team wrote to this human last: open, or closed since `closedSince`;
 * not locked.
 */
export async function readCaseInTalk(
  db: Db,
  workspaceId: number,
  humanId: string,
  closedSince: Date,
): Promise<Case | undefined> {
  const row = await select(db, workspaceId)
    .where("human_id", "=", humanId)
    .where("last_replied_at", "is not", null)
    .where((where) =>
      where.or([where("state", "<>", "closed"), where("closed_at", ">", closedSince)]),
    )
    .orderBy("last_replied_at", "desc")
    .limit(1)
    .executeTakeFirst();
  return row && toCase(row);
}

/** What a new case begins with. */
export interface NewCase {
  readonly personId: string;
  readonly humanId: string;
  readonly accountId: string | null;
  readonly connectionId: string;
  readonly chatId: string | null;
  readonly invitationId: string | null;
  readonly team: string | null;
  readonly cause: CaseCause;
  readonly openedAt: Date;
  readonly dueAt: Date;
  readonly remindAt: Date;
}

/** Opens a case under the next number; openings of one workspace wait for one another here. */
export async function insertCase(db: Db, workspaceId: number, made: NewCase): Promise<Case> {
  await db
    .selectFrom("workspaces")
    .select("id")
    .where("id", "=", workspaceId)
    .forNoKeyUpdate()
    .execute();
  const row = await db
    .insertInto("cases")
    .values({
      workspace_id: workspaceId,
      id: newId(),
      number: sql<number>`1 + coalesce(
        (select max(number) from cases where workspace_id = ${workspaceId}), 0)`,
      person_id: made.personId,
      human_id: made.humanId,
      account_id: made.accountId,
      connection_id: made.connectionId,
      chat_id: made.chatId,
      invitation_id: made.invitationId,
      team: made.team,
      cause: made.cause,
      opened_at: made.openedAt,
      waiting_since: made.openedAt,
      due_at: made.dueAt,
      remind_at: made.remindAt,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  return toCase(row);
}

/** Fields of a case that a step may set. */
export interface CaseChange {
  readonly state?: CaseState;
  readonly ownerId?: string | null;
  readonly invitationId?: string;
  readonly chatId?: string;
  readonly claimedAt?: Date;
  readonly firstRepliedAt?: Date;
  readonly lastRepliedAt?: Date;
  readonly waitingSince?: Date | null;
  readonly dueAt?: Date;
  readonly remindAt?: Date | null;
  readonly remindedAt?: Date | null;
  readonly escalatedAt?: Date | null;
  readonly snoozedUntil?: Date | null;
  readonly closedAt?: Date | null;
  readonly closedBy?: string | null;
  readonly closeReason?: CaseCloseReason | null;
  readonly recoveryAt?: Date | null;
  readonly recoveryInvitationId?: string | null;
  readonly stale?: boolean;
}

/** Writes what changed, and gives the case as it is now. */
export async function updateCase(
  db: Db,
  workspaceId: number,
  caseId: string,
  change: CaseChange,
): Promise<Case> {
  const row = await db
    .updateTable("cases")
    .set((eb) => ({
      revision: eb("revision", "+", 1),
      ...columnsOf(change),
    }))
    .where("workspace_id", "=", workspaceId)
    .where("id", "=", caseId)
    .returningAll()
    .executeTakeFirstOrThrow();
  return toCase(row);
}

function columnsOf(change: CaseChange) {
  const all = {
    state: change.state,
    owner_id: change.ownerId,
    invitation_id: change.invitationId,
    chat_id: change.chatId,
    claimed_at: change.claimedAt,
    first_replied_at: change.firstRepliedAt,
    last_replied_at: change.lastRepliedAt,
    waiting_since: change.waitingSince,
    due_at: change.dueAt,
    remind_at: change.remindAt,
    reminded_at: change.remindedAt,
    escalated_at: change.escalatedAt,
    snoozed_until: change.snoozedUntil,
    closed_at: change.closedAt,
    closed_by: change.closedBy,
    close_reason: change.closeReason,
    recovery_at: change.recoveryAt,
    recovery_invitation_id: change.recoveryInvitationId,
    stale: change.stale,
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}
