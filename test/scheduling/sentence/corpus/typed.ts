/** As admins type them: each with its reading, written down before the parser saw any of them. */
import type { Language } from "../../../../src/locales/index.ts";
import type { ScheduleInput } from "../../../../src/scheduling/definition/schedule.ts";

type Meaning = Omit<ScheduleInput, "name">;

const csat = { kind: "chat", survey: "chat-csat" } as const;
const nps = { kind: "other", survey: "relationship-nps" } as const;
const cron = (said: string) => ({ on: "cron", cron: said }) as const;

export const typedMeanings = {
  chatQuietly: {
    ...{ ...csat, trigger: { on: "chat-closed", delay: "10m" } },
    limits: { remindAfter: null },
  },
  midMonth: { ...nps, trigger: cron("0 10 15 * *") },
  dayAfterLeaving: { kind: "exit", survey: "exit", trigger: { on: "person-left", delay: "1d" } },
  mornings: {
    ...{ kind: "onboarding", survey: "onboarding-ces" },
    ...{ trigger: { on: "person-joined", delay: "7d" } },
    limits: { perDay: 25, hours: { from: "09:00", to: "12:00" } },
  },
  solvedVips: {
    ...{ kind: "still-solved", survey: "still-solved" },
    ...{ trigger: { on: "chat-closed", delay: "2d" }, audience: { tags: ["vip"] } },
  },
  twiceAWeek: {
    ...{ ...nps, trigger: cron("0 14 * * 2,4") },
    ...{ audience: { plans: ["basic"] }, limits: { every: "60d" } },
  },
  enterpriseRenewal: {
    ...{ ...nps, trigger: { on: "date", date: "renewal", of: "account", before: "14d" } },
    audience: { plans: ["enterprise"] },
  },
  technical: {
    ...{ ...csat, trigger: { on: "chat-closed", delay: "30m", teams: ["Technical"] } },
    limits: { perDay: 30 },
  },
  threeTimesAYear: {
    kind: "relationship",
    steps: [{ survey: "relationship-nps", after: "60d" }],
    repeatAfter: "120d",
    trigger: { on: "person-joined" },
    limits: { every: "120d" },
  },
} as const satisfies Record<string, Meaning>;

/** `asks`: it leaves something open, and no reading of it would be right. */
export type TypedMeaning = keyof typeof typedMeanings | "asks";

export const typed: Readonly<Record<Language, readonly (readonly [string, TypedMeaning])[]>> = {
  en: [
    ["ask customers csat ten minutes after their chat ends, and skip the reminder", "chatQuietly"],
    ["send the nps survey on the 15th of each month at 10 am", "midMonth"],
    ["exit survey one day after a customer leaves", "dayAfterLeaving"],
    [
      "one week after signup send ces, 25 people per day at most, between 9 and 12 in the morning",
      "mornings",
    ],
    [
      "check two days after the chat was closed whether it is still solved, vip customers only",
      "solvedVips",
    ],
    [
      "Tuesdays and Thursdays at 2pm: nps for people on the basic plan, nobody more often than once in 60 days",
      "twiceAWeek",
    ],
    ["two weeks before their renewal ask enterprise customers for nps", "enterpriseRenewal"],
    ["csat 30 minutes after a chat with Technical, but only 30 a day", "technical"],
    ["nps 60 days after they join and then once every 120 days", "threeTimesAYear"],
    ["every second Friday at 11 nps to everybody we have not heard from in 60 days", "asks"],
  ],
  ru: [
    ["через десять минут после окончания чата спросить csat, напоминание не нужно", "chatQuietly"],
    ["nps 15-го числа каждого месяца в 10 утра всем клиентам", "midMonth"],
    ["опрос при уходе через день после того, как клиент ушёл", "dayAfterLeaving"],
    ["ces через неделю после регистрации, не более 25 человек в день, с 9 до 12", "mornings"],
    ["через два дня после чата спросить still solved у клиентов с тегом vip", "solvedVips"],
    [
      "по вторникам и четвергам в 14:00 nps клиентам на тарифе basic, одному человеку не чаще раза в 60 дней",
      "twiceAWeek",
    ],
    ["за две недели до продления спросить nps у клиентов на enterprise", "enterpriseRenewal"],
    ["csat через полчаса после чата с Technical, максимум 30 в сутки", "technical"],
    ["первый nps через 60 дней после регистрации, дальше каждые 120 дней", "threeTimesAYear"],
    ["nps раз в квартал", "asks"],
  ],
  "zh-Hans": [
    ["客户聊天结束后10分钟问csat，不用提醒", "chatQuietly"],
    ["每月15号上午10点给所有客户发nps", "midMonth"],
    ["客户离开一天后发离开调查", "dayAfterLeaving"],
    ["注册一周后发ces，每天不超过25人，上午9点到12点之间", "mornings"],
    ["聊天关闭两天后，问vip客户still solved", "solvedVips"],
    ["每周二和周四下午两点，给basic套餐的客户发nps，60天内最多一次", "twiceAWeek"],
    ["续约前两周问enterprise套餐的客户nps", "enterpriseRenewal"],
    ["和Technical团队聊天结束半小时后发csat，一天最多30个", "technical"],
    ["注册60天后发nps，之后每120天再发一次", "threeTimesAYear"],
    ["每两周的周五11点发nps", "asks"],
  ],
  "zh-Hant": [
    ["聊天關閉10分鐘後詢問csat，不要提醒", "chatQuietly"],
    ["每個月15日上午十點發nps給所有客戶", "midMonth"],
    ["客戶流失一天後發離開調查", "dayAfterLeaving"],
    ["加入一週後問ces，一天最多25位，只在上午9點到12點", "mornings"],
    ["對話結束後兩天，向標籤vip的客戶問still solved", "solvedVips"],
    ["週二、週四14:00對basic方案的客戶發nps，每人60天最多一次", "twiceAWeek"],
    ["續約日前兩週，nps，enterprise方案", "enterpriseRenewal"],
    ["Technical團隊的聊天關閉30分鐘後問csat，每日上限30人", "technical"],
    ["客戶註冊60天後問nps，然後每隔120天一次", "threeTimesAYear"],
    ["每個工作日下午發nps", "asks"],
  ],
};
