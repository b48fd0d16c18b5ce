/** Counts what a forecast decides about the questions of one schedule. Pure. */
import { Temporal } from "temporal-polyfill";
import type { Decision, GateName, GateReason } from "../gates/candidate.ts";
import { type Clash, createWants } from "./forecast-clashes.ts";
import { createExamples, type Example } from "./forecast-examples.ts";
import type { Coming, Origin } from "./forecast-queue.ts";

/** How many questions a gate held back for a reason; each counts once for each verdict. */
export interface GateCount {
  readonly gate: GateName;
  readonly reason: GateReason;
  readonly deferred: number;
  readonly suppressed: number;
}

/** How many questions were asked, deferred and not asked at all. */
interface Counts {
  readonly asked: number;
  readonly deferred: number;
  readonly suppressed: number;
  readonly gates: readonly GateCount[];
}

/** `day`: `YYYY-MM-DD` where the workspace is. */
export interface ForecastDay extends Counts {
  readonly day: string;
}

export interface Tallied extends Counts {
  readonly days: readonly ForecastDay[];
  /** Questions that came due. */
  readonly questions: number;
  /** Of them still waiting when the forecast ends. */
  readonly waiting: number;
  readonly humans: number;
  readonly byOrigin: Readonly<Record<Origin, number>>;
  readonly examples: readonly Example[];
  readonly clashes: readonly Clash[];
}

export interface Tally {
  /** A question came due for the first time, of any schedule. */
  came(coming: Coming): void;
  decided(coming: Coming, decision: Decision, now: number): void;
  result(): Tallied;
}

export interface TallyOptions {
  /** Index of the schedule that is looked at. */
  readonly schedule: number;
  readonly from: Date;
  readonly to: Date;
  readonly timeZone: string;
}

export function createTally({ schedule, from, to, timeZone }: TallyOptions): Tally {
  const { days, dayOf } = calendarOf(from, to, timeZone);
  const counts = days.map(() => createCounter());
  const all = createCounter();
  const wants = createWants({ schedule, from });
  const examples = createExamples();
  const isNew = createNews();
  const byOrigin = { planned: 0, known: 0, replayed: 0 };
  let questions = 0;
  return {
    came(coming) {
      wants.came(coming);
      if (coming.schedule !== schedule) return;
      questions += 1;
      byOrigin[coming.origin] += 1;
    },
    decided(coming, decision, now) {
      if (decision.verdict === "ask") wants.asked(coming, now);
      if (coming.schedule !== schedule) return;
      // The same once more is no other decision (store/decisions.ts).
      if (decision.verdict === "defer" && decision.reason === coming.heldFor) return;
      examples.note(coming, decision, now);
      const day = dayOf(now);
      counts[day]?.count(decision, isNew(coming, decision, day + 1));
      all.count(decision, isNew(coming, decision, EVER));
    },
    result() {
      const sums = all.counts();
      return {
        ...sums,
        days: days.map((day, index) => ({ day, ...(counts[index] ?? all).counts() })),
        questions,
        waiting: questions - sums.asked - sums.suppressed,
        humans: wants.humans(),
        byOrigin,
        examples: examples.list(),
        clashes: wants.clashes(),
      };
    },
  };
}

interface News {
  /** It was not deferred before. */
  readonly deferred: boolean;
  /** Not by this gate for this reason. */
  readonly held: boolean;
}

/** The whole time; days have the numbers from 1 on. */
const EVER = 0;
/** There are not so many gates and reasons. */
const MOST = 1000;

/** Whether a deferral is the first of its question in a time: a question is held back once a day. */
function createNews() {
  const numbers = new Map<string, number>();
  return (coming: Coming, decision: Decision, time: number): News => {
    if (decision.verdict !== "defer") return { deferred: true, held: true };
    const why = `${decision.gate} ${decision.reason}`;
    const number = numbers.get(why) ?? numbers.size + 1;
    numbers.set(why, number);
    // Most are never held back.
    coming.heldBy ??= [];
    const { heldBy } = coming;
    const [ever, held] = [time * MOST, time * MOST + number];
    const news = { deferred: !heldBy.includes(ever), held: !heldBy.includes(held) };
    if (news.deferred) heldBy.push(ever);
    if (news.held) heldBy.push(held);
    return news;
  };
}

function createCounter() {
  const sums = { ask: 0, defer: 0, suppress: 0 };
  const gates = new Map<string, { -readonly [K in keyof GateCount]: GateCount[K] }>();
  return {
    count(decision: Decision, news: News) {
      if (news.deferred) sums[decision.verdict] += 1;
      if (decision.verdict === "ask" || !news.held) return;
      const { gate, reason, verdict } = decision;
      const key = `${gate} ${reason}`;
      const count = gates.get(key) ?? { gate, reason, deferred: 0, suppressed: 0 };
      gates.set(key, count);
      if (verdict === "defer") count.deferred += 1;
      else count.suppressed += 1;
    },
    /** The gate that held back most first. */
    counts: (): Counts => ({
      asked: sums.ask,
      deferred: sums.defer,
      suppressed: sums.suppress,
      gates: [...gates.values()].sort(
        (a, b) => b.deferred + b.suppressed - a.deferred - a.suppressed,
      ),
    }),
  };
}

/** The days of a stretch of time, and a way from an instant to the number of its day. */
function calendarOf(from: Date, to: Date, timeZone: string) {
  const last = dateOf(to.getTime(), timeZone);
  const days: string[] = [];
  for (let day = dateOf(from.getTime(), timeZone); ; day = day.add({ days: 1 })) {
    if (Temporal.PlainDate.compare(day, last) > 0) break;
    days.push(day.toString());
  }
  const starts = days.map(
    (day) => Temporal.PlainDate.from(day).toZonedDateTime(timeZone).epochMilliseconds,
  );
  let at = 0;
  // Time goes forward, so the day is the one of before or one soon after it.
  const dayOf = (now: number): number => {
    while (at > 0 && (starts[at] ?? 0) > now) at -= 1;
    while ((starts[at + 1] ?? Number.POSITIVE_INFINITY) <= now) at += 1;
    return at;
  };
  return { days, dayOf };
}

function dateOf(instant: number, timeZone: string): Temporal.PlainDate {
  return Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(timeZone).toPlainDate();
}
