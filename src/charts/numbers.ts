/** Numbers as a picture prints them, in the reader's language. Pure. */
import type { Language } from "../locales/index.ts";
import type { Unit } from "../metrics/metric.ts";
import { roundHalfAway, scoreDecimals } from "../metrics/round.ts";
import type { BarUnit } from "./inputs.ts";

/** Above this a count is shortened (12K, 1.2万), because a bar is some 30 pixels wide. */
const LONGEST_COUNT = 9_999;

/** Rates below this get a decimal. */
const WHOLE_RATES_FROM = 10;

const unitOf = (unit: string) => ({ style: "unit", unit, unitDisplay: "short" }) as const;
const decimals = (count: number) =>
  ({ minimumFractionDigits: count, maximumFractionDigits: count }) as const;

const formats = {
  full: {},
  short: { notation: "compact" },
  tenths: { maximumFractionDigits: 1 },
  points: { signDisplay: "exceptZero", maximumFractionDigits: 0 },
  signed1: { signDisplay: "exceptZero", maximumFractionDigits: 1 },
  signed2: { signDisplay: "exceptZero", ...decimals(2) },
  percent0: { style: "unit", unit: "percent", maximumFractionDigits: 0 },
  percent1: { style: "unit", unit: "percent", ...decimals(1) },
  minutes: unitOf("minute"),
  hours: unitOf("hour"),
  days: unitOf("day"),
} as const satisfies Record<string, Intl.NumberFormatOptions>;

type Format = keyof typeof formats;

/** A formatter costs more to make than all numbers of a picture to print. */
const made = new Map<string, Intl.NumberFormat>();

function print(value: number, format: Format, language: Language): string {
  const key = `${language}:${format}`;
  const formatter = made.get(key) ?? new Intl.NumberFormat(language, formats[format]);
  made.set(key, formatter);
  return formatter.format(value).replace("-", "−");
}

/** A number of answers in full. */
export function countText(count: number, language: Language): string {
  return print(count, "full", language);
}

/** A number of answers in few characters. */
export function shortCountText(count: number, language: Language): string {
  return print(count, count > LONGEST_COUNT ? "short" : "full", language);
}

/** A score of `n` answers: points with their sign, percentages with theirs. */
export function scoreText(score: number, unit: Unit, n: number, language: Language): string {
  const digits = scoreDecimals(unit, n);
  const format = unit === "points" ? "points" : digits === 0 ? "percent0" : "percent1";
  return print(roundHalfAway(score, digits), format, language);
}

/** The value of a bar; `n` answers decide about the decimals of a percentage. */
export function barText(value: number, unit: BarUnit, n: number, language: Language): string {
  if (unit === "count") return shortCountText(value, language);
  if (unit !== "rate") return scoreText(value, unit, n, language);
  if (value >= WHOLE_RATES_FROM) return shortCountText(roundHalfAway(value, 0), language);
  return print(roundHalfAway(value, 1), "tenths", language);
}

/** A correlation from −1 to +1 with at most one decimal, or with two. */
export function correlationText(value: number, digits: 1 | 2, language: Language): string {
  return print(roundHalfAway(value, digits), digits === 1 ? "signed1" : "signed2", language);
}

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A round length of time in its largest unit: "15 min", "4 hr", "2 days". */
export function durationText(seconds: number, language: Language): string {
  if (seconds >= DAY) return print(seconds / DAY, "days", language);
  if (seconds >= HOUR) return print(seconds / HOUR, "hours", language);
  return print(seconds / MINUTE, "minutes", language);
}

/** A share from 0 to 1 in whole percent. */
export function shareText(share: number, language: Language): string {
  return print(roundHalfAway(share * 100, 0), "percent0", language);
}
