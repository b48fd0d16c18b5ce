/** A question that could not be sent at once is sent in good hours all the same, and not while all is stopped. */
import type { Engine } from "../engine.ts";
import { subjectOf } from "../scheduling/ask/ask.ts";
import { STILL_THERE_MS, STOPPED_MS } from "../scheduling/gates/gates.ts";
import { hoursAt } from "../scheduling/gates/hours.ts";
import { readCandidates } from "../store/candidates.ts";
import type { ClaimedDelivery } from "../store/deliveries.ts";
import { lockInvitation } from "../store/invitations.ts";
import { readSettings } from "../store/settings.ts";

/** What is said to somebody by ourselves, when nobody waits for it. */
const uncalled = new Set(["ask", "remind"]);

/**
 * How long it has to wait, in milliseconds; `undefined`: it may be sent. A platform may have been
 * away for hours: when it comes back it may be night where the person is.
 */
export async function waitForHours(
  { db, clock }: Pick<Engine, "db" | "clock">,
  workspaceId: number,
  { purpose, invitationId }: ClaimedDelivery,
): Promise<number | undefined> {
  if (invitationId === null || !uncalled.has(purpose)) return undefined;
  // Somebody stopped all questions after this one had passed the gates.
  if ((await readSettings(db, workspaceId)).asking.stopped) return STOPPED_MS;
  const invitation = await lockInvitation(db, workspaceId, invitationId);
  const now = clock.now();
  const late = now.getTime() - (invitation?.askedAt ?? now.getTime());
  if (invitation === undefined || late < STILL_THERE_MS) return undefined;
  const [candidate] = await readCandidates(db, workspaceId, [subjectOf(invitation)], now);
  if (!candidate?.hours) return undefined;
  const open = hoursAt(now.getTime(), candidate.hours);
  return open === undefined || open.start <= now.getTime() ? undefined : open.start - now.getTime();
}
