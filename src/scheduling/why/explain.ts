/** What was decided about somebody, in words that anybody understands. Pure. */
import { isTextKey, type TextKey, type Texts } from "../../locales/index.ts";
import type { LogEntry } from "../../store/decision-log.ts";
import { standardSchedules } from "../definition/standard-schedules.ts";
import { MIN_CHARACTERS, MIN_MESSAGES } from "../gates/gates.ts";
import { eventsOf, type LogEvent } from "./log-events.ts";

/** Within what it is told: only what happened since, by the clocks of a place. */
export interface Telling {
  readonly timeZone: string;
  readonly since?: Date;
}

/**
 * One line for each invitation, the oldest first: when, what, and everything that became of it.
 * "2026-11-03 14:10 relationship NPS deferred to 11-05 09:00: …; 11-05 asked; 11-12 expired".
 */
export function explainLog(texts: Texts, entries: readonly LogEntry[], telling: Telling): string[] {
  const since = telling.since?.getTime() ?? Number.NEGATIVE_INFINITY;
  return entries
    .map((entry) => {
      const events = eventsOf(entry).filter(({ at }) => (at?.getTime() ?? since) >= since);
      return { entry, events, first: events[0]?.at?.getTime() ?? since };
    })
    .filter(({ events }) => events.length > 0)
    .sort((a, b) => a.first - b.first)
    .map(({ entry, events }) => lineOf(texts, entry, events, telling.timeZone));
}

/** What waits now, one line each: what, why, when it is decided and until when at the latest. */
export function explainWaiting(
  texts: Texts,
  entries: readonly LogEntry[],
  timeZone: string,
): string[] {
  return entries
    .filter(({ state }) => state === "planned")
    .sort((a, b) => dueOf(a) - dueOf(b))
    .map((entry) => {
      const { dueAt, expiresAt, stateReason } = entry;
      const params = {
        what: nameOf(texts, entry),
        due: dueAt === null ? "" : sayTime(dueAt, { timeZone }),
        reason: stateReason === null ? "" : sayReason(texts, stateReason, timeZone),
      };
      const how = dueAt === null ? "contact" : stateReason === null ? "due" : "reason";
      const line = texts.text(`why.waiting.${how}`, params);
      if (expiresAt === null) return line;
      return texts.text("why.waiting.last", { line, until: sayTime(expiresAt, { timeZone }) });
    });
}

function dueOf({ dueAt }: LogEntry): number {
  return dueAt?.getTime() ?? Number.POSITIVE_INFINITY;
}

function lineOf(
  texts: Texts,
  entry: LogEntry,
  [first, ...others]: readonly LogEvent[],
  timeZone: string,
): string {
  if (first === undefined) return "";
  const what = nameOf(texts, entry);
  let said = first.at ?? undefined;
  const sayUntil = { timeZone, after: said };
  let line =
    said === undefined
      ? texts.text("why.line.timeless", { what, first: sayEvent(texts, first, sayUntil) })
      : texts.text("why.line", {
          what,
          at: sayTime(said, { timeZone }),
          first: sayEvent(texts, first, sayUntil),
        });
  for (const next of others) {
    const event = sayEvent(texts, next, { timeZone, after: next.at ?? said });
    line =
      next.at === null
        ? texts.text("why.next.timeless", { before: line, event })
        : texts.text("why.next", {
            before: line,
            at: sayMoment(next.at, timeZone, said),
            event,
          });
    said = next.at ?? said;
  }
  return line;
}

interface Saying {
  readonly timeZone: string;
  /** Said before: its year need not be said again. */
  readonly after?: Date | undefined;
}

function sayEvent(texts: Texts, { what, reason, until }: LogEvent, saying: Saying): string {
  const params = {
    until: until === null ? "" : sayTime(until, saying),
    reason: reason === null ? "" : sayReason(texts, reason, saying.timeZone),
  };
  if (what === "planned") {
    return texts.text(until === null ? "why.event.planned" : "why.event.planned.until", params);
  }
  const withReason = `why.event.${what}.reason`;
  const key =
    reason !== null && isTextKey(withReason) ? withReason : (`why.event.${what}` as const);
  return texts.text(key, params);
}

/** A reason of the gates or of a state in words; never the key itself. */
export function sayReason(texts: Texts, reason: string, timeZone: string): string {
  const keys = [`why.reason.${reason}`, `gate.reason.${reason}`];
  const key: TextKey = keys.find(isTextKey) ?? "why.reason.unknown";
  return texts.text(key, { messages: MIN_MESSAGES, characters: MIN_CHARACTERS, timeZone });
}

const usual = new Set(standardSchedules.map(({ definition }) => definition.name));

/** What was asked, as its readers call it: "relationship NPS". */
function nameOf(
  texts: Texts,
  { kind, metric, channel, schedule }: Pick<LogEntry, "kind" | "metric" | "channel" | "schedule">,
): string {
  const params = {
    metric: metric === null ? texts.text("why.what.survey") : texts.text(`metric.${metric}.name`),
    channel: channel ?? "",
  };
  const plain = kind === "import" ? "other" : kind;
  const about = plain === "chat" && channel !== null ? "chat.in" : plain;
  const what = texts.text(`why.what.${about}`, params);
  // The usual schedules are called after what they ask.
  if (schedule === null || usual.has(schedule)) return what;
  return texts.text("why.what.schedule", { what, schedule });
}

/** The time of day when it is the day that was just said, else the day. */
function sayMoment(at: Date, timeZone: string, before: Date | undefined): string {
  const [day, time] = stamp(at, timeZone);
  if (before === undefined) return `${day} ${time}`;
  const [dayBefore] = stamp(before, timeZone);
  if (day === dayBefore) return time;
  return day.slice(0, 4) === dayBefore.slice(0, 4) ? day.slice(5) : day;
}

/** "2026-11-05 09:00"; "11-05 09:00" after something of that year. */
export function sayTime(at: Date, { timeZone, after }: Saying): string {
  const [day, time] = stamp(at, timeZone);
  const year = after === undefined ? undefined : stamp(after, timeZone)[0].slice(0, 4);
  return `${year === day.slice(0, 4) ? day.slice(5) : day} ${time}`;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** Days as numbers are read alike in every language. */
function stamp(at: Date, timeZone: string): readonly [day: string, time: string] {
  let format = formats.get(timeZone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat("en-US", {
      timeZone,
      ...{ year: "numeric", month: "2-digit", day: "2-digit" },
      ...{ hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
    });
    formats.set(timeZone, format);
  }
  const parts = Object.fromEntries(
    format.formatToParts(at).map(({ type, value }) => [type, value]),
  );
  return [`${parts.year}-${parts.month}-${parts.day}`, `${parts.hour}:${parts.minute}`];
}
