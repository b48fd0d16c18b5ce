/**
 * What real days bring, in every language: guests, closed direct messages, chats that are opened
 * again, messages that are deleted, emoji that are renamed, answers in words. One service in its own
 * process; whoever closes a chat is a lead who has the question asked at once.
 */
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Language, textsFor } from "../../src/locales/index.ts";
import { drawnLanguages } from "../support/drawn-languages.ts";
import { type SlackTown, startSlackTown } from "../support/programs/slack-town.ts";
import type { ChannelFace, Person, Place, SeenMessage, Workspace } from "../support/slack/index.ts";

/** Slack delivers again after a minute what a busy machine did not take at once. */
const PATIENCE_MS = 100_000;
let town: SlackTown;
let globex: Workspace;
let shared: ChannelFace;

beforeAll(async () => {
  town = await startSlackTown({
    mode: "socket",
    env: {
      SLACK_SUPPORT_CHANNELS: "#help,#acme-globex",
      SLACK_CLOSE_EMOJI: "white_check_mark,solved",
    },
    build(slack, acme) {
      globex = slack.workspace("Globex", { installed: false });
      shared = acme.channel("acme-globex", { sharedWith: [globex] });
      acme.emoji("solved", "https://emoji.example/solved.png");
    },
  });
});
afterAll(() => town.stop());

/** As Slack names the languages of its people. */
const slackLocales: Record<Language, string> = {
  en: "en-US",
  "zh-Hans": "zh-CN",
  "zh-Hant": "zh-TW",
  ru: "ru-RU",
};

const said: Record<Language, { problem: string; thanks: string; why: string; seven: string }> = {
  en: { problem: "It is broken", thanks: "Thanks", why: "Too slow", seven: "7 – slow" },
  "zh-Hans": { problem: "打不开", thanks: "谢谢", why: "太慢了", seven: "7，太慢了" },
  "zh-Hant": { problem: "打不開", thanks: "謝謝", why: "太慢了喔", seven: "7，太慢了" },
  ru: { problem: "Не работает", thanks: "Спасибо", why: "Долго", seven: "7 – медленно" },
};

async function sees(person: Person, place: Place, words: string): Promise<SeenMessage> {
  const find = () => person.sees(place).findLast((message) => message.words.includes(words));
  const message = `${person.name} sees: ${words}`;
  await expect.poll(find, { timeout: PATIENCE_MS, message }).toBeDefined();
  const found = find();
  if (found === undefined) throw new Error(`gone again: ${message}`);
  return found;
}

interface Visit {
  readonly customer: Person;
  readonly language: Language;
  readonly channel: ChannelFace;
  /** Name of the emoji that closes. */
  readonly emoji?: string;
}

/** A chat up to the point where a lead closes it; gives the ts of its first message. */
async function talk({ customer, language, channel }: Visit): Promise<string> {
  const { kim } = town.people;
  const { problem, thanks } = said[language];
  const { settled } = town.slack;
  const chat = await customer.posts(channel, problem);
  await settled();
  await kim.posts(channel, "…", { thread: chat });
  await settled();
  await customer.posts(channel, thanks, { thread: chat });
  await settled();
  return chat;
}

async function close(visit: Visit, chat: string): Promise<SeenMessage> {
  const { lee } = town.people;
  await lee.reacts(visit.channel, chat, visit.emoji ?? "white_check_mark");
  return await sees(lee, visit.channel, visit.customer.name);
}

/** Closes the chat and has its customer asked at once. */
async function closeAndAsk(visit: Visit, chat: string): Promise<void> {
  const told = await close(visit, chat);
  expect(told.buttons, told.words).toContain("Ask now");
  await town.people.lee.presses(told, "Ask now");
}

/** Taps 3 where the question is, and finds it answered in the same place. */
async function tapsThree({ customer, language }: Visit, place: Place): Promise<void> {
  const texts = textsFor(language);
  const question = await sees(customer, place, texts.text("ask.nps.question", { company: "Acme" }));
  await customer.presses(question, "3");
  const answered = await sees(customer, place, texts.text("ask.answered", { answer: "3" }));
  expect(answered.ts).toBe(question.ts);
}

async function writesWhy({ customer, language }: Visit): Promise<void> {
  await sees(customer, "dm", textsFor(language).text("ask.nps.why.low"));
  await customer.writes(said[language].why);
}

/** In a whisper the words go into a form: what is written in the thread is read by everybody. */
async function fillsInWhy({ customer, language, channel }: Visit): Promise<void> {
  const texts = textsFor(language);
  const question = await sees(customer, channel, texts.text("ask.nps.why.low"));
  expect(question.ephemeral).toBe(true);
  await customer.presses(question, texts.text("ask.write"));
  await expect
    .poll(() => customer.modal()?.words ?? "", { timeout: PATIENCE_MS })
    .toContain(texts.text("ask.nps.why.low"));
  const field = texts.text("ask.nps.why.low");
  await customer.submits({ [field]: said[language].why });
}

async function leadsHear({ customer, language }: Visit): Promise<void> {
  const { lee } = town.people;
  const alert = () =>
    lee
      .sees(town.channels.leads)
      .some(({ words }) => words.includes(customer.name) && words.includes(said[language].why));
  await expect
    .poll(alert, { timeout: PATIENCE_MS, message: `${customer.name}'s alert` })
    .toBe(true);
}

function newcomer(what: string, language: Language, dm: "open" | "disabled" = "open"): Person {
  const name = `${what}-${language}`.toLowerCase();
  return town.workspace.person(name, { locale: slackLocales[language], dm });
}

const flows: Record<string, (language: Language) => Promise<void>> = {
  "a guest of another company is asked in the thread, for their eyes only": async (language) => {
    const name = `guest-${language}`.toLowerCase();
    const customer = globex.person(name, { locale: slackLocales[language], dm: "blocked" });
    await customer.joins(shared);
    const visit = { customer, language, channel: shared };
    await closeAndAsk(visit, await talk(visit));
    await tapsThree(visit, shared);
    await fillsInWhy(visit);
    await leadsHear(visit);
  },
  "F5 closed direct messages: one try, then the thread": async (language) => {
    const customer = newcomer("closed", language, "disabled");
    const visit = { customer, language, channel: town.channels.help };
    await closeAndAsk(visit, await talk(visit));
    await tapsThree(visit, town.channels.help);
    await fillsInWhy(visit);
    await leadsHear(visit);
    const tries = town.slack
      .calls("conversations.open")
      .filter((call) => JSON.stringify(call).includes(customer.id));
    expect(tries).toHaveLength(1);
  },
  "a chat that was opened again is asked about after its next closing": async (language) => {
    const customer = newcomer("again", language);
    const visit = { customer, language, channel: town.channels.help };
    const { lee } = town.people;
    lee.reloads(); // what an earlier chat left is gone
    const chat = await talk(visit);
    const first = await close(visit, chat);
    await lee.unreacts(visit.channel, chat, "white_check_mark");
    await sees(lee, visit.channel, textsFor("en").text("plan.cancelled"));
    // The old button asks nobody any more.
    await lee.presses(first, "Ask now");
    await sees(lee, visit.channel, textsFor("en").text("plan.not-planned"));
    expect(customer.sees("dm")).toEqual([]);
    await closeAndAsk(visit, chat);
    await tapsThree(visit, "dm");
    await writesWhy(visit);
    await leadsHear(visit);
  },
  "a first message that was deleted takes nothing away": async (language) => {
    const customer = newcomer("deleted", language);
    const visit = { customer, language, channel: town.channels.help };
    const chat = await talk(visit);
    const told = await close(visit, chat);
    await customer.deletes(visit.channel, chat);
    await town.slack.settled();
    await town.people.lee.presses(told, "Ask now");
    await tapsThree(visit, "dm");
    await writesWhy(visit);
    await leadsHear(visit);
  },
  "an emoji that was renamed still closes": async (language) => {
    const customer = newcomer("emoji", language);
    const visit = { customer, language, channel: town.channels.help, emoji: "fixed" };
    await closeAndAsk(visit, await talk(visit));
    await tapsThree(visit, "dm");
    await writesWhy(visit);
    await leadsHear(visit);
  },
  "whoever writes a number and words is understood": async (language) => {
    const customer = newcomer("words", language);
    const texts = textsFor(language);
    const visit = { customer, language, channel: town.channels.help };
    await closeAndAsk(visit, await talk(visit));
    await sees(customer, "dm", texts.text("ask.nps.question", { company: "Acme" }));
    await customer.writes(said[language].seven);
    const noted = await sees(customer, "dm", texts.text("ask.noted", { answer: "7" }));
    expect(noted.buttons).toContain(texts.text("ask.undo"));
    await sees(customer, "dm", texts.text("talk.thanks.middle"));
    await sees(customer, "dm", texts.text("ask.answered", { answer: "7" }));
  },
};

test.each(Object.entries(flows))(
  `%s (${drawnLanguages.join(", ")})`,
  async (name, flow) => {
    if (name.startsWith("an emoji")) {
      town.workspace.renameEmoji("solved", "fixed");
      await town.slack.settled();
    }
    if (name.startsWith("a chat that was opened again")) {
      for (const language of drawnLanguages) await flow(language);
    } else {
      await Promise.all(drawnLanguages.map(flow));
    }
    expect(town.slack.problems).toEqual([]);
  },
  300_000,
);

test("P7 nobody's words or names are in the log", () => {
  const words = Object.values(said).flatMap(({ problem, why }) => [problem, why]);
  for (const each of words) expect(town.service().output()).not.toContain(each);
  expect(town.service().output()).not.toMatch(/guest-|closed-|words-|xoxb-|xapp-/);
});

test("killed between a question and its answer, it goes on where it was", {
  timeout: 300_000,
}, async () => {
  const customer = newcomer("killed", "en");
  const visit: Visit = { customer, language: "en", channel: town.channels.help };
  await closeAndAsk(visit, await talk(visit));
  await sees(customer, "dm", textsFor("en").text("ask.nps.question", { company: "Acme" }));
  await town.restart("SIGKILL");
  await tapsThree(visit, "dm");
  await town.restart("SIGTERM");
  await writesWhy(visit);
  await leadsHear(visit);
  const questions = customer.sees("dm").filter(({ words }) => words.includes("recommend Acme"));
  expect(questions).toHaveLength(1);
  expect(town.slack.problems).toEqual([]);
});
