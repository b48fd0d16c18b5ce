/**
 * The one way out. A delivery is claimed, sent with its key, and recorded; one try is one call of
 * the platform. After an unclear failure the platform is asked for the key before anything is sent
 * again, where it can be asked; where it cannot, it de-duplicates by the key itself.
 */
import type { Engine } from "./engine.ts";
import { hasCode } from "./errors.ts";
import type { ChatPlatform, Receipt } from "./platform.ts";
import { TryLater } from "./scheduling/jobs.ts";
import {
  type ClaimedDelivery,
  claimDelivery,
  giveUpDelivery,
  type Settlement,
  settleDelivery,
} from "./store/deliveries.ts";
import { updateInvitation } from "./store/invitations.ts";
import { inTransaction } from "./store/transaction.ts";

/** Wait when a platform limits us without saying for how long (docs/faults.md, F2). */
const DEFAULT_LIMIT_MS = 60_000;

/** How long an edit waits for its message to be sent. */
const EDIT_WAIT_MS = 1000;

/** Which delivery. */
interface DeliveryRef {
  readonly workspaceId: number;
  readonly deliveryId: string;
}

export interface Outbox {
  /** Sends one delivery; throws when it has to be tried again. */
  deliver(ref: DeliveryRef): Promise<void>;
  /** The last try failed: what was to be asked is undeliverable now. */
  giveUp(ref: DeliveryRef): Promise<void>;
}

/** The outbox over the platforms by name. */
export function createOutbox(engine: Engine, platforms: ReadonlyMap<string, ChatPlatform>): Outbox {
  return {
    async deliver(ref) {
      const delivery = await claimDelivery(engine.db, ref.workspaceId, ref.deliveryId);
      if (delivery === undefined) return;
      engine.reach("outbox.claimed");
      const outcome = await attempt(platforms.get(delivery.connection.platform), delivery);
      engine.reach("outbox.sent_unrecorded");
      await record(engine, ref, delivery, outcome);
      engine.reach("outbox.recorded");
    },
    async giveUp(ref) {
      await inTransaction(engine.db, async (transaction) => {
        const given = await giveUpDelivery(transaction, ref.workspaceId, ref.deliveryId);
        if (given?.purpose !== "ask" || given.invitationId === null) return;
        await updateInvitation(transaction, ref.workspaceId, given.invitationId, {
          state: "undeliverable",
          stateReason: "gave-up",
        });
      });
      engine.log.error(
        { delivery: ref.deliveryId },
        "a delivery was given up; see the doctor command",
      );
    },
  };
}

/** What came of one try. */
type Outcome = { readonly settlement: Settlement; readonly reached: boolean };

async function attempt(
  platform: ChatPlatform | undefined,
  delivery: ClaimedDelivery,
): Promise<Outcome> {
  if (delivery.obsolete) return unsent("cancelled", "not-wanted-any-more");
  // An edit never overtakes the message that it edits: that would be a second message.
  const { replaces } = delivery;
  if (replaces?.state === "planned" || replaces?.state === "sending") {
    throw new TryLater(EDIT_WAIT_MS);
  }
  // The operator may switch the platform on again: the job's own back-off decides how long we wait.
  if (platform === undefined) throw new Error(`no platform "${delivery.connection.platform}" here`);
  try {
    const receipt = await transmit(platform, delivery);
    return {
      settlement: { state: "sent", messageId: receipt.messageId },
      reached: receipt.reached,
    };
  } catch (error) {
    if (hasCode(error, "unreachable")) return unsent("undeliverable", error.message);
    if (hasCode(error, "rate-limited")) throw new TryLater(error.retryAfterMs ?? DEFAULT_LIMIT_MS);
    throw error;
  }
}

function unsent(state: "cancelled" | "undeliverable", reason: string): Outcome {
  return { settlement: { state, reason }, reached: false };
}

async function transmit(platform: ChatPlatform, delivery: ClaimedDelivery): Promise<Receipt> {
  const { connection, address, message, replaces } = delivery;
  const messageId = replaces?.messageId ?? null;
  if (messageId !== null && platform.update !== undefined) {
    await platform.update(connection, address, messageId, message);
    return { messageId, reached: true };
  }
  const key = wireKey(delivery.id);
  if (delivery.attempt > 1 && platform.find !== undefined) {
    const found = await platform.find(connection, address, key);
    if (found !== undefined) return found;
  }
  return platform.send(connection, address, message, key);
}

/** 22 characters from the delivery's id: Discord's nonce holds at most 25. */
function wireKey(deliveryId: string): string {
  return Buffer.from(deliveryId.replaceAll("-", ""), "hex").toString("base64url");
}

async function record(
  engine: Engine,
  ref: DeliveryRef,
  delivery: ClaimedDelivery,
  { settlement, reached }: Outcome,
): Promise<void> {
  await inTransaction(engine.db, async (transaction) => {
    const now = engine.clock.now();
    const mine = await settleDelivery(
      transaction,
      ref.workspaceId,
      ref.deliveryId,
      delivery.attempt,
      settlement,
      now,
    );
    if (!mine || delivery.purpose !== "ask" || delivery.invitationId === null) return;
    if (settlement.state === "sent" && reached) {
      await updateInvitation(transaction, ref.workspaceId, delivery.invitationId, {
        reachedAt: now,
      });
    }
    if (settlement.state === "undeliverable") {
      await updateInvitation(transaction, ref.workspaceId, delivery.invitationId, {
        state: "undeliverable",
        stateReason: settlement.reason,
      });
    }
  });
}
