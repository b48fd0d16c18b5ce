/** What leads ask for, in each language another share of it: together every metric by every cut. */
import type { Language } from "../../../src/locales/index.ts";
import { languages } from "../../../src/locales/index.ts";
import { cuts } from "../../../src/metrics/filter.ts";
import { metricNames } from "../../../src/metrics/metric.ts";
import type { Asked } from "../../life/desks/desk.ts";

const periods = ["90 days", "all", "week"] as const;
const versus = ["last", "same last year", "2026-08"] as const;

/** Scores: each metric with a cut or, in the next language, with something to compare with. */
export function scoresAskedFor(language: Language): Asked[] {
  const turn = languages.indexOf(language);
  return metricNames.map((command, i): Asked => {
    const period = periods[(i + turn) % periods.length] ?? "week";
    const by = cuts[(Math.floor(i / 2) + 3 * turn) % cuts.length] ?? "team";
    const vs = versus[(i + turn) % versus.length] ?? "last";
    return (i + turn) % 2 === 0 ? { command, period, by } : { command, period: "month", vs };
  });
}

/** Everything else that is said in figures. */
export function operationsAskedFor(language: Language): Asked[] {
  const turn = languages.indexOf(language);
  const by = (["team", "channel", "touchpoint", "platform"] as const)[turn % 4] ?? "team";
  return [
    { command: "nps", period: "90 days", filters: { team: "Billing", tag: "refund" } },
    { command: "nps", period: "90 days", filters: { agent: "Nadia" }, by: "channel" },
    { command: "nps", period: "90 days", by: "tag" },
    { command: "response", period: "90 days", by },
    { command: "frt", period: "week", by: "agent", filters: { team: "Technical" } },
    { command: "contacts", period: "month", by, vs: "last" },
    { command: "churn", period: "last month", vs: "last" },
    { command: "journey", period: "90 days", which: "csat" },
    { command: "drivers", period: "90 days" },
    { command: "coverage", period: "week", by: "agent" },
    { command: "cx", period: "week" },
  ];
}

/** A view in a language's own words, as one line and as options, with the dates that it is of. */
export const natural: Readonly<Record<Language, { asked: Asked; says: RegExp }>> = {
  en: {
    asked: { command: "nps", period: "since Monday", by: "team", line: "by team since Monday" },
    says: /^NPS · by team · Nov 2 – 6, 2026/u,
  },
  "zh-Hans": {
    asked: { command: "csat", period: "上周", by: "team", line: "按团队 上周" },
    says: /^CSAT · .*团队.*2026\/10\/26 – 2026\/11\/1/u,
  },
  "zh-Hant": {
    asked: { command: "csat", period: "上個月", by: "team", line: "上個月 按團隊" },
    says: /^CSAT · .*團隊.*2026\/10\/1至2026\/10\/31/u,
  },
  ru: {
    asked: {
      ...{ command: "ces", period: "за прошлый месяц", by: "team" },
      line: "за прошлый месяц по командам",
    },
    says: /^CES · по командам · 1–31 окт\. 2026/u,
  },
};
