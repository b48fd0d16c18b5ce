/** Schedules as one YAML file that people read and change: reading it, with where what is wrong. */
import { type Document, isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument } from "yaml";
import { checkSchedule, type Schedule, type ScheduleDefinition } from "./schedule.ts";
import { checkMeaning, type KnownToSchedules } from "./schedule-check.ts";
import { hint, type ScheduleProblem } from "./schedule-issues.ts";

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
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, version: "1.2" });
  const at = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  if (document.errors.length > 0) {
    const problems = document.errors.map(({ pos, message }) => ({
      ...at(pos[0]),
      ...{ schedule: undefined, field: "", message },
    }));
    return { problems };
  }
  const { schedules, found } = readEntries(contentsOf(document), known);
  const problems = found.map(({ path, schedule, ...problem }) => ({
    ...at(offsetOf(document, path, problem.at === "key")),
    schedule,
    field: path
      .slice(schedule === undefined ? 0 : 2)
      .map(String)
      .join("."),
    message: problem.message,
  }));
  if (problems.length === 0) return { schedules };
  return { problems: problems.sort((a, b) => a.line - b.line || a.column - b.column) };
}

interface Found extends ScheduleProblem {
  readonly schedule?: string | undefined;
}

/** What too many repetitions of an anchor would become is not computed. */
const TOO_MUCH = Symbol("too much");

function contentsOf(document: Document): unknown {
  try {
    return document.toJS();
  } catch {
    return TOO_MUCH;
  }
}

function readEntries(
  file: unknown,
  known: KnownToSchedules,
): { schedules: FiledSchedule[]; found: Found[] } {
  const none = (path: readonly string[], message: string) => ({
    schedules: [],
    found: [{ path, message }],
  });
  if (file === TOO_MUCH) return none([], "an anchor is repeated too often");
  if (!isFields(file)) return none([], "a file of schedules begins with the line `schedules:`");
  const { schedules: entries, ...others } = file;
  const found: Found[] = Object.keys(others).map((key) => {
    const message = `there is no ${JSON.stringify(key)} here: ${hint(key, ["schedules"])}`;
    return { path: [key], at: "key", message };
  });
  if (!Array.isArray(entries)) {
    return none(["schedules"], "it must be a list of schedules, each beginning with `- name:`");
  }
  const schedules: FiledSchedule[] = [];
  const names = new Set<string>();
  for (const [index, entry] of entries.entries()) {
    const { filed, problems } = readEntry(entry, known);
    const name = isFields(entry) && typeof entry.name === "string" ? entry.name : undefined;
    const schedule = name ?? `number ${index + 1}`;
    const add = ({ path, ...problem }: ScheduleProblem) =>
      found.push({ ...problem, schedule, path: ["schedules", index, ...path] });
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
  known: KnownToSchedules,
): { filed?: FiledSchedule; problems: readonly ScheduleProblem[] } {
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
  const problems = [...wrongState, ...checkMeaning(definition, known)];
  return { filed: { definition, state: isState(state) ? state : undefined }, problems };
}

function isFields(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Where the thing at a path stands, or the last thing on the way to it that is there. */
function offsetOf(document: Document, path: readonly PropertyKey[], wantsKey: boolean): number {
  let node: unknown = document.contents;
  let offset = startOf(node) ?? 0;
  for (const [depth, key] of path.entries()) {
    const step = stepInto(isAlias(node) ? node.resolve(document) : node, key);
    if (step === undefined) break;
    // A value is pointed at itself; a group of them by its name.
    const byName = step.name !== undefined && (wantsKey || !isScalar(step.value));
    const pointed = byName && depth === path.length - 1 ? step.name : step.value;
    offset = startOf(pointed) ?? offset;
    node = step.value;
  }
  return offset;
}

function stepInto(node: unknown, key: PropertyKey): { name?: unknown; value: unknown } | undefined {
  if (isMap(node)) {
    const pair = node.items.find((each) => isScalar(each.key) && each.key.value === key);
    return pair && { name: pair.key, value: pair.value };
  }
  return isSeq(node) && typeof key === "number" ? { value: node.items[key] } : undefined;
}

function startOf(node: unknown): number | undefined {
  if (!isScalar(node) && !isMap(node) && !isSeq(node) && !isAlias(node)) return undefined;
  return node.range?.[0];
}
