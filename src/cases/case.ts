/** Decisions about a case: facts in, what follows out. Pure. Times are epoch milliseconds. */
import type { Case, CaseCause, CaseCloseReason } from "../store/cases.ts";

export type { Case, CaseCause, CaseCloseReason } from "../store/cases.ts";

/** What a lead can choose from when a case is closed. */
export const closeReasons = [
  "solved",
  "explained",
  "nothing-we-can-do",
  "wrong-person",
  "duplicate",
] as const satisfies readonly CaseCloseReason[];

/** An answer of the customer opens a case again that was closed no longer ago than this. */
export const REOPENS_MS = 14 * 24 * 60 * 60 * 1000;

/** Who has a case after somebody pressed "Claim" or "Take over". */
export type ClaimDecision = "claimed" | "taken-over" | "yours" | "somebody-else" | "closed";

/** `takeOver`: they know that somebody has it, and want it all the same. */
export function decideClaim(
  { state, ownerId }: Pick<Case, "state" | "ownerId">,
  byId: string,
  takeOver: boolean,
): ClaimDecision {
  if (state === "closed") return "closed";
  if (ownerId === null) return "claimed";
  if (ownerId === byId) return "yours";
  return takeOver ? "taken-over" : "somebody-else";
}

/** What the clock asks of a case. */
export type DueStep = "wake" | "remind" | "escalate";

/** What is due now; whoever slept through the reminder is not reminded after the deadline. */
export function whatIsDue(
  c: Pick<
    Case,
    "state" | "snoozedUntil" | "waitingSince" | "remindAt" | "remindedAt" | "dueAt" | "escalatedAt"
  >,
  now: number,
): DueStep | undefined {
  if (c.state === "snoozed") {
    return c.snoozedUntil !== null && c.snoozedUntil <= now ? "wake" : undefined;
  }
  if (c.state !== "open" || c.waitingSince === null || c.escalatedAt !== null) return undefined;
  if (c.dueAt <= now) return "escalate";
  const reminds = c.remindedAt === null && c.remindAt !== null && c.remindAt <= now;
  return reminds ? "remind" : undefined;
}

/** Somebody waits for a reply that should be there by now. */
export function isOverdue(c: Pick<Case, "state" | "waitingSince" | "dueAt">, now: number): boolean {
  return c.state === "open" && c.waitingSince !== null && c.dueAt <= now;
}

/** What an answer means for cases: why there is one, or that there is no reason any more. */
export interface AnswerFacts {
  /** The first score is low now. */
  readonly low: boolean;
  /** "May somebody get back to you: yes". */
  readonly contact: boolean;
  /** Words that are a complaint were said just now. */
  readonly complaint: boolean;
  /** Only totals were promised: nobody learns of a score or of words. */
  readonly totals: boolean;
  /** They were asked whether they stay. To say no is an answer, and no wish to hear from anybody. */
  readonly churn: boolean;
}

/** Why these answers are a case; `undefined` when they are none. */
export function causeOf(facts: AnswerFacts): CaseCause | undefined {
  const { low, contact, complaint, totals, churn } = facts;
  if (churn) return contact || (complaint && !totals) ? "churn" : undefined;
  if (totals) return contact ? "contact" : undefined;
  if (low) return "low-score";
  if (contact) return "contact";
  return complaint ? "complaint" : undefined;
}

/** Whether somebody is at work on a case: then no correction closes it. */
export function isAtWork(c: Pick<Case, "ownerId" | "lastRepliedAt">): boolean {
  return c.ownerId !== null || c.lastRepliedAt !== null;
}

/** Where words go that somebody writes to us. */
export interface WordsFacts {
  /** When the team wrote to them last in a case that is open or was not long ago. */
  readonly lastReplyAt: number | null;
  /** The question that was asked last; `over`: nothing that is said to it is taken any more. */
  readonly question: { readonly askedAt: number; readonly over: boolean } | null;
}

/** To whoever spoke last: the team in a case, or the question. */
export function whereWordsGo({ lastReplyAt, question }: WordsFacts): "case" | "survey" {
  if (lastReplyAt === null) return "survey";
  if (question === null || question.over) return "case";
  return lastReplyAt >= question.askedAt ? "case" : "survey";
}
