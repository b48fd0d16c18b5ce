/** Failures on demand: what the network and Slack itself do on a bad day. */
import type { LineFault } from "../net/answer.ts";
import type { Call } from "./world.ts";

/** `retryAfter`: seconds, a text that is no number, or null for no header at all. */
export type Fault =
  | { readonly kind: "refused"; readonly error: string; readonly extra?: Record<string, unknown> }
  | { readonly kind: "rate-limited"; readonly retryAfter: number | string | null }
  | LineFault;

export type FaultOrChoice = Fault | ((call: Call) => Fault | undefined);
