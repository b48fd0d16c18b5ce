/** What applying a file would change, schedule by schedule and field by field. Pure. */
import type { Schedule, ScheduleDefinition } from "./schedule.ts";
import type { FiledSchedule } from "./schedule-file.ts";

/** `from` undefined: it was not there; `to` undefined: it is gone. */
export interface FieldChange {
  readonly field: string;
  readonly from?: unknown;
  readonly to?: unknown;
}

export interface ScheduleChange {
  readonly name: string;
  readonly isNew: boolean;
  /** The definition to keep; undefined when it stays as it is. */
  readonly definition: ScheduleDefinition | undefined;
  readonly fields: readonly FieldChange[];
  /** Undefined when it stays as it is. */
  readonly state:
    | { readonly from: Schedule["state"] | null; readonly to: Schedule["state"] }
    | undefined;
}

export interface ScheduleDiff {
  readonly changes: readonly ScheduleChange[];
  /** Not in the file and left as they are. */
  readonly left: readonly string[];
}

/** `prune`: what is not in the file is archived. */
export function diffSchedules(
  current: readonly Schedule[],
  filed: readonly FiledSchedule[],
  { prune }: { readonly prune: boolean },
): ScheduleDiff {
  const known = new Map(current.map((each) => [each.definition.name, each]));
  const named = new Set(filed.map(({ definition }) => definition.name));
  const missing = current.filter(
    ({ definition, state }) => !named.has(definition.name) && state !== "archived",
  );
  const changes = [
    ...filed.flatMap((each) => changeOf(known.get(each.definition.name), each)),
    ...(prune ? missing.map(archive) : []),
  ];
  return { changes, left: prune ? [] : missing.map(({ definition }) => definition.name) };
}

function changeOf(current: Schedule | undefined, filed: FiledSchedule): ScheduleChange[] {
  const { definition } = filed;
  const fields = diffDefinitions(current?.definition, definition);
  const to = filed.state ?? current?.state ?? "paused";
  const switched = to !== (current?.state ?? null);
  if (fields.length === 0 && !switched) return [];
  return [
    {
      name: definition.name,
      isNew: current === undefined,
      definition: fields.length === 0 ? undefined : definition,
      fields,
      state: switched ? { from: current?.state ?? null, to } : undefined,
    },
  ];
}

function archive({ definition, state }: Schedule): ScheduleChange {
  return {
    ...{ name: definition.name, isNew: false, definition: undefined, fields: [] },
    state: { from: state, to: "archived" },
  };
}

/** The fields in which two definitions differ, in the order in which they are written. */
export function diffDefinitions(
  before: ScheduleDefinition | undefined,
  after: ScheduleDefinition | undefined,
): FieldChange[] {
  const from = new Map(before === undefined ? [] : fieldsOf(before));
  const to = new Map(after === undefined ? [] : fieldsOf(after));
  const fields = [...new Set([...to.keys(), ...from.keys()])];
  return fields.flatMap((field) => {
    const [old, now] = [from.get(field), to.get(field)];
    if (JSON.stringify(old) === JSON.stringify(now)) return [];
    return [
      {
        field,
        ...(old === undefined ? {} : { from: old }),
        ...(now === undefined ? {} : { to: now }),
      },
    ];
  });
}

/** By names with dots; a list of words is one value. */
function fieldsOf(value: object, before = ""): [string, unknown][] {
  return Object.entries(value).flatMap(([key, inner]: [string, unknown]): [string, unknown][] => {
    const name = `${before}${key}`;
    const isWords = Array.isArray(inner) && inner.every((each) => typeof each !== "object");
    if (typeof inner !== "object" || inner === null || isWords) return [[name, inner]];
    return fieldsOf(inner, `${name}.`);
  });
}
