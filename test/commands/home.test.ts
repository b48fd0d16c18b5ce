import { beforeAll, expect, test } from "vitest";
import { describeEitherDatabase, type TestDatabase } from "../support/database.ts";
import { insertInvitation } from "../support/database-rows.ts";
import { tokenOf } from "../support/messenger.ts";
import { dana, kim, robin } from "../support/world.ts";
import { createReading, updateOf } from "./reading-support.ts";
import { linesOf } from "./summary-support.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const rights = "[Show what is kept about me] [Forget me…]";
const rightsNote = "You may see what is kept about you, or have it erased, whenever you like.";

describeEitherDatabase("home", (open) => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await open();
  });
  const enter = () => createReading(database);

  test("a lead of a workspace without answers is told what happens next", async () => {
    const { types } = await enter();
    const lines = linesOf(await types({ ...robin, role: "lead" }, "home"));
    expect(lines[0]).toMatch(/^Acme · this week, /);
    expect(lines[1]).toContain("No answers yet. When a support chat is closed as solved");
    expect(lines[2]).toBe("Ask for more: /nps month · /feedback week · /aftertalk");
    expect(lines.slice(3)).toEqual([rights]);
  });

  test("a lead sees the week of every metric with its trend, and who was unhappy lately", async () => {
    const { answer, person, chat, types, ago } = await enter();
    const ada = await person("Ada <!channel>");
    const link = await chat("1");
    for (const score of [10, 10, 9, 8, 9]) await answer("nps", { score, at: ago(6 * DAY) });
    for (const score of [10, 9, 9, 9]) await answer("nps", { score, at: ago(HOUR) });
    await answer("nps", { score: 3, at: ago(HOUR), text: "*slow*", person: ada, chat: link });
    await answer("csat", { score: 1, at: ago(2 * HOUR), person: ada, chat: link });
    await answer("csat", { score: 2, at: ago(8 * DAY), text: "too long ago", person: ada });
    const message = await types({ ...robin, role: "lead" }, "aftertalk", "home");
    const lines = linesOf(message);
    expect(lines[1]).toMatch(/^NPS \+60 \(95 % range .*last week \+80 \(n 5\): too few answers/);
    expect(lines.slice(2, 4)).toEqual(["5 of 5 reached answered (100%) · 4 / 0 / 1", "█▇ 2 weeks"]);
    expect(lines[4]).toContain("CSAT satisfied: too few to show a score: 1 answer");
    expect(lines.slice(6)).toEqual([
      "Low scores of the last 7 days",
      "> *slow* (Ada <!channel> · 3/10 (NPS)) https://chat.example/1",
      "Ada <!channel> · 1 · Very dissatisfied (CSAT)",
      "https://chat.example/1",
      "Ask for more: /nps month · /feedback week · /aftertalk",
      rights,
    ]);
    const quotes = message.parts.filter((part) => part.kind === "quote");
    expect(quotes).toMatchObject([{ text: "*slow*", by: "Ada <!channel> · 3/10 (NPS)" }]);
  });

  test("ten low scores are shown, the newest first, and where the others are; tests never count", async () => {
    const { answer, person, types, ago } = await enter();
    const tester = await person("Tess", { test: true });
    await answer("nps", { score: 0, at: ago(1000), text: "only a test", person: tester });
    for (let hours = 12; hours > 0; hours -= 1) {
      await answer("nps", { score: 2, at: ago(hours * HOUR), text: `${hours} hours ago` });
    }
    const message = await types(robin, "home");
    const quotes = message.parts.flatMap((part) => (part.kind === "quote" ? [part.text] : []));
    expect(quotes).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((hours) => `${hours} hours ago`));
    expect(linesOf(message)).toContain("These are the newest 10. All with words: /feedback 7d");
  });

  test("somebody who was unhappy about two things at once is there once", async () => {
    const { answer, types, world, ago } = await enter();
    await answer("nps", { score: 1, at: ago(HOUR), text: "no help" });
    const first = await database.db
      .selectFrom("answers")
      .selectAll()
      .where("workspace_id", "=", world.workspaceId)
      .where("score", "=", 1)
      .executeTakeFirstOrThrow();
    const second = { question: "solved", score: 0, scale_min: 0, scale_max: 2 };
    await database.db
      .insertInto("answers")
      .values({ ...first, ...second, metric: "resolution" })
      .execute();
    const quotes = (await types(robin, "home")).parts.filter((part) => part.kind === "quote");
    expect(quotes).toMatchObject([{ text: "no help", by: "1/10 (NPS)" }]);
  });

  test("answers without a low score are good news", async () => {
    const { answer, types, ago } = await enter();
    await answer("nps", { score: 9, at: ago(HOUR) });
    expect(linesOf(await types(robin, "home"))).toContain(
      "None. That is good news, as long as people answer.",
    );
  });

  test("a customer sees their own answers of 90 days and nobody else's", async () => {
    const { answer, chat, person, personOf, types, ago } = await enter();
    await types(dana, "home");
    const own = await personOf(dana);
    const link = await chat("7");
    await answer("nps", { score: 3, at: ago(DAY), text: "too slow", person: own, chat: link });
    await answer("csat", { score: 5, at: ago(3 * DAY), person: own, chat: link });
    await answer("nps", { score: 0, at: ago(91 * DAY), text: "long ago", person: own });
    await answer("nps", { score: 1, at: ago(DAY), text: "secret", person: await person("Eve") });
    const lines = linesOf(await types(dana, "home"));
    expect(lines.slice(0, 3)).toEqual([
      "Your feedback",
      "After a support chat I may ask you how it went. The support leads of Acme read your answers.",
      "What you answered in the last 90 days",
    ]);
    expect(lines[3]).toMatch(
      /^> too slow \(3\/10 \(NPS\) · #help · \w+ \d+, \d{4}\) https:\/\/chat\.example\/7$/,
    );
    expect(lines[4]).toMatch(/^5 · Very satisfied \(CSAT\) · #help · \w+ \d+, \d{4}$/);
    expect(lines.slice(5)).toEqual([
      ...["[Not for a while (30 days)] [Never ask me]", rightsNote, rights],
    ]);
    expect(linesOf(await types(dana, "feedback"))).toEqual(lines);
    expect(linesOf(await types(dana, "aftertalk"))).toEqual(lines);
    expect(linesOf(await types(dana, "aftertalk", "help"))).toEqual(lines);
  });

  test("an open question is pointed to with the chat it is about", async () => {
    const { chat, personOf, survey, types, world, ago } = await enter();
    await types(dana, "home");
    const asked = {
      state: "asked",
      person_id: await personOf(dana),
      chat_id: await chat("8"),
    } as const;
    const invite = (values: { asked_at: Date; expires_at: Date }) =>
      survey("nps").then((id) =>
        insertInvitation(database.db, world.workspaceId, id, { ...asked, ...values }),
      );
    await invite({ asked_at: ago(9 * DAY), expires_at: ago(2 * DAY) });
    expect(linesOf(await types(dana, "home"))).not.toContain("https://chat.example/8");
    await invite({ asked_at: ago(DAY), expires_at: ago(-6 * DAY) });
    const lines = linesOf(await types(dana, "home"));
    expect(lines[2]).toMatch(/^My question from .* is still open\. A tap or a few words/);
    expect(lines[3]).toBe("https://chat.example/8");
  });

  test("a customer pauses, stops and resumes, and sees what holds", async () => {
    const { presses, types, world } = await enter();
    const page = await types(dana, "home");
    const press = async (message: typeof page, label: string, id?: string) =>
      updateOf(await presses(dana, tokenOf(message, label), id === undefined ? {} : { id }));
    const paused = await press(page, "Not for a while (30 days)");
    expect(linesOf(paused)[2]).toMatch(/^You are paused: I ask nothing until \w+ \d+, \d{4}\.$/);
    expect(linesOf(paused).at(-3)).toBe("[You may ask me again] [Never ask me]");
    const never = await press(paused, "Never ask me");
    expect(linesOf(never)[2]).toBe("You asked never to be asked, so I never will.");
    expect(linesOf(never).at(-3)).toBe("[You may ask me again]");
    await press(paused, "You may ask me again");
    const open = await types(dana, "home");
    expect(linesOf(open)).toEqual(linesOf(page));
    await press(page, "Not for a while (30 days)");
    world.clock.advance(31 * DAY);
    expect(linesOf(await types(dana, "home"))).toEqual(linesOf(page));
  });

  test("D2 the same press delivered again has one effect and shows the same page", async () => {
    const { presses, types, world } = await enter();
    const token = tokenOf(await types(dana, "home"), "Never ask me");
    const once = updateOf(await presses(dana, token, { id: "tap-1" }));
    const again = updateOf(await presses(dana, token, { id: "tap-1" }));
    expect(linesOf(again)).toEqual(linesOf(once));
    const audited = await database.db
      .selectFrom("audit")
      .select("action")
      .where("workspace_id", "=", world.workspaceId)
      .execute();
    expect(audited).toEqual([{ action: "consent.never" }]);
  });

  test("T2 a button of another workspace decides nothing here", async () => {
    const here = await enter();
    const elsewhere = await enter();
    const foreign = tokenOf(await elsewhere.types(dana, "home"), "Never ask me");
    const before = linesOf(await here.types(dana, "home"));
    expect((await here.presses(dana, foreign)).kind).toBe("message");
    expect(linesOf(await here.types(dana, "home"))).toEqual(before);
  });

  test("T10 an agent sees who reads the answers, and none of them", async () => {
    const { answer, types, ago } = await enter();
    await answer("nps", { score: 3, at: ago(HOUR), text: "secret" });
    await types(robin, "home");
    const intro = [
      "After a support chat I ask the customer how it went, so you need not ask yourself.",
      "The answers are read by the support leads: Robin.",
    ];
    const pages = ["/aftertalk help: Everything that you can ask", "/aftertalk home: This page"];
    const page = [...pages, rightsNote, rights];
    expect(linesOf(await types(kim, "home"))).toEqual([
      ...intro,
      "/nps week: What customers of your own chats said, from five answers on. Also: /csat, /ces, /resolution",
      "/frt month: How fast you reply first",
      "/cx month: Every metric on one card",
      ...page,
    ]);
    // Who handles no chats sees those of all, as totals.
    const viewer = { ...kim, role: "viewer" } as const;
    expect(linesOf(await types(viewer, "aftertalk"))).toEqual([
      ...intro,
      "/nps week: How customers feel, as totals from five answers on. Also: /csat, /ces, /resolution",
      "/frt month: How fast the first replies are",
      "/cx month: Every metric on one card",
      ...page,
    ]);
    const demoted = { ...robin, role: "agent" } as const;
    expect(linesOf(await types(demoted, "home")).join()).not.toContain("secret");
  });

  test.each(["zh-Hans", "zh-Hant", "ru"])("in %s nothing is left in English", async (locale) => {
    const { answer, personOf, types, ago } = await enter();
    await types({ ...dana, locale }, "home");
    await answer("nps", { score: 2, at: ago(HOUR), person: await personOf(dana) });
    for (const from of [robin, dana, kim]) {
      const message = await types({ ...from, locale }, "home");
      expect(message.locale).toBe(locale);
      const words = linesOf(message)
        .join("\n")
        .replaceAll(/Acme|Dana|Robin|NPS|#help|\/\w+( \w+)?|\bn\b/g, "");
      expect(words).not.toMatch(/[A-Za-z]{3}/);
    }
  });
});
