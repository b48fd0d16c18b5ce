/** Support chats: what was counted of them while they ran, and who handled them. No texts. */
import { sql } from "kysely";
import type { ChatRef, CloseReason } from "../platform.ts";
import { noting } from "./activity.ts";
import { freezeHandlers } from "./handlers.ts";
import { newId } from "./ids.ts";
import type { Db, Row } from "./schema.ts";

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
  "last_message_at",
] as const;

/** A chat as decisions and messages need it. */
export type Chat = Pick<Row<"chats">, (typeof columns)[number]>;

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
      last_message_at: at,
    })
    .onConflict((conflict) =>
      conflict.columns(["workspace_id", "connection_id", "external_id"]).doUpdateSet((row) => ({
        opened_at: sql`least(chats.opened_at, excluded.opened_at)`,
        channel: row.ref("excluded.channel"),
        team: sql`coalesce(excluded.team, chats.team)`,
        tags: sql`case when cardinality(excluded.tags) > 0 then excluded.tags else chats.tags end`,
        url: sql`coalesce(excluded.url, chats.url)`,
      })),
    )
    .returning(columns)
    .executeTakeFirstOrThrow();
}

/**
 * The same for a chat that is known already; `undefined` when it is not: then none is made. An empty
 * channel is one that its platform no longer knows: what is kept stays.
 */
export async function lockKnownChat(
  db: Db,
  workspaceId: number,
  connectionId: string,
  ref: ChatRef,
): Promise<Chat | undefined> {
  const { team, tags = [], url } = ref;
  return db
    .updateTable("chats")
    .set({
      channel: sql`coalesce(nullif(${ref.channel}, ''), channel)`,
      ...(team === undefined ? {} : { team }),
      ...(tags.length === 0 ? {} : { tags: [...tags] }),
      ...(url === undefined ? {} : { url }),
    })
    .where("workspace_id", "=", workspaceId)
    .where("connection_id", "=", connectionId)
    .where("external_id", "=", ref.externalId)
    .returning(columns)
    .executeTakeFirst();
}

/** The chat by our id, locked until the transaction ends. */
export async function lockChatById(
  db: Db,
  workspaceId: number,
  chatId: string,
): Promise<Chat | undefined> {
  return db
    .selectFrom("chats")
    .select(columns)
    .where("workspace_id", "=", workspaceId)
    .where("id", "=", chatId)
    .forUpdate()
    .executeTakeFirst();
}

/**
 * Open chats that nobody has written in for as long as their connection's `closeAfterHours` says, in
 * every workspace, the longest silent first.
 */
export async function silentChats(
  db: Db,
  now: Date,
  limit: number,
): Promise<{ workspaceId: number; connectionId: string; chatId: string }[]> {
  const hours = sql`(c.settings->>'closeAfterHours')::numeric`;
  return db
    .selectFrom("chats")
    .innerJoin("connections as c", (join) =>
      join
        .onRef("c.workspace_id", "=", "chats.workspace_id")
        .onRef("c.id", "=", "chats.connection_id"),
    )
    .select([
      "chats.workspace_id as workspaceId",
      "chats.connection_id as connectionId",
      "chats.id as chatId",
    ])
    .where("chats.state", "=", "open")
    .where(
      sql<boolean>`chats.last_message_at <= ${now}::timestamptz - ${hours} * interval '1 hour'`,
    )
    .orderBy("chats.last_message_at")
    .limit(limit)
    .execute();
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

/** A message of a customer, to be counted. */
export interface CustomerMessage {
  readonly customerId: string;
  /** Graphemes. */
  readonly characters: number;
  readonly at: Date;
  /** The chat before it, locked. */
  readonly chat: Pick<Chat, "id" | "state" | "customer_messages">;
}

/**
 * Counts a customer's message; the first writer is the chat's customer. The first one, and one that
 * comes after the chat was closed, is a contact as well.
 */
export async function countCustomerMessage(
  db: Db,
  workspaceId: number,
  { customerId, characters, at, chat }: CustomerMessage,
): Promise<void> {
  const returns = chat.state === "closed";
  const contact = returns || chat.customer_messages === 0;
  const what = contact ? (["chat", "message"] as const) : (["message"] as const);
  await noting(db, { workspaceId, personId: customerId, what, at })
    .updateTable("chats")
    .set({
      customer_id: sql`coalesce(customer_id, ${customerId}::uuid)`,
      customer_messages: sql`customer_messages + 1`,
      customer_characters: sql`customer_characters + ${characters}::int`,
      first_customer_at: sql`least(first_customer_at, ${at}::timestamptz)`,
      last_message_at: sql`greatest(last_message_at, ${at}::timestamptz)`,
      ...(returns && { reopenings: sql`array_append(reopenings, ${at}::timestamptz)` }),
    })
    .where("workspace_id", "=", workspaceId)
    .where("id", "=", chat.id)
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
      // What was only said before the customer wrote was no reply.
      first_replied_at: sql`case
        when first_replied_at >= first_customer_at then first_replied_at
      end`,
      first_replier_id: sql`case
        when first_replied_at >= first_customer_at then first_replier_id
      end`,
    })
    .where("workspace_id", "=", workspaceId)
    .where("id", "=", chatId)
    .returning("closings")
    .executeTakeFirstOrThrow();
  await freezeHandlers(db, workspaceId, chatId, closings);
  return closings;
}

/**
 * Opens a closed chat again; from now on it is waited for anew. `byBot`: a program did it, perhaps
 * because of what we said ourselves, which sets nothing off.
 */
export async function reopenChat(
  db: Db,
  workspaceId: number,
  chatId: string,
  { at, byBot }: { readonly at: Date; readonly byBot: boolean },
): Promise<void> {
  await db
    .updateTable("chats")
    .set({
      state: "open",
      close_reason: null,
      closed_at: null,
      ...(byBot ? {} : { reopened_at: at }),
      last_message_at: sql`greatest(last_message_at, ${at}::timestamptz)`,
    })
    .where("workspace_id", "=", workspaceId)
    .where("id", "=", chatId)
    .execute();
}
