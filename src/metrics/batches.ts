/**
 * Answers of people who were promised that only totals of five and more are seen. They are counted in
 * batches of five people: a batch is complete or it is not there, and it belongs to one moment, so
 * whatever periods and teams are looked at, and however they are subtracted from one another, what
 * is seen is always some whole batches. Pure.
 */
import { SHOWN_FROM } from "./ladder.ts";

/** So long an answer can be changed (conversation.ts): until then it is in no batch. */
const SETTLED_AFTER_MS = 24 * 60 * 60 * 1000;

/** One answer: its value, when it was given, by whom, about which team. */
export interface Single<T> {
  readonly value: T;
  readonly at: Date;
  readonly who: string;
  /** "" when there is none. */
  readonly team: string;
}

/** Answers of five people. Nothing tells which is whose, or when any but the last was given. */
export interface Batch<T> {
  readonly team: string;
  /** When it was complete. */
  readonly at: Date;
  readonly values: readonly T[];
}

/**
 * The complete batches of each team in the order of time. `onePerPerson`: of somebody who answers
 * again before their batch is complete the later answer counts; else both do, as one person.
 */
export function batchesOf<T>(
  answers: readonly Single<T>[],
  { now, onePerPerson }: { readonly now: Date; readonly onePerPerson: boolean },
): Batch<T>[] {
  const settled = answers.filter(({ at }) => at.getTime() + SETTLED_AFTER_MS <= now.getTime());
  const open = new Map<string, Map<string, T[]>>();
  const batches: Batch<T>[] = [];
  for (const { value, at, who, team } of settled.toSorted(inOrder)) {
    const people = open.get(team) ?? new Map<string, T[]>();
    people.set(who, onePerPerson ? [value] : [...(people.get(who) ?? []), value]);
    open.set(team, people);
    if (people.size < SHOWN_FROM) continue;
    batches.push({ team, at, values: [...people.values()].flat() });
    open.delete(team);
  }
  return batches;
}

/** By time, and always the same way where times are the same. */
function inOrder(a: Single<unknown>, b: Single<unknown>): number {
  return a.at.getTime() - b.at.getTime() || (a.who < b.who ? -1 : 1);
}

/** The batches that are complete within a period (half-open) and of one of the teams. */
export function batchesIn<T>(
  batches: readonly Batch<T>[],
  { start, end }: { readonly start: Date; readonly end: Date },
  teams?: readonly string[],
): readonly Batch<T>[] {
  return batches.filter(
    ({ at, team }) => at >= start && at < end && (teams === undefined || teams.includes(team)),
  );
}
