/** Who else wants the same people, and who goes first. Pure. */

import { rulesOf } from "../definition/kind-rules.ts";
import type { Coming } from "./forecast-queue.ts";

/** Humans whom another schedule wants within seven days of this one. */
export interface Clash {
  /** Index of the other schedule. */
  readonly schedule: number;
  readonly humans: number;
  /** Of how many of them this one goes first. */
  readonly first: number;
}

const WEEK_MS = 7 * 24 * 60 * 60 * 1000;

/** Clashes of a schedule with each other, the most first; of each human what is wanted from them. */
export function clashesOf(humans: Iterable<readonly Coming[]>, schedule: number): readonly Clash[] {
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
    .sort((a, b) => b.humans - a.humans);
}

/** Of each other schedule the first clash, and whether this one goes first in it. */
function clashesOfHuman(wanted: readonly Coming[], schedule: number): Map<number, boolean> {
  const found = new Map<number, boolean>();
  for (const own of wanted) {
    if (own.schedule !== schedule) continue;
    for (const other of wanted) {
      if (other.schedule === null || other.schedule === schedule) continue;
      if (Math.abs(other.firstDueAt - own.firstDueAt) > WEEK_MS) continue;
      if (!found.has(other.schedule)) found.set(other.schedule, goesFirst(own, other));
    }
  }
  return found;
}

/** Whoever is asked first; of two that are not, the one of the better rank, then the earlier one. */
function goesFirst(one: Coming, other: Coming): boolean {
  const [a, b] = [
    one.askedAt ?? Number.POSITIVE_INFINITY,
    other.askedAt ?? Number.POSITIVE_INFINITY,
  ];
  if (a !== b) return a < b;
  const ranks = rulesOf(one.kind).rank - rulesOf(other.kind).rank;
  return ranks < 0 || (ranks === 0 && one.firstDueAt < other.firstDueAt);
}
