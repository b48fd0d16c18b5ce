/** What begins it: something that happens, fixed days, or neither, which is asked about. */
import { durationMs, type ScheduleInput } from "../../definition/schedule.ts";
import { type Asker, askWhichHolds, type Draft, type InRow, type Limits } from "./draft.ts";
import { tokensOf } from "./scores.ts";
import { cronTimeOf, ownHours } from "./times.ts";

type Trigger = ScheduleInput["trigger"];

export const MONDAY = 1;

/** A trigger with the hours that were said; `delay` is that of the first step. */
export interface Begin {
  readonly trigger: Trigger;
  readonly delay: string | undefined;
  readonly hours: Limits["hours"];
}

const joined = new Set<Trigger["on"]>(["person-joined", "account-joined"]);
/** Who joined begins a programme; other things happen again by themselves. */
export const begins = ({ on }: Trigger): boolean => joined.has(on);

const ofChats = new Set<Trigger["on"]>(["chat-closed", "chat-reopened"]);
export const isOfChats = (on: Trigger["on"] | undefined): boolean =>
  on !== undefined && ofChats.has(on);

/** "Every day", "every week": days that come again without a date of their own. */
const isCalendar = ({ n, unit }: Draft["everys"][number]) =>
  n === 1 && ["d", "w", "M", "Q", "Y"].includes(unit);

/** Undefined when it was asked about. */
export function beginOf(asker: Asker, draft: Draft): Begin | undefined {
  const calendars = draft.events.length > 0 ? [] : draft.everys.filter(isCalendar);
  const crons = [...draft.crons, ...calendars.flatMap((every) => daily(every))];
  const fixed = [...crons].filter(({ clause }) => clause !== undefined);
  const [first, ...others] = [...draft.events, ...fixed];
  if (first === undefined) return askWhen(asker, draft, calendars);
  if (others.length > 0) {
    for (const { clause } of others) askWhichHolds(asker, first.clause, clause);
    return undefined;
  }
  const unfit = calendars.filter(({ unit }) => unit !== "d");
  for (const { clause } of unfit) askWhichHolds(asker, first.clause, clause);
  const [event] = draft.events;
  if (event !== undefined) return ofEvent(asker, draft, event);
  const [cron] = crons;
  return cron === undefined ? undefined : ofCron(asker, draft, cron.days);
}

const daily = (every: Draft["everys"][number]): { clause: InRow["clause"]; days: string }[] =>
  every.unit === "d" ? [{ clause: every.clause, days: "* * *" }] : [];

function ofEvent(asker: Asker, draft: Draft, event: Draft["events"][number]): Begin | undefined {
  const before = asker.questions.length;
  const hours = ownHours(asker, draft, true);
  const own = draft.later.filter(({ row }) => row === event.row);
  // "When a chat is closed, after 15 minutes": the delay of what happened.
  const [later] = own;
  const isDelay =
    later !== undefined &&
    event.delay === undefined &&
    draft.surveys.filter(({ row }) => row === event.row).length < 2;
  if (isDelay) draft.later.splice(draft.later.indexOf(later), 1);
  return asker.questions.length > before
    ? undefined
    : { trigger: event.trigger, delay: event.delay ?? (isDelay ? later.time : undefined), hours };
}

function ofCron(asker: Asker, draft: Draft, days: string): Begin | undefined {
  const time = cronTimeOf(asker, draft);
  const hours = ownHours(asker, draft, false);
  if (time === undefined) return undefined;
  const { minutes, zone } = time;
  const cron = `${minutes % 60} ${Math.floor(minutes / 60)} ${days}`;
  return {
    trigger: { on: "cron", cron, ...(zone === undefined ? {} : { timeZone: zone }) },
    delay: undefined,
    hours,
  };
}

/** Nothing said when: by what was said instead. */
function askWhen(asker: Asker, draft: Draft, calendars: Draft["everys"]): undefined {
  const [calendar] = calendars;
  const [every] = draft.everys;
  const [repeat] = draft.repeats;
  const [later] = draft.later;
  if (calendar !== undefined) askDay(asker, calendar);
  else if (every !== undefined) askStart(asker, every);
  else if (later !== undefined) {
    askAfterWhat(asker, later);
  } else if (repeat !== undefined) askStart(asker, repeat);
  else if (asker.questions.length === 0) {
    const choices = [
      asker.say("afterChat"),
      asker.say("afterJoining", { time: said(asker, "30d") }),
      asker.everyWeek([MONDAY]),
    ];
    asker.ask("trigger-missing", asker.end, { choices: choices.map((words) => ({ words })) });
  }
}

/** A length as it is typed in the reader's language; hours and minutes stand as they are. */
export function said(asker: Asker, time: string): string {
  const n = Number.parseInt(time, 10);
  if (time.endsWith("w")) return asker.say("days", { n: n * 7 });
  return time.endsWith("d") ? asker.say("days", { n }) : time;
}

/** Later than this nobody is asked about a chat. */
const LATEST_AFTER_CHAT_MS = 7 * 24 * 60 * 60 * 1000;

/** "After 15 minutes" may be after a chat or after joining, "after 30 days" is hardly after a chat. */
function askAfterWhat(asker: Asker, { clause, time }: Draft["later"][number]): void {
  const [token] = tokensOf(clause.bound, "DUR");
  const length = { time: asker.text.slice(token?.start, token?.end) };
  const joining = asker.say("afterJoining", length);
  const chat = asker.say("afterChatFor", length);
  const isDays = /[dw]$/u.test(time);
  const fits = durationMs(time) < LATEST_AFTER_CHAT_MS ? [chat] : [];
  const ways = isDays ? [joining, ...fits] : [...fits, joining];
  asker.ask("after-what", clause, { choices: ways.map((words) => ({ at: clause, words })) });
}

function askDay(asker: Asker, { clause, unit }: Draft["everys"][number]): void {
  const ways = daysOf(asker, unit);
  asker.ask("day-missing", clause, { choices: ways.map((words) => ({ at: clause, words })) });
}

/** Days of a calendar that come again with each of these units. */
export function daysOf(asker: Asker, unit: string | undefined): string[] {
  if (unit === "w") return [asker.everyWeek([MONDAY])];
  if (unit === "M") return [asker.say("onFirstOfMonth")];
  return unit === "Q" ? [asker.say("onFirstOfQuarter")] : [];
}

/** "Every 90 days": from when on, or is it only how often at most? */
function askStart(
  asker: Asker,
  { clause, time }: InRow & { readonly time: string | undefined },
): void {
  const length = time === undefined ? undefined : said(asker, time);
  if (length === undefined) {
    asker.ask("repeat-missing", clause);
    return;
  }
  const again = asker.say("thenEvery", { time: length });
  const [first, own] = ["30d", time ?? "30d"].map((each) =>
    asker.say("afterJoining", { time: said(asker, each) }),
  );
  const most = asker.say("atMostOnce", { time: length });
  const ways = [
    `${first} ${again}`,
    `${own} ${again}`,
    asker.inRow(asker.say("afterChat"), most),
    asker.inRow(asker.say("onFirstOfQuarter"), most),
  ];
  asker.ask("start-of-every", clause, {
    choices: [...new Set(ways)].map((words) => ({ at: clause, words })),
  });
}
