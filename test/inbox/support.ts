/** What tests of the inbox look at, in the world's workspace. */
import type { Message, Reply } from "../../src/platform.ts";
import type { Row } from "../../src/store/schema.ts";
import { wordsOf } from "../support/messenger.ts";
import type { World } from "../support/world.ts";

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** Plays a chat and waits until its customer is asked. */
export async function playAndAsk(world: World): Promise<void> {
  await world.playChat();
  world.clock.advance(15 * MINUTE);
  await world.settle();
}

/** All answers by question. */
export async function answersOf({ engine, workspaceId }: World) {
  return engine.db
    .selectFrom("answers")
    .select(["question", "score", "choice", "text", "revision"])
    .where("workspace_id", "=", workspaceId)
    .orderBy("question")
    .execute();
}

/** All invitations, oldest first. */
export async function invitationsOf({ engine, workspaceId }: World): Promise<Row<"invitations">[]> {
  return engine.db
    .selectFrom("invitations")
    .selectAll()
    .where("workspace_id", "=", workspaceId)
    .orderBy("id")
    .execute();
}

/** The newest invitation. */
export async function newestInvitation(world: World): Promise<Row<"invitations">> {
  return (await invitationsOf(world)).at(-1) ?? missing();
}

/** All chats, oldest first. */
export async function chatsOf({ engine, workspaceId }: World): Promise<Row<"chats">[]> {
  return engine.db
    .selectFrom("chats")
    .selectAll()
    .where("workspace_id", "=", workspaceId)
    .orderBy("id")
    .execute();
}

/** All deliveries in the order in which they were planned. */
export async function deliveriesOf({ engine, workspaceId }: World): Promise<Row<"deliveries">[]> {
  return engine.db
    .selectFrom("deliveries")
    .selectAll()
    .where("workspace_id", "=", workspaceId)
    .orderBy("id")
    .execute();
}

/** What a reply says; empty when it says nothing. */
export function said(reply: Reply): string {
  return reply.kind === "message" || reply.kind === "update" ? wordsOf(reply.message) : "";
}

/** The message of the last of several sent ones. */
export function last(sent: readonly { readonly message: Message }[]): Message {
  return sent.at(-1)?.message ?? missing();
}

export function missing(): never {
  throw new Error("there should be something here");
}
