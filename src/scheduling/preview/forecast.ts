/**
 * What would be asked: time goes on in memory, minute by minute where something is due, and the same
 * gates decide. Nobody answers, and nothing is written. What is held grows with the people that are
 * asked about and not with how often; whoever else has something to do has a turn in between.
 */
import { setImmediate as others } from "node:timers/promises";
import { decideAll } from "../ask/decide-all.ts";
import { inTurn } from "../ask/in-turn.ts";
import type { Schedule } from "../definition/schedule.ts";
import type { Candidate, Decision } from "../gates/candidate.ts";
import { decide } from "../gates/gates.ts";
import type { ForecastFacts } from "./forecast-facts.ts";
import { asItWillBe, isGone, noteAsked, noteWaiting, stopWaiting } from "./forecast-human.ts";
import { nextStep, overAt } from "./forecast-programme.ts";
import type { Coming, ForecastQueue } from "./forecast-queue.ts";
import type { ForecastRuns } from "./forecast-runs.ts";
import type { Tally } from "./forecast-tally.ts";

export interface ForecastOptions {
  readonly schedules: readonly Schedule[];
  /** Of each schedule, step by step; null where one is off. */
  readonly surveyIds: readonly (readonly (string | null)[])[];
  readonly queue: ForecastQueue;
  readonly runs: ForecastRuns;
  readonly facts: Pick<ForecastFacts, "fit" | "candidateOf">;
  readonly tally: Pick<Tally, "came" | "decided">;
  /** Epoch milliseconds; what was due before `from` is decided then. */
  readonly from: number;
  readonly to: number;
}

/** How often the clockwork decides. */
const TICK_MS = 60_000;
/** So many are decided about without a pause. */
const AT_ONCE = 500;

/** Plays everything in the queue until `to`; what waits longer stays in it. */
export async function playForecast(options: ForecastOptions): Promise<void> {
  const { queue, runs, from, to } = options;
  const world: World = { ...options, lastSlots: new Map() };
  for (const coming of queue.all()) {
    // What is planned already has its turn from the beginning.
    if (coming.origin === "planned") noteWaiting(coming.human, coming);
  }
  for (;;) {
    const [due = to + TICK_MS, fires = to + TICK_MS] = [queue.firstAt(), runs.nextAt()];
    const tick = Math.ceil(Math.max(Math.min(due, fires), from) / TICK_MS) * TICK_MS;
    if (tick > to) return;
    await runs.fireUntil(tick);
    await playTick(world, tick);
  }
}

interface World extends ForecastOptions {
  /** By schedule: the last slot of its daily cap. */
  readonly lastSlots: Map<string | null, number>;
}

/**
 * What is due is decided about all at once, as the clockwork does (decide-due.ts); whoever is to be
 * asked is decided about once more, the more important first, and what comes after hears of it.
 */
async function playTick(world: World, now: number): Promise<void> {
  const taken = world.queue.takeUntil(now).filter((coming) => isPlanned(world, coming, now));
  const due = inTurn(taken, (each) => each);
  for (const coming of due) welcome(world, coming);
  await world.facts.fit(due, now);
  const decisions: (Decision | undefined)[] = [];
  for (let at = 0; at < due.length; at += AT_ONCE) {
    const page = due.slice(at, at + AT_ONCE);
    const candidates = page.map((coming) => candidateOf(world, coming, now));
    for (const [index, decision] of decideAll(candidates, now).entries()) {
      decisions.push(decision);
      const coming = page[index];
      if (coming !== undefined && decision !== undefined) takeSlot(world, coming, decision);
    }
    await others();
  }
  const asked: Coming[] = [];
  for (const [index, coming] of due.entries()) {
    const decision = decisions[index];
    if (decision?.verdict !== "ask") {
      carryOut(world, coming, decision, now);
      continue;
    }
    coming.heldFor = null;
    asked.push(coming);
  }
  for (const [index, coming] of inTurn(asked, (each) => each).entries()) {
    carryOut(world, coming, decide(candidateOf(world, coming, now), now), now);
    if (index % AT_ONCE === 0) await others();
  }
}

/**
 * Whether it is planned at all: a firing leaves out whoever still waits to be asked the same
 * (plan-run.ts), and whoever is gone is in no programme any more (programmes.ts).
 */
function isPlanned({ schedules }: World, coming: Coming, now: number): boolean {
  const { schedule, human } = coming;
  if (coming.came || schedule === null || coming.origin === "planned") return true;
  const definition = schedules[schedule]?.definition;
  if (definition?.steps !== undefined) return !isGone(human, now);
  if (definition?.trigger.on !== "cron") return true;
  return !human.waiting.some((other) => other !== coming && other.schedule === schedule);
}

function welcome({ tally }: World, coming: Coming): void {
  noteWaiting(coming.human, coming);
  if (!coming.came) tally.came(coming);
  coming.came = true;
}

function candidateOf(world: World, coming: Coming, now: number): Candidate {
  const lastSlot = world.lastSlots.get(coming.scheduleId);
  return asItWillBe(world.facts.candidateOf(coming, now), coming, lastSlot);
}

function takeSlot({ lastSlots }: World, coming: Coming, decision: Decision): void {
  if (decision.verdict === "suppress" || decision.slotAt === undefined) return;
  coming.slotAt = decision.slotAt;
  const last = lastSlots.get(coming.scheduleId) ?? 0;
  lastSlots.set(coming.scheduleId, Math.max(last, decision.slotAt));
}

function carryOut(world: World, coming: Coming, decision: Decision | undefined, now: number): void {
  if (decision === undefined) return;
  const { queue, tally } = world;
  tally.decided(coming, decision, now);
  takeSlot(world, coming, decision);
  if (decision.verdict === "defer") {
    coming.dueAt = decision.until;
    coming.heldFor = decision.reason;
    queue.add(coming);
    return;
  }
  stopWaiting(coming.human, coming);
  coming.heldBy = null;
  if (decision.verdict === "ask") noteAsked(coming.human, coming, now);
  goOn(world, coming, now);
}

/** The next step of a programme is due once this one is over. */
function goOn({ schedules, surveyIds, queue, to }: World, coming: Coming, now: number): void {
  const schedule = coming.schedule === null ? undefined : schedules[coming.schedule];
  if (coming.schedule === null || schedule?.definition.steps === undefined) return;
  const over = coming.askedAt === null ? now : overAt(schedule, coming.askedAt);
  const next = nextStep({ schedule, surveyIds: surveyIds[coming.schedule] ?? [] }, coming, over);
  if (next !== undefined && next.dueAt <= to) queue.add(next);
}
