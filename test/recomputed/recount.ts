/** What is counted of a town's rows, the slow and plain way. */
import type { Name } from "./figures.ts";
import { type Asked, type Given, REWORDED, type Town } from "./workspace.ts";

export interface Interval {
  readonly start: Date;
  readonly end: Date;
}

/** One answer with everything that it can be cut by. */
export interface Counted {
  readonly given: Given;
  readonly asked: Asked;
}

/** NPS has two series; the other metrics one. */
function epochOf(metric: Name, { version }: Asked, at: Date): number {
  if (metric !== "nps") return 0;
  return version === 2 && at >= REWORDED ? 1 : 0;
}

/** Which series a period is about. */
export function epochAt(metric: Name, end: Date, now: Date): number {
  const until = end < now ? end : now;
  return metric === "nps" && REWORDED < until ? 1 : 0;
}

/** The answers that count in a period, and how many of its answers belong to another wording. */
export function countedIn(
  town: Town,
  metric: Name,
  { start, end }: Interval,
  now: Date,
  keep: (counted: Counted) => boolean = () => true,
): { counted: Counted[]; otherWording: number } {
  const epoch = epochAt(metric, end, now);
  const inside = answersOf(town, metric).filter(
    (each) => each.given.at >= start && each.given.at < end && keep(each),
  );
  const counting = (own: readonly Counted[]) =>
    metric === "nps" ? latestOfEach(town, own) : [...own];
  const isOwn = ({ given, asked }: Counted) => epochOf(metric, asked, given.at) === epoch;
  return {
    counted: counting(inside.filter(isOwn)),
    otherWording: counting(inside.filter((each) => !isOwn(each))).length,
  };
}

function answersOf(town: Town, metric: Name): Counted[] {
  return town.asked
    .filter(({ person }) => !isTester(town, person))
    .flatMap((asked) =>
      asked.answers
        .filter((given) => given.metric === metric)
        .map((given) => ({ given, asked }) satisfies Counted),
    );
}

function isTester(town: Town, id: string | null): boolean {
  return id !== null && town.people.get(id)?.test === true;
}

/** The human behind a row of people; an invitation without a person is somebody of their own. */
function humanOf(town: Town, { id, person }: Asked): string {
  if (person === null) return id;
  return town.people.get(person)?.human ?? person;
}

function latestOfEach(town: Town, counted: readonly Counted[]): Counted[] {
  const latest = new Map<string, Counted>();
  for (const each of counted) {
    const who = humanOf(town, each.asked);
    const other = latest.get(who);
    const later =
      other === undefined ||
      each.given.at > other.given.at ||
      (each.given.at.getTime() === other.given.at.getTime() && each.asked.id > other.asked.id);
    if (later) latest.set(who, each);
  }
  return [...latest.values()];
}

/** Who was asked in a period, by surveys that ask for the metric. */
export function askedIn(town: Town, metric: Name, { start, end }: Interval, now: Date) {
  const keys = town.surveys.filter(({ metrics }) => metrics.includes(metric)).map(({ key }) => key);
  const all = town.asked.filter(
    ({ askedAt, survey, person }) =>
      askedAt !== null &&
      askedAt >= start &&
      askedAt < end &&
      keys.includes(survey) &&
      !isTester(town, person),
  );
  const reached = all.filter((each) => each.reachedAt !== null || each.answers.length > 0);
  const answered = all.filter(({ answers }) => answers.length > 0);
  const closed = (each: Asked) => each.expiresAt === null || each.expiresAt <= now;
  const over = reached.filter(closed);
  return {
    asked: all.length,
    reached: reached.length,
    answered: answered.length,
    responseRate: over.length === 0 ? null : (100 * answered.filter(closed).length) / over.length,
  };
}
