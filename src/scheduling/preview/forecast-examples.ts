/** A few of many decisions, so that every kind of them is seen. Pure. */
import type { Decision, GateReason } from "../gates/candidate.ts";
import type { Coming, Origin } from "./forecast-queue.ts";

/** One decision about somebody. */
export interface Example {
  readonly personId: string;
  readonly at: Date;
  readonly verdict: Decision["verdict"];
  readonly reason: GateReason | null;
  /** Until when it is deferred. */
  readonly until: Date | null;
  readonly origin: Origin;
}

const EXAMPLES = 10;

/** Ten in all: of each verdict and reason the first ones, in turns, in the order of time. */
export function createExamples() {
  const kept = new Map<string, Example[]>();
  return {
    note({ personId, origin }: Coming, decision: Decision, now: number): void {
      const objection = decision.verdict === "ask" ? undefined : decision;
      const kind = `${decision.verdict} ${objection?.reason}`;
      const alike = kept.get(kind) ?? [];
      kept.set(kind, alike);
      if (alike.length >= EXAMPLES) return;
      alike.push({
        personId,
        origin,
        at: new Date(now),
        verdict: decision.verdict,
        reason: objection?.reason ?? null,
        until: decision.verdict === "defer" ? new Date(decision.until) : null,
      });
    },
    list(): readonly Example[] {
      const turns = Array.from({ length: EXAMPLES }, (_, turn) =>
        [...kept.values()].flatMap((alike) => alike[turn] ?? []),
      );
      return turns
        .flat()
        .slice(0, EXAMPLES)
        .sort((a, b) => a.at.getTime() - b.at.getTime());
    },
  };
}
