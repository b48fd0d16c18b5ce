/** Two humans are found to be one: one open case stays. */
import type { Work } from "../engine.ts";
import { addCaseEvent } from "../store/case-events.ts";
import { regroupCases } from "../store/case-humans.ts";
import { type Case, lockOpenCase, updateCase } from "../store/cases.ts";

/**
 * Of two open cases one stays: that which somebody has, else the older; the other is closed as a
 * duplicate. To be called in the merge's transaction, with both humans locked, after or before their
 * rows moved; the cards are drawn by the clockwork.
 */
export async function joinCases(
  { transaction, now }: Work,
  workspaceId: number,
  keptHuman: string,
  absorbedHuman: string,
): Promise<void> {
  const kept = await lockOpenCase(transaction, workspaceId, keptHuman);
  const absorbed = await lockOpenCase(transaction, workspaceId, absorbedHuman);
  if (kept !== undefined && absorbed !== undefined) {
    const [stays, goes] = stayingFirst(kept, absorbed);
    await updateCase(transaction, workspaceId, goes.id, {
      state: "closed",
      closedAt: now,
      closeReason: "duplicate",
      snoozedUntil: null,
      waitingSince: null,
      stale: true,
    });
    const details = { duplicateOf: stays.number };
    await addCaseEvent(transaction, workspaceId, goes.id, now, { kind: "closed", details });
    await updateCase(transaction, workspaceId, stays.id, { stale: true });
  }
  await regroupCases(transaction, workspaceId, [keptHuman, absorbedHuman], keptHuman);
}

function stayingFirst(one: Case, other: Case): readonly [Case, Case] {
  const first = one.number < other.number;
  if ((one.ownerId === null) === (other.ownerId === null)) {
    return first ? [one, other] : [other, one];
  }
  return one.ownerId === null ? [other, one] : [one, other];
}
