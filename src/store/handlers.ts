/** Who handled a support chat: counted while it runs, frozen at each closing. */
import { sql } from "kysely";
import type { Db } from "./schema.ts";

/**
 * Counts a message of an agent or bot for the share in the conversation. `human`: a person's public
 * reply, which stops the first-response clock. Gives whether a human has replied to the customer by
 * now. Messages may come in any order: a reply that is here before what it answers is kept until that
 * comes too (docs/faults.md, W11).
 */
export async function countHandlerMessage(
  db: Db,
  workspaceId: number,
  chatId: string,
  personId: string,
  human: boolean,
  at: Date,
): Promise<boolean> {
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
  const replied = sql<Date>`case
    when not ${human} then first_replied_at
    when first_replied_at >= first_customer_at and ${at}::timestamptz >= first_customer_at
      then least(first_replied_at, ${at}::timestamptz)
    when first_replied_at >= first_customer_at then first_replied_at
    else greatest(first_replied_at, ${at}::timestamptz)
  end`;
  // It is theirs when the time has become that of their message.
  const replier = sql<string>`case
    when not ${human} or ${replied} is distinct from ${at}::timestamptz
      or first_replied_at = ${at}::timestamptz then first_replier_id
    else ${personId}::uuid
  end`;
  const team = sql<Date>`case when ${human} then least(first_team_at, ${at}::timestamptz)
    else first_team_at end`;
  const { first_customer_at, first_replied_at } = await db
    .updateTable("chats")
    .set({
      last_message_at: sql`greatest(last_message_at, ${at}::timestamptz)`,
      first_replied_at: replied,
      first_replier_id: replier,
      first_team_at: team,
    })
    .where("workspace_id", "=", workspaceId)
    .where("id", "=", chatId)
    .returning(["first_customer_at", "first_replied_at"])
    .executeTakeFirstOrThrow();
  if (first_customer_at === null || first_replied_at === null) return false;
  return first_replied_at >= first_customer_at;
}

/** Keeps who handled the chat as it is at this closing. */
export async function freezeHandlers(
  db: Db,
  workspaceId: number,
  chatId: string,
  closing: number,
): Promise<void> {
  await db
    .insertInto("handlers")
    .columns(["workspace_id", "chat_id", "closing", "person_id", "messages"])
    .expression((from) =>
      from
        .selectFrom("handlers")
        .select((eb) => [
          "workspace_id",
          "chat_id",
          eb.val(closing).$castTo<number>().as("closing"),
          "person_id",
          "messages",
        ])
        .where("workspace_id", "=", workspaceId)
        .where("chat_id", "=", chatId)
        .where("closing", "=", 0),
    )
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

/** The closings of a chat that one of these people handled; 0 stands for the time since the last one. */
export async function closingsHandled(
  db: Db,
  workspaceId: number,
  chat: { readonly connectionId: string; readonly externalId: string },
  people: readonly string[],
): Promise<number[]> {
  if (people.length === 0) return [];
  const rows = await db
    .selectFrom("chats as c")
    .innerJoin("handlers as h", (join) =>
      join.onRef("h.workspace_id", "=", "c.workspace_id").onRef("h.chat_id", "=", "c.id"),
    )
    .select("h.closing")
    .distinct()
    .where("c.workspace_id", "=", workspaceId)
    .where("c.connection_id", "=", chat.connectionId)
    .where("c.external_id", "=", chat.externalId)
    .where("h.person_id", "in", people)
    .execute();
  return rows.map(({ closing }) => closing);
}
