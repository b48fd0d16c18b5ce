/** A message of ours is put into the outbox's ledger. */
import type { Address, Message } from "../platform.ts";
import { newId } from "./ids.ts";
import { keepMessage } from "./kept-message.ts";
import type { Db } from "./schema.ts";

/**
 * What a delivery is for. `ask` is dropped when the invitation is no longer open, `remind` when it
 * was answered or ended; `share` is what
 * somebody wants others to see, `reply` what somebody of the team says to a customer, `notice`
 * anything else that we say by ourselves.
 */
export type Purpose = "ask" | "remind" | "talk" | "alert" | "share" | "reply" | "notice";

/** A message to be sent. */
export interface NewDelivery {
  readonly workspaceId: number;
  readonly connectionId: string;
  /** Says what this message is; a second one with the same key is not made. */
  readonly key: string;
  readonly purpose: Purpose;
  readonly invitationId: string | null;
  readonly personId: string | null;
  readonly address: Address;
  readonly message: Message;
  /** Key of the delivery whose message this one takes the place of. */
  readonly replaces?: string;
  /** Key of the delivery in whose thread this one is said; its address is where there are none. */
  readonly beneath?: string;
  /** The case that it is about. */
  readonly caseId?: string;
  /** Invitations whose answers it quotes: it goes when one of these people is forgotten. */
  readonly quoted?: readonly string[];
}

/** Puts a message into the ledger; `undefined` when its key is there already. */
export async function planDelivery(db: Db, delivery: NewDelivery): Promise<string | undefined> {
  const row = await db
    .insertInto("deliveries")
    .values({
      workspace_id: delivery.workspaceId,
      id: newId(),
      connection_id: delivery.connectionId,
      key: delivery.key,
      purpose: delivery.purpose,
      invitation_id: delivery.invitationId,
      person_id: delivery.personId,
      address: JSON.stringify(delivery.address),
      message: keepMessage(delivery.message),
      replaces: delivery.replaces ?? null,
      beneath: delivery.beneath ?? null,
      case_id: delivery.caseId ?? null,
      quoted: delivery.quoted?.length ? [...delivery.quoted] : null,
    })
    .onConflict((conflict) => conflict.columns(["workspace_id", "key"]).doNothing())
    .returning("id")
    .executeTakeFirst();
  return row?.id;
}
