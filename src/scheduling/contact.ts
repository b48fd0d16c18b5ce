/** A sign of life of somebody who could not be reached: what waited for it is asked now. */
import type { Engine, Work } from "../engine.ts";
import type { Address } from "../platform.ts";
import { readChat } from "../store/chats.ts";
import type { Connection } from "../store/connections.ts";
import { findHold, liftClosed } from "../store/holds.ts";
import { lockForContact } from "../store/invitations.ts";
import type { Person } from "../store/people.ts";
import { askOrWait } from "./ask.ts";
import { placesFor } from "./places.ts";

/** Who was heard of, and where. */
export interface Contact {
  readonly person: Person;
  /** The platform's id of the person on this connection. */
  readonly userId: string;
  /**
   * `direct`: in the conversation with us, so that we can write there again; a chat's id: in this
   * support chat; `elsewhere`: we only know that they are there.
   */
  readonly where: "direct" | "elsewhere" | { readonly chatId: string };
}

/** Asks what waits for the next contact, through the gates once more; true when it is asked now. */
export async function onContact(
  engine: Engine,
  work: Work,
  connection: Connection,
  { person, userId, where }: Contact,
): Promise<boolean> {
  const { transaction } = work;
  const workspaceId = connection.workspace.id;
  const direct: Address = { kind: "direct", userId };
  if (where === "direct") await liftClosed(transaction, workspaceId, connection.id, direct);
  const waiting = await lockForContact(transaction, workspaceId, connection.id, person.id);
  if (waiting === undefined) return false;
  const places =
    where === "direct"
      ? [direct]
      : typeof where === "object"
        ? [{ kind: "whisper", userId, ...where } as const]
        : await usualPlaces(work, connection, userId, waiting.chatId);
  // Asking where nobody can be reached would only turn in a circle.
  const at = await firstOpen(work, connection, places);
  if (at === undefined) return false;
  const how = { impatient: false, at };
  const decision = await askOrWait(engine, work, workspaceId, waiting, how);
  return decision.verdict === "ask";
}

async function usualPlaces(
  { transaction }: Work,
  { id, workspace, settings }: Connection,
  userId: string,
  aboutChat: string | null,
): Promise<readonly Address[]> {
  const chat =
    aboutChat === null ? undefined : await readChat(transaction, workspace.id, aboutChat);
  const chatId = chat?.connection_id === id ? chat.external_id : undefined;
  return placesFor({ askIn: settings.askIn, userId, chatId });
}

async function firstOpen(
  { transaction, now }: Work,
  connection: Connection,
  places: readonly Address[],
): Promise<Address | undefined> {
  for (const place of places) {
    const workspaceId = connection.workspace.id;
    const hold = await findHold(transaction, workspaceId, connection.id, place, now);
    if (hold?.kind !== "closed") return place;
  }
  return undefined;
}
