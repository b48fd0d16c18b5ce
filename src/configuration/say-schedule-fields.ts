/** A schedule field by field, in plain words. Pure. */
import type { TextKey, Texts } from "../locales/index.ts";
import {
  describeAsking,
  describeLimits,
  describePlaces,
  joined,
  sayAudience,
  sayWhen,
} from "../scheduling/definition/describe.ts";
import type { Audience, Limits, ScheduleDefinition } from "../scheduling/definition/schedule.ts";
import { differences, type FieldPath } from "./fields.ts";
import { type FieldWords, quoted, type SaidRow, sayFields } from "./say-fields.ts";

/** What is new, or what is otherwise than it was. */
export function sayScheduleFields(
  texts: Texts,
  before: ScheduleDefinition | undefined,
  after: ScheduleDefinition,
): SaidRow[] {
  if (before === undefined) return sayNew(texts, after);
  const paths = differences(before, after).map(({ path }) => path);
  return sayFields(texts, scheduleWords, paths, { before, after });
}

function sayNew(texts: Texts, definition: ScheduleDefinition): SaidRow[] {
  const whom = sayAudience(texts, definition.audience);
  const limits = describeLimits(texts, definition.limits);
  const places = describePlaces(texts, definition.trigger);
  return [
    [texts.text("change.schedule.asks"), sayAsks(texts, definition)],
    [texts.text("change.schedule.when"), sayWhen(texts, definition.trigger)],
    ...(places.length === 0
      ? []
      : [[texts.text("change.schedule.places"), places.join(" ")] as const]),
    [texts.text("change.schedule.whom"), sayWhom(texts, whom)],
    ...(limits.length === 0
      ? []
      : [[texts.text("change.schedule.limit"), joined(texts, limits)] as const]),
  ];
}

export const scheduleWords: FieldWords<ScheduleDefinition> = {
  group: (path) => partOf(path).join("/"),
  label: (texts, path) => texts.text(labelOf(partOf(path))),
  value: (texts, path, definition) => {
    const said = sayPart(texts, partOf(path), definition);
    return said === "" ? undefined : said;
  },
};

/** What is said as one: what is asked, when, where, each condition of the audience, each limit. */
function partOf([first = "", second = ""]: FieldPath): FieldPath {
  if (first === "survey" || first === "steps") return ["asks"];
  if (first === "audience" || first === "limits") return [first, second];
  if (first !== "trigger") return [first];
  if (second === "teams" || second === "channels") return ["places"];
  return second === "missed" ? ["missed"] : ["when"];
}

const limitLabels: Readonly<Record<string, TextKey>> = {
  every: "change.schedule.every",
  perDay: "change.schedule.per-day",
  hours: "change.schedule.hours",
  anyHour: "change.schedule.hours",
  remindAfter: "change.schedule.reminder",
};

const labels: Readonly<Record<string, TextKey>> = {
  asks: "change.schedule.asks",
  when: "change.schedule.when",
  places: "change.schedule.places",
  missed: "change.schedule.missed",
  audience: "change.schedule.whom",
  repeatAfter: "change.schedule.again",
  kind: "change.schedule.kind",
};

function labelOf([part = "", field = ""]: FieldPath): TextKey {
  if (part === "limits") return limitLabels[field] ?? "change.schedule.limit";
  return labels[part] ?? "change.field.other";
}

function sayPart(texts: Texts, [part, field = ""]: FieldPath, it: ScheduleDefinition): string {
  switch (part) {
    case "asks":
      return sayAsks(texts, it);
    case "when":
      return sayWhen(texts, it.trigger);
    case "places":
      return describePlaces(texts, it.trigger).join(" ");
    case "missed":
      return it.trigger.on === "cron" ? texts.text(`schedule.missed.${it.trigger.missed}`) : "";
    case "audience":
      return sayWhom(texts, sayAudience(texts, onlyField(it.audience, field)));
    case "limits":
      return describeLimits(texts, onlyField<Partial<Limits>>(it.limits, field)).join(" ");
    case "repeatAfter":
      return it.repeatAfter === undefined ? "" : (describeAsking(texts, it).at(-1) ?? "");
    case "kind":
      return texts.text(`change.kind.${it.kind}`);
    default:
      return "";
  }
}

/** The same with this field alone: every field of both may be left out. */
function onlyField<T extends Partial<Audience> | Partial<Limits>>(of: T, field: string): T {
  return Object.fromEntries(Object.entries(of).filter(([name]) => name === field)) as T;
}

function sayWhom(texts: Texts, said: readonly string[]): string {
  return said.length === 0 ? texts.text("change.schedule.all") : joined(texts, said);
}

/** The survey, or the steps one after the other. */
function sayAsks(texts: Texts, { survey, steps = [], ...rest }: ScheduleDefinition): string {
  if (survey !== undefined) return quoted(texts, survey);
  const { repeatAfter: _, ...once } = rest;
  const [, ...said] = describeAsking(texts, { ...once, steps });
  return said.join("; ");
}
