/** Decisions about many at once. Pure. */
import type { Candidate, Decision } from "../gates/candidate.ts";
import { decide } from "../gates/gates.ts";

/**
 * Decides about each in their order. Slots of daily caps that one takes are gone for those after it;
 * nothing else of what is decided counts for the others.
 */
export function decideAll(
  candidates: readonly (Candidate | undefined)[],
  now: number,
): (Decision | undefined)[] {
  const last = new Map<string, number>();
  return candidates.map((candidate) => {
    if (candidate === undefined) return undefined;
    const { schedule } = candidate;
    const taken = schedule === null ? undefined : last.get(schedule.id);
    const decision = decide(taken === undefined ? candidate : after(candidate, taken), now);
    const slotAt = decision.verdict === "suppress" ? undefined : decision.slotAt;
    if (schedule !== null && slotAt !== undefined)
      last.set(schedule.id, Math.max(slotAt, taken ?? slotAt));
    return decision;
  });
}

/** The same when slots up to this one are taken as well. */
function after(candidate: Candidate, taken: number): Candidate {
  const { schedule } = candidate;
  if (!schedule?.share) return candidate;
  const last = Math.max(schedule.share.last ?? taken, taken);
  return { ...candidate, schedule: { ...schedule, share: { ...schedule.share, last } } };
}
