import { defineMetric, netScore } from "./define.ts";

/**
 * Net Promoter Score: "How likely is it that you would recommend {company} to a friend or
 * colleague?", 0 not at all likely … 10 extremely likely. Passives are in n.
 */
export const nps = defineMetric({
  name: "nps",
  scale: { min: 0, max: 10 },
  groups: {
    high: { name: "promoters", from: 9, to: 10 },
    middle: { name: "passives", from: 7, to: 8 },
    low: { name: "detractors", from: 0, to: 6 },
  },
  headline: netScore,
  onePerPerson: true,
  meanFrom: null,
});
