/** What a schedule is for, by what it asks and when; and a name for it. */
import type { ScheduleInput, ScheduleKind } from "../../definition/schedule.ts";
import type { KnownSurvey } from "../reading.ts";
import { begins } from "./trigger.ts";

type Trigger = ScheduleInput["trigger"];

const STILL_SOLVED = "still-solved";

/** The kind says who goes first and by which clock. */
export function kindFor(
  trigger: Trigger,
  [survey]: readonly KnownSurvey[],
  isProgramme: boolean,
): ScheduleKind {
  if (trigger.on === "person-left" || trigger.on === "account-left") return "exit";
  if (trigger.on === "chat-closed" && !isProgramme) {
    if (survey?.aboutChats) return "chat";
    if (survey?.metric === "resolution" || survey?.key === STILL_SOLVED) return "still-solved";
  }
  if (trigger.on === "signals-reached") return survey?.metric === null ? "churn" : "other";
  if (begins(trigger)) return survey?.metric === "nps" ? "relationship" : "onboarding";
  return "other";
}

const LONGEST_NAME = 40;

/** Lower-case letters, digits and hyphens; one that is not taken. */
export function nameFor(
  trigger: Trigger,
  [survey]: readonly KnownSurvey[],
  taken: readonly string[],
): string {
  const what = slug(survey?.metric ?? survey?.key ?? "") || "survey";
  const base = `${what}-${whenName(trigger)}`.slice(0, LONGEST_NAME - 3).replace(/-+$/, "");
  for (let n = 1; ; n += 1) {
    const name = n === 1 ? base : `${base}-${n}`;
    if (!taken.includes(name)) return name;
  }
}

function whenName(trigger: Trigger): string {
  if (trigger.on === "cron") {
    const [, , day, month, weekday] = trigger.cron.split(" ");
    if (month !== "*") return "quarterly";
    if (day !== "*" || weekday?.includes("#")) return "monthly";
    return weekday === "*" ? "daily" : "weekly";
  }
  if (trigger.on === "date") {
    const before = trigger.before === undefined ? "after" : "before";
    return `${before}-${slug(trigger.date) || "date"}`;
  }
  return `after-${afterNames[trigger.on]}`;
}

const afterNames = {
  "chat-closed": "chat",
  "chat-reopened": "reopening",
  "person-joined": "joining",
  "account-joined": "account-joining",
  "person-left": "leaving",
  "account-left": "account-leaving",
  "answer-given": "answer",
  "signals-reached": "signals",
} as const;

function slug(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^[^a-z]+|-+$/g, "");
}
