/** What somebody changes in answers that opened a case, or adds to them. */
import type { Engine, Work } from "../engine.ts";
import { metrics } from "../metrics/registry.ts";
import { readToldAnswers, readToldWords, type ToldAnswer } from "../store/case-card.ts";
import { addCaseEvent } from "../store/case-events.ts";
import { type Case, lockCaseOfInvitation, updateCase } from "../store/cases.ts";
import { CONTACT } from "../surveys/parts.ts";
import { type CaseCause, causeOf, isAtWork } from "./case.ts";
import { isComplaint } from "./complaint.ts";
import { type Opening, openCase, waitingAgain } from "./open.ts";
import { reopenCase } from "./reopen.ts";
import { postCard, tell } from "./thread.ts";

/** A step that was kept, about an invitation that leads were told of. */
export interface Followed {
  readonly opening: Omit<Opening, "cause"> & { readonly invitation: { readonly id: string } };
  /** Why the answers are a case now; `undefined`: for no reason any more. */
  readonly cause: CaseCause | undefined;
  /** The score or a choice is another one now, or everything was taken back. */
  readonly changed: boolean;
  /** Words that were added. */
  readonly words: string | undefined;
  /** "May somebody get back to you?", as far as it is answered. */
  readonly contact: "yes" | "no" | undefined;
}

/** Brings the case up to date; without any reason left, and with nobody at work on it, it is over. */
export async function followCase(
  engine: Engine,
  work: Work,
  { opening, cause, changed, words, contact }: Followed,
): Promise<void> {
  const { transaction } = work;
  const workspaceId = opening.connection.workspace.id;
  const c = await lockCaseOfInvitation(transaction, workspaceId, opening.invitation.id);
  if (c === undefined || isCorrected(c)) {
    if (cause !== undefined) await openAgain(engine, work, { ...opening, cause }, c);
    return;
  }
  const over = changed && cause === undefined && (await isSettled(work, workspaceId, c, opening));
  const now = over
    ? await closeCorrected(work, workspaceId, c, opening.person.id)
    : await heedContact(work, workspaceId, c, changed ? contact : undefined);
  await postCard(engine, work, workspaceId, now);
  if (over || !isAtWork(c) || (!changed && words === undefined)) return;
  if (changed && cause === undefined) await noteCorrected(work, workspaceId, c, opening.person.id);
  await tell(engine, work, workspaceId, c, {
    key: words === undefined ? "case.told.changed" : "case.told.added",
    params: { person: opening.person.name },
    ...(words === undefined ? {} : { quote: { text: words, by: opening.person.name } }),
  });
}

/** Nobody waits for a reply who said that they want none; who changes their mind waits from then on. */
async function heedContact(
  work: Work,
  workspaceId: number,
  c: Case,
  contact: Followed["contact"],
): Promise<Case> {
  const { transaction, now } = work;
  if (contact === undefined || c.state === "closed" || c.lastRepliedAt !== null) return c;
  const unasked = c.cause === "low-score" || c.cause === "churn";
  if (contact === "no" && c.waitingSince !== null && unasked) {
    return updateCase(transaction, workspaceId, c.id, { waitingSince: null });
  }
  if (contact === "yes" && c.waitingSince === null) {
    const change = await waitingAgain(work, workspaceId, c, now);
    return updateCase(transaction, workspaceId, c.id, change);
  }
  return c;
}

/** It is a case again; they may have another one by now, and of what was told long ago none was kept. */
async function openAgain(
  engine: Engine,
  work: Work,
  opening: Opening,
  c: Case | undefined,
): Promise<void> {
  const workspaceId = opening.connection.workspace.id;
  const again = c && (await reopenCase(work, workspaceId, c));
  if (c === undefined || again?.id !== c.id) await openCase(engine, work, opening);
  else await postCard(engine, work, workspaceId, again);
}

function isCorrected({ state, closeReason }: Case): boolean {
  return state === "closed" && closeReason === "corrected";
}

/** Nobody is at work on it, and nothing else was said that it would be about. */
async function isSettled(
  { transaction }: Work,
  workspaceId: number,
  c: Case,
  { invitation }: Followed["opening"],
): Promise<boolean> {
  const byAnswer = ["low-score", "contact", "churn"].includes(c.cause);
  if (c.state === "closed" || isAtWork(c) || !byAnswer) return false;
  const told = await readToldAnswers(transaction, workspaceId, c.id, CONTACT);
  // What opened it were words, and those stand.
  const complaint = ({ text }: ToldAnswer) => text !== null && isComplaint(text);
  if (c.cause === "churn" && told.some(complaint)) return false;
  const others = told.filter(({ invitationId }) => invitationId !== invitation.id);
  const words = await readToldWords(transaction, workspaceId, c.id);
  const reasons = others.map(({ kind, metric, score, contact, promise }) =>
    causeOf({
      low: score !== null && metric !== null && metrics[metric].levelOf(score) === "low",
      contact: contact === "yes",
      complaint: false,
      totals: promise === "totals",
      churn: kind === "churn",
    }),
  );
  return words.length === 0 && reasons.every((reason) => reason === undefined);
}

async function closeCorrected(
  work: Work,
  workspaceId: number,
  c: Case,
  actorId: string,
): Promise<Case> {
  await noteCorrected(work, workspaceId, c, actorId);
  return updateCase(work.transaction, workspaceId, c.id, {
    state: "closed",
    closedAt: work.now,
    closeReason: "corrected",
    snoozedUntil: null,
    waitingSince: null,
  });
}

function noteCorrected(
  { transaction, now }: Work,
  workspaceId: number,
  { id, invitationId }: Case,
  actorId: string,
): Promise<string> {
  const event = { kind: "corrected", actorId, invitationId } as const;
  return addCaseEvent(transaction, workspaceId, id, now, event);
}
