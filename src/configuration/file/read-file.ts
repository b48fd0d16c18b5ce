/** The configuration as one YAML file: reading it, with everything that is wrong. Pure. */
import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import { checkMeaning } from "../../scheduling/definition/schedule-check.ts";
import { type FiledSchedule, readScheduleList } from "../../scheduling/definition/schedule-file.ts";
import { hint, shapeMessages } from "../../scheduling/definition/schedule-issues.ts";
import type { SurveyPlatform } from "../../surveys/check/check.ts";
import type { FiledConfiguration, FiledSurvey, FileProblem, Found, KnownToFile } from "./filed.ts";
import { isFields, itemsOf } from "./filed.ts";
import { readFiledRoles } from "./read-roles.ts";
import { readFiledSettings } from "./read-settings.ts";
import { readFiledSurveys } from "./read-surveys.ts";
import { type FieldProblem, readYaml, type YamlFile } from "./yaml-document.ts";

/** The shape of the file that this program writes and reads. */
export const FILE_VERSION = 1;

export interface ReadConfigurationFile {
  /** What it says, as far as it was understood: to be used when there is no error. */
  readonly filed: FiledConfiguration;
  /** In the order of the lines. */
  readonly problems: readonly FileProblem[];
}

/** What is so when a file is read. */
export interface Reading {
  /** Where its surveys are asked, or might be. */
  readonly platforms?: readonly SurveyPlatform[];
  readonly now?: Date;
}

/** Reads a file. Without `known` nothing is said about people, connections and what is there now. */
export function readConfigurationFile(
  text: string,
  known: KnownToFile | undefined,
  reading: Reading = {},
): ReadConfigurationFile {
  const file = readYaml(text);
  if ("problems" in file) {
    const problems = file.problems.map((each): FileProblem => {
      return { ...each, level: "error", about: "", field: "" };
    });
    return { filed: nothingFiled, problems };
  }
  const { filed, found } = readContents(file.value, known, reading);
  const places = new Map<string, FileProblem>();
  for (const each of [...found, ...unkeepable(file.value)]) {
    const problem = placed(file, each);
    const { line, column, message } = problem;
    const place = `${line}:${column} ${message}`;
    if (!places.has(place)) places.set(place, problem);
  }
  const problems = [...places.values()];
  return { filed, problems: problems.sort((a, b) => a.line - b.line || a.column - b.column) };
}

const nothingFiled: FiledConfiguration = {
  ...{ asOf: undefined, settings: undefined, surveys: undefined },
  ...{ schedules: undefined, roles: undefined },
};

function placed(file: YamlFile, { path, message, at, about = "", depth = 0, level }: Found) {
  const written = at === "key" ? undefined : file.written(path);
  const isSaid = written === undefined || written === "" || isWordOf(message, written);
  const problem: FileProblem = {
    ...file.place({ path, ...(at === undefined ? {} : { at }) }),
    ...{ level: level ?? "error", about, message },
    field: path.slice(depth).map(String).join("."),
  };
  return isSaid ? problem : { ...problem, written };
}

/** "10:00" stands in "later than 10:00", and "9:00" not in "a time as 09:00". */
function isWordOf(message: string, written: string): boolean {
  const at = message.indexOf(written);
  const [before = "", after = ""] = [message[at - 1], message[at + written.length]];
  return at >= 0 && !/[\p{L}\p{N}]/u.test(before) && !/[\p{L}\p{N}]/u.test(after);
}

const parts = ["version", "asOf", "settings", "surveys", "schedules", "roles"];

function readContents(
  file: unknown,
  known: KnownToFile | undefined,
  { platforms = [], now }: Reading,
) {
  const filed: { -readonly [K in keyof FiledConfiguration]: FiledConfiguration[K] } = {
    ...nothingFiled,
  };
  if (file === null || file === undefined) {
    return { filed, found: [{ path: [], message: "it is empty: it begins with `version: 1`" }] };
  }
  if (!isFields(file)) {
    return { filed, found: [{ path: [], message: "it begins with the line `version: 1`" }] };
  }
  const found: Found[] = Object.keys(file)
    .filter((key) => !parts.includes(key))
    .map((key) => {
      const message = `there is no ${JSON.stringify(key)} here: ${hint(key, parts)}`;
      return { path: [key], at: "key", message };
    });
  found.push(...versionProblems(file.version));
  const asOf = readAsOf(file.asOf, now);
  if ("message" in asOf) found.push(asOf);
  else filed.asOf = asOf.at;
  if (file.settings !== undefined) {
    const read = readFiledSettings(file.settings, known);
    filed.settings = read.settings;
    found.push(...read.found);
  }
  if (file.surveys !== undefined) {
    const read = readFiledSurveys(file.surveys, known, platforms);
    filed.surveys = read.surveys;
    found.push(...read.found);
  }
  if (file.schedules !== undefined) {
    const read = readSchedules(file.schedules, { ...filed, named: keysIn(file.surveys) }, known);
    filed.schedules = read.schedules;
    found.push(...read.found);
  }
  if (file.roles !== undefined) {
    const read = readFiledRoles(file.roles, known);
    filed.roles = read.roles;
    found.push(...read.found);
  }
  return { filed, found };
}

function versionProblems(version: unknown): Found[] {
  if (version === FILE_VERSION) return [];
  const what = version === undefined ? "it is missing" : `this aftertalk reads ${FILE_VERSION}`;
  return [{ path: ["version"], message: `${what}: write version: ${FILE_VERSION}` }];
}

/** Clocks may differ by less. */
const DAY_MS = 24 * 60 * 60 * 1000;

function readAsOf(
  written: unknown,
  now: Date | undefined,
): { readonly at: Date | undefined } | FieldProblem {
  if (written === undefined || written === null) return { at: undefined };
  const parsed = z.iso.datetime().safeParse(written);
  const at = parsed.success ? new Date(parsed.data) : undefined;
  const isToCome = at !== undefined && now !== undefined && at.getTime() - now.getTime() > DAY_MS;
  if (isToCome) {
    const message = "it is still to come: nothing that was changed in chat would be seen";
    return { path: ["asOf"], message };
  }
  if (at !== undefined) return { at };
  const message = "the time that aftertalk config export has written, or no such line";
  return { path: ["asOf"], message };
}

function readSchedules(
  written: unknown,
  { settings, surveys, named }: FiledConfiguration & { readonly named: readonly string[] },
  known: KnownToFile | undefined,
) {
  const asking = { ...(known === undefined ? {} : known.now.settings), ...settings };
  const [from, to] = [asking["asking.from"], asking["asking.to"]];
  const hours = typeof from === "string" && typeof to === "string" ? { asking: { from, to } } : {};
  const read = readScheduleList(written, ["schedules"], (filed) => {
    const names = surveysFor(filed, surveys ?? [], known);
    // Which there are is not known: what it asks is taken as it is. One with errors is there, too.
    const asked = [...new Set([...(names ?? askedBy(filed)), ...brokenIn(named, surveys)])];
    const problems = checkMeaning(filed.definition, { surveys: asked, ...hours });
    return isSo(filed, known) ? problems.map((each) => ({ ...each, level: "warning" })) : problems;
  });
  const found = read.found.map(({ schedule, ...wrong }): Found => {
    const problem = { ...wrong, message: aboutLength(wrong) };
    return schedule === undefined
      ? problem
      : { ...problem, about: `schedule ${schedule}`, depth: 2 };
  });
  return { schedules: read.schedules, found };
}

const lengths = ["delay", "before", "after", "every", "rest", "repeatAfter"].concat(
  ...["remindAfter", "expireAfter", "waitAtMost"],
);

/** `delay: 15`: of what? */
function aboutLength({ path, message }: FieldProblem): string {
  const isLength = lengths.includes(String(path.at(-1))) && message.startsWith("it must be a text");
  return isLength ? shapeMessages.length : message;
}

function keysIn(surveys: unknown): string[] {
  return itemsOf(surveys).flatMap(([, entry]) =>
    isFields(entry) && typeof entry.key === "string" ? [entry.key] : [],
  );
}

function brokenIn(named: readonly string[], surveys: readonly FiledSurvey[] | undefined): string[] {
  return named.filter((key) => surveys?.every((each) => each.key !== key));
}

function askedBy({ definition: { survey, steps = [] } }: FiledSchedule): string[] {
  return [survey ?? "", ...steps.map((step) => step.survey)];
}

/** What a schedule may ask once the file is applied; `undefined` when that cannot be known. */
function surveysFor(
  { state, definition }: FiledSchedule,
  filed: readonly FiledSurvey[],
  known: KnownToFile | undefined,
): string[] | undefined {
  if (known === undefined) return undefined;
  const isArchived = (state ?? known.now.schedules.get(definition.name)?.state) === "archived";
  const now = [...known.now.surveys].map(([key, { state, trigger }]) => ({ key, state, trigger }));
  const all = new Map(now.map((each) => [each.key, each]));
  for (const { key, state, trigger } of filed) {
    const is = all.get(key);
    all.set(key, {
      key,
      state: state ?? is?.state ?? "paused",
      trigger: is?.trigger ?? trigger ?? "schedule",
    });
  }
  return [...all.values()]
    .filter(({ state, trigger }) => trigger !== "recovery" && (isArchived || state !== "archived"))
    .map(({ key }) => key);
}

/** It is there just like this already: what is wrong with it is no reason to refuse the rest. */
function isSo({ definition }: FiledSchedule, known: KnownToFile | undefined): boolean {
  return isDeepStrictEqual(known?.now.schedules.get(definition.name)?.definition, definition);
}

/** What no database keeps: NUL, and half of a character. */
function unkeepable(value: unknown, path: readonly PropertyKey[] = []): Found[] {
  const message = "it has a character that cannot be kept";
  if (typeof value === "string") return isKeepable(value) ? [] : [{ path, message }];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]): Found[] => {
    const step = Array.isArray(value) ? Number(key) : key;
    const own: Found[] = isKeepable(key) ? [] : [{ path: [...path, key], at: "key", message }];
    return [...own, ...unkeepable(inner, [...path, step])];
  });
}

function isKeepable(text: string): boolean {
  return text.isWellFormed() && !text.includes("\0");
}
