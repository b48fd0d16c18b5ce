/** From a person's "tomorrow morning" to a point in time. */
import { casual as english, type ParsedResult } from "chrono-node/en";
import { casual as russian } from "chrono-node/ru";
import { hans, hant } from "chrono-node/zh";
import { Temporal } from "temporal-polyfill";
import { type Language, languages } from "../../locales/index.ts";

/** Longer than any sensible time, short enough for whatever patterns chrono tries on it. */
const MAX_WHEN_LENGTH = 100;
const HOUR_MS = 3_600_000;
const YEAR_MS = 366 * 24 * HOUR_MS;

/** Where only a day or a part of it was said, nobody is woken up or kept from going to bed. */
const EARLIEST_HOUR = 9;
const LATEST_HOUR = 20;

const parsers: Readonly<Record<Language, typeof english>> = {
  en: english,
  ru: russian,
  "zh-Hans": hans.casual,
  "zh-Hant": hant.casual,
};

/** Times that chrono does not know, in words that it does. */
const otherWords: ReadonlyMap<string, string> = new Map([
  ["after lunch", "at 14:00"],
  ["after work", "at 18:00"],
  ["after dinner", "at 20:00"],
  ["после обеда", "в 14:00"],
  ["после работы", "в 18:00"],
  ["на выходных", "в субботу"],
  ["в выходные", "в субботу"],
  ["на днях", "через 2 дня"],
  ...["下周", "下星期", "下个星期", "下礼拜", "下个礼拜"].map((w) => [w, "7天后"] as const),
  ...["下週", "下個星期", "下禮拜", "下個禮拜"].map((w) => [w, "7天後"] as const),
  ...["周末", "这周末", "週末", "這週末"].map((w) => [w, "星期六"] as const),
  ["下个月", "30天后"],
  ["下個月", "30天後"],
  ["过两天", "2天后"],
  ["過兩天", "2天後"],
  ["过几天", "3天后"],
  ["過幾天", "3天後"],
  ["下班后", "18点"],
  ["下班後", "18點"],
]);

interface Here {
  readonly now: Date;
  /** IANA name of the person's time zone. */
  readonly timeZone: string;
  /** The language that is tried first. */
  readonly language: Language;
}

/**
 * The point in time that a person means by `when`: always in the future and at most a year away.
 * Undefined when it names none that we understand. A day without an hour keeps a decent hour.
 */
export function resolveWhen(when: string, here: Here): Date | undefined {
  const said = when.slice(0, MAX_WHEN_LENGTH).trim().toLowerCase();
  const order = [here.language, ...languages.filter((other) => other !== here.language)];
  for (const language of order) {
    const date = read(otherWords.get(said) ?? said, parsers[language], here);
    if (date !== undefined) return date;
  }
  return undefined;
}

/**
 * Chrono reckons in the machine's own time zone (its Chinese parsers whatever they are told), so it
 * is given the person's wall clock as if it were the machine's, and what it answers is read as one.
 */
function read(said: string, parser: typeof english, { now, timeZone }: Here): Date | undefined {
  const wall = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(timeZone);
  const { year, month, day, hour, minute, second } = wall;
  const reference = new Date(year, month - 1, day, hour, minute, second);
  const [result] = parser.parse(said, reference, { forwardDate: true });
  if (result === undefined) return undefined;
  const exact = result.start.isCertain("timezoneOffset");
  const then = exact
    ? now.getTime() + result.date().getTime() - reference.getTime()
    : wallTime(result, wall);
  const inFuture = then > now.getTime() && then <= now.getTime() + YEAR_MS;
  return inFuture ? new Date(then) : undefined;
}

function wallTime({ start }: ParsedResult, now: Temporal.ZonedDateTime): number {
  const at = (component: "year" | "month" | "day" | "hour" | "minute") => start.get(component) ?? 0;
  const fields = { year: at("year"), month: at("month"), day: at("day"), minute: at("minute") };
  const said = at("hour");
  const zoned = (hour: number) =>
    Temporal.PlainDateTime.from({ ...fields, hour }).toZonedDateTime(now.timeZoneId);
  if (!start.isCertain("hour")) {
    const then = zoned(Math.min(Math.max(said, EARLIEST_HOUR), LATEST_HOUR));
    // "This afternoon", said in the afternoon.
    const over = then.epochMilliseconds <= now.epochMilliseconds;
    const today = then.toPlainDate().equals(now.toPlainDate());
    return over && today ? now.epochMilliseconds + 2 * HOUR_MS : then.epochMilliseconds;
  }
  if (start.isCertain("meridiem") || said >= EARLIEST_HOUR || said === 0) {
    return zoned(said).epochMilliseconds;
  }
  // "At 5" is in the afternoon: of the day that was said, else of today while it lasts.
  const then = zoned(said + 12);
  if (start.isCertain("day") || start.isCertain("weekday")) return then.epochMilliseconds;
  const earlier = then.subtract({ days: 1 });
  const soon = earlier.epochMilliseconds > now.epochMilliseconds ? earlier : then;
  return soon.epochMilliseconds;
}
