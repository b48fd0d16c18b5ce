/** Invitations: one survey for one person, from planned to its end, and the decisions about it. */
import { sql } from "kysely";
import type { Address } from "../platform.ts";
import { type Conversation, readConversation } from "../surveys/conversation-state.ts";
import { readDefinition, type Survey } from "../surveys/survey.ts";
import { readAddress } from "./kept-message.ts";
import type { Db, InvitationKind, InvitationState, WhoReads } from "./schema.ts";

/** An invitation as the engine works on it. Times are epoch milliseconds. */
export interface Invitation {
  readonly id: string;
  readonly kind: InvitationKind;
  readonly state: InvitationState;
  readonly stateReason: string | null;
  /** What was said about who reads the answer when it was asked. */
  readonly promise: WhoReads;
  readonly personId: string;
  readonly connectionId: string;
  readonly chatId: string | null;
  readonly closing: number | null;
  /** The schedule that planned it, and the slot of its daily cap that is kept for it. */
  readonly scheduleId: string | null;
  readonly slotAt: number | null;
  /** Why this person is asked: one invitation each. */
  readonly reasonKey: string;
  /** The case that it checks. */
  readonly caseId: string | null;
  /** `undefined` when the survey was kept in a shape this program does not know. */
  readonly survey: Survey | undefined;
  readonly surveyOn: boolean;
  /** `undefined` when the state was kept in a version this program does not know. */
  readonly conversation: Conversation | undefined;
  /** Where it was asked; null for a direct message. */
  readonly address: Address | null;
  /** True once we know that the person saw it. */
  readonly reached: boolean;
  readonly dueAt: number | null;
  readonly askedAt: number | null;
  readonly expiresAt: number | null;
}

/** Why an invitation is planned without a time: nobody could be reached, so it waits for a sign of life. */
export const NEXT_CONTACT = "next-contact";

/** Says why this person is asked: one invitation each. */
export function reasonKey(plan: {
  kind: "chat" | "manual";
  chatId: string;
  closing: number;
}): string {
  return `${plan.kind}:${plan.chatId}:${plan.closing}`;
}

/** Invitations with their survey, to be narrowed down. */
export function selectInvitations(db: Db, workspaceId: number) {
  return db
    .selectFrom("invitations as i")
    .innerJoin("surveys as s", (join) =>
      join.onRef("s.workspace_id", "=", "i.workspace_id").onRef("s.id", "=", "i.survey_id"),
    )
    .innerJoin("survey_versions as v", (join) =>
      join
        .onRef("v.workspace_id", "=", "i.workspace_id")
        .onRef("v.survey_id", "=", "i.survey_id")
        .onRef("v.version", "=", "i.survey_version"),
    )
    .select([
      "i.id",
      "i.kind",
      "i.state",
      "i.state_reason",
      "i.promise",
      "i.person_id",
      "i.connection_id",
      "i.chat_id",
      "i.closing",
      "i.schedule_id",
      "i.slot_at",
      "i.reason_key",
      "i.case_id",
      "i.survey_id",
      "i.survey_version",
      "i.conversation",
      "i.address",
      "i.due_at",
      "i.asked_at",
      "i.reached_at",
      "i.expires_at",
      "s.state as survey_state",
      "v.definition",
    ])
    .where("i.workspace_id", "=", workspaceId);
}

type InvitationRow = Awaited<
  ReturnType<ReturnType<typeof selectInvitations>["executeTakeFirstOrThrow"]>
>;

/** `undefined` for one that nobody of ours was asked by. */
export function toInvitation(row: InvitationRow): Invitation | undefined {
  if (row.person_id === null || row.connection_id === null) return undefined; // imported
  const definition = readDefinition(row.definition);
  return {
    id: row.id,
    kind: row.kind,
    state: row.state,
    stateReason: row.state_reason,
    promise: row.promise,
    personId: row.person_id,
    connectionId: row.connection_id,
    chatId: row.chat_id,
    closing: row.closing,
    scheduleId: row.schedule_id,
    slotAt: row.slot_at?.getTime() ?? null,
    reasonKey: row.reason_key,
    caseId: row.case_id,
    survey: definition && { id: row.survey_id, version: row.survey_version, definition },
    surveyOn: row.survey_state === "on",
    conversation: readConversation(row.conversation),
    address: readAddress(row.address) ?? null,
    reached: row.reached_at !== null,
    dueAt: row.due_at?.getTime() ?? null,
    askedAt: row.asked_at?.getTime() ?? null,
    expiresAt: row.expires_at?.getTime() ?? null,
  };
}

/** The invitation, locked until the transaction ends. */
export async function lockInvitation(
  db: Db,
  workspaceId: number,
  invitationId: string,
): Promise<Invitation | undefined> {
  const row = await selectInvitations(db, workspaceId)
    .where("i.id", "=", invitationId)
    .forUpdate("i")
    .executeTakeFirst();
  return row && toInvitation(row);
}

/** Whom a planned invitation is for; `undefined` when it is not planned any more. */
export async function findPlanned(
  db: Db,
  workspaceId: number,
  invitationId: string,
): Promise<string | undefined> {
  const row = await db
    .selectFrom("invitations")
    .select("person_id")
    .where("workspace_id", "=", workspaceId)
    .where("id", "=", invitationId)
    .where("state", "=", "planned")
    .executeTakeFirst();
  return row?.person_id ?? undefined;
}

/**
 * What is planned and due of these people, locked; without what somebody else is at just now. It is
 * theirs, and they wait for the people.
 */
export async function lockDue(
  db: Db,
  workspaceId: number,
  people: readonly string[],
  now: Date,
): Promise<Invitation[]> {
  const rows = await selectInvitations(db, workspaceId)
    .where(sql<boolean>`i.person_id = any(${[...people]}::uuid[])`)
    .where("i.state", "=", "planned")
    .where("i.due_at", "<=", now)
    .orderBy("i.due_at")
    .orderBy("i.id")
    .forUpdate("i")
    .skipLocked()
    .execute();
  return rows.flatMap((row) => toInvitation(row) ?? []);
}

/** The one that was planned by hand for this closing state of a chat, locked. */
export async function lockByHand(
  db: Db,
  workspaceId: number,
  plan: { personId: string; chatId: string; closing: number },
): Promise<Invitation | undefined> {
  const row = await selectInvitations(db, workspaceId)
    .where("i.person_id", "=", plan.personId)
    .where("i.reason_key", "=", reasonKey({ ...plan, kind: "manual" }))
    .orderBy("i.created_at", "desc")
    .limit(1)
    .forUpdate("i")
    .executeTakeFirst();
  return row && toInvitation(row);
}

/** What waits for the next contact with this person on this connection, the newest; locked. */
export async function lockForContact(
  db: Db,
  workspaceId: number,
  connectionId: string,
  personId: string,
): Promise<Invitation | undefined> {
  const row = await selectInvitations(db, workspaceId)
    .where("i.person_id", "=", personId)
    .where("i.connection_id", "=", connectionId)
    .where("i.state", "=", "planned")
    .where("i.state_reason", "=", NEXT_CONTACT)
    .orderBy("i.id", "desc")
    .limit(1)
    .forUpdate("i")
    .executeTakeFirst();
  return row && toInvitation(row);
}

/** Fields of an invitation that a step may set. */
export interface InvitationChange {
  readonly state?: InvitationState;
  readonly stateReason?: string | null;
  readonly promise?: WhoReads;
  readonly conversation?: Conversation;
  readonly address?: Address | null;
  readonly dueAt?: Date | null;
  readonly slotAt?: Date;
  readonly askedAt?: Date | null;
  /** The first time counts; later ones change nothing. */
  readonly reachedAt?: Date;
  readonly answeredAt?: Date | null;
  readonly finishedAt?: Date | null;
  readonly expiresAt?: Date;
  /** Whoever was reminded once is not any more. Null: never. */
  readonly remindAt?: Date | null;
}

/** Writes what changed. */
export async function updateInvitation(
  db: Db,
  workspaceId: number,
  invitationId: string,
  change: InvitationChange,
): Promise<void> {
  const { conversation, address, stateReason, dueAt, askedAt, ...rest } = change;
  const { answeredAt, finishedAt, expiresAt, remindAt, reachedAt, slotAt, ...same } = rest;
  await db
    .updateTable("invitations")
    .set({
      ...same,
      ...(stateReason === undefined ? {} : { state_reason: stateReason }),
      ...(conversation === undefined ? {} : { conversation: JSON.stringify(conversation) }),
      ...(address === undefined
        ? {}
        : { address: address === null ? null : JSON.stringify(address) }),
      // For its new time it gets a new job.
      ...(dueAt === undefined ? {} : { due_at: dueAt, queued_at: null }),
      ...(slotAt === undefined ? {} : { slot_at: slotAt }),
      ...(askedAt === undefined ? {} : { asked_at: askedAt }),
      ...(reachedAt === undefined
        ? {}
        : { reached_at: sql`coalesce(reached_at, ${reachedAt}::timestamptz)` }),
      ...(answeredAt === undefined ? {} : { answered_at: answeredAt }),
      ...(finishedAt === undefined ? {} : { finished_at: finishedAt }),
      ...(expiresAt === undefined ? {} : { expires_at: expiresAt }),
      ...(remindAt === undefined
        ? {}
        : { remind_at: sql`case when reminded_at is null then ${remindAt}::timestamptz end` }),
    })
    .where("workspace_id", "=", workspaceId)
    .where("id", "=", invitationId)
    .execute();
}
