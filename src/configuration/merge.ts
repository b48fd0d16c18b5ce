/**
 * Two people changed the same thing at once: what both of them meant, put together. Nothing that either
 * of them changed is lost; where both changed the same field otherwise, it is said field by field. Pure.
 */
import { isDeepStrictEqual } from "node:util";
import { checkSchedule, type ScheduleDefinition } from "../scheduling/definition/schedule.ts";
import { readDefinition, type SurveyDefinition } from "../surveys/survey.ts";
import { type FieldPath, fromParts, isWhole, ORDER, partsOf } from "./fields.ts";

/** What both began with, and what each of them made of it. */
export interface ThreeWays<D> {
  readonly base: D;
  readonly mine: D;
  readonly theirs: D;
}

export type Merged<D> =
  | { readonly kind: "merged"; readonly definition: D }
  /**
   * Both changed these, each otherwise; empty: together they would make no sense. `definition`: what mine
   * would be with everything of theirs that does not collide, where that makes sense.
   */
  | {
      readonly kind: "collides";
      readonly paths: readonly FieldPath[];
      readonly definition: D | undefined;
    };

/** A survey that has what both changed. */
export function mergeSurveys(ways: ThreeWays<SurveyDefinition>): Merged<SurveyDefinition> {
  return merge(ways, readDefinition);
}

/** A schedule that has what both changed. */
export function mergeSchedules(ways: ThreeWays<ScheduleDefinition>): Merged<ScheduleDefinition> {
  return merge(ways, (made) => {
    const checked = checkSchedule(made);
    return "definition" in checked ? checked.definition : undefined;
  });
}

function merge<D>(ways: ThreeWays<D>, read: (made: unknown) => D | undefined): Merged<D> {
  const paths: FieldPath[] = [];
  const value = mergeValues(ways, [], paths);
  const definition = read(value);
  return definition === undefined || paths.length > 0
    ? { kind: "collides", paths, definition }
    : { kind: "merged", definition };
}

function mergeValues(
  { base, mine, theirs }: ThreeWays<unknown>,
  path: FieldPath,
  collisions: FieldPath[],
): unknown {
  if (isDeepStrictEqual(mine, theirs) || isDeepStrictEqual(theirs, base)) return mine;
  if (isDeepStrictEqual(mine, base)) return theirs;
  const [old, own, other] = [partsOf(base), partsOf(mine), partsOf(theirs)];
  const whole =
    old === undefined ||
    own === undefined ||
    other === undefined ||
    isWhole(old, own, path) ||
    isWhole(old, other, path);
  if (whole) {
    collisions.push(path);
    return mine;
  }
  const merged = new Map<string, unknown>();
  for (const name of new Set([...other.keys(), ...own.keys(), ...old.keys()])) {
    const ways = { base: old.get(name), mine: own.get(name), theirs: other.get(name) };
    const value =
      name === ORDER
        ? mergeOrders(ways, [...path, name], collisions)
        : mergeValues(ways, [...path, name], collisions);
    if (value !== undefined) merged.set(name, value);
  }
  return fromParts(merged);
}

/** What either took away is gone, and what either added stands behind what it stood behind. */
function mergeOrders(
  ways: ThreeWays<unknown>,
  path: FieldPath,
  collisions: FieldPath[],
): readonly string[] {
  const base = words(ways.base);
  const mine = words(ways.mine);
  const theirs = words(ways.theirs);
  const common = base.filter((key) => mine.includes(key) && theirs.includes(key));
  const kept = (of: readonly string[]) => of.filter((key) => common.includes(key));
  const [own, other] = [kept(mine), kept(theirs)];
  const moved = [own, other].filter((order) => !isDeepStrictEqual(order, common));
  if (moved.length === 2 && !isDeepStrictEqual(own, other)) collisions.push(path);
  const order = [...(moved[0] ?? common)];
  for (const side of [theirs, mine]) {
    for (const [index, key] of side.entries()) {
      if (base.includes(key) || order.includes(key)) continue;
      const before = side.slice(0, index).findLast((each) => order.includes(each));
      order.splice(before === undefined ? 0 : order.indexOf(before) + 1, 0, key);
    }
  }
  return order;
}

function words(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}
