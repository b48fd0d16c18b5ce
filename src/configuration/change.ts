/**
 * What an admin wants to be otherwise, as values. Chat, setup and the file all make these; one function
 * of the store carries them out (store/configuration.ts), one writes them in words (say-change.ts).
 * Each says what it was based on, so that nobody's change is written over unseen.
 */
import { z } from "zod";
import { checkSchedule, type ScheduleDefinition } from "../scheduling/definition/schedule.ts";
import { readDefinition, type SurveyDefinition } from "../surveys/survey.ts";

const states = z.enum(["on", "paused", "archived"]);
export type State = z.output<typeof states>;

/** Roles that are granted; a customer is everybody else. */
export const grantedRoles = ["viewer", "agent", "lead", "admin"] as const;
export type GrantedRole = (typeof grantedRoles)[number];

const surveyDefinition = z.custom<SurveyDefinition>((it) => readDefinition(it) !== undefined);
const scheduleDefinition = z.custom<ScheduleDefinition>((it) => "definition" in checkSchedule(it));

/** Whom a role is granted to. `label`: what the group is called on its platform; people have none here. */
export const subject = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("person"), personId: z.string() }),
  z.strictObject({
    kind: z.literal("group"),
    connectionId: z.string(),
    groupId: z.string(),
    label: z.string(),
  }),
]);
export type Subject = z.output<typeof subject>;

/** `base`: the version that was changed; null: it is to be new. */
const base = z.number().int().nullable();

const change = z.discriminatedUnion("kind", [
  /** By the names of settings, as `hours.from`. */
  z.strictObject({
    kind: z.literal("settings"),
    set: z.record(z.string(), z.unknown()),
    was: z.record(z.string(), z.unknown()),
  }),
  /** `trigger` counts for a new one. */
  z.strictObject({
    kind: z.literal("survey"),
    key: z.string(),
    trigger: z.enum(["chat", "schedule", "recovery"]),
    definition: surveyDefinition,
    base,
  }),
  z.strictObject({ kind: z.literal("survey-state"), key: z.string(), to: states, was: states }),
  z.strictObject({ kind: z.literal("schedule"), definition: scheduleDefinition, base }),
  z.strictObject({ kind: z.literal("schedule-state"), name: z.string(), to: states, was: states }),
  /** null: no role of ours. */
  z.strictObject({
    kind: z.literal("role"),
    subject,
    to: z.enum(grantedRoles).nullable(),
    was: z.enum(grantedRoles).nullable(),
  }),
]);

/** One thing that is to be otherwise. */
export type Change = z.output<typeof change>;
export type ChangeOf<K extends Change["kind"]> = Extract<Change, { kind: K }>;

/** Why a change was not made. */
export type Conflict =
  /** Somebody saved another version meanwhile. */
  | {
      readonly change: Change;
      readonly why: "changed";
      readonly version: number;
      readonly by: string;
      readonly at: Date;
    }
  /** It is not as it was any more: a setting, a state, a role; or it is there already, or gone. */
  | { readonly change: Change; readonly why: "differs" | "exists" | "missing" }
  /** A schedule that is on asks this survey. */
  | { readonly change: Change; readonly why: "asked-by"; readonly schedules: readonly string[] }
  /** Then nobody would be left who may change anything. */
  | { readonly change: Change; readonly why: "last-admin" };

/** Reads kept changes; `undefined` when this program does not know their shape. */
export function readChanges(kept: unknown): readonly Change[] | undefined {
  const parsed = z.array(change).safeParse(kept);
  return parsed.success ? parsed.data : undefined;
}

/** True for changes by which others may be asked than now, or at other times. */
export function changesWhom(changes: readonly Change[]): boolean {
  return changes.some((each) => {
    if (each.kind === "settings")
      return Object.keys(each.set).some((name) => /^(asking|hours)\.|^timeZone$/u.test(name));
    return each.kind !== "role" && each.kind !== "survey";
  });
}

/** The name of the schedule that changes are about; undefined when they are about more than that one. */
export function oneSchedule(changes: readonly Change[]): string | undefined {
  const names = new Set<string>();
  for (const change of changes) {
    if (change.kind === "schedule") names.add(change.definition.name);
    else if (change.kind === "schedule-state") names.add(change.name);
    else if (change.kind === "settings" && changesWhom([change])) return undefined;
  }
  const [name, ...others] = names;
  return others.length === 0 ? name : undefined;
}

/**
 * True for changes by which more people may be asked, or others, or otherwise: where the workspace
 * wants a second person to approve, these wait for one. Stopping everything waits for nobody.
 */
export function needsApproval(changes: readonly Change[]): boolean {
  return changes.some((each) => {
    switch (each.kind) {
      case "survey-state":
      case "schedule-state":
        return each.to === "on";
      case "settings":
        return Object.entries(each.set).some(
          ([name, to]) =>
            /^(asking|approval)\./u.test(name) && !(name === "asking.stopped" && to === true),
        );
      default:
        return true;
    }
  });
}
