/** Whether a schedule of the right shape also makes sense in its workspace. Pure. */
import { isTimeZone } from "../../config/checks.ts";
import type { MetricName } from "../../metrics/metric.ts";
import { metrics } from "../../metrics/registry.ts";
import { cronProblem, nextRun } from "../plan/next-run.ts";
import { durationMs, type ScheduleDefinition } from "./schedule.ts";
import { type CodedProblem, hint, hinted, type ProblemCode } from "./schedule-issues.ts";
import { AFTER_CHAT, hoursOf } from "./timing.ts";

/** What a schedule may refer to. */
export interface KnownToSchedules {
  /** Keys of the surveys that are not archived. */
  readonly surveys: readonly string[];
  /** Keys of those that are archived: they can be had again. */
  readonly archived?: readonly string[];
  /** When the workspace asks anybody, as `HH:MM`; not said: whenever. */
  readonly asking?: { readonly from: string; readonly to: string };
}

const HOUR_MS = 60 * 60 * 1000;
const DAY_MS = 24 * 60 * 60 * 1000;

/** Everything that would not work, each with what to do; nothing: it may be kept. */
export function checkMeaning(
  definition: ScheduleDefinition,
  known: KnownToSchedules,
): CodedProblem[] {
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
  { surveys, archived = [] }: KnownToSchedules,
): CodedProblem[] {
  const asked =
    steps === undefined
      ? [{ path: ["survey"], key: survey ?? "" }]
      : steps.map((step, index) => ({ path: ["steps", index, "survey"], key: step.survey }));
  return asked.flatMap(({ path, key }): CodedProblem[] => {
    if (key === AFTER_CHAT) {
      const message = `${AFTER_CHAT} asks about a chat: use it with kind: chat, or name another survey`;
      const code = "survey-about-chats";
      return kind === "chat" ? [] : [{ path, code, message, params: {} }];
    }
    if (surveys.includes(key)) return [];
    if (archived.includes(key)) {
      const message = `the survey ${JSON.stringify(key)} is archived: bring it back with /survey resume ${key}, or name another`;
      return [{ path, code: "survey-archived", message, params: { value: key } }];
    }
    const usable = kind === "chat" ? [AFTER_CHAT, ...surveys] : surveys;
    const message = `there is no survey ${JSON.stringify(key)}: ${hint(key, usable)}`;
    const params = { value: key, ...hinted(key, usable) };
    return [{ path, code: "survey-unknown", message, params }];
  });
}

const ofChats = ["chat-closed", "chat-reopened", "answer-given"];

/** A kind has rules of its own, so it is only for what these were made for. */
function kindProblems({ kind, steps, trigger }: ScheduleDefinition): CodedProblem[] {
  const wrong = (code: "kind-chat" | "kind-still-solved" | "kind-exit", message: string) => [
    { path: ["kind"], code, message, params: {} },
  ];
  if (kind === "chat" && (trigger.on !== "chat-closed" || steps !== undefined)) {
    return wrong(
      "kind-chat",
      "a schedule of kind chat asks one survey, on: chat-closed; else use kind: other",
    );
  }
  if (kind === "still-solved" && !ofChats.includes(trigger.on)) {
    return wrong(
      "kind-still-solved",
      `still-solved is free of the cap because it asks about a chat: it goes with on: ${ofChats.join(", ")}; else use kind: other`,
    );
  }
  const left = trigger.on === "person-left" || trigger.on === "account-left";
  return left && kind !== "exit"
    ? wrong("kind-exit", "whoever left is only asked by schedules of kind exit: use kind: exit")
    : [];
}

function triggerProblems({ trigger }: ScheduleDefinition): CodedProblem[] {
  switch (trigger.on) {
    case "answer-given": {
      const { metric, from, to } = trigger;
      if (from > to) {
        const message = `to must not be below from (${from})`;
        return [{ path: ["trigger", "to"], code: "below-from", message, params: { from } }];
      }
      return [
        ...inScale(metric, from, ["trigger", "from"]),
        ...inScale(metric, to, ["trigger", "to"]),
      ];
    }
    case "date": {
      if (trigger.before === undefined || durationMs(trigger.delay) === 0) return [];
      const message = "either before or delay, not both";
      return [{ path: ["trigger", "delay"], code: "before-or-delay", message, params: {} }];
    }
    case "cron": {
      const { cron, timeZone = "UTC" } = trigger;
      if (!isTimeZone(timeZone)) {
        const message = `${JSON.stringify(timeZone)} is not a time zone; it looks like Europe/Berlin`;
        const params = { zone: timeZone };
        return [{ path: ["trigger", "timeZone"], code: "time-zone", message, params }];
      }
      const problem = cronProblem(cron, timeZone) ?? hasteOf(cron, timeZone);
      const params = { cron, zone: timeZone };
      return problem === undefined ? [] : [{ path: ["trigger", "cron"], ...problem, params }];
    }
    default:
      return [];
  }
}

/** So many firings in a row tell how close to one another they are. */
const FIRINGS = 50;

/** Each firing plans for the whole audience: nobody can be asked that often. */
function hasteOf(cron: string, timeZone: string) {
  let last = nextRun(cron, timeZone, new Date(0));
  for (let i = 0; i < FIRINGS && last !== undefined; i += 1) {
    const next = nextRun(cron, timeZone, last);
    if (next !== undefined && next.getTime() - last.getTime() < HOUR_MS / 2) {
      const message = `"${cron}" fires several times an hour; once an hour at most`;
      return { code: "cron-often", message } as const;
    }
    last = next;
  }
  return undefined;
}

function inScale(
  metric: MetricName,
  score: number | undefined,
  path: readonly PropertyKey[],
): CodedProblem[] {
  const { min, max } = metrics[metric].scale;
  if (score === undefined || (score >= min && score <= max)) return [];
  const message = `scores of ${metric} go from ${min} to ${max}`;
  return [{ path, code: "out-of-scale", message, params: { metric, min, max } }];
}

function audienceProblems({ audience }: ScheduleDefinition): CodedProblem[] {
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
              code: "language" as const,
              params: { value: tag },
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
): CodedProblem[] {
  if (hours === undefined) return [];
  const { from, to } = hoursOf(hours);
  const path = ["limits", "hours"];
  if (anyHour) {
    const message = "either anyHour or hours, not both";
    return [{ path, code: "any-hour-or-hours", message, params: {} }];
  }
  if (from >= to) {
    const message = `it must be later than ${from} on the same day`;
    return [{ path: [...path, "to"], code: "hours-order", message, params: { from } }];
  }
  if (asking === undefined || (from < asking.to && to > asking.from)) return [];
  const message = `nobody is asked then: this workspace asks from ${asking.from} to ${asking.to} (settings asking.from and asking.to)`;
  return [{ path, code: "hours-closed", message, params: asking }];
}

function limitProblems({ limits, repeatAfter }: ScheduleDefinition): CodedProblem[] {
  const { remindAfter, expireAfter, waitAtMost } = limits;
  const problems: CodedProblem[] = [];
  const add = (
    path: readonly string[],
    code: ProblemCode,
    message: string,
    params: CodedProblem["params"] = {},
  ) => problems.push({ path, code, message, params });
  if (durationMs(expireAfter) === 0) {
    add(["limits", "expireAfter"], "expire-zero", "nobody could answer: more than 0");
  } else if (remindAfter !== null && durationMs(remindAfter) >= durationMs(expireAfter)) {
    const advice = `remind before it expires (${expireAfter}), or write null for no reminder`;
    add(["limits", "remindAfter"], "remind-late", advice, { expire: expireAfter });
  }
  if (remindAfter !== null && durationMs(remindAfter) === 0) {
    add(["limits", "remindAfter"], "remind-zero", "more than 0, or null for no reminder");
  }
  if (waitAtMost !== undefined && durationMs(waitAtMost) === 0) {
    add(["limits", "waitAtMost"], "wait-zero", "nobody would be asked: more than 0");
  }
  if (repeatAfter !== undefined && durationMs(repeatAfter) < DAY_MS) {
    add(["repeatAfter"], "repeat-short", "at least 1d");
  }
  return problems;
}
