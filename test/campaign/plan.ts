/** Which kills a campaign plays, from a seed that is printed so that a failure can be played again. */
import { type CrashPoint, crashPoints } from "../../src/engine.ts";
import { mulberry32 } from "../support/random.ts";
import type { Kill } from "./kills.ts";

/** How often a point is reached in one conversation, at least. */
const REACHED: Readonly<Record<CrashPoint, number>> = {
  "inbox.before_commit": 7,
  "inbox.after_commit": 7,
  "plan.before_commit": 1,
  "run.before_commit": 1,
  "decide.before_commit": 1,
  "decide.after_commit": 1,
  "remind.before_commit": 1,
  "ask.before_commit": 1,
  "ask.after_commit": 1,
  "outbox.claimed": 5,
  "outbox.sent_unrecorded": 5,
  "outbox.recorded": 5,
};

/** `count` kills over all points in turn, from one on that the seed says, each at a moment drawn from it. */
export function planKills(count: number, seed: number): Kill[] {
  const random = mulberry32(seed);
  return Array.from({ length: count }, (_, i) => {
    const point = crashPoints[(seed + i) % crashPoints.length] ?? crashPoints[0];
    return { point, nth: 1 + Math.floor(random() * REACHED[point]) };
  });
}
