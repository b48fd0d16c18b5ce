/** Counts what a forecast decides about the questions of all schedules together. Pure. */
import type { Decision, GateReason } from "../gates/candidate.ts";
import type { Coming } from "./forecast-queue.ts";

const WEEK_MS = 7 * 24 * 60 * 60 * 1000;
const EXAMPLES = 3;

/** What one schedule would ask. */
export interface AskedOf {
  readonly people: number;
  readonly questions: number;
}

/** How many questions were held back for a reason at least once. */
export interface HeldBack {
  readonly reason: GateReason;
  readonly questions: number;
}

interface Asked {
  readonly personId: string;
  /** Index of the schedule. */
  readonly schedule: number;
  /** Epoch milliseconds. */
  readonly at: number;
}

export interface TallyOfAll {
  came(coming: Coming): void;
  decided(coming: Coming, decision: Decision, now: number): void;
  result(): AskedOf & {
    readonly busiestWeek: number;
    readonly bySchedule: readonly AskedOf[];
    readonly held: readonly HeldBack[];
    readonly examples: readonly Asked[];
  };
}

export function createTallyOfAll({
  from,
  schedules,
}: {
  readonly from: Date;
  /** How many there are. */
  readonly schedules: number;
}): TallyOfAll {
  const people = new Set<string>();
  const weeks = new Map<number, number>();
  const bySchedule = Array.from({ length: schedules }, () => ({
    people: new Set<string>(),
    questions: 0,
  }));
  const held = new Map<GateReason, Set<Coming>>();
  const examples: Asked[] = [];
  let questions = 0;
  const ask = ({ humanId, personId, schedule, origin }: Coming, at: number) => {
    questions += 1;
    people.add(humanId);
    const week = Math.floor((at - from.getTime()) / WEEK_MS);
    weeks.set(week, (weeks.get(week) ?? 0) + 1);
    const own = schedule === null ? undefined : bySchedule[schedule];
    if (schedule === null || own === undefined) return;
    own.questions += 1;
    own.people.add(humanId);
    // What happened to somebody lately does not happen to them again at that hour.
    if (origin !== "replayed" && examples.length < EXAMPLES)
      examples.push({ personId, schedule, at });
  };
  return {
    came() {},
    decided(coming, decision, now) {
      if (decision.verdict === "ask") return ask(coming, now);
      const alike = held.get(decision.reason) ?? new Set<Coming>();
      held.set(decision.reason, alike.add(coming));
    },
    result: () => ({
      ...{ people: people.size, questions, examples },
      busiestWeek: Math.max(0, ...weeks.values()),
      bySchedule: bySchedule.map((own) => ({ people: own.people.size, questions: own.questions })),
      held: [...held]
        .map(([reason, alike]) => ({ reason, questions: alike.size }))
        .sort((a, b) => b.questions - a.questions),
    }),
  };
}
