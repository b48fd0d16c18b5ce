/** All metrics by name. A new one is a file beside this one, its name in metric.ts and a line here. */
import { ces } from "./ces.ts";
import { csat } from "./csat.ts";
import { emotion } from "./emotion.ts";
import { expectation } from "./expectation.ts";
import type { Metric, MetricName } from "./metric.ts";
import { nps } from "./nps.ts";
import { resolution } from "./resolution.ts";

export const metrics: Readonly<Record<MetricName, Metric>> = {
  nps,
  ces,
  csat,
  resolution,
  expectation,
  emotion,
};

/** The stored score of what people and files call it: 9 is 9, "partly" is 1. */
export function scoreCode(name: MetricName, called: number | string): number {
  const metric = metrics[name];
  const score = metric.displayed.find((step) => metric.stepName(step) === String(called));
  if (score === undefined) throw new RangeError(`${name} has no score ${called}`);
  return score;
}
