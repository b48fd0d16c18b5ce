/** Schedules as one YAML file that people read and change: reading it, with where what is wrong. */
import { type FieldProblem, readYaml } from "../../configuration/file/yaml-document.ts";
import { checkSchedule, type Schedule, type ScheduleDefinition } from "./schedule.ts";
import { checkMeaning, type KnownToSchedules } from "./schedule-check.ts";
import { hint } from "./schedule-issues.ts";

/** A schedule as it stands in a file. */
export interface FiledSchedule {
  readonly definition: ScheduleDefinition;
  /** Not said: as it is; a new one is paused. */
  readonly state: Schedule["state"] | undefined;
}

/** Something wrong in a file; lines and columns are counted from 1. */
export interface FileProblem {
  readonly line: number;
  readonly column: number;
  /** Which schedule by its name, else by its place. */
  readonly schedule: string | undefined;
  /** `trigger.delay`; empty for all of it. */
  readonly field: string;
  readonly message: string;
}

export type ReadFile =
  | { readonly schedules: readonly FiledSchedule[] }
  | { readonly problems: readonly FileProblem[] };

const states = ["on", "paused", "archived"] as const;
const isState = (value: unknown): value is Schedule["state"] =>
  states.some((state) => state === value);

/** The schedules of a file, or everything that is wrong with it, in the order of the lines. */
export function readScheduleFile(text: string, known: KnownToSchedules): ReadFile {
  const file = readYaml(text);
  if ("problems" in file) {
    return { problems: file.problems.map((each) => ({ ...each, schedule: undefined, field: "" })) };
  }
  const { schedules, found } = readContents(file.value, known);
  const problems = found.map((problem) => ({
    ...file.place(problem),
    schedule: problem.schedule,
    field: problem.path
      .slice(problem.schedule === undefined ? 0 : 2)
      .map(String)
      .join("."),
    message: problem.message,
  }));
  if (problems.length === 0) return { schedules };
  return { problems: problems.sort((a, b) => a.line - b.line || a.column - b.column) };
}

/** A problem of a file, or of the schedule that is called so, else by its place. */
export interface FoundInSchedules extends FieldProblem {
  readonly schedule?: string;
}

function readContents(
  file: unknown,
  known: KnownToSchedules,
): { schedules: readonly FiledSchedule[]; found: readonly FoundInSchedules[] } {
  if (!isFields(file)) {
    const message = "a file of schedules begins with the line `schedules:`";
    return { schedules: [], found: [{ path: [], message }] };
  }
  const { schedules: entries, ...others } = file;
  const unknown = Object.keys(others).map((key) => {
    const message = `there is no ${JSON.stringify(key)} here: ${hint(key, ["schedules"])}`;
    return { path: [key], at: "key" as const, message };
  });
  const { schedules, found } = readScheduleList(entries, ["schedules"], ({ definition }) =>
    checkMeaning(definition, known),
  );
  return { schedules, found: [...unknown, ...found] };
}

/** The schedules of a list that stands at `path`; `check` looks at what their shape cannot say. */
export function readScheduleList(
  entries: unknown,
  path: readonly PropertyKey[],
  check: (filed: FiledSchedule) => readonly FieldProblem[],
): { readonly schedules: readonly FiledSchedule[]; readonly found: readonly FoundInSchedules[] } {
  if (!Array.isArray(entries)) {
    const message = "it must be a list of schedules, each beginning with `- name:`";
    return { schedules: [], found: [{ path, message }] };
  }
  const schedules: FiledSchedule[] = [];
  const found: FoundInSchedules[] = [];
  const names = new Set<string>();
  for (const [index, entry] of entries.entries()) {
    const { filed, problems } = readEntry(entry, check);
    const name = isFields(entry) && typeof entry.name === "string" ? entry.name : undefined;
    const schedule = name ?? `number ${index + 1}`;
    const add = (problem: FieldProblem) =>
      found.push({ ...problem, schedule, path: [...path, index, ...problem.path] });
    for (const problem of problems) add(problem);
    if (name !== undefined && names.has(name)) {
      add({ path: ["name"], message: "there are two of this name: give one another name" });
    }
    if (name !== undefined) names.add(name);
    if (filed !== undefined) schedules.push(filed);
  }
  return { schedules, found };
}

function readEntry(
  entry: unknown,
  check: (filed: FiledSchedule) => readonly FieldProblem[],
): { filed?: FiledSchedule; problems: readonly FieldProblem[] } {
  if (!isFields(entry)) {
    return { problems: [{ path: [], message: "a schedule begins with `- name:`" }] };
  }
  const { state, ...written } = entry;
  const wrongState =
    state === undefined || isState(state)
      ? []
      : [{ path: ["state"], message: `it must be one of ${states.join(", ")}` }];
  const checked = checkSchedule(written);
  if ("problems" in checked) return { problems: [...wrongState, ...checked.problems] };
  const { definition } = checked;
  const filed = { definition, state: isState(state) ? state : undefined };
  return { filed, problems: [...wrongState, ...check(filed)] };
}

function isFields(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
