import { defineMetric, shareOfHigh } from "./define.ts";

/** "Was your issue solved?": yes / partly / no, seen in that order, stored as 2, 1, 0. */
export const resolution = defineMetric({
  name: "resolution",
  scale: { min: 0, max: 2 },
  groups: {
    high: { name: "yes", from: 2, to: 2 },
    middle: { name: "partly", from: 1, to: 1 },
    low: { name: "no", from: 0, to: 0 },
  },
  headline: shareOfHigh,
  onePerPerson: false,
  meanFrom: null,
  words: ["no", "partly", "yes"],
  highestFirst: true,
});
