/** Counts what a forecast decides about the questions of all schedules together. Pure. */
import type { Decision, GateReason } from "../gates/candidate.ts";
import type { ForecastHuman } from "./forecast-human.ts";
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
  /** Of each the schedules that ask them. */
  const people = new Map<ForecastHuman, number[]>();
  const weeks = new Map<number, number>();
  const bySchedule = Array.from({ length: schedules }, () => ({ people: 0, questions: 0 }));
  const held = new Map<GateReason, { readonly number: number; questions: number }>();
  const examples: Asked[] = [];
  let questions = 0;
  const ask = ({ human, personId, schedule, origin }: Coming, at: number) => {
    questions += 1;
    const askedBy = people.get(human) ?? [];
    people.set(human, askedBy);
    const week = Math.floor((at - from.getTime()) / WEEK_MS);
    weeks.set(week, (weeks.get(week) ?? 0) + 1);
    const own = schedule === null ? undefined : bySchedule[schedule];
    if (schedule === null || own === undefined) return;
    own.questions += 1;
    if (!askedBy.includes(schedule)) {
      askedBy.push(schedule);
      own.people += 1;
    }
    // What happened to somebody lately does not happen to them again at that hour.
    if (origin !== "replayed" && examples.length < EXAMPLES)
      examples.push({ personId, schedule, at });
  };
  return {
    came() {},
    decided(coming, decision, now) {
      if (decision.verdict === "ask") return ask(coming, now);
      const { reason } = decision;
      const alike = held.get(reason) ?? { number: held.size, questions: 0 };
      held.set(reason, alike);
      coming.heldBy ??= [];
      if (coming.heldBy.includes(alike.number)) return;
      coming.heldBy.push(alike.number);
      alike.questions += 1;
    },
    result: () => ({
      ...{ people: people.size, questions, examples },
      busiestWeek: Math.max(0, ...weeks.values()),
      bySchedule,
      held: [...held]
        .map(([reason, alike]) => ({ reason, questions: alike.questions }))
        .sort((a, b) => b.questions - a.questions),
    }),
  };
}
