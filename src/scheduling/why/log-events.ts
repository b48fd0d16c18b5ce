/** What happened to an invitation, one event after the other, from what was kept of it. Pure. */
import type { LogEntry, LoggedDecision } from "../../store/decision-log.ts";
import { NEXT_CONTACT } from "../../store/invitations.ts";

/** What can happen to an invitation, in the order in which it does at the same instant. */
const happenings = [
  "planned",
  "deferred",
  "waits",
  "asked",
  "asked-elsewhere",
  "reminded",
  "unreminded",
  "answered",
  "declined",
  "expired",
  "suppressed",
  "cancelled",
  "undeliverable",
] as const;
export type Happening = (typeof happenings)[number];

/** One thing that happened. */
export interface LogEvent {
  readonly what: Happening;
  /** Null for an end of which the time was not kept. */
  readonly at: Date | null;
  /** As the gates and the states name it: to be said through {@link explainLog}. */
  readonly reason: string | null;
  readonly until: Date | null;
}

const SAME_MS = 60_000;
/** Decisions about the reminder and not about the question. */
const REMINDER = "reminder";

/** Everything that happened to it, oldest first; the end without a time comes last. */
export function eventsOf(entry: LogEntry): readonly LogEvent[] {
  const decided = withoutRepetitions(entry.decisions).map((each) => ofDecision(entry, each));
  const events = [...planned(entry), ...decided, ...ofTimes(entry, decided)];
  const end = endOf(entry, events);
  return [...events.sort(inTime), ...(end === undefined ? [] : [end])];
}

function ofDecision({ state }: LogEntry, decision: LoggedDecision): LogEvent {
  const { at, reason, until, verdict, gate } = decision;
  const event = (what: Happening): LogEvent => ({ what, at, reason, until });
  if (gate === REMINDER) return event(verdict === "ask" ? "reminded" : "unreminded");
  if (verdict === "ask") return { ...event("asked"), reason: null };
  if (verdict === "defer") return event(reason === NEXT_CONTACT ? "waits" : "deferred");
  const ended = state === "cancelled" || state === "expired" || state === "undeliverable";
  return event(ended ? state : "suppressed");
}

/** It is told that it was planned where the decision did not come at once. */
function planned(entry: LogEntry): LogEvent[] {
  const first = entry.decisions[0]?.at ?? entry.askedAt ?? undefined;
  if (first !== undefined && first.getTime() - entry.plannedAt.getTime() <= 2 * SAME_MS) return [];
  const waits = first === undefined && entry.state === "planned";
  const until = waits ? entry.dueAt : null;
  return [{ what: "planned", at: entry.plannedAt, reason: null, until }];
}

/** What the invitation's own times say beyond its decisions. */
function ofTimes(entry: LogEntry, decided: readonly LogEvent[]): LogEvent[] {
  const events: LogEvent[] = [];
  const add = (what: Happening, at: Date | null) => {
    if (at !== null) events.push({ what, at, reason: null, until: null });
  };
  const asked = decided.filter(({ what }) => what === "asked").at(-1)?.at ?? undefined;
  if (asked === undefined) add("asked", entry.askedAt);
  else if (entry.askedAt !== null && entry.askedAt.getTime() - asked.getTime() > SAME_MS) {
    add("asked-elsewhere", entry.askedAt);
  }
  if (!decided.some(({ what }) => what === "reminded")) add("reminded", entry.remindedAt);
  add("answered", entry.answeredAt);
  return events;
}

/** The end that its state tells, when no decision told it. */
function endOf(entry: LogEntry, events: readonly LogEvent[]): LogEvent | undefined {
  const { state, stateReason, finishedAt } = entry;
  if (state === "planned" || state === "asked" || state === "answered") return undefined;
  if (events.some(({ what }) => what === state)) return undefined;
  const plain = state === "declined" || stateReason === "no-answer";
  return { what: state, at: finishedAt, reason: plain ? null : stateReason, until: null };
}

/** The same deferral, decided again and again, is one. */
function withoutRepetitions(decisions: readonly LoggedDecision[]): readonly LoggedDecision[] {
  return decisions.filter((each, index) => {
    const before = decisions[index - 1];
    return !(
      each.verdict === "defer" &&
      before?.verdict === "defer" &&
      before.reason === each.reason &&
      before.until?.getTime() === each.until?.getTime()
    );
  });
}

function inTime(a: LogEvent, b: LogEvent): number {
  const apart = (a.at?.getTime() ?? 0) - (b.at?.getTime() ?? 0);
  return apart || happenings.indexOf(a.what) - happenings.indexOf(b.what);
}
