import { defineMetric, netScore } from "./define.ts";

/**
 * "Compared with what you expected, how was our support?", 1 much worse … 5 much better, 3 as
 * expected. Its mean minus 3 is perception minus expectation.
 */
export const expectation = defineMetric({
  name: "expectation",
  scale: { min: 1, max: 5 },
  groups: {
    high: { name: "better", from: 4, to: 5 },
    middle: { name: "asExpected", from: 3, to: 3 },
    low: { name: "worse", from: 1, to: 2 },
  },
  headline: netScore,
  onePerPerson: false,
  meanFrom: 3,
});
