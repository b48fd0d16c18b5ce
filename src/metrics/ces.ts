import { defineMetric, shareOfHigh } from "./define.ts";

/**
 * Customer Effort Score 2.0: "{company} made it easy for me to handle my issue.", 1 strongly
 * disagree … 7 strongly agree. Not CES 1.0 (1–5, low is good), which is never pooled with it.
 */
export const ces = defineMetric({
  name: "ces",
  scale: { min: 1, max: 7 },
  groups: {
    high: { name: "agree", from: 5, to: 7 },
    middle: { name: "neutral", from: 4, to: 4 },
    low: { name: "disagree", from: 1, to: 3 },
  },
  headline: shareOfHigh,
  onePerPerson: false,
  meanFrom: 0,
});
