/**
 * The one way out. A delivery is claimed, sent with its key, and recorded; one try is at most one
 * call of the platform. After an unclear failure the platform is asked for the key before anything
 * is sent again, where it can be asked; where it cannot, it de-duplicates by the key itself. What is
 * known of places is kept: a limited one waits, a closed one is not called again, and after a refused
 * key nothing is until the next start.
 */
import { onReplyFailed } from "./cases/reply.ts";
import { doWork, type Engine, type Work } from "./engine.ts";
import { attempt, type Outcome } from "./outbox/attempt.ts";
import { noteRevoked } from "./outbox/revoked.ts";
import { tellUnshared } from "./outbox/unshared.ts";
import type { ChatPlatform } from "./platform.ts";
import { askElsewhere, askNoMore } from "./scheduling/ask/asking.ts";
import { TryLater } from "./scheduling/jobs/jobs.ts";
import { beginBookmark } from "./store/bookmarks.ts";
import { isKnown } from "./store/claims.ts";
import {
  type ClaimedDelivery,
  claimDelivery,
  type GivenUpDelivery,
  giveUpDelivery,
  releaseDelivery,
  settleDelivery,
} from "./store/deliveries.ts";
import { noteSentAfterwards } from "./store/erasures.ts";
import { holdClosed, holdFor } from "./store/holds.ts";
import { lockInvitation, updateInvitation } from "./store/invitations.ts";

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
      const platform = platforms.get(delivery.connection.platform);
      const outcome = await attempt(engine, platform, ref.workspaceId, delivery);
      engine.reach("outbox.sent_unrecorded");
      await record(engine, ref, delivery, outcome);
      engine.reach("outbox.recorded");
    },
    async giveUp(ref) {
      await doWork(engine, async (work) => {
        const given = await giveUpDelivery(work.transaction, ref.workspaceId, ref.deliveryId);
        if (given !== undefined) await keepGivenUp(engine, work, ref.workspaceId, given);
      });
      engine.log.error(
        { delivery: ref.deliveryId },
        "a delivery was given up; see the doctor command",
      );
    },
  };
}

/** Keeps what came of a try, with everything that follows from it, in one transaction. */
async function record(
  engine: Engine,
  ref: DeliveryRef,
  delivery: ClaimedDelivery,
  outcome: Outcome,
): Promise<void> {
  await doWork(engine, async (work) => {
    // A place says who somebody is: of whoever was forgotten meanwhile nothing is kept.
    if (await isKnown(work.transaction, ref.workspaceId, ref.deliveryId))
      await keepHold(engine, work, ref.workspaceId, delivery, outcome);
    if (outcome.kind === "settled") {
      await keepSettled(engine, work, ref, delivery, outcome);
    } else if (!delivery.unclear) {
      // That this try sent nothing says nothing about an earlier one: it is still to be looked for.
      const { workspaceId, deliveryId } = ref;
      await releaseDelivery(work.transaction, workspaceId, deliveryId, delivery.attempt);
    }
  });
  if (outcome.kind === "unsent") throw new TryLater(outcome.afterMs);
  if (outcome.kind === "failed") throw outcome.error;
}

/** What the platform told about the place, or about us. */
async function keepHold(
  engine: Engine,
  work: Work,
  workspaceId: number,
  { connectionId, address }: ClaimedDelivery,
  outcome: Outcome,
): Promise<void> {
  const { transaction, now } = work;
  if (!("news" in outcome) || outcome.news === undefined || address === undefined) return;
  const { news } = outcome;
  switch (news.kind) {
    case "wait": {
      const place = news.who === "connection" ? "everywhere" : address;
      const until = new Date(now.getTime() + news.ms);
      return holdFor(transaction, workspaceId, connectionId, place, until, now);
    }
    case "closed":
      return holdClosed(transaction, workspaceId, connectionId, address, news.reason, now);
    case "revoked":
      return noteRevoked(engine, work, workspaceId, connectionId);
  }
}

async function keepSettled(
  engine: Engine,
  work: Work,
  { workspaceId, deliveryId }: DeliveryRef,
  delivery: ClaimedDelivery,
  { settlement, reached, bookmark }: Extract<Outcome, { kind: "settled" }>,
): Promise<void> {
  const { transaction, now } = work;
  const { attempt: claim, purpose, invitationId, address, connectionId } = delivery;
  const mine = await settleDelivery(transaction, workspaceId, deliveryId, claim, settlement, now);
  if (!mine) {
    if (settlement.state === "sent")
      await removeWhatWasSent(engine, work, { workspaceId, deliveryId }, settlement.messageId);
    return;
  }
  if (bookmark !== undefined)
    await beginBookmark(transaction, workspaceId, connectionId, bookmark, now);
  if (purpose === "share" && settlement.state === "undeliverable") {
    return tellUnshared(engine, work, workspaceId, delivery);
  }
  if (purpose === "reply" && settlement.state === "undeliverable") {
    return onReplyFailed(engine, work, workspaceId, { ...delivery, gaveUp: false });
  }
  if (purpose !== "ask" || invitationId === null) return;
  if (settlement.state === "sent" && reached) {
    await updateInvitation(transaction, workspaceId, invitationId, { reachedAt: now });
  }
  if (delivery.obsolete) await askNoMore(work, workspaceId, invitationId);
  if (settlement.state === "undeliverable" && address !== undefined) {
    await askElsewhere(engine, work, workspaceId, invitationId, address);
  }
}

/** Somebody was forgotten while this was under way: what stands there now is removed at once. */
async function removeWhatWasSent(
  engine: Engine,
  work: Work,
  { workspaceId, deliveryId }: DeliveryRef,
  messageId: string,
): Promise<void> {
  const { transaction, wake } = work;
  const targetId = await noteSentAfterwards(transaction, workspaceId, deliveryId, messageId);
  if (targetId === undefined) return;
  await engine.jobs.enqueue(transaction, "remove", { workspaceId, targetId });
  wake.add("remove");
}

/** Nobody knows whether it arrived: who answered was asked all the same. */
async function keepGivenUp(
  engine: Engine,
  work: Work,
  workspaceId: number,
  given: GivenUpDelivery,
): Promise<void> {
  const { purpose, invitationId } = given;
  if (purpose === "share") return tellUnshared(engine, work, workspaceId, given);
  if (purpose === "reply") {
    return onReplyFailed(engine, work, workspaceId, { ...given, gaveUp: true });
  }
  if (purpose !== "ask" || invitationId === null) return;
  const invitation = await lockInvitation(work.transaction, workspaceId, invitationId);
  if (invitation?.state !== "asked") return;
  await updateInvitation(work.transaction, workspaceId, invitationId, {
    state: "undeliverable",
    stateReason: "gave-up",
  });
}
