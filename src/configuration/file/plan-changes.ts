/** From what is set up now to what a file says: the changes, in an order in which they fit. Pure. */
import { isDeepStrictEqual } from "node:util";
import { defaultSettings, flatten } from "../../store/settings.ts";
import type { Change, ChangeOf } from "../change.ts";
import { type Configuration, subjectKey } from "../configuration.ts";
import type { FiledConfiguration } from "./filed.ts";

/** One thing that is set up, as people name it. */
export interface Thing {
  readonly kind: "setting" | "survey" | "schedule" | "role";
  /** Of a role {@link subjectKey}. */
  readonly name: string;
}

export interface PlannedChanges {
  readonly changes: readonly Change[];
  /** Not in the file, and left as it is. */
  readonly left: readonly Thing[];
  /** Not in the file, and so archived, revoked, or set as it is at first. */
  readonly pruned: readonly Thing[];
}

/** `prune`: what is not in a part of the file that is there is taken away. */
export function planChanges(
  now: Configuration,
  filed: FiledConfiguration,
  { prune }: { readonly prune: boolean },
): PlannedChanges {
  const missing = notFiled(now, filed);
  const pruned = prune ? missing : [];
  const gone = (kind: Thing["kind"]) =>
    pruned.flatMap((each) => (each.kind === kind ? [each.name] : []));
  const surveyStates = statesOf(
    ...(["survey-state", now.surveys, filed.surveys ?? [], gone("survey")] as const),
  ).flatMap((each) => pausedBefore(now, each));
  const schedules = (filed.schedules ?? []).map(({ definition, state }) => ({
    ...{ key: definition.name, definition, state },
  }));
  const scheduleStates = statesOf("schedule-state", now.schedules, schedules, gone("schedule"));
  const isArchived = ({ to }: { to: string }) => to === "archived";
  return {
    changes: [
      ...settingChanges(now, filed, gone("setting")),
      ...surveyChanges(now, filed),
      ...surveyStates.filter((each) => !isArchived(each)).toSorted(pausedFirst),
      ...scheduleChanges(now, filed),
      ...scheduleStates.toSorted(pausedFirst),
      // Only when no schedule asks it any more.
      ...surveyStates.filter(isArchived),
      ...roleChanges(now, filed, gone("role")),
    ],
    left: prune ? [] : missing,
    pruned,
  };
}

/** Another one after chats that is switched on would pause it in between. */
function pausedBefore(
  { surveys }: Configuration,
  change: ChangeOf<"survey-state">,
): ChangeOf<"survey-state">[] {
  const { key, to, was } = change;
  const isOne = surveys.get(key)?.trigger === "chat" && to === "archived" && was === "on";
  if (!isOne) return [change];
  return [
    { ...change, to: "paused" },
    { ...change, was: "paused" },
  ];
}

/** Of the surveys after chats the one that is switched on takes the place of the one that was. */
function pausedFirst(a: { to: string }, b: { to: string }): number {
  return Number(a.to === "on") - Number(b.to === "on");
}

/** The workspace's time zone has no value of its own at first: it is never set back. */
const KEPT = "timeZone";

const usual = flatten(defaultSettings);

function notFiled(now: Configuration, filed: FiledConfiguration): Thing[] {
  const { settings, surveys, schedules, roles } = filed;
  const roleKeys = new Set(roles?.map(({ subject }) => subjectKey(subject)));
  const kept = (
    kind: "survey" | "schedule",
    there: Configuration["surveys"] | Configuration["schedules"],
    named: readonly string[] | undefined,
  ) =>
    [...there].flatMap(([name, { state, definition }]): Thing[] =>
      // What a newer program has written is nothing that a file could have said.
      named === undefined ||
      named.includes(name) ||
      state === "archived" ||
      definition === undefined
        ? []
        : [{ kind, name }],
    );
  return [
    ...Object.entries(now.settings).flatMap(([name, value]): Thing[] =>
      settings === undefined ||
      name in settings ||
      name === KEPT ||
      isDeepStrictEqual(value, usual[name])
        ? []
        : [{ kind: "setting", name }],
    ),
    ...kept(
      "survey",
      now.surveys,
      surveys?.map(({ key }) => key),
    ),
    ...kept(
      "schedule",
      now.schedules,
      schedules?.map(({ definition }) => definition.name),
    ),
    ...[...now.grants.keys()].flatMap((name): Thing[] =>
      roles === undefined || roleKeys.has(name) ? [] : [{ kind: "role", name }],
    ),
  ];
}

function settingChanges(
  now: Configuration,
  { settings = {} }: FiledConfiguration,
  gone: readonly string[],
): Change[] {
  const wanted = { ...settings, ...Object.fromEntries(gone.map((name) => [name, usual[name]])) };
  const other = Object.keys(wanted).filter(
    (name) => !isDeepStrictEqual(wanted[name], now.settings[name]),
  );
  if (other.length === 0) return [];
  const pick = (from: Readonly<Record<string, unknown>>) =>
    Object.fromEntries(other.map((name) => [name, from[name]]));
  return [{ kind: "settings", set: pick(wanted), was: pick(now.settings) }];
}

function surveyChanges(now: Configuration, { surveys = [] }: FiledConfiguration): Change[] {
  return surveys.flatMap(({ key, trigger, definition }): Change[] => {
    const is = now.surveys.get(key);
    if (isDeepStrictEqual(is?.definition, definition)) return [];
    return [
      {
        ...{ kind: "survey", key, definition, base: is?.version ?? null },
        trigger: is?.trigger ?? trigger ?? "schedule",
      },
    ];
  });
}

function scheduleChanges(now: Configuration, { schedules = [] }: FiledConfiguration): Change[] {
  return schedules.flatMap(({ definition }): Change[] => {
    const is = now.schedules.get(definition.name);
    return isDeepStrictEqual(is?.definition, definition)
      ? []
      : [{ kind: "schedule", definition, base: is?.version ?? null }];
  });
}

type State = ChangeOf<"survey-state">["to"];

function statesOf<K extends "survey-state" | "schedule-state">(
  kind: K,
  there: ReadonlyMap<string, { readonly state: State }>,
  filed: readonly { readonly key: string; readonly state: State | undefined }[],
  gone: readonly string[],
) {
  const wanted = [
    ...filed.map(({ key, state }) => ({ key, to: state })),
    ...gone.map((key) => ({ key, to: "archived" as const })),
  ];
  return wanted.flatMap(({ key, to }) => {
    // A new one is paused.
    const was = there.get(key)?.state ?? "paused";
    if (to === undefined || to === was) return [];
    return [
      { ...(kind === "survey-state" ? { kind, key } : { kind, name: key }), to, was },
    ] as ChangeOf<K>[];
  });
}

function roleChanges(
  now: Configuration,
  { roles = [] }: FiledConfiguration,
  gone: readonly string[],
): Change[] {
  const granted = roles.flatMap(({ subject, role }): Change[] => {
    const was = now.grants.get(subjectKey(subject))?.role ?? null;
    return was === role ? [] : [{ kind: "role", subject, to: role, was }];
  });
  const revoked = gone.flatMap((name): Change[] => {
    const is = now.grants.get(name);
    return is === undefined ? [] : [{ kind: "role", subject: is.subject, to: null, was: is.role }];
  });
  return [...granted, ...revoked];
}

/** What a change is about. */
export function thingsOf(change: Change): Thing[] {
  switch (change.kind) {
    case "settings":
      return Object.keys(change.set).map((name) => ({ kind: "setting", name }));
    case "survey":
    case "survey-state":
      return [{ kind: "survey", name: change.key }];
    case "schedule":
      return [{ kind: "schedule", name: change.definition.name }];
    case "schedule-state":
      return [{ kind: "schedule", name: change.name }];
    case "role":
      return [{ kind: "role", name: subjectKey(change.subject) }];
  }
}
