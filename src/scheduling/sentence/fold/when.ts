/** What is asked and when: clauses are put down row by row. */
import type { ClauseKind } from "../clauses/index.ts";
import type { Clause } from "../parse.ts";
import { has } from "../token.ts";
import type { Asker, Draft, SaidTime } from "./draft.ts";
import { eventOf } from "./events.ts";
import { lengthOf } from "./lengths.ts";
import { tokensOf } from "./scores.ts";
import { askWhetherHours } from "./times.ts";
import { namesIn } from "./whom.ts";

type Fold = (asker: Asker, clause: Clause, draft: Draft, row: number) => void;

const QUARTER_MONTHS = "1,4,7,10";
const LAST = "L";

const event: Fold = (asker, clause, draft, row) => {
  const { bound } = clause;
  const [length] = tokensOf(bound, "DUR");
  const said = eventOf(asker, clause, draft, row);
  if (said === undefined) return;
  if (length === undefined) {
    draft.events.push({ row, clause, trigger: said, delay: undefined });
    return;
  }
  const delay = lengthOf(asker, length);
  if (delay !== undefined) draft.events.push({ row, clause, trigger: said, delay });
};

const before: Fold = (asker, clause, draft, row) => {
  const said = eventOf(asker, clause, draft, row);
  const [length] = tokensOf(clause.bound, "DUR");
  const time = length === undefined ? undefined : lengthOf(asker, length);
  if (said === undefined || time === undefined) return;
  // Nobody knows when a chat will be closed.
  if (said.on !== "date") asker.ask("not-expressible", clause);
  else draft.events.push({ row, clause, trigger: { ...said, before: time }, delay: undefined });
};

const onDate: Fold = (asker, clause, draft, row) => {
  const said = eventOf(asker, clause, draft, row);
  if (said === undefined) return;
  if (said.on !== "date") asker.ask("not-clear", clause);
  else draft.events.push({ row, clause, trigger: said, delay: undefined });
};

/** The days of the week: "on Monday" alone is one Monday. */
const weekly: Fold = (asker, clause, draft, row) => {
  const { bound, tokens } = clause;
  const isRange = bound.some(({ name, kind }) => name === "<days>" && kind === "range");
  const recurs =
    isRange ||
    tokens.some((token) => has(token, "EVERYW", "EVERY_WEEK", "EVERY_WEEKDAY")) ||
    draft.everys.some(({ unit }) => unit === "w");
  const days = tokensOf(bound, "WEEKDAY", "EVERY_WEEKDAY").flatMap(({ n }) => n ?? []);
  if (!recurs) {
    asker.ask("once-only", clause, { choices: [{ at: clause, words: asker.everyWeek(days) }] });
    return;
  }
  const [first = 1, last = first] = days;
  const said = isRange
    ? `${first}-${last}`
    : [...new Set(days)]
        .sort((a, b) => a - b)
        .map((day) => day % 7)
        .join(",");
  if (isRange && first >= last) asker.ask("not-clear", clause);
  else draft.crons.push({ row, clause, days: `* * ${said}` });
};

const onDay =
  (months: string): Fold =>
  (asker, clause, draft, row) => {
    const n = tokensOf(clause.bound, "MDAY", "ORD")[0]?.n ?? 1;
    if (n > 31) asker.ask("not-clear", clause);
    else draft.crons.push({ row, clause, days: `${n === 0 ? LAST : n} ${months} *` });
  };

/** The first Monday of the month. */
const nthWeekday: Fold = (asker, clause, draft, row) => {
  const day = (tokensOf(clause.bound, "WEEKDAY")[0]?.n ?? 1) % 7;
  const nth = tokensOf(clause.bound, "ORD")[0]?.n;
  if (nth !== undefined && nth > 4) asker.ask("not-clear", clause);
  else draft.crons.push({ row, clause, days: `* * ${day}#${nth ?? LAST}` });
};

const time =
  (whose: SaidTime["whose"]): Fold =>
  (_, clause, draft) => {
    const [clock] = tokensOf(clause.bound, "CLOCK");
    const zone = tokensOf(clause.bound, "ZONE")[0]?.name;
    const from = clock?.minutes ?? [];
    draft.times.push({ clause, whose, from, ...(zone === undefined ? {} : { zone }) });
  };

/** The folds of clauses that say what and when. */
export const whenFolds: Partial<Record<ClauseKind, Fold>> = {
  survey(_, clause, draft, row) {
    const survey = tokensOf(clause.bound, "SURVEY")[0];
    const metric = tokensOf(clause.bound, "METRIC")[0]?.name;
    const key = survey?.names?.SURVEY ?? survey?.name;
    draft.surveys.push({ row, clause, key, metric });
  },
  event,
  before,
  onDate,
  later(asker, clause, draft, row) {
    const [length] = tokensOf(clause.bound, "DUR");
    const said = length === undefined ? undefined : lengthOf(asker, length);
    if (said !== undefined) draft.later.push({ row, clause, time: said });
  },
  every(asker, clause, draft, row) {
    const [token] = tokensOf(clause.bound, "EVERY");
    const { n = 1, unit = "d" } = token ?? {};
    // "Every month" may name a day of the calendar; as a length of time a month is none of a schedule's.
    const isCalendar = n === 1 && ["M", "Q", "Y"].includes(unit);
    const time = isCalendar || token === undefined ? undefined : lengthOf(asker, token);
    const once = has(token, "ONCE");
    if (time !== undefined || isCalendar) draft.everys.push({ row, clause, n, unit, time, once });
  },
  repeat(asker, clause, draft, row) {
    const [length] = tokensOf(clause.bound, "DUR", "EVERY");
    const every = tokensOf(clause.bound, "EVERY").length > 0;
    if (length === undefined) draft.repeats.push({ row, clause, every, time: undefined });
    else {
      const said = lengthOf(asker, length);
      if (said !== undefined) draft.repeats.push({ row, clause, every, time: said });
    }
  },
  weekly,
  workdays: (_, clause, draft, row) => void draft.crons.push({ row, clause, days: "* * 1-5" }),
  weekends: (_, clause, draft, row) => void draft.crons.push({ row, clause, days: "* * 0,6" }),
  monthly: onDay("*"),
  quarterly: onDay(QUARTER_MONTHS),
  nthWeekday,
  clock: time("none"),
  clockLocal: time("local"),
  clockOurs: time("ours"),
  clockZone: time("zone"),
  hours: (_, clause, draft) => void draft.times.push(stretchIn(clause)),
  perhapsHours: (asker, clause) => askWhetherHours(asker, stretchIn(clause)),
  teams(asker, clause, draft, row) {
    const names = namesIn(asker, clause, "TEAMNAME", "teams");
    if (names !== undefined) draft.teams.push({ row, clause, names });
  },
  channels(asker, clause, draft, row) {
    const names = namesIn(asker, clause, "CHANNELNAME", "channels");
    if (names !== undefined) draft.channels.push({ row, clause, names });
  },
};

function stretchIn(clause: Clause): SaidTime {
  const [from, to] = tokensOf(clause.bound, "CLOCK", "NUM");
  const local = tokensOf(clause.bound, "LOCAL").length > 0;
  return { clause, whose: local ? "local" : "none", from: hoursOf(from), to: hoursOf(to) };
}

/** The times that an end of a stretch may be. */
function hoursOf(
  token: { minutes?: readonly number[]; n?: number } | undefined,
): readonly number[] {
  if (token?.minutes !== undefined) return token.minutes;
  const hour = token?.n ?? 0;
  if (!Number.isInteger(hour) || hour > 24) return [];
  if (hour > 12 || hour === 0) return [hour * 60];
  return hour === 12 ? [12 * 60] : [hour * 60, (hour + 12) * 60];
}
