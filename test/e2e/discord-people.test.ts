/**
 * What real days bring on Discord, in every language: posts that their authors close, closed direct
 * messages, answers in words, chats that are opened again, mistakes. One service in its own process;
 * whoever closes a chat is a lead who has the question asked at once.
 */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Language, languages, textsFor } from "../../src/locales/index.ts";
import type {
  ChannelFace,
  GuildFace,
  Person,
  Place,
  SeenMessage,
} from "../support/discord/index.ts";
import { drawnLanguages } from "../support/drawn-languages.ts";
import { type DiscordTown, startDiscordTown } from "../support/programs/discord-town.ts";

const PATIENCE_MS = 90_000;
const en = textsFor("en");
const NPS = { company: "Acme" };

/** As Discord names the languages of its people. */
const discordLocales: Record<Language, string> = {
  en: "en-GB",
  "zh-Hans": "zh-CN",
  "zh-Hant": "zh-TW",
  ru: "ru",
};

const said: Record<Language, { problem: string; thanks: string; why: string; seven: string }> = {
  en: { problem: "It is broken", thanks: "Thanks", why: "Too slow", seven: "**seven** – slow" },
  "zh-Hans": { problem: "打不开", thanks: "谢谢", why: "太慢了", seven: "七，太慢了" },
  "zh-Hant": { problem: "打不開", thanks: "謝謝", why: "太慢了喔", seven: "7️⃣" },
  ru: { problem: "Не работает", thanks: "Спасибо", why: "Долго", seven: "семь, медленно" },
};

async function eventually<T>(message: string, find: () => T | undefined): Promise<T> {
  await expect.poll(find, { timeout: PATIENCE_MS, message }).toBeDefined();
  const found = find();
  if (found === undefined) throw new Error(`gone again: ${message}`);
  return found;
}

/** Waits until the person sees a message with these words, and gives the newest such. */
const sees = (person: Person, place: Place, words: string): Promise<SeenMessage> =>
  eventually(`${person.name} sees: ${words}`, () =>
    person.sees(place).findLast((message) => spaced(message.words).includes(spaced(words))),
  );

/** Where a line may not end is no other word. */
const spaced = (words: string) => words.replace(/[\u00A0\u202F]/g, " ");

/** Whoever has typed something once is known with their language. */
async function known(town: DiscordTown, person: Person, language: Language): Promise<Person> {
  await person.types(town.channels.general, "/feedback");
  await sees(person, town.channels.general, textsFor(language).text("home.own.title"));
  return person;
}

/** What is said in a chat that the customer has begun. */
async function talk(town: DiscordTown, chat: ChannelFace, customer: Person, thanks: string) {
  const { discord, people } = town;
  await discord.settled();
  await people.kim.posts(chat, "…");
  await customer.posts(chat, thanks);
  await discord.settled();
}

describe("direct messages", () => {
  let town: DiscordTown;
  let vega: GuildFace;

  beforeAll(async () => {
    const env: Record<string, string> = {};
    town = await startDiscordTown({
      env,
      build(discord, acme) {
        vega = discord.guild("Вега", { community: true, locale: "ru" });
        env.DISCORD_GUILDS = `${acme.id},${vega.id}`;
      },
    });
    await commandsAreThere(town);
  });
  afterAll(() => town.stop());

  async function newcomer(what: string, language: Language, dm: "open" | "closed" = "open") {
    const locale = discordLocales[language];
    const person = town.guild.person(`${what}-${language}`.toLowerCase(), { locale, dm });
    return dm === "closed" ? person : known(town, person, language);
  }

  async function thread(customer: Person, language: Language): Promise<ChannelFace> {
    const { problem, thanks } = said[language];
    const chat = await customer.starts(town.channels.help, "?", { text: problem });
    await talk(town, chat, customer, thanks);
    return chat;
  }

  /** A lead closes it, hears what is planned, and has the customer asked at once. */
  async function closeAndAsk(chat: ChannelFace, customer: Person): Promise<void> {
    const { lee } = town.people;
    await lee.types(chat, "/close");
    const told = await sees(lee, chat, customer.name);
    expect(told.ephemeral).toBe(true);
    expect(told.buttons, told.words).toEqual([en.text("plan.ask-now")]);
    await lee.presses(told, en.text("plan.ask-now"));
  }

  /** Somebody else closed it: a lead asks by hand. */
  async function askByHand(chat: ChannelFace): Promise<void> {
    const { lee } = town.people;
    const [first] = lee.sees(chat);
    if (first === undefined) throw new Error("the chat has no message");
    await lee.uses("Ask for feedback", chat, first.id);
  }

  async function asked(customer: Person, language: Language): Promise<SeenMessage> {
    return sees(customer, "dm", textsFor(language).text("ask.nps.question", NPS));
  }

  async function leadsHear(customer: Person, language: Language): Promise<void> {
    const alert = await eventually(`${customer.name}'s alert`, () =>
      town.people.lee
        .sees(town.channels.leads)
        .find(({ words }) => words.includes(customer.name) && words.includes(said[language].why)),
    );
    expect(alert.words).toContain("Kim");
  }

  async function tapsThreeAndSaysWhy(customer: Person, language: Language): Promise<void> {
    const texts = textsFor(language);
    const question = await asked(customer, language);
    // Which chat, and whoever has no time now finds a way out.
    expect(question.words).toContain("Kim");
    expect(question.entries).toContain(texts.text("ask.menu.stop"));
    await customer.presses(question, "3");
    const answered = await sees(customer, "dm", texts.text("ask.answered", { answer: "3" }));
    expect(answered.id).toBe(question.id);
    await sees(customer, "dm", texts.text("ask.nps.why.low"));
    await customer.writes(said[language].why);
    await leadsHear(customer, language);
  }

  const flows: Record<string, (language: Language) => Promise<void>> = {
    "a post that its author tags as solved is closed": async (language) => {
      const customer = await newcomer("author", language);
      const { problem, thanks } = said[language];
      const post = await customer.opens(town.channels.questions, "?", problem);
      await talk(town, post, customer, thanks);
      await customer.tags(post, "solved");
      await town.discord.settled();
      await askByHand(post);
      await tapsThreeAndSaysWhy(customer, language);
    },
    "F5 closed direct messages: one try, then a button in the chat, and nobody else sees the rest":
      async (language) => {
        const texts = textsFor(language);
        const customer = await newcomer("closed", language, "closed");
        const chat = await thread(customer, language);
        await closeAndAsk(chat, customer);
        // Nobody knows yet which language they read: that comes with the press.
        const opener = await eventually(`${customer.name}'s opener`, () =>
          customer.sees(chat).find(({ buttons }) => buttons.length > 0),
        );
        expect(opener.words).toContain(customer.name);
        await town.people.kim.presses(opener, en.text("ask.opener.button"));
        await sees(town.people.kim, chat, en.text("ask.opener.not-yours"));
        await customer.presses(opener, en.text("ask.opener.button"));
        const question = await sees(customer, chat, texts.text("ask.nps.question", NPS));
        await customer.presses(question, "2");
        const why = await sees(customer, chat, texts.text("ask.nps.why.low"));
        await customer.presses(why, texts.text("ask.write"));
        expect(customer.modal()?.words).toContain(texts.text("ask.nps.why.low"));
        await customer.submits({ [customer.modal()?.labels[0] ?? ""]: said[language].why });
        await leadsHear(customer, language);
        const others = town.people.kim.sees(chat).map(({ words }) => words);
        expect(others.join()).not.toContain(said[language].why);
        expect(others.join()).not.toContain("2");
      },
    "answers in words, taken back and given again": async (language) => {
      const texts = textsFor(language);
      const customer = await newcomer("words", language);
      await closeAndAsk(await thread(customer, language), customer);
      await asked(customer, language);
      await customer.writes(said[language].why);
      await sees(customer, "dm", texts.text("talk.notice.score-please"));
      await customer.writes(said[language].seven);
      const noted = await sees(customer, "dm", texts.text("ask.noted", { answer: "7" }));
      await customer.presses(noted, texts.text("ask.undo"));
      await sees(customer, "dm", texts.text("ask.undone"));
      await customer.writes("9");
      await sees(customer, "dm", texts.text("ask.noted", { answer: "9" }));
      const answered = await sees(customer, "dm", texts.text("ask.answered", { answer: "9" }));
      await customer.presses(answered, texts.text("ask.change"));
      const again = await asked(customer, language);
      await customer.presses(again, "10");
      await sees(customer, "dm", texts.text("ask.answered", { answer: "10" }));
    },
    "later by the menu, never by a word": async (language) => {
      const texts = textsFor(language);
      const customer = await newcomer("never", language);
      await closeAndAsk(await thread(customer, language), customer);
      const question = await asked(customer, language);
      await customer.chooses(question, texts.text("ask.menu.later"));
      const [beginning = ""] = texts.text("talk.notice.later", { when: "|" }).split("|");
      await sees(customer, "dm", beginning);
      await customer.writes("stop");
      await sees(customer, "dm", texts.text("talk.notice.stopped"));
    },
    "a chat that is opened again is asked about after its next closing": async (language) => {
      const customer = await newcomer("again", language);
      const chat = await thread(customer, language);
      const { lee } = town.people;
      await lee.types(chat, "/close");
      const first = await sees(lee, chat, customer.name);
      await customer.posts(chat, said[language].problem);
      await town.discord.settled();
      await lee.presses(first, en.text("plan.ask-now"));
      await sees(lee, chat, en.text("plan.not-planned"));
      expect(customer.sees("dm")).toEqual([]);
      await closeAndAsk(chat, customer);
      await tapsThreeAndSaysWhy(customer, language);
    },
  };

  test.each(Object.entries(flows))(
    `%s (${drawnLanguages.join(", ")})`,
    async (_name, flow) => {
      await Promise.all(drawnLanguages.map(flow));
      expect(town.discord.problems).toEqual([]);
    },
    300_000,
  );

  test("who speaks to us for the first time in a Russian server is spoken to in Russian", {
    timeout: 300_000,
  }, async () => {
    const texts = textsFor("ru");
    const support = vega.role("Support", { permissions: ["ManageThreads"] });
    const agent = vega.person("Vera", { roles: [support] });
    const help = vega.channel("help");
    const customer = vega.person("Oleg", { locale: "ru" });
    const chat = await customer.starts(help, "?", { text: said.ru.problem });
    await town.discord.settled();
    await agent.posts(chat, "…");
    await customer.posts(chat, said.ru.thanks);
    await town.discord.settled();
    const [first] = customer.sees(chat);
    if (first === undefined) throw new Error("the chat has no message");
    await agent.uses("Close and ask for feedback", chat, first.id);
    await sees(agent, chat, "Oleg");
    await vega.owner.uses("Ask for feedback", chat, first.id);
    const question = await sees(customer, "dm", texts.text("ask.nps.question", NPS));
    await customer.presses(question, "10");
    await sees(customer, "dm", texts.text("ask.answered", { answer: "10" }));
    expect(town.discord.problems).toEqual([]);
  });

  test.each(languages)(
    "what leads read and mistype in %s reads right on Discord",
    async (language) => {
      const texts = textsFor(language);
      const { leads } = town.people;
      const { general } = town.channels;
      const locale = discordLocales[language];
      const lead = town.guild.person(`lead-${language}`.toLowerCase(), { roles: [leads], locale });
      await lead.types(general, "/aftertalk help");
      const help = await sees(lead, general, texts.text("help.title"));
      const told = spaced(help.words);
      expect(told).toContain("/nps period:week");
      expect(told).toContain("/feedback low last week");
      expect(told).not.toContain("/aftertalk after-chat");
      expect(told).not.toMatch(/\/\w+ (week|month)|\/aftertalk($| ·)/u);
      await lead.types(general, "/nps", { period: "wek" });
      await sees(lead, general, "wek");
      await lead.types(general, "/nps", { team: "Nobody" });
      await sees(lead, general, "Nobody");
      await lead.types(general, "/close");
      await sees(lead, general, texts.text("discord.no-chat"));
      await lead.types(general, "/aftertalk home");
      await sees(lead, general, "/feedback period:week · /aftertalk help");
      const offered = await lead.completes(general, "/nps", { period: "2026-W02" }, "period");
      expect(JSON.stringify(offered)).toContain('"name":"2026-W02 · ');
      const all = lead.sees(general).filter(({ ephemeral }) => ephemeral);
      expect(all.map(({ words }) => words).join()).not.toMatch(
        /\b[a-z]+\.[a-z]+\.[a-z-]+\b|\{\w+\}/u,
      );
      expect(town.discord.problems).toEqual([]);
    },
  );

  test("the team's mistakes are told to them alone", { timeout: 300_000 }, async () => {
    const { kim } = town.people;
    const { help } = town.channels;
    const own = await kim.starts(help, "Team talk", { text: "Between us" });
    await kim.types(own, "/close");
    expect((await sees(kim, own, en.text("chat.unknown"))).ephemeral).toBe(true);
    const customer = await newcomer("twice", "en");
    const chat = await thread(customer, "en");
    await kim.types(chat, "/close");
    await sees(kim, chat, customer.name);
    await kim.types(chat, "/close");
    await sees(kim, chat, en.text("chat.close.already"));
    await kim.types(help, "/feedback");
    await sees(kim, help, "Please ask one of them");
    // A customer's mark says nothing.
    const other = await newcomer("marks", "en");
    const open = await thread(other, "en");
    await other.reacts(open, other.sees(open)[0]?.id ?? "", "✅");
    await kim.types(open, "/close");
    await sees(kim, open, other.name);
    expect(kim.sees(open).some(({ words }) => words.includes(en.text("chat.close.already")))).toBe(
      false,
    );
    expect(town.discord.problems).toEqual([]);
  });

  test("a private thread that we were added to is closed by the team's mark", {
    timeout: 300_000,
  }, async () => {
    const { kim, lee } = town.people;
    const { help } = town.channels;
    const customer = await newcomer("private", "en");
    const hidden = await customer.starts(help, "Between us", { private: true });
    await customer.adds(hidden, { id: town.discord.applicationId });
    await customer.adds(hidden, kim);
    await customer.adds(hidden, lee);
    await town.discord.settled();
    const first = await customer.posts(hidden, said.en.problem);
    await talk(town, hidden, customer, said.en.thanks);
    await kim.reacts(hidden, first, "✅");
    await town.discord.settled();
    await askByHand(hidden);
    await tapsThreeAndSaysWhy(customer, "en");
    expect(town.discord.problems).toEqual([]);
  });

  test("P7 nobody's words or names are in the log", () => {
    const words = Object.values(said).flatMap(({ problem, why }) => [problem, why]);
    for (const each of words) expect(town.service().output()).not.toContain(each);
    expect(town.service().output()).not.toMatch(/author-|closed-|words-|Oleg|emulator\.token/);
  });
});

describe("in the chat itself, without the message-content intent", () => {
  let town: DiscordTown;
  beforeAll(async () => {
    town = await startDiscordTown({
      env: {
        AFTERTALK_ASK_AFTER_MINUTES: "0",
        DISCORD_ASK_IN: "thread",
        DISCORD_CLOSE_BUTTON: "on",
      },
      discord: { privileged: ["members", "presences"] },
    });
    await commandsAreThere(town);
  });
  afterAll(() => town.stop());

  const closings: Record<string, (chat: ChannelFace, customer: Person) => Promise<void>> = {
    "a thread that its customer archives wakes up with the question": async (chat, customer) => {
      await customer.archives(chat);
    },
    "the team's button closes": async (chat) => {
      const { kim } = town.people;
      const button = await sees(kim, chat, en.text("chat.close.button"));
      await kim.presses(button, en.text("chat.close.button"));
      await sees(kim, chat, "will be asked");
    },
  };
  const cases = Object.entries(closings);

  test.each(cases)("%s", { timeout: 300_000 }, async (name, close) => {
    await Promise.all(
      drawnLanguages.map(async (language) => {
        const texts = textsFor(language);
        const locale = discordLocales[language];
        const place = cases.findIndex(([each]) => each === name);
        const person = town.guild.person(`place${place}-${language}`.toLowerCase(), { locale });
        const customer = await known(town, person, language);
        const { problem, thanks, why } = said[language];
        const chat = await customer.starts(town.channels.help, "?", { text: problem });
        await talk(town, chat, customer, thanks);
        await close(chat, customer);
        const question = await sees(customer, chat, texts.text("ask.nps.question", NPS));
        expect(question.ephemeral).toBe(false);
        expect(question.words).toContain(texts.text("ask.hint.thread", NPS));
        await town.people.lee.presses(question, "10");
        await sees(town.people.lee, chat, en.text("talk.notice.not-yours"));
        await customer.presses(question, "4");
        await sees(customer, chat, texts.text("ask.answered", { answer: "4" }));
        const open = await sees(customer, chat, texts.text("ask.nps.why.low"));
        await customer.presses(open, texts.text("ask.write"));
        await customer.submits({ [customer.modal()?.labels[0] ?? ""]: why });
        await eventually(`${customer.name}'s alert`, () =>
          town.people.lee
            .sees(town.channels.leads)
            .find(({ words }) => words.includes(customer.name) && words.includes(why)),
        );
        expect(customer.sees("dm")).toEqual([]);
      }),
    );
    expect(town.discord.problems).toEqual([]);
  });
});

async function commandsAreThere(town: DiscordTown): Promise<void> {
  const end = Date.now() + PATIENCE_MS;
  while (Date.now() < end && !town.discord.commands().some(({ name }) => name === "nps")) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
