/** What changes, in plain words and field by field, in the reader's language. Pure. */
import { isTextKey, type Texts } from "../locales/index.ts";
import type { Part } from "../platform.ts";
import type { ScheduleDefinition } from "../scheduling/definition/schedule.ts";
import type { SurveyDefinition } from "../surveys/survey.ts";
import type { Change, ChangeOf } from "./change.ts";
import type { FieldPath } from "./fields.ts";
import type { Collision } from "./on-top.ts";
import { type FieldWords, fromTo, onceEach, type SaidRow } from "./say-fields.ts";
import { sayScheduleFields, scheduleWords } from "./say-schedule-fields.ts";
import { saySetting, saySettingName } from "./say-setting.ts";
import { saySurveyFields, surveyWords } from "./say-survey-fields.ts";
import { settingsTable } from "./settings-table.ts";

/** One thing that changes: what it is, and what of it. `only`: nothing but its state, from what to what. */
export interface SaidChange {
  readonly title: string;
  readonly rows: readonly SaidRow[];
  readonly only?: string;
}

/** What was there before; a whole Configuration is one. */
export interface Before {
  readonly surveys: ReadonlyMap<string, { readonly definition: SurveyDefinition | undefined }>;
  readonly schedules: ReadonlyMap<string, { readonly definition: ScheduleDefinition | undefined }>;
}

/**
 * The changes in their order, those of one survey or schedule together. `names`: what people are
 * called, by their ids.
 */
export function sayChanges(
  texts: Texts,
  changes: readonly Change[],
  before: Before,
  names: ReadonlyMap<string, string>,
): SaidChange[] {
  const said = new Map<string, SaidRow[]>();
  const add = (title: string, rows: readonly SaidRow[]) =>
    said.set(title, [...(said.get(title) ?? []), ...rows]);
  for (const change of changes) add(titleOf(texts, change, names), rowsOf(texts, change, before));
  const state = texts.text("change.state");
  return [...said].flatMap(([title, rows]): SaidChange[] => {
    const [[label, only] = [], ...more] = rows;
    if (label === undefined) return [];
    const isState = label === state && only !== undefined && more.length === 0;
    return [isState ? { title, rows, only } : { title, rows }];
  });
}

/** The same as parts of a message: what is only switched in a line each, everything else as a section. */
export function changeParts(said: readonly SaidChange[]): Part[] {
  const switched = said.flatMap(({ title, only }) =>
    only === undefined ? [] : [[title, only] as const],
  );
  const sections = said.flatMap(({ title, rows, only }): Part[] =>
    only === undefined
      ? [
          { kind: "heading", text: title, minor: true },
          { kind: "facts", rows },
        ]
      : [],
  );
  return [
    ...(switched.length === 0 ? [] : [{ kind: "facts", rows: switched } as const]),
    ...sections,
  ];
}

function titleOf(texts: Texts, change: Change, names: ReadonlyMap<string, string>): string {
  switch (change.kind) {
    case "settings":
      return texts.text("change.settings");
    case "survey":
    case "survey-state":
      return texts.text("change.survey", { key: change.key });
    case "schedule":
      return texts.text("change.schedule", { name: change.definition.name });
    case "schedule-state":
      return texts.text("change.schedule", { name: change.name });
    case "role": {
      const { subject } = change;
      const name =
        subject.kind === "group"
          ? subject.label || subject.groupId
          : (names.get(subject.personId) ?? texts.text("change.somebody"));
      return texts.text(subject.kind === "group" ? "change.role.group" : "change.role", { name });
    }
  }
}

function rowsOf(texts: Texts, change: Change, before: Before): SaidRow[] {
  switch (change.kind) {
    case "settings":
      return settingRows(texts, change);
    case "survey": {
      const was = before.surveys.get(change.key)?.definition;
      return saySurveyFields(texts, was, change.definition);
    }
    case "schedule": {
      const was = before.schedules.get(change.definition.name)?.definition;
      return sayScheduleFields(texts, was, change.definition);
    }
    case "survey-state":
    case "schedule-state":
      return [
        [
          texts.text("change.state"),
          fromTo(texts, sayState(texts, change.was), sayState(texts, change.to)),
        ],
      ];
    case "role":
      return [
        [
          texts.text("change.role.label"),
          fromTo(texts, sayRole(texts, change.was), sayRole(texts, change.to)),
        ],
      ];
  }
}

/** As all lists of settings are; one that this program does not know comes last. */
function inOrder(set: Readonly<Record<string, unknown>>): [string, unknown][] {
  const places = new Map<string, number>(settingsTable.map(({ name }, place) => [name, place]));
  const placeOf = (name: string) => places.get(name) ?? settingsTable.length;
  return Object.entries(set).toSorted(([one], [other]) => placeOf(one) - placeOf(other));
}

function settingRows(texts: Texts, { set, was }: ChangeOf<"settings">): SaidRow[] {
  return inOrder(set).map(([name, value]) => [
    saySettingName(texts, name),
    name in was
      ? fromTo(texts, saySetting(texts, name, was[name]), saySetting(texts, name, value))
      : saySetting(texts, name, value),
  ]);
}

export function sayState(texts: Texts, state: unknown): string {
  const key = `change.state.${state}`;
  return isTextKey(key) ? texts.text(key) : texts.text("change.nothing");
}

export function sayRole(texts: Texts, role: unknown): string {
  const key = `change.role.${role}`;
  return isTextKey(key) ? texts.text(key) : texts.text("change.role.none");
}

/** What both changed otherwise, field by field: as it is in each of them. */
export function collisionRows(texts: Texts, collision: Collision): SaidRow[] {
  return collision.kind === "survey"
    ? bothWays(texts, surveyWords, collision)
    : bothWays(texts, scheduleWords, collision);
}

function bothWays<D>(
  texts: Texts,
  words: FieldWords<D>,
  { paths, mine, theirs }: { readonly paths: readonly FieldPath[]; mine: D; theirs: D },
): SaidRow[] {
  const none = texts.text("change.nothing");
  return onceEach(words, paths).map((path) => {
    const own = words.value(texts, path, mine);
    const label = words.label(texts, path, own === undefined ? theirs : mine);
    const other = words.value(texts, path, theirs) ?? none;
    return [label, texts.text("change.conflict.both", { theirs: other, mine: own ?? none })];
  });
}
