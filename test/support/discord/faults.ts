/** What the network and Discord itself do on a bad day. */
import type { LineFault } from "../net/answer.ts";
import type { Call } from "./world.ts";

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
  /** Something else than Discord would, in whatever shape. */
  | { readonly kind: "says"; readonly status: number; readonly body: unknown }
  | LineFault;

export type FaultOrChoice = Fault | ((call: Call) => Fault | undefined);
