/** Differences of schedules, as a person at the terminal reads them. */
import type {
  FieldChange,
  ScheduleChange,
  ScheduleDiff,
} from "../scheduling/definition/schedule-diff.ts";

/** A few lines for each schedule that changes, then what is left as it is. */
export function linesOfDiff({ changes, left }: ScheduleDiff): string[] {
  return [
    ...changes.flatMap(linesOfChange),
    ...left.map((name) => `${name}: not in the file, left as it is (--prune archives it)`),
  ];
}

function linesOfChange({ name, isNew, fields, state }: ScheduleChange): string[] {
  const switched = state === undefined ? "" : `${state.from ?? "new"} → ${state.to}`;
  const how = isNew ? `new, ${state?.to ?? "paused"}` : switched;
  return [how === "" ? name : `${name}: ${how}`, ...fields.map((each) => `  ${lineOfField(each)}`)];
}

/** `limits.perDay: 50 → 20`; with + or - where it is new or gone. */
export function lineOfField({ field, from, to }: FieldChange): string {
  if (from === undefined) return `+ ${field}: ${say(to)}`;
  if (to === undefined) return `- ${field}: ${say(from)}`;
  return `${field}: ${say(from)} → ${say(to)}`;
}

function say(value: unknown): string {
  if (Array.isArray(value)) return value.join(", ");
  return value === null ? "none" : String(value);
}
