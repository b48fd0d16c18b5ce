/** What the fake core says, in the languages of the page. */

export interface Words {
  readonly locale: string;
  readonly question: (name: string) => string;
  readonly low: string;
  readonly high: string;
  readonly menu: string;
  readonly later: string;
  readonly pause: string;
  readonly never: string;
  readonly answered: (score: number) => string;
  readonly change: string;
  readonly tellMore: string;
  readonly why: string;
  readonly sendComment: string;
  readonly thanks: string;
  readonly fine: string;
  readonly willAsk: (name: string, seconds: number) => string;
  readonly willNotAsk: string;
  readonly askNow: string;
  readonly asked: string;
  readonly lowScore: (name: string, score: number) => string;
  readonly openChat: string;
  readonly filled: string;
  readonly removed: string;
}

const english: Words = {
  locale: "en",
  question: (name) =>
    `Thanks for talking to us, ${name}. How likely are you to recommend us to a friend or colleague?`,
  low: "Not at all likely",
  high: "Extremely likely",
  menu: "Not now?",
  later: "Ask me later",
  pause: "Not for a while",
  never: "Never again",
  answered: (score) => `You answered ${score}`,
  change: "Change",
  tellMore: "Say more",
  why: "What is the main reason for your score?",
  sendComment: "Send",
  thanks: "Thank you, that helps. A person on the team reads every word.",
  fine: "That is fine. Thank you for telling us.",
  willAsk: (name, seconds) => `Will ask ${name} in ${seconds} s.`,
  willNotAsk: "Will not ask: too short to be worth a question.",
  askNow: "Ask now",
  asked: "Asked.",
  lowScore: (name, score) => `${name} gave a ${score}`,
  openChat: "Open the chat",
  filled: "Filled with 12 weeks of sample answers.",
  removed: "The sample answers are gone.",
};

const russian: Words = {
  ...english,
  locale: "ru",
  question: (name) =>
    `${name}, спасибо за разговор. Насколько вероятно, что вы порекомендуете нас друзьям или коллегам?`,
  low: "Совсем не вероятно",
  high: "Обязательно порекомендую",
  menu: "Не сейчас?",
  later: "Спросить позже",
  pause: "Пока не надо",
  never: "Больше не спрашивать",
  answered: (score) => `Ваша оценка: ${score}`,
  change: "Изменить",
  tellMore: "Рассказать подробнее",
  why: "Что повлияло на вашу оценку больше всего?",
  willAsk: (name, seconds) => `Спросим через ${seconds} с: ${name}.`,
  askNow: "Спросить сейчас",
  lowScore: (name, score) => `Низкая оценка: ${name}, ${score}`,
  openChat: "Открыть чат",
};

const chinese: Words = {
  ...english,
  locale: "zh-Hans",
  question: (name) => `${name}，感谢您与我们沟通。您有多大可能把我们推荐给朋友或同事？`,
  low: "完全不可能",
  high: "非常可能",
  menu: "现在不方便？",
  later: "稍后再问",
  pause: "暂时不要问",
  never: "以后都不要问",
  answered: (score) => `您的评分：${score}`,
  change: "修改",
  tellMore: "再说几句",
  why: "您给出这个评分的主要原因是什么？",
  willAsk: (name, seconds) => `将在 ${seconds} 秒后询问 ${name}。`,
  askNow: "现在就问",
  lowScore: (name, score) => `${name} 给了 ${score} 分`,
  openChat: "打开对话",
};

/** By the language of a BCP 47 tag. */
export function wordsFor(locale: string | undefined): Words {
  if (locale?.startsWith("zh")) return chinese;
  return locale?.startsWith("ru") ? russian : english;
}
