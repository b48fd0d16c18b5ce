/** Invitations by the conversation that goes on about them. */
import { sql } from "kysely";
import { type Invitation, selectInvitations, toInvitation } from "./invitations.ts";
import type { Db } from "./schema.ts";

/** A question that was whispered before a time and of which nothing was pressed yet; locked. */
export async function lockUnseenWhisper(
  db: Db,
  workspaceId: number,
  connectionId: string,
  personId: string,
  { before, now }: { readonly before: Date; readonly now: Date },
): Promise<Invitation | undefined> {
  const row = await selectInvitations(db, workspaceId)
    .where("i.person_id", "=", personId)
    .where("i.connection_id", "=", connectionId)
    .where("i.state", "=", "asked")
    .where(sql<boolean>`i.address->>'kind' = 'whisper'`)
    .where("i.reached_at", "is", null)
    .where("i.asked_at", "<=", before)
    .where("i.expires_at", ">", now)
    .orderBy("i.asked_at", "desc")
    .limit(1)
    .forUpdate("i")
    .executeTakeFirst();
  return row && toInvitation(row);
}

/** What was whispered to this person last and can still be answered. */
export async function readWhispered(
  db: Db,
  workspaceId: number,
  personId: string,
  now: Date,
): Promise<Invitation | undefined> {
  const row = await selectInvitations(db, workspaceId)
    .where("i.person_id", "=", personId)
    .where("i.state", "in", ["asked", "answered"])
    .where(sql<boolean>`i.address->>'kind' = 'whisper'`)
    .where("i.expires_at", ">", now)
    .orderBy("i.asked_at", "desc")
    .limit(1)
    .executeTakeFirst();
  return row && toInvitation(row);
}

/** The open conversation with this person in this chat for everybody in it to see; locked. */
export async function lockConversationIn(
  db: Db,
  workspaceId: number,
  personId: string,
  chatId: string,
): Promise<Invitation | undefined> {
  const row = await selectInvitations(db, workspaceId)
    .where("i.person_id", "=", personId)
    .where("i.chat_id", "=", chatId)
    .where("i.state", "in", ["asked", "answered"])
    .where(sql<boolean>`i.address->>'kind' = 'chat'`)
    .orderBy("i.asked_at", "desc")
    .limit(1)
    .forUpdate("i")
    .executeTakeFirst();
  return row && toInvitation(row);
}

/**
 * True when nothing else was asked of a person, or said in a conversation with them, since this one
 * spoke last. What stands in the place of an earlier message is nothing new.
 */
export async function spokeLast(
  db: Db,
  workspaceId: number,
  { id, personId }: Pick<Invitation, "id" | "personId">,
): Promise<boolean> {
  const said = await db
    .selectFrom("deliveries")
    .select("invitation_id")
    .where("workspace_id", "=", workspaceId)
    .where("person_id", "=", personId)
    .where("purpose", "in", ["ask", "remind", "talk"])
    .where("replaces", "is", null)
    .orderBy("id", "desc")
    .limit(1)
    .executeTakeFirst();
  return said?.invitation_id === id;
}

/** The invitation a person's words are about: the one asked last that had a conversation; locked. */
export async function lockLatestConversation(
  db: Db,
  workspaceId: number,
  personId: string,
): Promise<Invitation | undefined> {
  const row = await selectInvitations(db, workspaceId)
    .where("i.person_id", "=", personId)
    .where("i.conversation", "is not", null)
    .where("i.asked_at", "is not", null)
    .orderBy("i.asked_at", "desc")
    .limit(1)
    .forUpdate("i")
    .executeTakeFirst();
  return row && toInvitation(row);
}
