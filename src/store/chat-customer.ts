/** Whose chat it is, and whose chats a team has had. */
import type { Address } from "../platform.ts";
import type { Db } from "./schema.ts";

/** The customer of the chat that a place is, as far as one is known. */
export async function customerAt(
  db: Db,
  workspaceId: number,
  connectionId: string,
  place: Address,
): Promise<string | undefined> {
  const id =
    place.kind === "chat" || place.kind === "whisper"
      ? place.chatId
      : place.kind === "channel"
        ? place.channelId
        : undefined;
  if (id === undefined) return undefined;
  const row = await db
    .selectFrom("chats")
    .select("customer_id")
    .where("workspace_id", "=", workspaceId)
    .where("connection_id", "=", connectionId)
    .where("external_id", "=", id)
    .executeTakeFirst();
  return row?.customer_id ?? undefined;
}

/** True when any of these people ever had a chat with any of these teams. */
export async function wereWithTeams(
  db: Db,
  workspaceId: number,
  people: readonly string[],
  teams: readonly string[],
): Promise<boolean> {
  if (people.length === 0 || teams.length === 0) return false;
  const row = await db
    .selectFrom("chats")
    .select("id")
    .where("workspace_id", "=", workspaceId)
    .where("customer_id", "in", [...people])
    .where("team", "in", [...teams])
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}
