/** What the network and Discord itself do on a bad day. */
import type { Call } from "./world.ts";

/** `accepted: true`: Discord does what was asked, only the answer is lost. */
export type Fault =
  | {
      readonly kind: "refused";
      readonly status: number;
      readonly code: number;
      readonly message?: string;
    }
  /** `retryAfter` in seconds; "shared" does not count as an invalid request. */
  | {
      readonly kind: "rate-limited";
      readonly retryAfter: number;
      readonly scope?: "user" | "global" | "shared";
      readonly without?: "body" | "headers";
    }
  | { readonly kind: "status"; readonly status: number; readonly accepted?: boolean }
  | { readonly kind: "reset"; readonly accepted?: boolean }
  /** Never answers: the caller's own patience ends it. */
  | { readonly kind: "silent"; readonly accepted?: boolean }
  /** Answers as always, after so many milliseconds of real time. */
  | { readonly kind: "slow"; readonly ms: number };

export type FaultOrChoice = Fault | ((call: Call) => Fault | undefined);
