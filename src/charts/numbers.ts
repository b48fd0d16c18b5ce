/** Numbers as a picture prints them, in the reader's language. Pure. */
import type { Language } from "../locales/index.ts";
import type { Unit } from "../metrics/metric.ts";
import { roundHalfAway, scoreDecimals } from "../metrics/round.ts";

/** Above this a count is shortened (12K, 1.2万), because a bar is some 30 pixels wide. */
const LONGEST_COUNT = 9_999;

const formats = {
  full: {},
  short: { notation: "compact" },
  points: { signDisplay: "exceptZero", maximumFractionDigits: 0 },
  percent0: { style: "unit", unit: "percent", maximumFractionDigits: 0 },
  percent1: { style: "unit", unit: "percent", minimumFractionDigits: 1, maximumFractionDigits: 1 },
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
  const decimals = scoreDecimals(unit, n);
  const format = unit === "points" ? "points" : decimals === 0 ? "percent0" : "percent1";
  return print(roundHalfAway(score, decimals), format, language);
}
