/**
 * Answers of people who were promised that only totals of five and more are seen. They are counted in
 * batches of five people: a batch is complete or it is not there, and it belongs to one moment, so
 * whatever periods and teams are looked at, and however they are subtracted from one another, what
 * is seen is always some whole batches. Pure.
 */
import { SHOWN_FROM } from "./ladder.ts";

/** One answer: its value, when it was given, by whom, about which team. */
export interface Single<T> {
  readonly value: T;
  readonly at: Date;
  /** From when on nothing of it can change any more: until then it is in no batch. */
  readonly settled: Date;
  readonly who: string;
  /** "" when there is none. */
  readonly team: string;
  /** The team knows it, because its person wanted to be called back: it hides nobody else. */
  readonly known: boolean;
}

/** Answers of five people whom nobody knows. Nothing tells which is whose. */
export interface Batch<T> {
  readonly team: string;
  /** When the last of them was given. */
  readonly at: Date;
  readonly values: readonly T[];
}

/**
 * The complete batches of each team, in the order in which they were completed: a later answer only
 * ever adds one. `onePerPerson`: of somebody who answers again before their batch is complete the
 * later answer counts; else both do, as one person.
 */
export function batchesOf<T>(
  answers: readonly Single<T>[],
  { now, onePerPerson }: { readonly now: Date; readonly onePerPerson: boolean },
): Batch<T>[] {
  const open = new Map<string, Map<string, Single<T>[]>>();
  const batches: Batch<T>[] = [];
  for (const answer of answers.filter(({ settled }) => settled <= now).toSorted(inOrder)) {
    const { who, team } = answer;
    const people = open.get(team) ?? new Map<string, Single<T>[]>();
    people.set(who, onePerPerson ? [answer] : [...(people.get(who) ?? []), answer]);
    open.set(team, people);
    const given = [...people.values()];
    if (given.filter(isHidden).length < SHOWN_FROM) continue;
    const members = given.flat();
    const at = new Date(Math.max(...members.map((member) => member.at.getTime())));
    batches.push({ team, at, values: members.map(({ value }) => value) });
    open.delete(team);
  }
  return batches;
}

function isHidden(own: readonly Single<unknown>[]): boolean {
  return own.every(({ known }) => !known);
}

/** By when they were settled, and always the same way where that is the same moment. */
function inOrder(a: Single<unknown>, b: Single<unknown>): number {
  const by = (time: "settled" | "at") => a[time].getTime() - b[time].getTime();
  return by("settled") || by("at") || (a.who < b.who ? -1 : 1);
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
