/** Support chats: what was counted of them while they ran, and who handled them. No texts. */
import { sql } from "kysely";
import type { ChatRef, CloseReason } from "../platform.ts";
import { newId } from "./ids.ts";
import type { Db, Row } from "./schema.ts";

/** A chat as decisions and messages need it. */
export type Chat = Pick<
  Row<"chats">,
  | "id"
  | "connection_id"
  | "external_id"
  | "customer_id"
  | "channel"
  | "team"
  | "touchpoint"
  | "tags"
  | "url"
  | "state"
  | "close_reason"
  | "closings"
  | "customer_messages"
  | "customer_characters"
  | "first_replied_at"
  | "closed_at"
>;

const columns = [
  "id",
  "connection_id",
  "external_id",
  "customer_id",
  "channel",
  "team",
  "touchpoint",
  "tags",
  "url",
  "state",
  "close_reason",
  "closings",
  "customer_messages",
  "customer_characters",
  "first_replied_at",
  "closed_at",
] as const;

/**
 * The chat as the platform names it, made when new, and locked until the transaction ends, so that
 * events of one chat are worked on one after another. Call inside a transaction.
 */
export async function lockChat(
  db: Db,
  workspaceId: number,
  connectionId: string,
  ref: ChatRef,
  at: Date,
): Promise<Chat> {
  return db
    .insertInto("chats")
    .values({
      workspace_id: workspaceId,
      id: newId(),
      connection_id: connectionId,
      external_id: ref.externalId,
      channel: ref.channel,
      team: ref.team ?? null,
      ...(ref.touchpoint === undefined ? {} : { touchpoint: ref.touchpoint }),
      tags: [...(ref.tags ?? [])],
      url: ref.url ?? null,
      opened_at: at,
    })
    .onConflict((conflict) =>
      conflict.columns(["workspace_id", "connection_id", "external_id"]).doUpdateSet((row) => ({
        channel: row.ref("excluded.channel"),
        team: sql`coalesce(excluded.team, chats.team)`,
        tags: sql`case when cardinality(excluded.tags) > 0 then excluded.tags else chats.tags end`,
        url: sql`coalesce(excluded.url, chats.url)`,
      })),
    )
    .returning(columns)
    .executeTakeFirstOrThrow();
}

/** The chat by our id. */
export async function readChat(
  db: Db,
  workspaceId: number,
  chatId: string,
): Promise<Chat | undefined> {
  return db
    .selectFrom("chats")
    .select(columns)
    .where("workspace_id", "=", workspaceId)
    .where("id", "=", chatId)
    .executeTakeFirst();
}

/** Counts a customer's message of `characters` graphemes; the first writer is the chat's customer. */
export async function countCustomerMessage(
  db: Db,
  workspaceId: number,
  chatId: string,
  customerId: string,
  characters: number,
  at: Date,
): Promise<void> {
  await db
    .updateTable("chats")
    .set({
      customer_id: sql`coalesce(customer_id, ${customerId}::uuid)`,
      customer_messages: sql`customer_messages + 1`,
      customer_characters: sql`customer_characters + ${characters}::int`,
      first_customer_at: sql`least(first_customer_at, ${at}::timestamptz)`,
    })
    .where("workspace_id", "=", workspaceId)
    .where("id", "=", chatId)
    .execute();
}

/**
 * Counts a message of an agent or bot for the share in the conversation. `human`: a person's public
 * reply, which stops the first-response clock once the customer has written.
 */
export async function countHandlerMessage(
  db: Db,
  workspaceId: number,
  chatId: string,
  personId: string,
  human: boolean,
  at: Date,
): Promise<void> {
  await db
    .insertInto("handlers")
    .values({
      workspace_id: workspaceId,
      chat_id: chatId,
      closing: 0,
      person_id: personId,
      messages: 1,
    })
    .onConflict((conflict) =>
      conflict
        .columns(["workspace_id", "chat_id", "closing", "person_id"])
        .doUpdateSet({ messages: sql`handlers.messages + 1` }),
    )
    .execute();
  if (!human) return;
  await db
    .updateTable("chats")
    .set({ first_replied_at: at })
    .where("workspace_id", "=", workspaceId)
    .where("id", "=", chatId)
    .where("first_replied_at", "is", null)
    .where("first_customer_at", "is not", null)
    .execute();
}

/** Closes the chat and freezes its handlers as they are now; gives the number of the closing. */
export async function closeChat(
  db: Db,
  workspaceId: number,
  chatId: string,
  reason: CloseReason,
  at: Date,
): Promise<number> {
  const { closings } = await db
    .updateTable("chats")
    .set({
      state: "closed",
      close_reason: reason,
      closed_at: at,
      closings: sql`closings + 1`,
    })
    .where("workspace_id", "=", workspaceId)
    .where("id", "=", chatId)
    .returning("closings")
    .executeTakeFirstOrThrow();
  await db
    .insertInto("handlers")
    .columns(["workspace_id", "chat_id", "closing", "person_id", "messages"])
    .expression((from) =>
      from
        .selectFrom("handlers")
        .select((eb) => [
          "workspace_id",
          "chat_id",
          eb.val(closings).$castTo<number>().as("closing"),
          "person_id",
          "messages",
        ])
        .where("workspace_id", "=", workspaceId)
        .where("chat_id", "=", chatId)
        .where("closing", "=", 0),
    )
    .execute();
  return closings;
}

/** Opens a closed chat again. */
export async function reopenChat(db: Db, workspaceId: number, chatId: string): Promise<void> {
  await db
    .updateTable("chats")
    .set({ state: "open", close_reason: null, closed_at: null })
    .where("workspace_id", "=", workspaceId)
    .where("id", "=", chatId)
    .execute();
}

/** Names of the people who handled a closing, the busiest first; bots are left out. */
export async function handlerNames(
  db: Db,
  workspaceId: number,
  chatId: string,
  closing: number,
): Promise<string[]> {
  const rows = await db
    .selectFrom("handlers")
    .innerJoin("people", (join) =>
      join
        .onRef("people.workspace_id", "=", "handlers.workspace_id")
        .onRef("people.id", "=", "handlers.person_id"),
    )
    .select("people.name")
    .where("handlers.workspace_id", "=", workspaceId)
    .where("handlers.chat_id", "=", chatId)
    .where("handlers.closing", "=", closing)
    .where("people.bot", "=", false)
    .orderBy("handlers.messages", "desc")
    .execute();
  return rows.map((row) => row.name);
}
