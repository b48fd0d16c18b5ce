import { defineMetric, shareOfHigh } from "./define.ts";

/**
 * Customer satisfaction: "How satisfied are you with the support you received?", 1 very
 * dissatisfied … 5 very satisfied.
 */
export const csat = defineMetric({
  name: "csat",
  scale: { min: 1, max: 5 },
  groups: {
    high: { name: "satisfied", from: 4, to: 5 },
    middle: { name: "neutral", from: 3, to: 3 },
    low: { name: "dissatisfied", from: 1, to: 2 },
  },
  headline: shareOfHigh,
  onePerPerson: false,
  meanFrom: 0,
});
