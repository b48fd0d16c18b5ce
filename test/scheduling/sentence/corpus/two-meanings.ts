/** What means two things or does not go together: what is asked first, and every button that answers it. */
import type { Language } from "../../../../src/locales/index.ts";
import type { QuestionCode } from "../../../../src/scheduling/sentence/reading.ts";

type TwoMeanings = readonly [sentence: string, code: QuestionCode, ...buttons: readonly string[]];

export const twoMeanings: Readonly<Record<Language, readonly TwoMeanings[]>> = {
  en: [
    ["nps every Monday at 10", "time-two-meanings", "at 10:00", "at 22:00"],
    [
      ...(["csat after 15 minutes", "after-what"] as const),
      ...["15 minutes after a chat is closed", "15 minutes after joining"],
    ],
    [
      ...(["nps biweekly at 9:00", "every-other", "every Monday and every Thursday"] as const),
      ...["every Monday, at most once in 14 days", "14 days after joining then every 14 days"],
    ],
    [
      ...(["nps 30 days after joining, max 40 a day, max 10 a day", "contradiction"] as const),
      ...["max 40 a day", "max 10 a day"],
    ],
    [
      ...(["nps 30 days after joining and every Monday at 9:00", "contradiction"] as const),
      ...["30 days after joining", "every Monday"],
    ],
    ["nps 5 days after joining for users", "users", "all customers", "role user"],
    [
      ...(["nps on Tuesday and Friday at 9:00", "once-only"] as const),
      "every Tuesday and every Friday",
    ],
  ],
  ru: [
    ["nps по понедельникам в 10", "time-two-meanings", "в 10:00", "в 22:00"],
    [
      ...(["csat через 15 минут", "after-what"] as const),
      ...["через 15 минут после закрытия чата", "через 15 минут после регистрации"],
    ],
    [
      ...(["nps каждую вторую неделю в 9:00", "every-other"] as const),
      "по понедельникам, не чаще раза в 14 дней",
      "через 14 дней после регистрации затем каждые 14 дней",
    ],
    [
      "nps через 30 дней после регистрации, не больше 40 в день, не больше 10 в день",
      ...(["contradiction", "не больше 40 в день", "не больше 10 в день"] as const),
    ],
    [
      ...(["nps через 5 дней после регистрации пользователям", "users"] as const),
      ...["всем клиентам", "с ролью пользователь"],
    ],
    ["nps в пятницу в 9:00", "once-only", "по пятницам"],
  ],
  "zh-Hans": [
    ["每周一10点发nps", "time-two-meanings", "10:00", "22:00"],
    ["15分钟后发csat", "after-what", "对话结束15分钟后", "注册后15分钟"],
    [
      ...(["隔周9:00发nps", "every-other", "每周一，14天内最多一次"] as const),
      "注册后14天 然后每14天一次",
    ],
    [
      ...(["注册30天后发nps，每天最多40人，每天最多10人", "contradiction"] as const),
      ...["每天最多40人", "每天最多10人"],
    ],
    ["注册5天后向用户发nps", "users", "所有客户", "角色为用户"],
    ["周五9:00发nps", "once-only", "每周五"],
  ],
  "zh-Hant": [
    ["每週一10點發nps", "time-two-meanings", "10:00", "22:00"],
    ["15分鐘後發csat", "after-what", "對話結束15分鐘後", "註冊後15分鐘"],
    [
      ...(["隔週9:00發nps", "every-other", "每週一，14天內最多一次"] as const),
      "註冊後14天 然後每14天一次",
    ],
    [
      ...(["註冊30天後發nps，每天最多40人，每天最多10人", "contradiction"] as const),
      ...["每天最多40人", "每天最多10人"],
    ],
    ["註冊5天後向使用者發nps", "users", "所有客戶", "角色為使用者"],
    ["週五9:00發nps", "once-only", "每週五"],
  ],
};
