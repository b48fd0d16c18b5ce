/** Arguments that several commands take. A wrong one is a usage error with the nearest right one. */
import { InvalidArgumentError } from "commander";
import { z } from "zod";
import { nearest } from "../commands/nearest.ts";
import { type MetricName, metricNames } from "../metrics/metric.ts";

export function parseMetric(text: string): MetricName {
  return oneOf("metrics", metricNames)(text);
}

/** A parser of whole numbers within limits. */
export function wholeNumber(low: number, high: number): (text: string) => number {
  return (text) => {
    const number = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
    if (number >= low && number <= high) return number;
    throw new InvalidArgumentError(`It must be a whole number from ${low} to ${high}.`);
  };
}

/** A parser of one of several words; `what` says what they are. */
export function oneOf<T extends string>(what: string, words: readonly T[]): (text: string) => T {
  return (text) => {
    const typed = text.toLowerCase();
    const word = words.find((each) => each === typed);
    if (word !== undefined) return word;
    const near = nearest(typed, words);
    const hint = near === undefined ? "" : `Did you mean ${near}? `;
    throw new InvalidArgumentError(`${hint}The ${what} are ${words.join(", ")}.`);
  };
}

/** A day as `YYYY-MM-DD`. */
export function parseDay(text: string): string {
  if (z.iso.date().safeParse(text).success) return text;
  throw new InvalidArgumentError("It must be a real day such as 2026-10-05.");
}

/** How people are named on the command line. */
export const NAMED_BY =
  "our id, PLATFORM:USER-ID (slack:U0123ABCD, discord:197038439483310086), or an e-mail address";
