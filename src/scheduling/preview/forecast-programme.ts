/** The next step of a programme in a forecast. Pure; in step with store/enrolments.ts. */

import { durationMs, type Schedule } from "../definition/schedule.ts";
import { waitMsOf } from "../definition/timing.ts";
import type { Coming } from "./forecast-queue.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

/** Where a step is: its index, and how often the programme has come round. */
interface StepAt {
  readonly step: number;
  readonly round: number;
}

/** The step after another one and how long after it; `undefined` when the programme is done. */
function stepAfter(
  { definition }: Schedule,
  { step, round }: StepAt,
): (StepAt & { readonly waitMs: number }) | undefined {
  const { steps = [], repeatAfter } = definition;
  const next = steps[step + 1];
  if (next !== undefined) return { step: step + 1, round, waitMs: durationMs(next.after) };
  if (steps.length === 0 || repeatAfter === undefined) return undefined;
  return { step: 0, round: round + 1, waitMs: durationMs(repeatAfter) };
}

/**
 * The next question of a programme after one that came to its end: asked and never answered, or not
 * asked at all. `endedAt`: when it was over, and its person could go on.
 */
export function nextStep(
  { schedule, surveyIds }: { schedule: Schedule; surveyIds: readonly (string | null)[] },
  ended: Coming,
  endedAt: number,
): Coming | undefined {
  const next = stepAfter(schedule, ended);
  const surveyId = next && (surveyIds[next.step] ?? null);
  // A step whose survey is off waits until it is on again.
  if (next === undefined || surveyId === null || surveyId === undefined) return undefined;
  const wanted = (ended.askedAt ?? endedAt) + next.waitMs;
  // It is planned once the one before is over; by then it is not too late because of that.
  const dueAt = endedAt - wanted < DAY_MS ? wanted : endedAt;
  return {
    ...ended,
    ...{ step: next.step, round: next.round, surveyId },
    ...{ origin: ended.origin === "planned" ? "known" : ended.origin },
    ...{ slotAt: null, askedAt: null, came: false, heldFor: null, heldBy: null },
    firstDueAt: Math.max(dueAt, endedAt),
    deadline: dueAt + waitMsOf(schedule.definition),
    dueAt: Math.max(dueAt, endedAt),
  };
}

/** When a question that is asked and never answered is over. */
export function overAt(schedule: Schedule, askedAt: number): number {
  return askedAt + durationMs(schedule.definition.limits.expireAfter);
}
