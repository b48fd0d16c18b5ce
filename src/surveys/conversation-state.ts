/** The plain record of a conversation, and the words of its steps: what comes in, what goes out. */
import { z } from "zod";
import type { Language } from "../locales/index.ts";
import type { Level } from "../metrics/metric.ts";

const conversation = z.object({
  v: z.literal(1),
  /** Index of the question that is waited for; the number of questions when all are done. */
  step: z.number().int().min(0),
  /** Answers by question key, as far as later steps depend on them. */
  answers: z.record(z.string(), z.union([z.number(), z.string()])),
  /** True after a question was asked again because the reply was unclear: it is done once only. */
  askedAgain: z.boolean(),
  /** When the first answer was given, in epoch milliseconds: the edit window starts here. */
  scoredAt: z.number().nullable(),
  ended: z.enum(["finished", "declined", "later"]).nullable(),
  snoozes: z.number().int().min(0),
  /** Number of messages sent in this conversation, and which of them holds which question. */
  turn: z.number().int().min(0),
  places: z.record(z.string(), z.number()),
  /** True once the leads were told of a low score. */
  alerted: z.boolean(),
});

/** State of a conversation, kept with its invitation. */
export type Conversation = z.infer<typeof conversation>;

/** A new conversation that waits for the first question. */
export function newConversation(): Conversation {
  return {
    v: 1,
    step: 0,
    answers: {},
    askedAgain: false,
    scoredAt: null,
    ended: null,
    snoozes: 0,
    turn: 0,
    places: {},
    alerted: false,
  };
}

/** The same conversation from its first question on, as after an undo or a "later". */
export function startAgain(state: Conversation): Conversation {
  const { snoozes, turn, places, alerted } = state;
  return { ...newConversation(), snoozes, turn, places, alerted };
}

/** Reads a kept state; `undefined` when its version is unknown here: the talk then ends politely. */
export function readConversation(kept: unknown): Conversation | undefined {
  const parsed = conversation.safeParse(kept);
  return parsed.success ? parsed.data : undefined;
}

/** What a person may want instead of answering. `skip` leaves one open question out. */
export const wishes = ["skip", "later", "pause", "decline", "stop"] as const;
export type Wish = (typeof wishes)[number];

/** What happened: a button with a value, a wish, a way back, or the person's own words. */
export type Input =
  | { readonly kind: "answer"; readonly question: string; readonly value: number | string }
  /** `question` is the one whose button was pressed. */
  | { readonly kind: "wish"; readonly wish: Wish; readonly question?: string }
  | { readonly kind: "change"; readonly question: string }
  | { readonly kind: "undo" }
  | {
      readonly kind: "words";
      readonly text: string;
      /** The open question whose form they were written in; else they are a reply to what waits. */
      readonly form?: string;
      /** They take the place of what was said before, which the form showed. */
      readonly replaces?: boolean;
    };

/** What to say, for messages.ts to put into words. */
export type Say =
  /**
   * The question with its buttons; `again`: the reply was not understood, or kept as words only, or
   * there was none and this is the reminder.
   */
  | {
      readonly kind: "question";
      readonly question: string;
      readonly again?: "unclear" | "kept" | "reminder";
    }
  /** "You answered 9 · Change", in the place of the question; `settled`: no more to be changed. */
  | {
      readonly kind: "answered";
      readonly question: string;
      readonly value: number | string;
      readonly settled?: boolean;
    }
  /** What was written in a form, in the place of the open question. */
  | {
      readonly kind: "wrote";
      readonly question: string;
      readonly text: string;
      readonly settled?: boolean;
    }
  /** What was read out of the person's words, with a way to undo it. */
  | {
      readonly kind: "noted";
      readonly question: string;
      readonly value: number | string;
      readonly comment?: string;
    }
  | {
      readonly kind: "thanks";
      readonly level: Level;
      readonly contact: boolean;
      /** Their words are a complaint, which the team is told of: no score makes that good to hear. */
      readonly complaint?: boolean;
    }
  | { readonly kind: "notice"; readonly notice: Notice };

/** Short answers that end or explain something. */
export type Notice =
  | "expired"
  | "closed"
  | "too-late-to-change"
  | "comment-added"
  | "score-please"
  | "unclear"
  | "later"
  | "declined"
  | "paused"
  | "stopped";

/** What has to be kept. */
export type Effect =
  | { readonly kind: "answer"; readonly question: string; readonly value: number | string }
  /** Words to add to what was said already, or to put in its place. */
  | {
      readonly kind: "comment";
      readonly question: string;
      readonly text: string;
      readonly replaces?: boolean;
    }
  | { readonly kind: "withdraw" }
  | { readonly kind: "finish" }
  | { readonly kind: "decline" }
  | { readonly kind: "snooze"; readonly when?: string }
  | { readonly kind: "consent"; readonly consent: "paused" | "never" };

/** The outcome of a step. `state` is the same object when nothing was accepted. */
export interface Outcome {
  readonly state: Conversation;
  readonly say: readonly Say[];
  readonly effects: readonly Effect[];
}

/** What a step depends on beside the state and the input. Times are epoch milliseconds. */
export interface Circumstances {
  readonly now: number;
  /** No first score is accepted from then on. */
  readonly expiresAt: number;
  readonly language: Language;
  /** What the options of a choice are mixed by: the invitation's id. */
  readonly seed: string;
}
