/** Who goes first of several that wait for the same human. Pure. */
import type { InvitationKind } from "../../store/schema.ts";
import { rulesOf } from "../definition/kind-rules.ts";

/** The more important first; what is equal stays in its order. */
export function inTurn<T>(
  waiting: readonly T[],
  about: (each: T) => { kind: InvitationKind },
): T[] {
  return waiting.toSorted((a, b) => rulesOf(about(a).kind).rank - rulesOf(about(b).kind).rank);
}
