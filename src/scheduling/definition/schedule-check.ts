/** Whether a schedule of the right shape also makes sense in its workspace. Pure. */
import { isTimeZone } from "../../config/checks.ts";
import type { MetricName } from "../../metrics/metric.ts";
import { metrics } from "../../metrics/registry.ts";
import { cronProblem, nextRun } from "../plan/next-run.ts";
import { durationMs, type ScheduleDefinition } from "./schedule.ts";
import { hint, type ScheduleProblem } from "./schedule-issues.ts";
import { AFTER_CHAT, hoursOf } from "./timing.ts";

/** What a schedule may refer to. */
export interface KnownToSchedules {
  /** Keys of the surveys that are not archived. */
  readonly surveys: readonly string[];
  /** When the workspace asks anybody, as `HH:MM`; not said: whenever. */
  readonly asking?: { readonly from: string; readonly to: string };
}

const HOUR_MS = 60 * 60 * 1000;
const DAY_MS = 24 * 60 * 60 * 1000;

/** Everything that would not work, each with what to do; nothing: it may be kept. */
export function checkMeaning(
  definition: ScheduleDefinition,
  known: KnownToSchedules,
): ScheduleProblem[] {
  return [
    ...surveyProblems(definition, known),
    ...kindProblems(definition),
    ...triggerProblems(definition),
    ...audienceProblems(definition),
    ...limitProblems(definition),
    ...hoursProblems(definition, known),
  ];
}

function surveyProblems(
  { survey, steps, kind }: ScheduleDefinition,
  { surveys }: KnownToSchedules,
): ScheduleProblem[] {
  const asked =
    steps === undefined
      ? [{ path: ["survey"], key: survey ?? "" }]
      : steps.map((step, index) => ({ path: ["steps", index, "survey"], key: step.survey }));
  return asked.flatMap(({ path, key }) => {
    if (key === AFTER_CHAT) {
      const message = `${AFTER_CHAT} asks about a chat: use it with kind: chat, or name another survey`;
      return kind === "chat" ? [] : [{ path, message }];
    }
    if (surveys.includes(key)) return [];
    const usable = kind === "chat" ? [AFTER_CHAT, ...surveys] : surveys;
    return [{ path, message: `there is no survey ${JSON.stringify(key)}: ${hint(key, usable)}` }];
  });
}

const ofChats = ["chat-closed", "chat-reopened", "answer-given"];

/** A kind has rules of its own, so it is only for what these were made for. */
function kindProblems({ kind, steps, trigger }: ScheduleDefinition): ScheduleProblem[] {
  const wrong = (message: string) => [{ path: ["kind"], message }];
  if (kind === "chat" && (trigger.on !== "chat-closed" || steps !== undefined)) {
    return wrong("a schedule of kind chat asks one survey, on: chat-closed; else use kind: other");
  }
  if (kind === "still-solved" && !ofChats.includes(trigger.on)) {
    return wrong(
      `still-solved is free of the cap because it asks about a chat: it goes with on: ${ofChats.join(", ")}; else use kind: other`,
    );
  }
  const left = trigger.on === "person-left" || trigger.on === "account-left";
  return left && kind !== "exit"
    ? wrong("whoever left is only asked by schedules of kind exit: use kind: exit")
    : [];
}

function triggerProblems({ trigger }: ScheduleDefinition): ScheduleProblem[] {
  switch (trigger.on) {
    case "answer-given": {
      const { metric, from, to } = trigger;
      if (from > to) {
        return [{ path: ["trigger", "to"], message: `to must not be below from (${from})` }];
      }
      return [
        ...inScale(metric, from, ["trigger", "from"]),
        ...inScale(metric, to, ["trigger", "to"]),
      ];
    }
    case "date":
      return trigger.before !== undefined && durationMs(trigger.delay) > 0
        ? [{ path: ["trigger", "delay"], message: "either before or delay, not both" }]
        : [];
    case "cron": {
      const { cron, timeZone = "UTC" } = trigger;
      if (!isTimeZone(timeZone)) {
        const message = `${JSON.stringify(timeZone)} is not a time zone; it looks like Europe/Berlin`;
        return [{ path: ["trigger", "timeZone"], message }];
      }
      const message = cronProblem(cron, timeZone) ?? hasteOf(cron, timeZone);
      return message === undefined ? [] : [{ path: ["trigger", "cron"], message }];
    }
    default:
      return [];
  }
}

/** So many firings in a row tell how close to one another they are. */
const FIRINGS = 50;

/** Each firing plans for the whole audience: nobody can be asked that often. */
function hasteOf(cron: string, timeZone: string): string | undefined {
  let last = nextRun(cron, timeZone, new Date(0));
  for (let i = 0; i < FIRINGS && last !== undefined; i += 1) {
    const next = nextRun(cron, timeZone, last);
    if (next !== undefined && next.getTime() - last.getTime() < HOUR_MS / 2)
      return `"${cron}" fires several times an hour; once an hour at most`;
    last = next;
  }
  return undefined;
}

function inScale(
  metric: MetricName,
  score: number | undefined,
  path: readonly PropertyKey[],
): ScheduleProblem[] {
  const { min, max } = metrics[metric].scale;
  if (score === undefined || (score >= min && score <= max)) return [];
  return [{ path, message: `scores of ${metric} go from ${min} to ${max}` }];
}

function audienceProblems({ audience }: ScheduleDefinition): ScheduleProblem[] {
  const { lastScore, languages = [] } = audience;
  const score = ["audience", "lastScore"];
  return [
    ...(lastScore === undefined
      ? []
      : [
          ...inScale(lastScore.metric, lastScore.min, [...score, "min"]),
          ...inScale(lastScore.metric, lastScore.max, [...score, "max"]),
        ]),
    ...languages.flatMap((tag, index) =>
      isLanguage(tag)
        ? []
        : [
            {
              path: ["audience", "languages", index],
              message: `${JSON.stringify(tag)} is no language; it looks like en, pt-BR or zh-Hant`,
            },
          ],
    ),
  ];
}

function isLanguage(tag: string): boolean {
  try {
    return new Intl.Locale(tag.replaceAll("_", "-")).language !== undefined;
  } catch {
    return false;
  }
}

function hoursProblems(
  { limits: { hours, anyHour } }: ScheduleDefinition,
  { asking }: KnownToSchedules,
): ScheduleProblem[] {
  if (hours === undefined) return [];
  const { from, to } = hoursOf(hours);
  const path = ["limits", "hours"];
  if (anyHour) return [{ path, message: "either anyHour or hours, not both" }];
  if (from >= to) {
    return [{ path: [...path, "to"], message: `it must be later than ${from} on the same day` }];
  }
  if (asking === undefined || (from < asking.to && to > asking.from)) return [];
  const message = `nobody is asked then: this workspace asks from ${asking.from} to ${asking.to} (settings asking.from and asking.to)`;
  return [{ path, message }];
}

function limitProblems({ limits, repeatAfter }: ScheduleDefinition): ScheduleProblem[] {
  const { remindAfter, expireAfter, waitAtMost } = limits;
  const problems: ScheduleProblem[] = [];
  const add = (path: readonly string[], message: string) => problems.push({ path, message });
  if (durationMs(expireAfter) === 0) {
    add(["limits", "expireAfter"], "nobody could answer: more than 0");
  } else if (remindAfter !== null && durationMs(remindAfter) >= durationMs(expireAfter)) {
    const advice = `remind before it expires (${expireAfter}), or write null for no reminder`;
    add(["limits", "remindAfter"], advice);
  }
  if (remindAfter !== null && durationMs(remindAfter) === 0) {
    add(["limits", "remindAfter"], "more than 0, or null for no reminder");
  }
  if (waitAtMost !== undefined && durationMs(waitAtMost) === 0) {
    add(["limits", "waitAtMost"], "nobody would be asked: more than 0");
  }
  if (repeatAfter !== undefined && durationMs(repeatAfter) < DAY_MS) {
    add(["repeatAfter"], "at least 1d");
  }
  return problems;
}
