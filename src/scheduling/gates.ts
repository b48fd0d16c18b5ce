/**
 * The gates: whether a person is asked now, later or not at all, always with a reason that is kept.
 * Pure: facts in, decision out. The order is the order of {@link gates}; the first that objects
 * decides, suppressions before deferrals.
 */
import type { CloseReason, Role } from "../platform.ts";
import type { Consent } from "../store/schema.ts";

const HOUR_MS = 60 * 60 * 1000;
const DAY_MS = 24 * HOUR_MS;

/** At most one survey in this time per person, over all kinds. */
export const CAP_MS = 7 * DAY_MS;
/** A question about a chat that is asked later than this after its closing asks about nothing. */
export const CHAT_VALID_MS = 7 * DAY_MS;
/** A chat is worth a question from this many customer messages or characters on. */
export const MIN_MESSAGES = 2;
export const MIN_CHARACTERS = 250;

/** Everything a decision depends on. Times are epoch milliseconds. */
export interface Candidate {
  readonly person: {
    readonly role: Role;
    readonly bot: boolean;
    readonly test: boolean;
    readonly consent: Consent;
    readonly pausedUntil: number | null;
  };
  /** The chat the question is about, and which of its closings. */
  readonly chat?: {
    readonly open: boolean;
    readonly closings: number;
    readonly closing: number;
    readonly closedAt: number;
    readonly closeReason: CloseReason;
    readonly humanReplied: boolean;
    readonly customerMessages: number;
    readonly customerCharacters: number;
    /** True when an earlier closing of this chat was asked about already. */
    readonly alreadyAsked: boolean;
  };
  /** False when the survey was paused or archived meanwhile. */
  readonly surveyOn: boolean;
  /** Somebody of the team asked for it: in which state the chat is, and how it went, is theirs to judge. */
  readonly byHand?: true;
  /** When this person was last asked anything, on any connection; null for never. */
  readonly lastAskedAt: number | null;
  /** The survey kind's own clock, when it has one: at most one in this time. */
  readonly ownClock?: { readonly everyMs: number; readonly lastAskedAt: number | null };
  /** From when on a question that is about no chat asks about nothing. */
  readonly deadline?: number;
}

export type GateName =
  | "survey"
  | "consent"
  | "identity"
  | "reopened"
  | "closing"
  | "substance"
  | "duplicate"
  | "pause"
  | "clock"
  | "cap"
  | "place"
  | "expiry";

/** Reasons, for people through `gate.reason.*` in the locales. */
export type GateReason =
  | "survey-off"
  | "never-again"
  | "own-staff"
  | "bot"
  | "test-person"
  | "reopened"
  | "inactive"
  | "spam"
  | "no-human-reply"
  | "too-short"
  | "chat-asked-already"
  | "paused"
  | "own-clock"
  | "asked-recently"
  | "next-contact"
  | "too-late";

export type Decision =
  | { readonly verdict: "ask" }
  | {
      readonly verdict: "defer";
      readonly gate: GateName;
      readonly reason: GateReason;
      readonly until: number;
    }
  | { readonly verdict: "suppress"; readonly gate: GateName; readonly reason: GateReason };

type Objection = { readonly reason: GateReason; readonly until?: number } | undefined;

/** One rule: an objection, or nothing. An objection with `until` defers, one without suppresses. */
interface Gate {
  readonly name: GateName;
  check(candidate: Candidate, now: number): Objection;
}

/** All gates in the order in which they are asked. */
const gates: readonly Gate[] = [
  { name: "survey", check: (c) => (c.surveyOn ? undefined : { reason: "survey-off" }) },
  {
    name: "consent",
    check: (c) => (c.person.consent === "never" ? { reason: "never-again" } : undefined),
  },
  { name: "identity", check: ({ person }) => identity(person) },
  {
    name: "reopened",
    check: ({ chat, byHand }) =>
      !byHand && chat !== undefined && (chat.open || chat.closings !== chat.closing)
        ? { reason: "reopened" }
        : undefined,
  },
  { name: "closing", check: (c) => (c.byHand ? undefined : closing(c.chat?.closeReason)) },
  {
    name: "substance",
    check: ({ chat, byHand }) => (byHand || chat === undefined ? undefined : substance(chat)),
  },
  {
    name: "duplicate",
    check: ({ chat }) => (chat?.alreadyAsked ? { reason: "chat-asked-already" } : undefined),
  },
  {
    name: "pause",
    check: ({ person }, now) =>
      person.consent === "paused" ? notBefore("paused", person.pausedUntil, now) : undefined,
  },
  {
    name: "clock",
    check: ({ ownClock }, now) =>
      ownClock === undefined
        ? undefined
        : notBefore("own-clock", after(ownClock.lastAskedAt, ownClock.everyMs), now),
  },
  {
    name: "cap",
    check: (c, now) => notBefore("asked-recently", after(c.lastAskedAt, CAP_MS), now),
  },
];

/** Decides about one candidate at `now` (epoch milliseconds). */
export function decide(candidate: Candidate, now: number): Decision {
  const deadline =
    candidate.chat === undefined ? candidate.deadline : candidate.chat.closedAt + CHAT_VALID_MS;
  if (deadline !== undefined && now >= deadline) {
    return { verdict: "suppress", gate: "expiry", reason: "too-late" };
  }
  for (const gate of gates) {
    const objection = gate.check(candidate, now);
    if (objection === undefined) continue;
    const { reason, until } = objection;
    // What would be asked only after it stopped making sense expires now, with the reason it waited for.
    if (until === undefined || (deadline !== undefined && until >= deadline)) {
      return { verdict: "suppress", gate: gate.name, reason };
    }
    return { verdict: "defer", gate: gate.name, reason, until };
  }
  return { verdict: "ask" };
}

function identity(person: Candidate["person"]): Objection {
  if (person.bot) return { reason: "bot" };
  if (person.role !== "customer") return { reason: "own-staff" };
  return person.test ? { reason: "test-person" } : undefined;
}

function closing(reason: CloseReason | undefined): Objection {
  if (reason === "inactivity") return { reason: "inactive" };
  return reason === "spam" ? { reason: "spam" } : undefined;
}

function substance(chat: NonNullable<Candidate["chat"]>): Objection {
  if (!chat.humanReplied) return { reason: "no-human-reply" };
  const enough = chat.customerMessages >= MIN_MESSAGES || chat.customerCharacters >= MIN_CHARACTERS;
  return enough ? undefined : { reason: "too-short" };
}

function after(time: number | null, wait: number): number | null {
  return time === null ? null : time + wait;
}

function notBefore(reason: GateReason, time: number | null, now: number): Objection {
  return time !== null && time > now ? { reason, until: time } : undefined;
}
