/** Periods in the reader's words. */
import { type Language, type TextKey, textsFor } from "../../locales/index.ts";
import { dayOf, FIRST_YEAR, type Period } from "../../metrics/period.ts";
import { LAST_YEAR } from "../../metrics/period-spans.ts";
import { type ParsedPeriod, periodExamples, periodWords } from "../../metrics/period-text.ts";
import type { Message } from "../../platform.ts";
import type { View } from "../view.ts";
import { periodWord } from "./grammar-words.ts";

/** "this week, Oct 12 – 18, 2026"; "Sep 1 – 30, 2026"; "all time". */
export function periodLabel(period: Period, language: Language): string {
  const texts = textsFor(language);
  if (period.kind === "all") return texts.text("period.all");
  const format = dateFormat(language, period.timeZone, "full");
  const dates = format.formatRange(period.start, lastInstant(period));
  if (!period.running || period.kind === "days") return dates;
  const name = texts.text(`period.current.${period.kind}`);
  return texts.text("period.named", { name, dates });
}

/** What the period before `period` is called beside it: "last week", "the 7 days before". */
function beforeLabel(period: Period, language: Language): string {
  const texts = textsFor(language);
  switch (period.kind) {
    case "all":
      return "";
    case "days": {
      const days = period.step && "days" in period.step ? period.step.days : 0;
      return texts.text("period.before.days", { days });
    }
    default:
      return texts.text(`period.before.${period.kind}`, { running: String(period.running) });
  }
}

/**
 * What a view is compared with, in words: "last week", "the same week of 2025, Oct 13 – 19, 2025",
 * or the dates of the period that was named. Empty when there is nothing before it.
 */
export function versusLabel(
  { period, before, versus }: Pick<View, "period" | "before" | "versus">,
  language: Language,
): string {
  if (before === null) return "";
  if (versus === "before") return beforeLabel(period, language);
  const dates = periodLabel(before, language);
  if (versus === "period") return dates;
  const name = textsFor(language).text("period.before.same-last-year");
  return textsFor(language).text("period.named", { name, dates });
}

/** A few characters for the axis of a trend: "Oct 12", "Oct", "Q4 26", "2026". */
export function shortLabel({ kind, start, timeZone }: Period, language: Language): string {
  const named = (style: DateStyle) => dateFormat(language, timeZone, style).format(start);
  switch (kind) {
    case "month":
      return named("month");
    case "quarter": {
      const { year, month } = dayOf(start, timeZone);
      return textsFor(language).text("period.short.quarter", {
        quarter: Math.ceil(month / 3),
        year: String(year % 100).padStart(2, "0"),
      });
    }
    case "year":
      return named("year");
    default:
      return named("day");
  }
}

/** The answer to a text that is no period: what is wrong, the nearest one, examples. */
export function periodRefusal(
  refused: Extract<ParsedPeriod, { ok: false }>,
  { language, now, timeZone }: { language: Language; now: Date; timeZone: string },
): Message {
  const texts = textsFor(language);
  const key: TextKey = `period.problem.${refused.problem}`;
  const problem = texts.text(key, { first: String(FIRST_YEAR), last: String(LAST_YEAR) });
  const near = refused.nearest && texts.text("period.nearest", { nearest: refused.nearest });
  const words = periodWords.map((word) => periodWord(word, language));
  const examples = [...words, ...periodExamples({ now, timeZone })].join(" · ");
  return {
    summary: near ?? problem,
    parts: [
      { kind: "text", text: problem },
      ...(refused.word === "" ? [] : [{ kind: "quote", text: refused.word } as const]),
      ...(near === undefined ? [] : [{ kind: "text", text: near } as const]),
      { kind: "note", text: texts.text("period.examples", { examples }) },
    ],
    locale: language,
  };
}

/** The last day's, not the first one after it. */
function lastInstant({ start, end }: Period): Date {
  return new Date(Math.max(start.getTime(), end.getTime() - 1));
}

const dateStyles = {
  full: { year: "numeric", month: "short", day: "numeric" },
  day: { month: "short", day: "numeric" },
  month: { month: "short" },
  year: { year: "numeric" },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

type DateStyle = keyof typeof dateStyles;

/** Making a formatter takes longer than everything else on a card. */
const formats = new Map<string, Intl.DateTimeFormat>();

function dateFormat(language: Language, timeZone: string, style: DateStyle): Intl.DateTimeFormat {
  const key = `${language}:${timeZone}:${style}`;
  const format =
    formats.get(key) ?? new Intl.DateTimeFormat(language, { timeZone, ...dateStyles[style] });
  formats.set(key, format);
  return format;
}
