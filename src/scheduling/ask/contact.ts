/** A sign of life of somebody who could not be reached: what waited for it is asked now. */
import { handReplies } from "../../cases/reply.ts";
import type { Engine, Work } from "../../engine.ts";
import type { Address } from "../../platform.ts";
import { awaiting } from "../../store/awaiting.ts";
import { readChat } from "../../store/chats.ts";
import type { Connection } from "../../store/connections.ts";
import { findHold, liftClosed } from "../../store/holds.ts";
import { lockForContact, updateInvitation } from "../../store/invitations.ts";
import type { Person } from "../../store/people.ts";
import { readSettings } from "../../store/settings.ts";
import { lockUnseenWhisper } from "../../store/talks.ts";
import { askOrWait } from "./ask.ts";
import { ask } from "./asking.ts";
import { placesFor } from "./places.ts";

/** So long whoever was there could press; then a whisper may be lost, and is said once more. */
const WHISPER_MS = 60 * 60 * 1000;

/** Why a question is not said a third time. */
const ASKED_AGAIN = "asked-again";

/** A question that was sent more often went round all its places once more already. */
const MOST_TURNS = 3;

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

/**
 * Asks what waits for the next contact, through the gates once more, else again what nobody may have
 * seen; true when something is asked now.
 */
export async function onContact(
  engine: Engine,
  work: Work,
  connection: Connection,
  contact: Contact,
): Promise<boolean> {
  const { person, userId, where } = contact;
  const { transaction } = work;
  const workspaceId = connection.workspace.id;
  const direct: Address = { kind: "direct", userId };
  const found = await awaiting(transaction, workspaceId, connection.id, person.id, direct);
  if (where === "direct" && found.closed)
    await liftClosed(transaction, workspaceId, connection.id, direct);
  if (found.replies) await handReplies(engine, work, connection, person, replyPlace(contact));
  const waiting = found.question
    ? await lockForContact(transaction, workspaceId, connection.id, person.id)
    : undefined;
  if (waiting === undefined) return found.whisper && askOnceMore(engine, work, connection, contact);
  const at = await placeNow(work, connection, contact, waiting.chatId);
  if (at === undefined) return false;
  const how = { impatient: false, at };
  const decision = await askOrWait(engine, work, workspaceId, waiting, how);
  return decision.verdict === "ask";
}

/** Wherever they are, what somebody of the team says to them is between the two. */
function replyPlace({ userId, where }: Contact): Address {
  return typeof where === "object"
    ? { kind: "whisper", userId, ...where }
    : { kind: "direct", userId };
}

/**
 * A whisper is gone when its reader starts Slack anew, and nobody tells us: as long as nothing was
 * pressed it is said once more, unless its chat goes on.
 */
async function askOnceMore(
  engine: Engine,
  work: Work,
  connection: Connection,
  contact: Contact,
): Promise<boolean> {
  const { transaction, now } = work;
  const workspaceId = connection.workspace.id;
  const { person } = contact;
  if (person.consent !== "open") return false;
  if ((await readSettings(transaction, workspaceId)).asking.stopped) return false;
  const invitation = await lockUnseenWhisper(transaction, workspaceId, connection.id, person.id, {
    before: new Date(now.getTime() - WHISPER_MS),
    now,
  });
  const { survey, conversation, askedAt, expiresAt } = invitation ?? {};
  if (invitation === undefined || survey === undefined || askedAt == null || expiresAt == null)
    return false;
  // Unclear words were answered with the question already.
  if (conversation?.askedAgain !== false || conversation.turn > MOST_TURNS) return false;
  if (invitation.stateReason === ASKED_AGAIN) return false;
  const chat =
    invitation.chatId === null
      ? undefined
      : await readChat(transaction, workspaceId, invitation.chatId);
  const at = await placeNow(work, connection, contact, invitation.chatId);
  if (chat?.state === "open" || at === undefined) return false;
  await ask(engine, work, { workspaceId, invitation, person, survey, chat }, at);
  // It is the same question, with no more time than it had.
  await updateInvitation(transaction, workspaceId, invitation.id, {
    stateReason: ASKED_AGAIN,
    askedAt: new Date(askedAt),
    expiresAt: new Date(expiresAt),
  });
  return true;
}

/** Where the person is, if we can write there: asking where nobody is reached only turns in a circle. */
async function placeNow(
  work: Work,
  connection: Connection,
  { userId, where }: Contact,
  aboutChat: string | null,
): Promise<Address | undefined> {
  const places =
    where === "direct"
      ? [{ kind: "direct", userId } as const]
      : typeof where === "object"
        ? [{ kind: "whisper", userId, ...where } as const]
        : await usualPlaces(work, connection, userId, aboutChat);
  return firstOpen(work, connection, places);
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
  const { promise } = await readSettings(transaction, workspace.id);
  return placesFor({ askIn: promise === "totals" ? "direct" : settings.askIn, userId, chatId });
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
