/** What the sentences of the corpus mean. The name, which is proposed, is not compared. */
import type { ScheduleInput } from "../../../../src/scheduling/definition/schedule.ts";

type Meaning = Omit<ScheduleInput, "name">;

const nps = { kind: "relationship", survey: "relationship-nps" } as const;
const other = { kind: "other", survey: "relationship-nps" } as const;
const afterChat = { kind: "chat", survey: "chat-csat" } as const;
const cron = (said: string) => ({ on: "cron", cron: said }) as const;
const monthly = cron("0 9 1 * *");
const mondays = cron("0 9 * * 1");

const programme: Meaning = {
  kind: "relationship",
  steps: [{ survey: "relationship-nps", after: "30d" }],
  repeatAfter: "90d",
  trigger: { on: "person-joined" },
  limits: { every: "90d" },
};

export const meanings = {
  afterChat: { ...afterChat, trigger: { on: "chat-closed", delay: "15m" } },
  chatOnceIn90: {
    ...{ kind: "chat", survey: "chat-nps" },
    ...{ trigger: { on: "chat-closed" }, limits: { every: "90d" } },
  },
  chatOfTeam: { ...afterChat, trigger: { on: "chat-closed", delay: "1h", teams: ["Billing"] } },
  chatInChannel: {
    ...afterChat,
    trigger: { on: "chat-closed", delay: "30m", channels: ["#help"] },
  },
  stillSolved: {
    ...{ kind: "still-solved", survey: "still-solved" },
    ...{ trigger: { on: "chat-closed", delay: "3d" }, limits: { remindAfter: null } },
  },
  reopened: {
    ...{ kind: "other", survey: "chat-ces" },
    ...{ trigger: { on: "chat-reopened", delay: "2h" }, limits: { anyHour: true } },
  },
  programme,
  flagship: {
    ...programme,
    limits: { every: "90d", hours: { from: "10:00" }, perDay: 40 },
  },
  onboarding: {
    ...{ kind: "onboarding", survey: "onboarding-ces" },
    trigger: { on: "person-joined", delay: "7d" },
  },
  twoSteps: {
    kind: "relationship",
    steps: [
      { survey: "relationship-nps", after: "30d" },
      { survey: "onboarding-ces", after: "60d" },
    ],
    repeatAfter: "30d",
    trigger: { on: "person-joined" },
    limits: { every: "30d" },
  },
  exit: { kind: "exit", survey: "exit", trigger: { on: "person-left" } },
  accountExit: {
    ...{ kind: "exit", survey: "exit" },
    ...{ trigger: { on: "account-left", delay: "3d" }, audience: { accountRole: "buyer" } },
  },
  churn: {
    ...{ kind: "churn", survey: "churn-check-in" },
    ...{ trigger: { on: "signals-reached", tier: "watch" }, limits: { every: "90d" } },
  },
  lowAnswer: {
    ...{ kind: "other", survey: "onboarding-ces" },
    trigger: { on: "answer-given", metric: "nps", from: 0, to: 6, delay: "7d" },
  },
  beforeRenewal: {
    ...other,
    trigger: { on: "date", date: "renewal", of: "account", before: "30d" },
    audience: { accountRole: "buyer" },
  },
  afterRenewal: { ...other, trigger: { on: "date", date: "renewal", of: "account", delay: "7d" } },
  mondaysPro: {
    ...{ ...other, trigger: mondays },
    ...{ audience: { plans: ["pro"] }, limits: { sample: 0.1, perDay: 50 } },
  },
  monthlyAcme: { ...other, trigger: monthly, audience: { accounts: ["Acme"] } },
  quarterly: { ...other, trigger: cron("0 9 1 1,4,7,10 *") },
  workdays: { ...other, trigger: cron("30 9 * * 1-5"), limits: { every: "30d" } },
  daily: { ...other, trigger: cron("0 10 * * *"), limits: { perDay: 20 } },
  russianVips: {
    ...{ ...nps, trigger: { on: "person-joined", delay: "30d" } },
    audience: { languages: ["ru"], tags: ["vip"] },
  },
  detractors: {
    ...{ ...other, trigger: mondays },
    audience: { lastScore: { metric: "nps", min: 0, max: 6 } },
  },
  goodScore: {
    ...{ ...other, trigger: monthly },
    audience: { lastScore: { metric: "csat", min: 4 } },
  },
  longThere: {
    ...{ ...other, trigger: monthly },
    audience: { daysSinceJoined: { min: 90 }, daysSinceActive: { max: 30 } },
  },
  neverAnswered: { ...other, trigger: mondays, audience: { neverAnswered: true } },
  limits: {
    ...{ ...nps, trigger: { on: "person-joined", delay: "30d" } },
    limits: { remindAfter: "3d", expireAfter: "10d", waitAtMost: "5d" },
  },
  between: {
    ...{ ...nps, trigger: { on: "person-joined", delay: "30d" } },
    limits: { hours: { from: "10:00", to: "12:00" } },
  },
  rest: {
    ...{ ...nps, trigger: { on: "person-joined", delay: "30d" } },
    limits: { rest: "60d" },
  },
  accountJoined: { ...nps, trigger: { on: "account-joined", delay: "30d" } },
  slackHigh: {
    ...{ ...other, trigger: mondays },
    audience: { platforms: ["slack"], signals: "high" },
  },
} as const satisfies Record<string, Meaning>;

export type MeaningName = keyof typeof meanings;
