/** Thirty schedules of a large workspace: the usual ones, and what many teams made of their own. */
import type { ScheduleInput } from "../../src/scheduling/definition/schedule.ts";

/** Of surveys that are asked by schedules. */
type Written = Omit<ScheduleInput, "survey"> & { readonly survey?: string };

const NPS = "relationship-nps";
const teams = [1, 2, 3, 4, 5, 6];
const tags = [1, 2, 3, 4];
const languages = ["ru", "de", "zh-Hans"];

/** On the first Mondays to sixth days of a month, a team's customers each. */
const ofTeams = teams.map(
  (n): Written => ({
    ...{ name: `team-${n}`, kind: "other", survey: NPS },
    trigger: { on: "cron", cron: `0 9 ${1 + n * 4} * *` },
    audience: { teams: [`Team ${n}`] },
    limits: { every: "90d" },
  }),
);

const ofTags = tags.map(
  (n): Written => ({
    ...{ name: `tag-${n}`, kind: "other", survey: NPS },
    trigger: { on: "cron", cron: "0 9 1 1,4,7,10 *" },
    audience: { tags: [`t${n}`] },
    limits: { perDay: 50 },
  }),
);

const ofLanguages = languages.map(
  (language): Written => ({
    ...{ name: `in-${language.toLowerCase()}`, kind: "other", survey: NPS },
    trigger: { on: "cron", cron: "30 10 * * 2" },
    audience: { languages: [language] },
    limits: { sample: 0.2, every: "60d", perDay: 100 },
  }),
);

/** Beside the usual seven: 23, all of them on but two. */
export const schedulesMade: readonly Written[] = [
  ...ofTeams,
  ...ofTags,
  ...ofLanguages,
  {
    ...{ name: "weekly", kind: "other", survey: NPS },
    trigger: { on: "cron", cron: "0 9 * * 1" },
    limits: { sample: 0.1, perDay: 300, every: "30d" },
  },
  {
    ...{ name: "recently-active", kind: "other", survey: NPS },
    trigger: { on: "cron", cron: "0 9 * * 3" },
    audience: { daysSinceActive: { max: 30 } },
    limits: { sample: 0.1, every: "60d" },
  },
  {
    ...{ name: "unhappy", kind: "other", survey: NPS },
    trigger: { on: "answer-given", metric: "csat", from: 1, to: 2, delay: "7d" },
  },
  {
    ...{ name: "renewal", kind: "churn", survey: "churn-check-in" },
    trigger: { on: "date", date: "renewal", before: "30d" },
    audience: { accountRole: "buyer" },
  },
  {
    ...{ name: "came-back", kind: "still-solved", survey: "still-solved" },
    trigger: { on: "chat-reopened", delay: "3d" },
  },
  {
    ...{ name: "never-answered", kind: "other", survey: NPS },
    trigger: { on: "cron", cron: "0 14 * * 4" },
    audience: { neverAnswered: true },
  },
  {
    ...{ name: "pro", kind: "relationship", repeatAfter: "180d" },
    steps: [{ survey: NPS, after: "14d" }],
    trigger: { on: "person-joined" },
    audience: { plans: ["pro"] },
  },
  {
    ...{ name: "high", kind: "churn", survey: "churn-check-in" },
    trigger: { on: "signals-reached", tier: "high" },
  },
  {
    ...{ name: "new-accounts", kind: "onboarding", survey: "onboarding-ces" },
    trigger: { on: "account-joined", delay: "14d" },
    audience: { accountRole: "buyer" },
  },
  {
    ...{ name: "yearly", kind: "other", survey: NPS },
    trigger: { on: "cron", cron: "0 9 1 3 *" },
  },
];
