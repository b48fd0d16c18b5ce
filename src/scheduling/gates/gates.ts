/**
 * The gates: whether a person is asked now, later or not at all, always with a reason that is kept.
 * Pure: facts in, decision out. The order is the order of {@link gates}; the first that objects
 * decides.
 */
import type { CloseReason } from "../../platform.ts";
import { CAP_MS, rulesOf } from "../definition/kind-rules.ts";
import type { Candidate, Decision, GateName, GateReason } from "./candidate.ts";
import { type AskingHours, hoursAt, isOpen } from "./hours.ts";
import { slotFor } from "./slots.ts";

export type { Candidate, Decision } from "./candidate.ts";

const MINUTE_MS = 60 * 1000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** A question about a chat that is asked later than this after its closing asks about nothing. */
export const CHAT_VALID_MS = 7 * DAY_MS;
/** A chat is worth a question from this many customer messages or characters on. */
export const MIN_MESSAGES = 2;
export const MIN_CHARACTERS = 250;
/** Whoever chatted outside of their hours is still there for so long after the closing. */
export const STILL_THERE_MS = 30 * MINUTE_MS;
/** What of a better rank is due within this time goes first; two questions are as far apart. */
export const TURN_MS = DAY_MS;

/** What is in the way now and may be gone at any moment is looked at again after so long. */
export const STOPPED_MS = 15 * MINUTE_MS;
const DECIDED_MS = 5 * MINUTE_MS;

type Objection =
  | { readonly reason: GateReason; readonly until?: number; readonly slotAt?: number }
  | undefined;

/** One rule: an objection, or nothing. An objection with `until` defers, one without suppresses. */
interface Gate {
  readonly name: GateName;
  check(candidate: Candidate, now: number): Objection;
}

/** The gates in their order. */
export const gates: readonly Gate[] = [
  {
    name: "stopped",
    check: (c, now) => (c.stopped ? later("asking-stopped", now + STOPPED_MS) : undefined),
  },
  { name: "survey", check: (c) => no("survey-off", !c.surveyOn) },
  { name: "schedule", check: ({ schedule }) => no("schedule-off", schedule?.on === false) },
  { name: "consent", check: (c) => no("never-again", c.person.consent === "never") },
  { name: "identity", check: ({ person }) => identity(person) },
  { name: "left", check: (c) => no("left", c.person.left && c.kind !== "exit") },
  { name: "audience", check: ({ schedule }) => no("not-in-audience", schedule?.fits === false) },
  { name: "reopened", check: reopened },
  { name: "closing", check: (c) => (byHand(c) ? undefined : closing(c.chat?.closeReason)) },
  { name: "substance", check: (c) => (byHand(c) ? undefined : substance(c.chat)) },
  { name: "duplicate", check: duplicate },
  { name: "pause", check: ({ person }, now) => pause(person, now) },
  { name: "rest", check: (c, now) => since("not-now", c.before.declinedAt, c.restMs, now) },
  { name: "clock", check: (c, now) => since("own-clock", c.before.kindAt, c.everyMs, now) },
  { name: "cap", check: cap },
  { name: "turn", check: turn },
  { name: "sample", check: ({ schedule }) => no("not-in-sample", !drawn(schedule?.sample)) },
  { name: "daily-cap", check: dailyCap },
  { name: "hours", check: inHours },
  { name: "quiet", check: (c, now) => notBefore("do-not-disturb", c.quietUntil, now) },
  { name: "place", check: (c) => no("unknown-there", !c.person.known) },
];

/** Decides about one candidate at `now` (epoch milliseconds). */
export function decide(candidate: Candidate, now: number): Decision {
  const deadline = candidate.deadline ?? Number.POSITIVE_INFINITY;
  if (now >= deadline) {
    // Its time ran out while nobody was asked anything: that is why.
    const why = candidate.stopped
      ? ({ gate: "stopped", reason: "asking-stopped" } as const)
      : ({ gate: "expiry", reason: "too-late" } as const);
    return { verdict: "suppress", ...why, expires: true };
  }
  for (const { name, check } of gates) {
    const objection = check(candidate, now);
    if (objection === undefined) continue;
    const { until, ...why } = objection;
    if (until === undefined) return { verdict: "suppress", gate: name, reason: why.reason };
    // What would be asked only after it stopped making sense ends now, with the reason it waited for.
    if (until >= deadline) {
      return { verdict: "suppress", gate: name, reason: why.reason, expires: true };
    }
    return { verdict: "defer", gate: name, until, ...why };
  }
  const slot = slotOf(candidate, now);
  return { verdict: "ask", ...(slot === undefined ? {} : { slotAt: slot.slotAt }) };
}

function no(reason: GateReason, objects: boolean): Objection {
  return objects ? { reason } : undefined;
}

function later(reason: GateReason, until: number): Objection {
  return { reason, until };
}

function notBefore(reason: GateReason, time: number | null, now: number): Objection {
  return time !== null && time > now ? later(reason, time) : undefined;
}

function since(
  reason: GateReason,
  time: number | null,
  wait: number | null,
  now: number,
): Objection {
  return time === null || wait === null ? undefined : notBefore(reason, time + wait, now);
}

function byHand({ kind }: Candidate): boolean {
  return kind === "manual";
}

function identity(person: Candidate["person"]): Objection {
  if (person.bot) return { reason: "bot" };
  if (person.role !== "customer") return { reason: "own-staff" };
  return no("test-person", person.test);
}

function reopened(candidate: Candidate): Objection {
  const { chat } = candidate;
  if (chat === null || byHand(candidate)) return undefined;
  return no("reopened", chat.open || chat.closings !== chat.closing);
}

function closing(reason: CloseReason | undefined): Objection {
  if (reason === "inactivity") return { reason: "inactive" };
  return no("spam", reason === "spam");
}

function substance(chat: Candidate["chat"]): Objection {
  if (chat === null) return undefined;
  if (!chat.humanReplied) return { reason: "no-human-reply" };
  const { customerMessages, customerCharacters } = chat;
  return no("too-short", customerMessages < MIN_MESSAGES && customerCharacters < MIN_CHARACTERS);
}

function duplicate({ before, kind }: Candidate): Objection {
  const aboutChat = kind === "chat" || kind === "manual";
  return no(aboutChat ? "chat-asked-already" : "asked-already", before.same);
}

function pause({ consent, pausedUntil }: Candidate["person"], now: number): Objection {
  return consent === "paused" ? notBefore("paused", pausedUntil, now) : undefined;
}

function cap({ kind, before }: Candidate, now: number): Objection {
  return rulesOf(kind).capped ? since("asked-recently", before.cappedAt, CAP_MS, now) : undefined;
}

/** What no cap holds back still leaves a day to what was asked before. */
function turn({ betterDueAt, before, kind }: Candidate, now: number): Objection {
  if (betterDueAt !== null && betterDueAt <= now + TURN_MS)
    return later("other-first", Math.max(betterDueAt, now) + DECIDED_MS);
  return rulesOf(kind).capped ? undefined : since("other-first", before.anyAt, TURN_MS, now);
}

function drawn(sample: NonNullable<Candidate["schedule"]>["sample"] | undefined): boolean {
  return !sample || sample.draw < sample.share;
}

function slotOf({ schedule, hours }: Candidate, now: number) {
  return schedule?.share ? slotFor(schedule.share, hours, now) : undefined;
}

function dailyCap(candidate: Candidate, now: number): Objection {
  if (!candidate.schedule?.share) return undefined;
  const slot = slotOf(candidate, now);
  // No day of the next year has an hour for them.
  if (slot === undefined) return { reason: "outside-hours" };
  return slot.askAt > now
    ? { reason: "daily-cap", until: slot.askAt, slotAt: slot.slotAt }
    : undefined;
}

function inHours(candidate: Candidate, now: number): Objection {
  const { hours } = candidate;
  if (hours === null) return undefined;
  const open = hoursAt(now, hours);
  if (open !== undefined && open.start <= now) return undefined;
  if (stillThere(candidate, hours, now)) return undefined;
  return later("outside-hours", open?.start ?? now + DAY_MS);
}

/** The chat itself was outside of the hours and is over for a moment only. */
function stillThere({ kind, chat }: Candidate, hours: AskingHours, now: number): boolean {
  if (kind !== "chat" || chat === null || hours.own) return false;
  if (now - chat.closedAt >= STILL_THERE_MS) return false;
  return !isOpen(chat.closedAt, hours) && !isOpen(chat.lastMessageAt ?? chat.closedAt, hours);
}
