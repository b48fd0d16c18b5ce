/** Arguments that several commands take. A wrong one is a usage error with the nearest right one. */
import { InvalidArgumentError } from "commander";
import { nearest } from "../commands/nearest.ts";
import { type MetricName, metricNames } from "../metrics/metric.ts";

export function parseMetric(text: string): MetricName {
  const word = text.toLowerCase();
  const metric = metricNames.find((name) => name === word);
  if (metric !== undefined) return metric;
  const near = nearest(word, metricNames);
  const hint = near === undefined ? "" : `Did you mean ${near}? `;
  throw new InvalidArgumentError(`${hint}The metrics are ${metricNames.join(", ")}.`);
}

/** A parser of whole numbers within limits. */
export function wholeNumber(low: number, high: number): (text: string) => number {
  return (text) => {
    const number = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
    if (number >= low && number <= high) return number;
    throw new InvalidArgumentError(`It must be a whole number from ${low} to ${high}.`);
  };
}

/** How people are named on the command line. */
export const NAMED_BY =
  "our id, PLATFORM:USER-ID (slack:U0123ABCD, discord:197038439483310086), or an e-mail address";
