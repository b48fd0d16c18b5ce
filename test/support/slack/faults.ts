/** Failures on demand: what the network and Slack itself do on a bad day. */
import type { Call } from "./world.ts";

/**
 * `accepted: true`: Slack does what was asked, only the answer is lost. `retryAfter`: seconds, a
 * text that is no number, or null for no header at all.
 */
export type Fault =
  | { readonly kind: "refused"; readonly error: string; readonly extra?: Record<string, unknown> }
  | { readonly kind: "rate-limited"; readonly retryAfter: number | string | null }
  | { readonly kind: "status"; readonly status: number; readonly accepted?: boolean }
  | { readonly kind: "reset"; readonly accepted?: boolean }
  /** Never answers: the caller's own patience ends it. */
  | { readonly kind: "silent"; readonly accepted?: boolean }
  /** Answers as always, after so many milliseconds of real time. */
  | { readonly kind: "slow"; readonly ms: number };

export type FaultOrChoice = Fault | ((call: Call) => Fault | undefined);

/** The faults that lose the answer, with or without the effect. */
export function breaksOff(
  fault: Fault,
): fault is Extract<Fault, { kind: "status" | "reset" | "silent" }> {
  return fault.kind === "status" || fault.kind === "reset" || fault.kind === "silent";
}
