/** What a decision about a question depends on, and what it can be. Plain values. */
import type { CloseReason, Role } from "../../platform.ts";
import type { Consent, InvitationKind } from "../../store/schema.ts";
import type { AskingHours } from "./hours.ts";
import type { DayShare } from "./slots.ts";

/** Everything a decision depends on. Times are epoch milliseconds; null: none, or never. */
export interface Candidate {
  readonly humanId: string;
  /** What is asked by hand is somebody's own judgement of how the chat went. */
  readonly kind: InvitationKind;
  /** Nobody of the workspace is asked anything just now. */
  readonly stopped: boolean;
  readonly person: {
    readonly role: Role;
    readonly bot: boolean;
    readonly test: boolean;
    /** The strictest of all rows of the human. */
    readonly consent: Consent;
    readonly pausedUntil: number | null;
    /** They or their account are customers no more. */
    readonly left: boolean;
    /** Somebody can be written to on the connection. */
    readonly known: boolean;
  };
  /** False when the survey was paused or archived meanwhile. */
  readonly surveyOn: boolean;
  /** The schedule that planned it; null: by hand, or a case did. */
  readonly schedule: {
    readonly id: string;
    readonly on: boolean;
    /** Its audience still has this human. */
    readonly fits: boolean;
    /** Who draws less than `share` is asked; null: everybody. */
    readonly sample: { readonly share: number; readonly draw: number } | null;
    /** Its daily cap. */
    readonly share: DayShare | null;
  } | null;
  /** The closed chat that it is about, if how that went matters, and which of its closings. */
  readonly chat: {
    readonly open: boolean;
    readonly closings: number;
    readonly closing: number;
    readonly closedAt: number;
    readonly lastMessageAt: number | null;
    readonly closeReason: CloseReason;
    readonly humanReplied: boolean;
    readonly customerMessages: number;
    readonly customerCharacters: number;
  } | null;
  /** What became of other invitations of this human, wherever we met them. */
  readonly before: {
    /** The same was asked: about this chat, or for the same reason. */
    readonly same: boolean;
    /** When anything that counts for the cap was asked last. */
    readonly cappedAt: number | null;
    /** When this kind was asked last. */
    readonly kindAt: number | null;
    /** When anything was asked last. */
    readonly anyAt: number | null;
    /** When this kind was declined last. */
    readonly declinedAt: number | null;
  };
  /** When the first of a better rank that waits for this human is due. */
  readonly betterDueAt: number | null;
  /** This kind at most once in this time. */
  readonly everyMs: number | null;
  /** After "not now" nothing of this kind for so long. */
  readonly restMs: number | null;
  /** By the person's clock; null: at any hour. */
  readonly hours: AskingHours | null;
  /** Until when they do not want to be disturbed, as far as their platform tells. */
  readonly quietUntil: number | null;
  /** From then on it asks about nothing. */
  readonly deadline: number | null;
}

/** All gates, in the order in which they are asked; `expiry` is in the way of each of them. */
export type GateName =
  | "stopped"
  | "survey"
  | "schedule"
  | "consent"
  | "identity"
  | "left"
  | "audience"
  | "reopened"
  | "closing"
  | "substance"
  | "duplicate"
  | "pause"
  | "rest"
  | "clock"
  | "cap"
  | "turn"
  | "sample"
  | "daily-cap"
  | "hours"
  | "quiet"
  | "place"
  | "expiry";

/** Reasons, for people through `gate.reason.*` in the locales. */
export type GateReason =
  | "asking-stopped"
  | "survey-off"
  | "schedule-off"
  | "never-again"
  | "own-staff"
  | "bot"
  | "test-person"
  | "left"
  | "not-in-audience"
  | "reopened"
  | "inactive"
  | "spam"
  | "no-human-reply"
  | "too-short"
  | "chat-asked-already"
  | "asked-already"
  | "paused"
  | "not-now"
  | "own-clock"
  | "asked-recently"
  | "other-first"
  | "not-in-sample"
  | "daily-cap"
  | "outside-hours"
  | "do-not-disturb"
  | "unknown-there"
  | "next-contact"
  | "too-late";

/** `slotAt`: the slot of its schedule's daily cap that it takes, to be kept with it. */
export type Decision =
  | { readonly verdict: "ask"; readonly slotAt?: number }
  | {
      readonly verdict: "defer";
      readonly gate: GateName;
      readonly reason: GateReason;
      readonly until: number;
      readonly slotAt?: number;
    }
  | {
      readonly verdict: "suppress";
      readonly gate: GateName;
      readonly reason: GateReason;
      /** It waited, or would have to wait, until it asks about nothing. */
      readonly expires?: true;
    };
