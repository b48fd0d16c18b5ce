/** Who else wants the same people, and who goes first. Pure. */

import { rulesOf } from "../definition/kind-rules.ts";
import type { ForecastHuman } from "./forecast-human.ts";
import type { Coming } from "./forecast-queue.ts";

/** Humans whom another schedule wants within seven days of this one. */
export interface Clash {
  /** Index of the other schedule. */
  readonly schedule: number;
  readonly humans: number;
  /** Of how many of them this one goes first. */
  readonly first: number;
}

const MINUTE_MS = 60 * 1000;
const WEEK_MS = 7 * 24 * 60 * MINUTE_MS;

/** What of a question matters to others that want the same human: far less is held than all of it. */
interface Want {
  readonly schedule: number;
  readonly kind: Coming["kind"];
  readonly firstDueAt: number;
  askedAt: number | null;
}

/** Takes note of what is wanted of whom; `schedule`: the one that clashes are of, `from`: the beginning. */
export function createWants({
  schedule,
  from,
}: {
  readonly schedule: number;
  readonly from: Date;
}) {
  const wants = new Map<ForecastHuman, readonly Want[]>();
  const isOwn = (want: Want) => want.schedule === schedule;
  const wanted = () => wants.values().filter((of) => of.some(isOwn));
  return {
    /** A question came due for the first time. */
    came({ schedule: of, kind, firstDueAt, human }: Coming): void {
      if (of === null) return;
      const want: Want = { schedule: of, kind, firstDueAt, askedAt: null };
      const others = wants.get(human) ?? [];
      // What comes after the beginning comes as it is due: nothing later is within seven days of these.
      const isOver = (other: Want) =>
        firstDueAt > from.getTime() && other.firstDueAt < firstDueAt - WEEK_MS - MINUTE_MS;
      const kept = others.some(isOwn) ? others : others.filter((other) => !isOver(other));
      // No list that grows: it takes room for many more.
      wants.set(human, kept.concat(want));
    },
    asked({ schedule: of, firstDueAt, human }: Coming, now: number): void {
      const want = wants
        .get(human)
        ?.find(
          (each) => each.askedAt === null && each.schedule === of && each.firstDueAt === firstDueAt,
        );
      if (want !== undefined) want.askedAt = now;
    },
    /** How many it wants something of. */
    humans: () => wanted().reduce((n) => n + 1, 0),
    clashes: () => clashesOf(wanted(), schedule),
  };
}

/** Clashes of a schedule with each other, the most first, else in their order; of each human what is wanted from them. */
function clashesOf(humans: Iterable<readonly Want[]>, schedule: number): readonly Clash[] {
  const clashes = new Map<number, { humans: number; first: number }>();
  for (const wanted of humans) {
    for (const [other, first] of clashesOfHuman(wanted, schedule)) {
      const clash = clashes.get(other) ?? { humans: 0, first: 0 };
      clashes.set(other, clash);
      clash.humans += 1;
      if (first) clash.first += 1;
    }
  }
  return [...clashes]
    .map(([other, counts]) => ({ schedule: other, ...counts }))
    .sort((a, b) => b.humans - a.humans || a.schedule - b.schedule);
}

/** Of each other schedule the first clash, and whether this one goes first in it. */
function clashesOfHuman(wanted: readonly Want[], schedule: number): Map<number, boolean> {
  const found = new Map<number, boolean>();
  for (const own of wanted) {
    if (own.schedule !== schedule) continue;
    for (const other of wanted) {
      if (other.schedule === schedule) continue;
      if (Math.abs(other.firstDueAt - own.firstDueAt) > WEEK_MS) continue;
      if (!found.has(other.schedule)) found.set(other.schedule, goesFirst(own, other));
    }
  }
  return found;
}

/** Whoever is asked first; of two that are not, the one of the better rank, then the earlier one. */
function goesFirst(one: Want, other: Want): boolean {
  const [a, b] = [
    one.askedAt ?? Number.POSITIVE_INFINITY,
    other.askedAt ?? Number.POSITIVE_INFINITY,
  ];
  if (a !== b) return a < b;
  const ranks = rulesOf(one.kind).rank - rulesOf(other.kind).rank;
  return ranks < 0 || (ranks === 0 && one.firstDueAt < other.firstDueAt);
}
