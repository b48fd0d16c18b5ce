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
