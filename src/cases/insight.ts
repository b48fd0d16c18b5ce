/** The figures of cases: how long until a reply and until the end, how it ended, who recovered. Pure. */
import { type Recovery, summariseRecovery } from "../metrics/recovered.ts";
import { summariseWaits, type Wait, type WaitSummary } from "../metrics/waiting.ts";
import { type WorkingHours, workingTimeBetween } from "../scheduling/gates/calendar.ts";
import type { CaseFacts, CaseTimes } from "../store/case-figures.ts";
import type { CaseCloseReason } from "../store/schema-cases.ts";

export interface CaseFigures {
  readonly opened: number;
  readonly closed: number;
  /** Of the cases opened in the period, in milliseconds of working time. */
  readonly firstReply: WaitSummary;
  readonly toClose: WaitSummary;
  readonly reasons: CaseFacts["reasons"];
  readonly recovery: Recovery;
}

/** Ends that were the team's work for this customer; after the others nobody waits any more. */
const finished: readonly CaseCloseReason[] = ["solved", "explained", "nothing-we-can-do"];

/** When somebody works, by which clock, and what time it is. */
export interface WorkingClock {
  readonly hours: WorkingHours;
  readonly timeZone: string;
  readonly now: Date;
}

/** From the facts of a period to its figures. Nothing is rounded. */
export function summariseCases(facts: CaseFacts, clock: WorkingClock): CaseFigures {
  const { opened, reasons, checked, recovered } = facts;
  return {
    opened: opened.length,
    closed: reasons.reduce((total, { n }) => total + n, 0),
    firstReply: summariseWaits(opened.map((each) => untilReply(each, clock))),
    toClose: summariseWaits(opened.map((each) => untilClose(each, clock))),
    reasons,
    recovery: summariseRecovery(recovered, checked),
  };
}

/** Closed without a word of ours in the chat: nobody waits any more, and nobody had a reply. */
function untilReply({ openedAt, firstRepliedAt, closedAt }: CaseTimes, clock: WorkingClock): Wait {
  const until = firstRepliedAt ?? closedAt ?? clock.now;
  return { lasted: worked(openedAt, until, clock), ended: firstRepliedAt !== null };
}

function untilClose({ openedAt, closedAt, closeReason }: CaseTimes, clock: WorkingClock): Wait {
  const ended = closedAt !== null && finished.some((reason) => reason === closeReason);
  return { lasted: worked(openedAt, closedAt ?? clock.now, clock), ended };
}

function worked(from: Date, to: Date, { hours, timeZone }: WorkingClock): number {
  return workingTimeBetween(from, to, hours, timeZone);
}
