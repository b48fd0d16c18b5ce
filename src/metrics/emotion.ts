import { defineMetric, shareOfHigh } from "./define.ts";

/** "How did this leave you feeling?", 1 upset … 5 happy. */
export const emotion = defineMetric({
  name: "emotion",
  scale: { min: 1, max: 5 },
  groups: {
    high: { name: "positive", from: 4, to: 5 },
    middle: { name: "neutral", from: 3, to: 3 },
    low: { name: "negative", from: 1, to: 2 },
  },
  headline: shareOfHigh,
  onePerPerson: false,
  meanFrom: 0,
});
