/**
 * What would be asked: time goes on in memory, minute by minute where something is due, and the same
 * gates decide. Nobody answers, and nothing is written. Facts are read for those who are decided
 * about, some at a time, so that memory holds little about each that is still to come.
 */

import { decideAll } from "../ask/decide-all.ts";
import { inTurn } from "../ask/in-turn.ts";
import type { Schedule } from "../definition/schedule.ts";
import type { Candidate, Decision } from "../gates/candidate.ts";
import { decide } from "../gates/gates.ts";
import { asItWillBe, type ForecastHuman, newHuman, noteAsked } from "./forecast-human.ts";
import { nextStep, overAt } from "./forecast-programme.ts";
import type { Coming, ForecastQueue } from "./forecast-queue.ts";
import type { Tally } from "./forecast-tally.ts";

/** The facts about some questions at a time, in their order; none for whoever is not there. */
export type ReadFacts = (
  coming: readonly Coming[],
  at: Date,
) => Promise<readonly (Candidate | undefined)[]>;

export interface ForecastOptions {
  readonly schedules: readonly Schedule[];
  /** Of each schedule, step by step; null where one is off. */
  readonly surveyIds: readonly (readonly (string | null)[])[];
  readonly queue: ForecastQueue;
  readonly readFacts: ReadFacts;
  readonly tally: Pick<Tally, "came" | "decided">;
  /** Epoch milliseconds; what was due before `from` is decided then. */
  readonly from: number;
  readonly to: number;
}

/** How often the clockwork decides. */
const TICK_MS = 60_000;
/** So many facts are read at once, and of so much time at most. */
const READ_AT_ONCE = 1000;
const READ_AHEAD_MS = 24 * 60 * TICK_MS;

/** Plays everything in the queue until `to`; what waits longer stays in it. */
export async function playForecast(options: ForecastOptions): Promise<void> {
  const { queue, from, to } = options;
  const humans = new Map<string, ForecastHuman>();
  const world: World = { ...options, humans, lastSlots: new Map(), facts: createFacts(options) };
  for (const coming of queue.all()) {
    // What is planned already has its turn from the beginning.
    if (coming.origin !== "planned") continue;
    const human = humans.get(coming.humanId) ?? newHuman();
    humans.set(coming.humanId, human);
    human.waiting.add(coming);
  }
  for (;;) {
    const next = queue.peek();
    if (next === undefined) return;
    const tick = Math.ceil(Math.max(next.dueAt, from) / TICK_MS) * TICK_MS;
    if (tick > to) return;
    await playTick(world, tick);
  }
}

interface World extends ForecastOptions {
  readonly humans: Map<string, ForecastHuman>;
  /** By schedule: the last slot of its daily cap. */
  readonly lastSlots: Map<string | null, number>;
  readonly facts: Facts;
}

/**
 * What is due is decided about all at once, as the clockwork does (decide-due.ts); whoever is to be
 * asked is decided about once more, the more important first, and what comes after hears of it.
 */
async function playTick(world: World, now: number): Promise<void> {
  const taken = takeUntil(world.queue, now, Number.POSITIVE_INFINITY);
  const due = inTurn(
    taken.filter((coming) => !waitsAlready(world, coming)),
    (each) => each,
  );
  for (const coming of due) welcome(world, coming);
  await world.facts.load(due, now);
  const decisions = decideAll(
    due.map((coming) => candidateOf(world, coming)),
    now,
  );
  const asked: Coming[] = [];
  for (const [index, coming] of due.entries()) {
    const decision = decisions[index];
    if (decision?.verdict !== "ask") {
      carryOut(world, coming, decision, now);
      continue;
    }
    takeSlot(world, coming, decision);
    coming.heldFor = null;
    asked.push(coming);
  }
  for (const coming of inTurn(asked, (each) => each)) {
    const candidate = candidateOf(world, coming);
    carryOut(world, coming, candidate && decide(candidate, now), now);
  }
}

/** A firing leaves out whoever still waits to be asked the same (plan-run.ts). */
function waitsAlready({ humans, schedules }: World, coming: Coming): boolean {
  const { schedule, humanId } = coming;
  if (coming.came || schedule === null || coming.origin === "planned") return false;
  const definition = schedules[schedule]?.definition;
  if (definition?.trigger.on !== "cron" || definition.steps !== undefined) return false;
  const waiting = [...(humans.get(humanId)?.waiting ?? [])];
  return waiting.some((other) => other !== coming && other.schedule === schedule);
}

function welcome({ humans, tally }: World, coming: Coming): void {
  const human = humans.get(coming.humanId) ?? newHuman();
  humans.set(coming.humanId, human);
  human.waiting.add(coming);
  if (!coming.came) tally.came(coming);
  coming.came = true;
}

function candidateOf(world: World, coming: Coming): Candidate | undefined {
  const candidate = world.facts.of(coming);
  const human = world.humans.get(coming.humanId);
  if (candidate === undefined || human === undefined) return undefined;
  const lastSlot = world.lastSlots.get(coming.scheduleId);
  return asItWillBe(candidate, coming, { human, lastSlot });
}

function takeSlot({ lastSlots }: World, coming: Coming, decision: Decision): void {
  if (decision.verdict === "suppress" || decision.slotAt === undefined) return;
  coming.slotAt = decision.slotAt;
  const last = lastSlots.get(coming.scheduleId) ?? 0;
  lastSlots.set(coming.scheduleId, Math.max(last, decision.slotAt));
}

/** `undefined`: they were forgotten, and nobody is left to decide about. */
function carryOut(world: World, coming: Coming, decision: Decision | undefined, now: number): void {
  const { humans, queue, tally, facts } = world;
  const human = humans.get(coming.humanId);
  if (decision !== undefined) tally.decided(coming, decision, now);
  if (decision !== undefined) takeSlot(world, coming, decision);
  if (decision?.verdict === "defer") {
    coming.dueAt = decision.until;
    coming.heldFor = decision.reason;
    queue.add(coming);
    return;
  }
  human?.waiting.delete(coming);
  coming.heldBy = null;
  facts.forget(coming);
  if (decision === undefined) return;
  if (decision.verdict === "ask" && human) noteAsked(human, coming, now);
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

function takeUntil(queue: ForecastQueue, until: number, most: number): Coming[] {
  const taken: Coming[] = [];
  while (taken.length < most && (queue.peek()?.dueAt ?? Number.POSITIVE_INFINITY) <= until) {
    const coming = queue.take();
    if (coming !== undefined) taken.push(coming);
  }
  return taken;
}

interface Facts {
  /** Reads those of these questions that are not known, and ahead those of what is due soon. */
  load(due: readonly Coming[], now: number): Promise<void>;
  of(coming: Coming): Candidate | undefined;
  forget(coming: Coming): void;
}

/** Facts of what is due, and of what is due soon, so that they are not read for each minute. */
function createFacts({ queue, readFacts, schedules }: ForecastOptions): Facts {
  const known = new Map<Coming, Candidate | undefined>();
  const ages = new Set(schedules.flatMap((schedule, index) => (isAging(schedule) ? index : [])));
  const lasts = (coming: Coming) => coming.schedule === null || !ages.has(coming.schedule);
  return {
    async load(due, now) {
      if (known.size > 2 * READ_AT_ONCE) known.clear();
      const wanted = due.filter((coming) => !(known.has(coming) && lasts(coming)));
      if (wanted.length === 0) return;
      const room = wanted.some(lasts) ? Math.max(0, READ_AT_ONCE - wanted.length) : 0;
      const soon = takeUntil(queue, now + READ_AHEAD_MS, room);
      for (const coming of soon) queue.add(coming);
      const ahead = soon.filter((coming) => lasts(coming) && !known.has(coming));
      const all = [...wanted, ...ahead];
      for (let from = 0; from < all.length; from += READ_AT_ONCE) {
        const page = all.slice(from, from + READ_AT_ONCE);
        const facts = await readFacts(page, new Date(now));
        for (const [index, coming] of page.entries()) known.set(coming, facts[index]);
      }
    },
    of: (coming) => known.get(coming),
    forget: (coming) => void known.delete(coming),
  };
}

/** Who is of its audience depends on the hour. */
function isAging({ definition }: Schedule): boolean {
  return Object.keys(definition.audience).some((segment) => segment.startsWith("daysSince"));
}
