/** Sentences as people type them, by what they mean. */
import type { Language } from "../../../../src/locales/index.ts";
import type { MeaningName } from "./meanings.ts";

type Sentences = Readonly<Partial<Record<MeaningName, readonly string[]>>>;

export const understood: Readonly<Record<Language, Sentences>> = {
  en: {
    afterChat: [
      "csat 15 minutes after a chat is closed",
      "Please ask CSAT 15 min after the chat closes",
      "when a chat is closed, ask csat after 15 minutes",
    ],
    chatOnceIn90: [
      "nps after a chat, at most once in 90 days per person",
      "ask nps as soon as a chat is closed, no more than once every 90 days",
    ],
    chatOfTeam: [
      "csat 1 hour after a chat with team Billing",
      "csat an hour after chats of the billing team",
    ],
    chatInChannel: ["csat 30 minutes after a chat in channel #help is closed"],
    stillSolved: [
      "still solved 3 days after a chat, no reminder",
      "ask still-solved three days after the chat was closed without a reminder",
    ],
    reopened: ["chat-ces 2 hours after a chat is reopened, at any hour"],
    programme: [
      "nps 30 days after joining, then every 90 days",
      "NPS 30 days after somebody joins, then again every 90 days",
      "send nps to all customers 30 days after they joined and repeat it every 90 days",
    ],
    flagship: [
      "nps 30 days after joining, then every 90 days, for customers at 10:00 local, max 40 a day",
      "nps 30d after signup then every 90d for all customers at 10am their local time, no more than 40 per day",
    ],
    onboarding: ["ces 7 days after joining", "onboarding ces 7 days after signing up"],
    twoSteps: [
      "NPS 30 days after joining, then CES 60 days later, then again 30 days later",
      "nps 30 days after joining, followed by ces after 60 days, repeat after 30 days",
    ],
    exit: ["exit survey when somebody leaves", "ask exit as soon as a customer leaves"],
    accountExit: ["exit survey to buyers 3 days after an account leaves"],
    churn: [
      "churn check-in when signals reach watch, at most once in 90 days",
      "churn-check-in as soon as somebody shows watch signals, once every 90 days",
    ],
    lowAnswer: [
      "onboarding-ces 7 days after an nps answer of 0 to 6",
      "onboarding ces seven days after NPS is answered with 0-6",
    ],
    beforeRenewal: [
      "nps 30 days before renewal for buyers",
      "ask buyers nps 30 days before the renewal date",
    ],
    afterRenewal: ["nps 7 days after renewal"],
    mondaysPro: ["nps every Monday at 9:00 for the pro plan, 10% of people, max 50 a day"],
    monthlyAcme: [
      "nps on the first day of every month at 9:00 for account Acme",
      "nps to Acme customers on the 1st of each month at 9am",
    ],
    quarterly: ["nps on the first day of every quarter at 9:00"],
    workdays: ["nps on weekdays at 9:30, at most once in 30 days per person"],
    daily: ["nps every day at 10:00, max 20 a day"],
    russianVips: ["nps 30 days after joining for customers who speak Russian with tag vip"],
    detractors: ["nps every Monday at 9 am for detractors"],
    goodScore: [
      "nps on the first of every month at 9:00 for customers whose last csat was 4 or more",
    ],
    longThere: [
      "nps on the first day of the month at 9:00 for customers who joined at least 90 days ago and were active in the last 30 days",
    ],
    neverAnswered: ["nps every monday at 9:00 for people who have never answered"],
    limits: [
      "nps 30 days after joining, remind after 3 days, expires after 10 days, waits at most 5 days",
    ],
    between: ["nps 30 days after joining between 10 and 12 in their own time zone"],
    rest: ["nps 30 days after joining, 60 days rest after not now"],
    accountJoined: ["nps 30 days after an account joins"],
    slackHigh: ["nps every Monday at 9:00 for customers on slack with high signals"],
  },
  ru: {
    afterChat: [
      "csat через 15 минут после закрытия чата",
      "Пожалуйста, спрашивать CSAT через 15 мин после чата",
      "когда чат закрыт, спросить csat через 15 минут",
    ],
    chatOnceIn90: [
      "nps после чата, не чаще одного раза в 90 дней на человека",
      "nps сразу после закрытия чата, не чаще раза в 90 дней",
    ],
    chatOfTeam: [
      "csat через 1 час после чата с командой Billing",
      "csat через час после чатов команды billing",
    ],
    chatInChannel: ["csat через 30 минут после закрытия чата в канале #help"],
    stillSolved: [
      "still-solved через 3 дня после чата без напоминания",
      "still solved через три дня после закрытия чата, без напоминаний",
    ],
    reopened: ["chat-ces через 2 часа после повторного открытия чата в любое время"],
    programme: [
      "nps через 30 дней после регистрации, затем каждые 90 дней",
      "NPS через 30 дней после регистрации, потом раз в 90 дней",
      "отправлять nps всем клиентам через тридцать дней после регистрации и повторять каждые 90 дней",
    ],
    flagship: [
      "nps через 30 дней после регистрации, затем раз в 90 дней клиентам в 10:00 по их времени, не больше 40 в день",
      "nps через 30 дней после регистрации, потом каждые 90 дней всем клиентам в 10 утра по местному времени, максимум 40 человек в день",
    ],
    onboarding: [
      "ces через 7 дней после регистрации",
      "онбординг ces через семь дней после регистрации клиента",
    ],
    twoSteps: [
      "NPS через 30 дней после регистрации, затем CES через 60 дней, затем снова через 30 дней",
      "nps через 30 дней после регистрации, потом ces спустя 60 дней, повторить через 30 дней",
    ],
    exit: ["опрос при уходе, когда клиент уходит", "exit сразу после ухода клиента"],
    accountExit: ["exit покупателям через 3 дня после ухода компании"],
    churn: ["churn-check-in, когда сигналы достигают уровня watch, не чаще раза в 90 дней"],
    lowAnswer: ["onboarding-ces через 7 дней после ответа nps от 0 до 6"],
    beforeRenewal: [
      "nps за 30 дней до продления покупателям",
      "nps покупателям за 30 дней до renewal",
    ],
    afterRenewal: ["nps через 7 дней после продления"],
    mondaysPro: ["nps каждый понедельник в 9:00 на тарифе pro, 10% людей, не больше 50 в день"],
    monthlyAcme: [
      "nps первого числа каждого месяца в 9:00 для компании Acme",
      "nps клиентам Acme 1-го числа каждого месяца в 9 утра",
    ],
    quarterly: ["nps в первый день каждого квартала в 9:00"],
    workdays: ["nps по будням в 9:30, не чаще раза в 30 дней на человека"],
    daily: [
      "nps каждый день в 10:00, не более 20 в день",
      "nps ежедневно в 10:00, максимум 20 в день",
    ],
    russianVips: [
      "nps через 30 дней после регистрации клиентам, говорящим по-русски, с тегом vip",
      "nps через 30 дней после регистрации русскоязычным с тегом vip",
    ],
    detractors: ["nps по понедельникам в 9 утра для критиков"],
    goodScore: [
      "nps первого числа каждого месяца в 9:00 клиентам с последней оценкой csat 4 и больше",
    ],
    longThere: [
      "nps первого числа каждого месяца в 9:00 клиентам, которые зарегистрировались не менее 90 дней назад и были активны за последние 30 дней",
    ],
    neverAnswered: ["nps каждый понедельник в 9:00 тем, кто никогда не отвечал"],
    limits: [
      "nps через 30 дней после регистрации, напомнить через 3 дня, истекает через 10 дней, ждать не больше 5 дней",
    ],
    between: ["nps через 30 дней после регистрации между 10 и 12 по их часовому поясу"],
    rest: ["nps через 30 дней после регистрации, после отказа пауза 60 дней"],
    accountJoined: ["nps через 30 дней после регистрации компании"],
    slackHigh: ["nps каждый понедельник в 9:00 клиентам в slack с сильными сигналами"],
  },
  "zh-Hans": {
    afterChat: [
      "对话结束15分钟后发csat",
      "对话结束后15分钟询问CSAT",
      "请在聊天关闭后十五分钟问csat",
    ],
    chatOnceIn90: [
      "聊天结束后问nps，每人90天内最多一次",
      "对话关闭后立即询问nps，每人每90天最多一次",
    ],
    chatOfTeam: ["与Billing团队聊天后1小时发csat", "Billing团队的聊天结束1小时后发送csat"],
    chatInChannel: ["频道#help的聊天关闭30分钟后发csat"],
    stillSolved: [
      "聊天结束3天后问still-solved，不提醒",
      "对话关闭三天后询问still solved，不要提醒",
    ],
    reopened: ["聊天重新打开2小时后发chat-ces，不限时间"],
    programme: [
      "加入30天后发nps，之后每90天一次",
      "客户注册30天后问nps，然后每90天重复",
      "向所有客户在注册后30天发送nps，然后每隔90天再发一次",
    ],
    flagship: [
      "注册30天后发nps，之后每90天一次，客户当地时间上午10点，每天最多40人",
      "所有客户注册后30天发nps，然后每９０天一次，当地时间１０：００，一天不超过４０人",
    ],
    onboarding: ["注册7天后发ces", "客户加入七天后询问onboarding ces"],
    twoSteps: [
      "注册30天后发NPS，然后60天后发CES，再过30天重复",
      "加入后30天问nps，接着60天后问ces，30天后再重复",
    ],
    exit: ["客户离开时发离开调查", "客户流失后立即发exit"],
    accountExit: ["公司离开3天后向购买者发exit"],
    churn: ["流失信号达到watch时发churn-check-in，90天内最多一次"],
    lowAnswer: ["nps回答0到6分7天后发onboarding-ces"],
    beforeRenewal: ["续约前30天向购买者发nps", "在renewal前30天问购买者nps"],
    afterRenewal: ["续约后7天发nps"],
    mondaysPro: ["每周一9:00向pro套餐客户发nps，抽样10%，每天最多50人"],
    monthlyAcme: ["每月1号上午9点向公司Acme发nps", "每个月第一天9:00给Acme的客户发nps"],
    quarterly: ["每季度第一天9:00发nps"],
    workdays: ["工作日9:30发nps，每人30天最多一次"],
    daily: ["每天10:00发nps，每天最多20人"],
    russianVips: ["注册30天后向说俄语、标签为vip的客户发nps"],
    detractors: ["每周一上午9点向贬损者发nps"],
    goodScore: ["每月1号9:00向最近一次csat不低于4分的客户发nps"],
    longThere: ["每月1号9:00向加入至少90天且最近30天内活跃的客户发nps"],
    neverAnswered: ["每周一9:00向从未回答过的客户发nps"],
    limits: ["注册30天后发nps，3天后提醒，10天后过期，最多等待5天"],
    between: ["注册30天后在客户当地时间10点到12点之间发nps"],
    rest: ["注册30天后发nps，拒绝后休息60天"],
    accountJoined: ["公司加入30天后发nps"],
    slackHigh: ["每周一9:00向slack上高信号的客户发nps"],
  },
  "zh-Hant": {
    afterChat: [
      "對話結束15分鐘後發csat",
      "對話結束後15分鐘詢問CSAT",
      "請在聊天關閉後十五分鐘問csat",
    ],
    chatOnceIn90: [
      "聊天結束後問nps，每人90天內最多一次",
      "對話關閉後立即詢問nps，每人每90天最多一次",
    ],
    chatOfTeam: ["與Billing團隊聊天後1小時發csat", "Billing團隊的聊天結束1小時後發送csat"],
    chatInChannel: ["頻道#help的聊天關閉30分鐘後發csat"],
    stillSolved: [
      "聊天結束3天後問still-solved，不提醒",
      "對話關閉三天後詢問still solved，不要提醒",
    ],
    reopened: ["聊天重新開啟2小時後發chat-ces，不限時間"],
    programme: [
      "加入30天後發nps，之後每90天一次",
      "客戶註冊30天後問nps，然後每90天重複",
      "向所有客戶在註冊後30天發送nps，然後每隔90天再發一次",
    ],
    flagship: [
      "註冊30天後發nps，之後每90天一次，客戶當地時間上午10點，每天最多40人",
      "所有客戶註冊後30天發nps，然後每９０天一次，當地時間１０：００，一天不超過４０人",
    ],
    onboarding: ["註冊7天後發ces", "客戶加入七天後詢問onboarding ces"],
    twoSteps: [
      "註冊30天後發NPS，然後60天後發CES，再過30天重複",
      "加入後30天問nps，接著60天後問ces，30天後再重複",
    ],
    exit: ["客戶離開時發離開調查", "客戶流失後立即發exit"],
    accountExit: ["公司離開3天後向購買者發exit"],
    churn: ["流失訊號達到watch時發churn-check-in，90天內最多一次"],
    lowAnswer: ["nps回答0到6分7天後發onboarding-ces"],
    beforeRenewal: ["續約前30天向購買者發nps", "在renewal前30天問購買者nps"],
    afterRenewal: ["續約後7天發nps"],
    mondaysPro: ["每週一9:00向pro方案客戶發nps，抽樣10%，每天最多50人"],
    monthlyAcme: ["每月1號上午9點向公司Acme發nps", "每個月第一天9:00給Acme的客戶發nps"],
    quarterly: ["每季度第一天9:00發nps"],
    workdays: ["工作日9:30發nps，每人30天最多一次"],
    daily: ["每天10:00發nps，每天最多20人"],
    russianVips: ["註冊30天後向說俄語、標籤為vip的客戶發nps"],
    detractors: ["每週一上午9點向貶損者發nps"],
    goodScore: ["每月1號9:00向最近一次csat不低於4分的客戶發nps"],
    longThere: ["每月1號9:00向加入至少90天且最近30天內活躍的客戶發nps"],
    neverAnswered: ["每週一9:00向從未回答過的客戶發nps"],
    limits: ["註冊30天後發nps，3天後提醒，10天後過期，最多等待5天"],
    between: ["註冊30天後在客戶當地時間10點到12點之間發nps"],
    rest: ["註冊30天後發nps，拒絕後休息60天"],
    accountJoined: ["公司加入30天後發nps"],
    slackHigh: ["每週一9:00向slack上高訊號的客戶發nps"],
  },
};
