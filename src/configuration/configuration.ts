/**
 * Everything that is set up in a workspace, as one value; what it is after a change; and which changes
 * do not fit it any more because somebody else was faster. Pure.
 */
import { isDeepStrictEqual } from "node:util";
import type { ScheduleDefinition } from "../scheduling/definition/schedule.ts";
import { surveysOf } from "../scheduling/definition/timing.ts";
import type { SurveyDefinition } from "../surveys/survey.ts";
import type { Change, ChangeOf, Conflict, GrantedRole, State, Subject } from "./change.ts";

/** What is kept version by version, in its latest one. */
interface Kept<D> {
  readonly state: State;
  readonly version: number;
  /** A person's id, "operator", or "aftertalk" where it came with the program. */
  readonly by: string;
  readonly at: Date;
  /** `undefined` when it is of a shape that this program does not know. */
  readonly definition: D | undefined;
}

export type SurveyNow = Kept<SurveyDefinition> & Pick<ChangeOf<"survey">, "trigger">;
export type ScheduleNow = Kept<ScheduleDefinition>;

export interface Configuration {
  /** By their names with dots, all of them: `hours.from`. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** By key, the oldest first. */
  readonly surveys: ReadonlyMap<string, SurveyNow>;
  /** By name, the oldest first. */
  readonly schedules: ReadonlyMap<string, ScheduleNow>;
  /** By {@link subjectKey}, the oldest first. */
  readonly grants: ReadonlyMap<string, { readonly subject: Subject; readonly role: GrantedRole }>;
}

/** The same for the same person, or group of a connection. */
export function subjectKey(subject: Subject): string {
  return subject.kind === "person"
    ? `person:${subject.personId}`
    : `group:${subject.connectionId}:${subject.groupId}`;
}

/** What does not fit, each change looked at after those before it. Empty: all of them can be made. */
export function conflictsOf(now: Configuration, changes: readonly Change[]): Conflict[] {
  const found: Conflict[] = [];
  let by = now;
  for (const change of changes) {
    const conflict = conflictOf(by, change);
    if (conflict !== undefined) found.push(conflict);
    by = changed(by, change);
  }
  return found;
}

function conflictOf(now: Configuration, change: Change): Conflict | undefined {
  switch (change.kind) {
    case "settings": {
      const was = Object.entries(change.was);
      const same = was.every(([name, value]) => isDeepStrictEqual(now.settings[name], value));
      return same ? undefined : { change, why: "differs" };
    }
    case "survey":
      return versionConflict(change, now.surveys.get(change.key));
    case "schedule":
      return versionConflict(change, now.schedules.get(change.definition.name));
    case "survey-state":
      return (
        stateConflict(change, now.surveys.get(change.key)) ??
        (change.to === "archived" ? askedBy(now, change) : undefined)
      );
    case "schedule-state":
      return stateConflict(change, now.schedules.get(change.name));
    case "role": {
      const role = now.grants.get(subjectKey(change.subject))?.role ?? null;
      return role === change.was ? undefined : { change, why: "differs" };
    }
  }
}

function versionConflict(
  change: ChangeOf<"survey" | "schedule">,
  now: Kept<unknown> | undefined,
): Conflict | undefined {
  if ((now?.version ?? null) === change.base) return undefined;
  if (now === undefined) return { change, why: "missing" };
  if (change.base === null) return { change, why: "exists" };
  return { change, why: "changed", version: now.version, by: now.by, at: now.at };
}

function stateConflict(
  change: ChangeOf<"survey-state" | "schedule-state">,
  now: Kept<unknown> | undefined,
): Conflict | undefined {
  if (now === undefined) return { change, why: "missing" };
  return now.state === change.was ? undefined : { change, why: "differs" };
}

function askedBy(now: Configuration, change: ChangeOf<"survey-state">): Conflict | undefined {
  const schedules = [...now.schedules].flatMap(([name, { state, definition }]) => {
    const asks = definition !== undefined && surveysOf(definition).includes(change.key);
    return state === "on" && asks ? [name] : [];
  });
  return schedules.length === 0 ? undefined : { change, why: "asked-by", schedules };
}

/** What is set up after a change; who made it and when stays out of it. */
export function changed(now: Configuration, change: Change): Configuration {
  switch (change.kind) {
    case "settings":
      return { ...now, settings: { ...now.settings, ...change.set } };
    case "survey": {
      const { key, definition, trigger } = change;
      const before = now.surveys.get(key);
      const kept = { ...nextVersion(before, definition), trigger: before?.trigger ?? trigger };
      return { ...now, surveys: new Map(now.surveys).set(key, kept) };
    }
    case "schedule": {
      const { definition } = change;
      const kept = nextVersion(now.schedules.get(definition.name), definition);
      return { ...now, schedules: new Map(now.schedules).set(definition.name, kept) };
    }
    case "survey-state":
      return { ...now, surveys: switched(now.surveys, change) };
    case "schedule-state": {
      const kept = now.schedules.get(change.name);
      if (kept === undefined) return now;
      const state = change.to;
      return { ...now, schedules: new Map(now.schedules).set(change.name, { ...kept, state }) };
    }
    case "role": {
      const { subject, to } = change;
      const grants = new Map(now.grants);
      if (to === null) grants.delete(subjectKey(subject));
      else grants.set(subjectKey(subject), { subject, role: to });
      return { ...now, grants };
    }
  }
}

/** A new one is paused; one that is the same as it was is no other version. */
function nextVersion<D>(before: Kept<D> | undefined, definition: D): Kept<D> {
  if (before === undefined)
    return { state: "paused", version: 1, by: "", at: new Date(0), definition };
  if (isDeepStrictEqual(before.definition, definition)) return before;
  return { ...before, version: before.version + 1, definition };
}

/** Of those after chats the one that is switched on takes the place of the one that was. */
function switched(
  surveys: Configuration["surveys"],
  { key, to }: ChangeOf<"survey-state">,
): Configuration["surveys"] {
  const it = surveys.get(key);
  if (it === undefined) return surveys;
  const replaces = it.trigger === "chat" && to === "on";
  return new Map(
    [...surveys].map(([each, kept]) => {
      if (each === key) return [each, { ...kept, state: to }];
      const replaced = replaces && kept.trigger === "chat" && kept.state === "on";
      return [each, replaced ? { ...kept, state: "paused" } : kept];
    }),
  );
}
