/** When what was asked is over, and whether its person is reminded of it. Pure. */
import type { InvitationKind } from "../../store/schema.ts";
import type { Conversation } from "../../surveys/conversation-state.ts";
import { durationMs, type Limits } from "../definition/schedule.ts";
import type { Candidate, GateName, GateReason } from "../gates/candidate.ts";
import { gates } from "../gates/gates.ts";

/** What holds for a question that no schedule asked. */
const USUAL: Pick<Limits, "remindAfter" | "expireAfter"> = { remindAfter: "2d", expireAfter: "7d" };

/** What was said about an answer's time when it was asked. */
export interface AskedUntil {
  readonly expiresAt: Date;
  /** Null: nobody is reminded of it. */
  readonly remindAt: Date | null;
}

/** From when it is asked; `limits` are those of its schedule. */
export function askedUntil(
  kind: InvitationKind,
  limits: Pick<Limits, "remindAfter" | "expireAfter"> | undefined,
  askedAt: Date,
): AskedUntil {
  // Whether it is right now is asked once: it was something unpleasant.
  const { remindAfter, expireAfter } =
    limits ?? (kind === "recovery" ? { ...USUAL, remindAfter: null } : USUAL);
  const expiresAt = new Date(askedAt.getTime() + durationMs(expireAfter));
  const remindAt =
    remindAfter === null ? null : new Date(askedAt.getTime() + durationMs(remindAfter));
  return { expiresAt, remindAt: remindAt !== null && remindAt < expiresAt ? remindAt : null };
}

/** Gates that a reminder has to pass as well, in their own order. */
const asksAgain: ReadonlySet<GateName> = new Set([
  "stopped",
  "survey",
  "schedule",
  "consent",
  "identity",
  "left",
  "reopened",
  "pause",
  "hours",
  "place",
]);

/** What is known of a question that nobody answered yet. Times are epoch milliseconds. */
export interface Unanswered {
  readonly candidate: Candidate | undefined;
  readonly conversation: Conversation | undefined;
  /** It was sent; as far as can be known, it stands there. */
  readonly sent: boolean;
  readonly expiresAt: number;
}

/** `said-something`: they are not silent, though there is no answer yet. */
export type ReminderReason = GateReason | "said-something" | "gave-up";

/** Whether its person is reminded, now, later or not at all. */
export type ReminderDecision =
  | { readonly verdict: "remind" }
  | { readonly verdict: "wait"; readonly until: number }
  | { readonly verdict: "leave"; readonly reason: ReminderReason };

/** What is still on its way is looked at again after so long. */
const SENDING_MS = 60 * 60 * 1000;

/** Decides at `now` (epoch milliseconds). */
export function decideReminder(question: Unanswered, now: number): ReminderDecision {
  const { candidate, conversation, sent, expiresAt } = question;
  if (candidate === undefined || conversation === undefined) return leave("unknown-there");
  if (!isSilent(conversation)) return leave("said-something");
  for (const { name, check } of gates) {
    const objection = asksAgain.has(name) ? check(candidate, now) : undefined;
    if (objection === undefined) continue;
    const { until, reason } = objection;
    // Whoever wants a pause is not asked again when it is over: the question is old by then.
    const ends = until === undefined || until >= expiresAt || name === "pause";
    return ends ? leave(reason) : { verdict: "wait", until };
  }
  if (sent) return { verdict: "remind" };
  const until = now + SENDING_MS;
  return until >= expiresAt ? leave("gave-up") : { verdict: "wait", until };
}

function leave(reason: ReminderReason): ReminderDecision {
  return { verdict: "leave", reason };
}

/** Whoever said anything at all has seen the question. */
function isSilent({ answers, askedAgain, scoredAt, ended }: Conversation): boolean {
  return Object.keys(answers).length === 0 && !askedAgain && scoredAt === null && ended === null;
}
