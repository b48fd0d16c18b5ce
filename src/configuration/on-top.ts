/**
 * What somebody wanted, put on top of what somebody else saved meanwhile: what of it fits, what collides,
 * and what cannot be made any more. Pure.
 */
import type { ScheduleDefinition } from "../scheduling/definition/schedule.ts";
import type { SurveyDefinition } from "../surveys/survey.ts";
import type { Change, ChangeOf } from "./change.ts";
import { type Configuration, changed, conflictsOf, subjectKey } from "./configuration.ts";
import type { FieldPath } from "./fields.ts";
import { type Merged, mergeSchedules, mergeSurveys } from "./merge.ts";

/** Both changed the same fields of one survey or schedule. */
export type Collision =
  | {
      readonly kind: "survey";
      readonly paths: readonly FieldPath[];
      readonly mine: SurveyDefinition;
      readonly theirs: SurveyDefinition;
    }
  | {
      readonly kind: "schedule";
      readonly paths: readonly FieldPath[];
      readonly mine: ScheduleDefinition;
      readonly theirs: ScheduleDefinition;
    };

export interface OnTop {
  /** The same changes as they would fit now; of a field that collides mine counts. */
  readonly changes: readonly Change[];
  readonly collisions: readonly Collision[];
  /** All of it fits, and no field collides. */
  readonly fits: boolean;
}

/** What each change of a version was based on, by the change. */
export type Bases = ReadonlyMap<Change, SurveyDefinition | ScheduleDefinition | undefined>;

export function onTop(now: Configuration, changes: readonly Change[], bases: Bases): OnTop {
  const collisions: Collision[] = [];
  const rebased: Change[] = [];
  let by = now;
  for (const change of changes) {
    const fitting = rebase(by, change, bases, collisions);
    rebased.push(fitting);
    by = changed(by, fitting);
  }
  const fits = collisions.length === 0 && conflictsOf(now, rebased).length === 0;
  return { changes: rebased, collisions, fits };
}

function rebase(by: Configuration, change: Change, bases: Bases, collisions: Collision[]): Change {
  switch (change.kind) {
    case "settings": {
      const names = Object.keys(change.was);
      return { ...change, was: Object.fromEntries(names.map((name) => [name, by.settings[name]])) };
    }
    case "survey":
      return rebaseSurvey(by, change, bases, collisions);
    case "schedule":
      return rebaseSchedule(by, change, bases, collisions);
    case "survey-state":
      return { ...change, was: by.surveys.get(change.key)?.state ?? change.was };
    case "schedule-state":
      return { ...change, was: by.schedules.get(change.name)?.state ?? change.was };
    case "role":
      return { ...change, was: by.grants.get(subjectKey(change.subject))?.role ?? null };
  }
}

function rebaseSurvey(
  by: Configuration,
  change: ChangeOf<"survey">,
  bases: Bases,
  collisions: Collision[],
): Change {
  const is = by.surveys.get(change.key);
  const base = bases.get(change);
  if (is?.definition === undefined || is.version === change.base) return change;
  if (base === undefined || !("questions" in base)) return change;
  const { definition: mine } = change;
  const merged = mergeSurveys({ base, mine, theirs: is.definition });
  if (merged.kind === "collides")
    collisions.push({ kind: "survey", paths: merged.paths, mine, theirs: is.definition });
  return { ...change, definition: definitionOf(merged, mine), base: is.version };
}

function rebaseSchedule(
  by: Configuration,
  change: ChangeOf<"schedule">,
  bases: Bases,
  collisions: Collision[],
): Change {
  const is = by.schedules.get(change.definition.name);
  const base = bases.get(change);
  if (is?.definition === undefined || is.version === change.base) return change;
  if (base === undefined || !("trigger" in base)) return change;
  const { definition: mine } = change;
  const merged = mergeSchedules({ base, mine, theirs: is.definition });
  if (merged.kind === "collides")
    collisions.push({ kind: "schedule", paths: merged.paths, mine, theirs: is.definition });
  return { ...change, definition: definitionOf(merged, mine), base: is.version };
}

function definitionOf<D>(merged: Merged<D>, mine: D): D {
  return merged.definition ?? mine;
}
