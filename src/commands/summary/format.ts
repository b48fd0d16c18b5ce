/** Numbers and ranges of a summary, rounded once, here, in the reader's language. */
import { countText, scoreText } from "../../charts/numbers.ts";
import type { Language } from "../../locales/index.ts";
import type { Metric, Range } from "../../metrics/metric.ts";
import { meanDecimals, roundHalfAway, scoreDecimals } from "../../metrics/round.ts";

/** Smaller p are only said to be smaller. */
const SMALLEST_P = 0.001;

/** How numbers of one metric look to one reader. */
export interface SummaryFormat {
  count(value: number): string;
  /** A score of `n` answers: "+31", "69%". */
  score(value: number, n: number): string;
  /** Both ends of a score's range. */
  range(range: Range, n: number): { low: string; high: string };
  /** A share in percent of `n`. */
  percent(value: number, n: number): string;
  /** A mean of `n` answers, or its distance from what the metric counts it from, with its sign. */
  mean(value: number, n: number): string;
  /** A difference between two scores, without its unit: "+9". */
  difference(value: number, n: number): string;
  /** "0.56", "< 0.001". */
  p(value: number): string;
}

export function formatFor(metric: Metric, language: Language): SummaryFormat {
  const number = (value: number, decimals: number, signed = false) =>
    numberFormat(language, decimals, signed)
      .format(roundHalfAway(value, decimals))
      .replace("-", "−");
  const score = (value: number, n: number) => scoreText(value, metric.unit, n, language);
  return {
    count: (value) => countText(value, language),
    score,
    range: ([low, high], n) => ({ low: score(low, n), high: score(high, n) }),
    percent: (value, n) => scoreText(value, "percent", n, language),
    mean: (value, n) => {
      const from = metric.meanFrom ?? 0;
      return number(value - from, meanDecimals(n), from !== 0);
    },
    difference: (value, n) => number(value, scoreDecimals(metric.unit, n), true),
    p: (value) =>
      value < SMALLEST_P ? `< ${number(SMALLEST_P, 3)}` : number(value, value < 0.1 ? 3 : 2),
  };
}

/** Making a formatter costs more than printing all numbers of a card. */
const formats = new Map<string, Intl.NumberFormat>();

function numberFormat(language: Language, decimals: number, signed: boolean): Intl.NumberFormat {
  const key = `${language}:${decimals}:${signed}`;
  const format =
    formats.get(key) ??
    new Intl.NumberFormat(language, {
      minimumFractionDigits: decimals,
      maximumFractionDigits: decimals,
      signDisplay: signed ? "exceptZero" : "auto",
    });
  formats.set(key, format);
  return format;
}
