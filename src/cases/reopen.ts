/** A closed case is open again. */
import type { Work } from "../engine.ts";
import { type Case, lockOpenCase, updateCase } from "../store/cases.ts";
import { waitingAgain } from "./open.ts";

/**
 * Opens a closed, locked case again: its owner stays, the clock begins anew, and no check whether it
 * is right now is made. When the human has another open case by now, that one is given instead;
 * nothing happens to one that is not closed.
 */
export async function reopenCase(work: Work, workspaceId: number, c: Case): Promise<Case> {
  const { transaction, now } = work;
  if (c.state !== "closed" || c.humanId === null) return c;
  const other = await lockOpenCase(transaction, workspaceId, c.humanId);
  if (other !== undefined) return other;
  return updateCase(transaction, workspaceId, c.id, {
    ...(await waitingAgain(work, workspaceId, c, now)),
    ...{ closedAt: null, closedBy: null, closeReason: null },
    ...{ recoveryAt: null, recoveryInvitationId: null },
  });
}
