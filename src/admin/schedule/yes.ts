/** What a yes to a schedule changes, with the surveys that have to be on for it. Pure. */
import type { Change } from "../../configuration/change.ts";
import { type NotAsked, switchedOn } from "../../configuration/surveys-asked.ts";
import type { Schedule, ScheduleDefinition } from "../../scheduling/definition/schedule.ts";
import { hashOf } from "../survey-state/state-value.ts";

/** What is kept, switched or put away. */
export interface Wanted {
  readonly definition: ScheduleDefinition;
  /** As it is kept now; undefined for a new one. */
  readonly current: Schedule | undefined;
}

/**
 * The surveys that a yes switches on, too: those that are off, or one of those that may be chosen. Of
 * more than one row the admin has to say which; none at all: nobody could be asked.
 */
export function surveysWith({ off, chooseFrom }: NotAsked): readonly (readonly string[])[] {
  return chooseFrom === undefined ? [off.map(({ key }) => key)] : chooseFrom.map((key) => [key]);
}

/** What a button carries of them: a press switches on just what was shown. */
export function sayWith(surveys: readonly string[]): string | undefined {
  return surveys.length === 0 ? undefined : hashOf(surveys.join());
}

/** What is otherwise once it is kept and its surveys are on; whether it is on itself is left out. */
export function keptWith({ definition, current }: Wanted, surveys: readonly string[]): Change[] {
  return [{ kind: "schedule", definition, base: current?.version ?? null }, ...switchedOn(surveys)];
}

/** What makes it so. `action`: on, off, archive, or save, which leaves it on or off as it is. */
export function changesOf(action: string, wanted: Wanted, surveys: readonly string[]): Change[] {
  const { current, definition } = wanted;
  const { name } = definition;
  const was = current?.state ?? "paused";
  const to = action === "on" ? "on" : action === "archive" ? "archived" : "paused";
  return [
    ...(action === "archive" ? [] : keptWith(wanted, action === "on" ? surveys : [])),
    ...(action === "save" || to === was
      ? []
      : [{ kind: "schedule-state", name, to, was } as const]),
  ];
}
