/** What people see and do, the same on every platform: a story is told once, and played on each. */
import type { TestClock } from "../support/clock.ts";
import type { WiredTown } from "./core.ts";

/** A message as somebody sees it. */
export interface Seen {
  /** The platform's own id of it. */
  readonly id: string;
  readonly words: string;
  readonly buttons: readonly string[];
  readonly pictures: readonly SeenPicture[];
  /** Where its links lead. */
  readonly links: readonly string[];
}

/** A picture as it is looked at, with the text that is read out for it. */
export interface SeenPicture {
  readonly alt: string;
  png(): Promise<Uint8Array>;
}

/** `direct`: with us; `leads`: the leads' channel; or the thread beneath a message there. */
export type Where = "direct" | "leads" | { readonly beneath: string };

export interface Someone {
  readonly name: string;
  /** The platform's id of them. */
  readonly id: string;
  /** Oldest first. */
  sees(where: Where): Promise<readonly Seen[]>;
  /** Presses a button, or chooses an entry of a menu, by its label. */
  presses(where: Where, message: Seen, label: string): Promise<void>;
  /** Fills in the form that has opened, by labels of fields, and sends it. */
  fills(values: Readonly<Record<string, string>>): Promise<void>;
  /** Writes to us directly. */
  writes(text: string): Promise<void>;
  /** Types a command in the leads' channel: `/aftertalk`, `cases week`. */
  types(command: string, text: string): Promise<void>;
}

export interface Town extends WiredTown {
  readonly clock: TestClock;
  /** A customer. */
  readonly dana: Someone;
  /** Two who lead support. */
  readonly robin: Someone;
  readonly noor: Someone;
  /** A chat of Dana's that an agent answers and closes as solved. */
  playChat(): Promise<void>;
  /** What was under way has come through. */
  settled(): Promise<void>;
  /** The customer goes: nobody can write to them any more. */
  danaLeaves(): Promise<void>;
  /** Everything that the adapter logged, at its most talkative. */
  logged(): readonly string[];
  /** What a correct app would never have sent. */
  problems(): readonly unknown[];
  stop(): Promise<void>;
}
