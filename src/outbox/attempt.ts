/** One try of a delivery: at most one call of the platform that sends, and what came of it. */
import type { Engine } from "../engine.ts";
import { AppError, hasCode } from "../errors.ts";
import { languageFor, textsFor } from "../locales/index.ts";
import type { Address, Bookmark, ChatPlatform, Message, Receipt } from "../platform.ts";
import { isClaimed } from "../store/claims.ts";
import { type ClaimedDelivery, clearTheWay, type Settlement } from "../store/deliveries.ts";
import { findHold, type Hold } from "../store/holds.ts";
import type { DeliveryState } from "../store/schema.ts";
import { waitForHours } from "./late.ts";
import { wireKey } from "./wire-key.ts";

/** Wait when a platform limits us without saying for how long (docs/faults.md, F2). */
const DEFAULT_LIMIT_MS = 60_000;

/** How long an edit waits for its message to be sent, or for an earlier edit of it to be over. */
const EDIT_WAIT_MS = 1000;

/** How often a delivery looks whether our key, which was refused, was replaced meanwhile. */
const REVOKED_WAIT_MS = 5 * 60_000;

/** What a try taught us about its place or connection. */
type News =
  | { readonly kind: "wait"; readonly who: "place" | "connection"; readonly ms: number }
  | { readonly kind: "closed"; readonly reason: string }
  | { readonly kind: "revoked" };

/** What came of one try. Whatever may have been sent without our knowing is thrown instead. */
export type Outcome =
  | {
      readonly kind: "settled";
      readonly settlement: Settlement;
      readonly reached: boolean;
      /** From here on answers are looked for after an absence. */
      readonly bookmark?: Bookmark;
      readonly news?: News;
    }
  /** Certainly not sent: again after this time, which counts as no failure. */
  | { readonly kind: "unsent"; readonly afterMs: number; readonly news?: News }
  /** Certainly not sent, and nobody knows until when: again with back-off. */
  | { readonly kind: "failed"; readonly error: Error };

/** A delivery whose shape is known. */
interface Sendable extends ClaimedDelivery {
  readonly address: Address;
  readonly message: Message;
}

/** Tries once. */
export async function attempt(
  engine: Engine,
  platform: ChatPlatform | undefined,
  workspaceId: number,
  delivery: ClaimedDelivery,
): Promise<Outcome> {
  if (!isSendable(delivery)) return never("cancelled", "unknown-shape");
  const held = await whatHolds(engine, workspaceId, delivery);
  if (held !== undefined) return held;
  const { address, connection } = delivery;
  // The operator may switch the platform on again: the job's own back-off decides how long we wait.
  if (platform === undefined) {
    return { kind: "failed", error: new Error(`no platform "${connection.platform}" here`) };
  }
  // Somebody was forgotten, or another try has taken over, while this one was held up.
  if (!(await isClaimed(engine.db, workspaceId, delivery))) return never("cancelled", "gone");
  let sends = false;
  try {
    let receipt = await edit(platform, delivery);
    if (receipt === undefined) {
      sends = true;
      const tooLate = () => waitForHours(engine, workspaceId, delivery);
      receipt = await send(platform, delivery, tooLate);
    }
    // A whisper is lost when its reader is away: only a press tells that it was seen.
    const reached = receipt.reached && address.kind !== "whisper";
    return {
      kind: "settled",
      settlement: { state: "sent", messageId: receipt.messageId },
      reached,
      ...(receipt.bookmark && { bookmark: receipt.bookmark }),
    };
  } catch (error) {
    const outcome = outcomeOf(error);
    if (outcome !== undefined) return outcome;
    // An edit is harmless a second time: nobody has to look for it, and the next need not wait for it.
    if (!sends && error instanceof Error) return { kind: "failed", error };
    throw error;
  }
}

/** Why a delivery is not sent now, or never. */
async function whatHolds(
  engine: Engine,
  workspaceId: number,
  delivery: Sendable,
): Promise<Outcome | undefined> {
  if (delivery.obsolete) return never("cancelled", "not-wanted-any-more");
  if (await isTooEarly(engine, workspaceId, delivery)) {
    return { kind: "unsent", afterMs: EDIT_WAIT_MS };
  }
  if (delivery.beneath !== null && isPending(delivery.beneath.state)) {
    return { kind: "unsent", afterMs: EDIT_WAIT_MS };
  }
  const { address, connectionId } = delivery;
  const now = engine.clock.now();
  const hold = await findHold(engine.db, workspaceId, connectionId, address, now);
  if (hold !== undefined) return held(hold, now);
  // What may have been sent is looked for at once, whatever the hour.
  const wait = delivery.unclear ? undefined : await waitForHours(engine, workspaceId, delivery);
  return wait === undefined ? undefined : { kind: "unsent", afterMs: wait };
}

/**
 * An edit never overtakes the message that it edits: that would be a second message. Nor an earlier
 * edit of it: of two at once the earlier could be what remains.
 */
async function isTooEarly(
  engine: Engine,
  workspaceId: number,
  { id, replaces }: ClaimedDelivery,
): Promise<boolean> {
  if (replaces === null) return false;
  if (isPending(replaces.state)) return true;
  return clearTheWay(engine.db, workspaceId, id, replaces.key);
}

function isPending(state: DeliveryState): boolean {
  return state === "planned" || state === "sending";
}

/** What a refusal of the platform means; `undefined` when nobody knows whether it was carried out. */
function outcomeOf(error: unknown): Outcome | undefined {
  if (hasCode(error, "unreachable")) return closed(error.message);
  if (hasCode(error, "rate-limited")) return limited(error);
  if (hasCode(error, "revoked")) {
    return { kind: "unsent", afterMs: REVOKED_WAIT_MS, news: { kind: "revoked" } };
  }
  if (hasCode(error, "not-found")) return never("cancelled", "message-gone");
  return undefined;
}

function isSendable(delivery: ClaimedDelivery): delivery is Sendable {
  return delivery.address !== undefined && delivery.message !== undefined;
}

function never(state: "cancelled" | "undeliverable", reason: string): Outcome {
  return { kind: "settled", settlement: { state, reason }, reached: false };
}

function held(hold: Hold, now: Date): Outcome {
  switch (hold.kind) {
    case "wait":
      return { kind: "unsent", afterMs: hold.until - now.getTime() };
    case "closed":
      return never("undeliverable", hold.reason ?? "closed");
    case "revoked":
      return { kind: "unsent", afterMs: REVOKED_WAIT_MS };
  }
}

function closed(reason: string): Outcome {
  const settlement: Settlement = { state: "undeliverable", reason };
  return { kind: "settled", settlement, reached: false, news: { kind: "closed", reason } };
}

/** Our own pacing (no `waits`) concerns this delivery only and is not kept. */
function limited({ retryAfterMs, waits }: AppError): Outcome {
  const ms = retryAfterMs ?? DEFAULT_LIMIT_MS;
  return {
    kind: "unsent",
    afterMs: ms,
    ...(waits === undefined ? {} : { news: { kind: "wait", who: waits, ms } }),
  };
}

/** Replaces a message that stands; `undefined` when there is none to replace, so that it is sent. */
async function edit(platform: ChatPlatform, delivery: Sendable): Promise<Receipt | undefined> {
  const { connection, address, message, replaces, purpose } = delivery;
  const messageId = replaces?.messageId ?? null;
  if (messageId === null || platform.update === undefined) return undefined;
  // The talk may have moved on: the message is replaced where it stands.
  const place = replaces?.address ?? address;
  try {
    await platform.update(connection, place, messageId, message);
    return { messageId, reached: true };
  } catch (error) {
    // Somebody deleted an alert: what it has to say now is said anew.
    if (purpose === "alert" && hasCode(error, "not-found")) return undefined;
    throw error;
  }
}

/** `tooLate`: how long it has to wait for good hours when it turns out not to have been sent. */
async function send(
  platform: ChatPlatform,
  delivery: Sendable,
  tooLate: () => Promise<number | undefined>,
): Promise<Receipt> {
  const thread = threadOf(platform, delivery);
  for (const address of thread === undefined ? [delivery.address] : [thread, delivery.address]) {
    try {
      return await sendTo(platform, delivery, address, tooLate);
    } catch (error) {
      // Somebody deleted the thread, so certainly nothing was sent: it is said where it would stand.
      const gone = hasCode(error, "unreachable") || hasCode(error, "not-found");
      if (address !== thread || !gone) throw error;
    }
  }
  throw new Error("a delivery has an address");
}

/** What may be there already is looked for first, where it can be. */
async function sendTo(
  platform: ChatPlatform,
  { id, connection, message, unclear }: Sendable,
  address: Address,
  tooLate: () => Promise<number | undefined>,
): Promise<Receipt> {
  const key = wireKey(id);
  if (unclear && platform.find !== undefined) {
    const found = await platform.find(connection, address, key);
    if (found !== undefined) return found;
    const retryAfterMs = await tooLate();
    if (retryAfterMs !== undefined)
      throw new AppError("rate-limited", "nobody is asked at this hour", { retryAfterMs });
  }
  return platform.send(connection, address, message, key);
}

/** Where the platform has threads and the message is there, what is said beneath it goes there. */
function threadOf({ threads }: ChatPlatform, { beneath, message }: Sendable): Address | undefined {
  const { messageId = null, caseNumber = null } = beneath ?? {};
  if (threads !== true || messageId === null) return undefined;
  if (caseNumber === null) return { kind: "thread", messageId };
  const texts = textsFor(languageFor(message.locale));
  return { kind: "thread", messageId, name: texts.text("case.thread", { number: caseNumber }) };
}
