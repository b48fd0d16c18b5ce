/** The outbox's ledger: every message of ours with its key, its state and what became of it. */
import { type RawBuilder, sql } from "kysely";
import type { Address, ConnectionRef, Message } from "../platform.ts";
import { readAddress, readMessage } from "./kept-message.ts";
import type { Db, DeliveryState } from "./schema.ts";

/** A delivery that was taken to be sent now. */
export interface ClaimedDelivery {
  readonly id: string;
  readonly purpose: string;
  readonly invitationId: string | null;
  readonly personId: string | null;
  readonly connectionId: string;
  readonly connection: ConnectionRef;
  /** `undefined`, as the message, when it was kept in a shape that this program does not know. */
  readonly address: Address | undefined;
  readonly message: Message | undefined;
  /** Number of this claim, from 1: results of an earlier one that come back late are ignored. */
  readonly attempt: number;
  /** True when an earlier try may have been sent: nobody knows how it ended. */
  readonly unclear: boolean;
  /** The message to replace, where it stands and what became of it; null for a new message. */
  readonly replaces: Replaced | null;
  /** The message in whose thread it is said; null for none, and when that one is gone. */
  readonly beneath:
    | (Pick<Replaced, "state" | "messageId"> & { readonly caseNumber: number | null })
    | null;
  readonly key: string;
  readonly caseId: string | null;
  /** True when nobody wants its question any more, or it was asked or edited anew since. */
  readonly obsolete: boolean;
}

/** A message that is to be replaced. */
interface Replaced {
  /** Key of its delivery. */
  readonly key: string;
  readonly state: DeliveryState;
  readonly messageId: string | null;
  readonly address: Address | undefined;
}

/** An answered question was seen, so it was sent: the retry finds out as which message. */
const STILL_WANTED = new Set(["asked", "answered"]);

/** Whoever never wants to be asked is not asked what had to wait until now. */
function isWanted(row: { invitation_state: string | null; consent: string | null }): boolean {
  if (row.invitation_state === "asked" && row.consent === "never") return false;
  return STILL_WANTED.has(row.invitation_state ?? "");
}

/** A question that nobody wants any more; a reminder of one that has its answer. */
function isUnwanted(
  row: Parameters<typeof isWanted>[0] & { purpose: string; before: DeliveryState },
): boolean {
  if (row.purpose !== "ask" && row.purpose !== "remind") return false;
  // One that may have been sent is looked for, to be known.
  const answered = row.purpose === "remind" && row.before !== "sending";
  return !isWanted(row) || (answered && row.invitation_state === "answered");
}

/** Somebody deleted a message: what was to replace it was sent as a new one, which stands for it now. */
function standsAs(first: RawBuilder<unknown>) {
  return sql<string | null>`coalesce((select n.message_id from deliveries n
    where n.workspace_id = ${first}.workspace_id and n.replaces = ${first}.key and n.state = 'sent'
    order by n.id desc limit 1), ${first}.message_id)`;
}

/** Takes a delivery to be sent; `undefined` when it is settled already. */
export async function claimDelivery(
  db: Db,
  workspaceId: number,
  deliveryId: string,
): Promise<ClaimedDelivery | undefined> {
  const { rows } = await sql<{
    id: string;
    purpose: string;
    invitation_id: string | null;
    person_id: string | null;
    connection_id: string;
    address: unknown;
    message: unknown;
    attempts: number;
    before: DeliveryState;
    platform: string;
    external_id: string;
    replaced: {
      key: string;
      state: DeliveryState;
      message_id: string | null;
      address: unknown;
    } | null;
    beneath: {
      state: DeliveryState;
      message_id: string | null;
      case_number: number | null;
    } | null;
    key: string;
    case_id: string | null;
    superseded: boolean;
    asked_anew: boolean;
    invitation_state: string | null;
    consent: string | null;
  }>`
    update deliveries d set state = 'sending', attempts = d.attempts + 1
    from connections c, (
      select workspace_id, id, state from deliveries
      where workspace_id = ${workspaceId} and id = ${deliveryId} for update
    ) found
    where d.workspace_id = found.workspace_id and d.id = found.id
      and d.state in ('planned', 'sending')
      and c.workspace_id = d.workspace_id and c.id = d.connection_id
    returning d.id, d.purpose, d.invitation_id, d.person_id, d.connection_id, d.address, d.message, d.attempts,
      d.key, d.case_id, found.state as before, c.platform, c.external_id,
      (select json_build_object('state', b.state, 'message_id', ${standsAs(sql`b`)},
          'case_number', (select k.number from cases k
            where k.workspace_id = d.workspace_id and k.id = d.case_id))
        from deliveries b
        where b.workspace_id = d.workspace_id and b.key = d.beneath) as beneath,
      (select json_build_object('key', r.key, 'state', r.state,
          'message_id', ${standsAs(sql`r`)}, 'address', r.address)
        from deliveries r
        where r.workspace_id = d.workspace_id and r.key = d.replaces) as replaced,
      exists (select from deliveries n
        where n.workspace_id = d.workspace_id and n.replaces = d.replaces
          and n.id > d.id and n.state in ('planned', 'sending', 'sent')) as superseded,
      d.purpose = 'ask' and exists (select from deliveries n
        where n.workspace_id = d.workspace_id and n.invitation_id = d.invitation_id
          and n.purpose = 'ask' and n.id > d.id) as asked_anew,
      (select i.state from invitations i
        where i.workspace_id = d.workspace_id and i.id = d.invitation_id) as invitation_state,
      (select p.consent from people p
        where p.workspace_id = d.workspace_id and p.id = d.person_id) as consent
  `.execute(db);
  const row = rows[0];
  return (
    row && {
      id: row.id,
      purpose: row.purpose,
      invitationId: row.invitation_id,
      personId: row.person_id,
      connectionId: row.connection_id,
      connection: { platform: row.platform, externalId: row.external_id },
      address: readAddress(row.address),
      message: readMessage(row.message),
      attempt: row.attempts,
      unclear: row.before === "sending",
      replaces: row.replaced && {
        key: row.replaced.key,
        state: row.replaced.state,
        messageId: row.replaced.message_id,
        address: readAddress(row.replaced.address),
      },
      beneath: row.beneath && {
        state: row.beneath.state,
        messageId: row.beneath.message_id,
        caseNumber: row.beneath.case_number,
      },
      key: row.key,
      caseId: row.case_id,
      obsolete: row.superseded || row.asked_anew || isUnwanted(row),
    }
  );
}

/**
 * Makes way for an edit that was claimed: earlier ones of the same message that are still to come
 * are left out. Gives whether one of them may be under way: two edits at once may come to stand in
 * either order.
 */
export async function clearTheWay(
  db: Db,
  workspaceId: number,
  deliveryId: string,
  replaces: string,
): Promise<boolean> {
  const earlier = (state: DeliveryState) =>
    sql<boolean>`workspace_id = ${workspaceId} and replaces = ${replaces} and id < ${deliveryId}
      and state = ${state}`;
  await db
    .updateTable("deliveries")
    .set({ state: "cancelled", reason: "not-wanted-any-more", message: null })
    .where(earlier("planned"))
    .execute();
  // A statement of its own: it sees a claim for which the one above had to wait.
  const found = await db
    .selectFrom("deliveries")
    .select("id")
    .where(earlier("sending"))
    .limit(1)
    .executeTakeFirst();
  return found !== undefined;
}

/**
 * Puts a claimed delivery back that certainly was not sent: the next claim need not look for it.
 * Nothing happens when another claim has taken over.
 */
export async function releaseDelivery(
  db: Db,
  workspaceId: number,
  deliveryId: string,
  attempt: number,
): Promise<void> {
  await db
    .updateTable("deliveries")
    .set({ state: "planned" })
    .where("workspace_id", "=", workspaceId)
    .where("id", "=", deliveryId)
    .where("state", "=", "sending")
    .where("attempts", "=", attempt)
    .execute();
}

/** How a try ended. */
export type Settlement =
  | { readonly state: "sent"; readonly messageId: string }
  | { readonly state: "undeliverable" | "dead" | "cancelled"; readonly reason: string };

/** Records how the try `attempt` ended; false when another try has taken over (nothing is written). */
export async function settleDelivery(
  db: Db,
  workspaceId: number,
  deliveryId: string,
  attempt: number,
  settlement: Settlement,
  at: Date,
): Promise<boolean> {
  const result = await db
    .updateTable("deliveries")
    .set({
      message: null,
      ...(settlement.state === "sent"
        ? { state: "sent", message_id: settlement.messageId, sent_at: at, reason: null }
        : { state: settlement.state, reason: settlement.reason }),
    })
    .where("workspace_id", "=", workspaceId)
    .where("id", "=", deliveryId)
    .where("state", "=", "sending")
    .where("attempts", "=", attempt)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** What was given up. */
export type GivenUpDelivery = Pick<
  ClaimedDelivery,
  "id" | "key" | "purpose" | "invitationId" | "personId" | "connectionId" | "caseId" | "address"
>;

/**
 * Gives a delivery up after its last try; `undefined` when it was settled before. Its message stays
 * for a while: see store/dead-jobs.
 */
export async function giveUpDelivery(
  db: Db,
  workspaceId: number,
  deliveryId: string,
): Promise<GivenUpDelivery | undefined> {
  const row = await db
    .updateTable("deliveries")
    .set({ state: "dead", reason: "gave-up" })
    .where("workspace_id", "=", workspaceId)
    .where("id", "=", deliveryId)
    .where("state", "in", ["planned", "sending"])
    .returning([
      "id",
      "key",
      "purpose",
      "invitation_id",
      "person_id",
      "connection_id",
      "case_id",
      "address",
    ])
    .executeTakeFirst();
  return (
    row && {
      id: row.id,
      key: row.key,
      purpose: row.purpose,
      invitationId: row.invitation_id,
      personId: row.person_id,
      connectionId: row.connection_id,
      caseId: row.case_id,
      address: readAddress(row.address),
    }
  );
}
