/** Which fields of a schedule stand in which small form. Pure. */
import { metricNames } from "../../metrics/metric.ts";
import { scheduleKinds } from "../../scheduling/definition/schedule.ts";
import type { WrittenAs } from "./written.ts";

export interface EditedField {
  /** Where it stands in a definition; its texts are schedule.field.PATH. */
  readonly path: readonly string[];
  readonly as: WrittenAs;
  /** Values to choose from; `survey`: the surveys of the workspace. Texts: schedule.choice.VALUE or a survey's key. */
  readonly choices?: readonly string[] | "survey";
  /** Whether one of the choices may be left open. */
  readonly open?: true;
  readonly multiline?: true;
}

/** Triggers as buttons, in the order of lists. */
export const triggers = [
  ...["chat-closed", "person-joined", "cron", "answer-given", "signals-reached", "date"],
  ...["person-left", "account-joined", "account-left", "chat-reopened"],
] as const;
export type TriggerName = (typeof triggers)[number];

const field = (
  path: string,
  as: WrittenAs,
  more: Omit<EditedField, "path" | "as"> = {},
): EditedField => ({ path: path.split("."), as, ...more });

const delay = field("trigger.delay", "length");
const places = [field("trigger.teams", "list"), field("trigger.channels", "list")];
const kind = field("kind", "text", { choices: scheduleKinds });

const byTrigger: Readonly<Record<string, readonly EditedField[]>> = {
  "chat-closed": [delay, ...places],
  "chat-reopened": [delay, ...places],
  "person-joined": [delay],
  "account-joined": [delay],
  "person-left": [delay],
  "account-left": [delay],
  "answer-given": [
    field("trigger.metric", "text", { choices: metricNames }),
    field("trigger.from", "number"),
    field("trigger.to", "number"),
    delay,
  ],
  "signals-reached": [field("trigger.tier", "text", { choices: ["watch", "high"] }), delay],
  date: [
    field("trigger.date", "text"),
    field("trigger.of", "text", { choices: ["account", "person"] }),
    field("trigger.before", "length"),
    delay,
  ],
  cron: [
    field("trigger.days", "text", {
      choices: ["*", "1-5", "1", "2", "3", "4", "5", "6", "0"],
      open: true,
    }),
    field("trigger.time", "clock"),
    field("trigger.timeZone", "zone"),
    field("trigger.cron", "text"),
    field("trigger.missed", "text", { choices: ["catch-up", "skip"] }),
  ],
};

const bySection: Readonly<Record<string, readonly EditedField[]>> = {
  whom: [
    field("audience.accounts", "list"),
    field("audience.accountRole", "text", { choices: ["buyer", "user"], open: true }),
    ...["plans", "tags", "teams"].map((name) => field(`audience.${name}`, "list")),
  ],
  who: [
    ...["languages", "platforms"].map((name) => field(`audience.${name}`, "list")),
    field("audience.lastScore", "score"),
    field("audience.neverAnswered", "flag", { choices: ["yes", "no"], open: true }),
    field("audience.signals", "text", { choices: ["low", "watch", "high"], open: true }),
  ],
  since: ["daysSinceJoined", "daysSinceLastChat", "daysSinceActive"].map((name) =>
    field(`audience.${name}`, "range"),
  ),
  limits: [
    field("limits.perDay", "number"),
    field("limits.sample", "share"),
    field("limits.every", "length"),
    field("limits.rest", "length"),
    field("limits.hours", "hours"),
  ],
  after: [
    field("limits.remindAfter", "reminder"),
    field("limits.expireAfter", "length"),
    field("limits.waitAtMost", "length"),
    field("limits.anyHour", "flag", { choices: ["yes", "no"] }),
  ],
};

/** The fields of a form; none when there is no such form. `isRow`: it asks several surveys in a row. */
export function fieldsOf(
  section: string,
  how: { isRow: boolean; isNew: boolean },
): readonly EditedField[] {
  if (section.startsWith("on-")) return byTrigger[section.slice(3)] ?? [];
  if (section !== "what") return bySection[section] ?? [];
  const name = how.isNew ? [field("name", "text")] : [];
  if (!how.isRow) return [...name, field("survey", "text", { choices: "survey" }), kind];
  const steps = field("steps", "steps", { multiline: true });
  return [...name, steps, field("repeatAfter", "length"), kind];
}
