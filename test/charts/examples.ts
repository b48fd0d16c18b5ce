/** One of each picture, as a lead of a busy team would get them. */
import type {
  BarsPicture,
  CutPicture,
  DriversPicture,
  FirstReplyPicture,
  OutlinesPicture,
  OverviewPicture,
  SummaryPicture,
  TrendPoint,
} from "../../src/charts/picture.ts";

/** A score with a range of ±20 around it, or a gap. */
export function point(score: number | null, more: Partial<TrendPoint> = {}): TrendPoint {
  const range = score === null ? null : ([score - 20, score + 20] as const);
  return { label: "W", score, range, n: 40, running: false, ...more };
}

/** An NPS week with 52 answers and twelve weeks before it. */
export const week: SummaryPicture = {
  title: "NPS +31",
  subtitle: "95 % range +9 to +50",
  language: "en",
  unit: "points",
  domain: [-100, 100],
  distribution: [2, 0, 1, 1, 2, 3, 1, 6, 10, 12, 14].map((count, score) => ({
    label: String(score),
    count,
    group: score < 7 ? "low" : score < 9 ? "middle" : "high",
  })),
  trend: [12, 18, 25, 21, 33, 30, 8, -4, 15, 22, 21, 31].map((score) => point(score)),
  labels: {
    distribution: "Distribution",
    trend: "Last 12 weeks",
    answers: "52 answers",
    noData: "No answers yet",
  },
  alt: "NPS +31, 52 answers",
};

/** Satisfaction of six teams, two of them with few answers. */
export const teams: CutPicture = {
  title: "CSAT by team",
  subtitle: "Acme · Oct 1 – Oct 31, 2026",
  language: "en",
  unit: "percent",
  domain: [0, 100],
  rows: [
    { label: "Billing", score: 91.2, range: [86, 94.6], n: 204, early: false },
    { label: "Onboarding", score: 84, range: [74, 90.6], n: 75, early: false },
    { label: "Technical support", score: 78.1, range: [71.6, 83.5], n: 187, early: false },
    { label: "Returns", score: 71, range: [56.2, 82.5], n: 42, early: false },
    { label: "Partners", score: 83.3, range: [60.8, 94.2], n: 18, early: true },
    { label: "Press", score: 60, range: [23.1, 88.2], n: 5, early: true },
  ],
  whole: { value: 82.1, label: "all teams 82.1%" },
  target: { value: 85, label: "target 85%" },
  labels: { early: "Fewer than 30 answers: not ranked", noData: "No answers yet" },
  alt: "CSAT by team: Billing 91.2%",
};

/** A day on which most replies took half an hour, and nights took longer. */
export const replies: FirstReplyPicture = {
  title: "First reply: median 22 min",
  subtitle: "Acme · this week so far · 412 chats, 9 still wait",
  language: "en",
  curves: [
    {
      label: "Business hours",
      steps: [60, 180, 300, 600, 900, 1320, 1800, 2700, 3600, 7200, 14_400].map((seconds, i) => ({
        seconds,
        waiting: [0.95, 0.88, 0.79, 0.68, 0.58, 0.5, 0.38, 0.25, 0.16, 0.08, 0.03][i] ?? 0,
      })),
      until: 21_600,
      median: { seconds: 1320, label: "median 22 min" },
      p90: { seconds: 6480, label: "90% within 1 h 48 min" },
    },
    {
      label: "Around the clock",
      steps: [60, 300, 900, 1800, 3600, 14_400, 36_000, 54_000, 86_400].map((seconds, i) => ({
        seconds,
        waiting: [0.96, 0.85, 0.7, 0.56, 0.44, 0.3, 0.15, 0.07, 0.03][i] ?? 0,
      })),
      until: 172_800,
      median: { seconds: 2700, label: "median 45 min" },
      p90: { seconds: 46_800, label: "90% within 13 h" },
    },
  ],
  promised: { seconds: 1800, label: "promised 30 min: kept in 62%" },
  labels: { waiting: "Still waiting for a first reply", noData: "No chats yet" },
  alt: "First reply: median 22 min",
};

/** What goes together with satisfaction. */
export const drivers: DriversPicture = {
  title: "What goes together with CSAT",
  subtitle: "Acme · last 90 days · 1,240 answers",
  language: "en",
  rows: [
    { label: "Time to the first reply", correlation: -0.42, range: [-0.51, -0.32], n: 1240 },
    { label: "Contacts in 30 days", correlation: -0.21, range: [-0.3, -0.11], n: 1180 },
    { label: "Tag: refund", correlation: -0.08, range: [-0.2, 0.05], n: 310 },
    { label: "Tag: how-to", correlation: 0.17, range: [0.06, 0.28], n: 402 },
  ],
  labels: { negative: "lower score", positive: "higher score", noData: "Too few answers" },
  alt: "Goes together with CSAT: time to the first reply −0.42",
};

/** Why people leave. */
export const reasons: BarsPicture = {
  title: "Why people may leave",
  subtitle: "Acme · last 90 days",
  language: "en",
  unit: "percent",
  bars: [
    { label: "Too expensive", value: 41.2, range: [33, 50], n: 51 },
    { label: "Missing feature", value: 25, range: [18.4, 33], n: 31 },
    { label: "Slow support", value: 14.5, range: [9.4, 21.8], n: 18, early: true },
    { label: "No longer needed", value: 0, range: [0, 3], n: 0, early: true },
  ],
  labels: { noData: "Nobody said so" },
  alt: "Why people may leave: too expensive 41%",
};

const line = (...scores: (number | null)[]) =>
  scores.map((score, i) => ({
    score,
    range: score === null ? null : ([Math.max(0, score - 8), Math.min(100, score + 7)] as const),
    running: i === scores.length - 1,
  }));

/** Everything on one card. */
export const overview: OverviewPicture = {
  title: "How customers feel",
  subtitle: "Acme · Oct 1 – Oct 31, 2026",
  language: "en",
  rows: [
    {
      name: "NPS",
      score: "+31",
      range: "95 % range +9 to +50 · n 52",
      change: "No clear change since last month",
      trend: line(12, 18, 25, 21, 33, 30, 8, 4, 15, 22, 21, 31),
      domain: [-100, 100],
      target: { value: 40, label: "target +40: cannot be told yet" },
    },
    {
      name: "CSAT",
      score: "86.3%",
      range: "95 % range 82.1% to 89.6% · n 345",
      change: "Up 7 points since last month",
      trend: line(70, 72, 71, 75, 78, 79, 79, 86).map((each, i) =>
        i === 4 ? { ...each, breakBefore: "new wording" } : each,
      ),
      domain: [0, 100],
      target: { value: 80, label: "target 80%: reached" },
    },
    {
      name: "First reply",
      score: "22 min",
      range: "median · 412 chats",
      change: "No clear change",
      trend: line(30, 28, null, 25, 22).map((each) => ({ ...each, range: null })),
      domain: null,
    },
    { name: "CES", score: "", range: "", change: "No answers yet", trend: [], domain: [0, 100] },
  ],
  labels: { noData: "No answers yet" },
  alt: "How customers feel: NPS +31",
};

export const looks: OutlinesPicture = {
  title: "First question",
  subtitle: "English",
  language: "en",
  alt: "How satisfied are you?",
  cards: [
    {
      label: "On Acme Chat",
      messages: [
        [
          { kind: "text", text: "How satisfied are you?", look: "bold" },
          { kind: "buttons", labels: ["1", "2", "3", "4", "5"] },
          { kind: "list", prompt: "Not now?", options: ["Later", "Never"] },
        ],
      ],
    },
  ],
};
