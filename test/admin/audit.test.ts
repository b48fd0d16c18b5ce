import { beforeAll, expect, test } from "vitest";
import { outlineMessage as onDiscord } from "../../adapters/discord/outline.ts";
import { outlineMessage as onSlack } from "../../adapters/slack/outline.ts";
import { readerOf } from "../../src/commands/reader.ts";
import { type Language, languages } from "../../src/locales/index.ts";
import type { Message, PlatformUser } from "../../src/platform.ts";
import { audit } from "../../src/store/audit.ts";
import { chatConnectionsOf } from "../../src/store/connections.ts";
import { scoreSurvey } from "../../src/surveys/parts.ts";
import { linesOf } from "../commands/summary-support.ts";
import { describeEitherDatabase, type TestDatabase } from "../support/database.ts";
import { tokenOf } from "../support/messenger.ts";
import { createWorld, dana, robin, type World } from "../support/world.ts";

const alex: PlatformUser = { ...robin, externalId: "U-alex", name: "Alex" };

describeEitherDatabase("/aftertalk audit", (open) => {
  let database: TestDatabase;
  let world: World;
  let danaId: string;

  const meet = async (user: PlatformUser) => {
    const [connection] = await chatConnectionsOf(database.db, world.workspaceId);
    if (connection === undefined) throw new Error("there is no connection");
    return (await readerOf(world.engine, connection, user)).person.id;
  };
  const typed = async (words: string, from = robin): Promise<Message> => {
    const reply = await world.types(from, "aftertalk", `audit ${words}`);
    if (reply.kind !== "message") throw new Error(reply.kind);
    return reply.message;
  };
  const press = async (card: Message, label: string): Promise<Message> => {
    const reply = await world.presses(robin, tokenOf(card, label));
    if (reply.kind !== "update") throw new Error(reply.kind);
    return reply.message;
  };
  /** What was done, line by line. */
  const done = (card: Message) => linesOf(card).flatMap((line) => /: (.+)$/u.exec(line)?.[1] ?? []);

  beforeAll(async () => {
    database = await open();
    world = await createWorld(database);
    const { db } = database;
    const [robins, alexs] = [await meet(robin), await meet(alex)];
    danaId = await meet(dana);
    const note = (days: number, line: Parameters<typeof audit>[3]) => {
      const at = new Date(world.clock.now().getTime() - days * 24 * 3_600_000);
      return audit(db, world.workspaceId, at, line);
    };
    const hours = { "hours.from": { from: "09:00", to: "10:00" } };
    await note(1, { actor: robins, action: "settings", details: hours });
    await note(2, { actor: "operator", action: "import" });
    await note(3, { actor: "operator", action: "person.exported", target: danaId });
    await note(90, { actor: alexs, action: "settings", details: hours });
    for (const n of Array.from({ length: 10 }, (_, i) => i)) {
      const target = `survey-${n}`;
      await note(10 + n, { actor: n < 9 ? alexs : robins, action: "survey", target });
    }
  });

  test("words, a kind, a person and a period narrow it down, page by page", async () => {
    const surveys = await typed("surveys @Alex 60d");
    expect(surveys.summary).toMatch(/^Who changed what · Surveys · Alex · /u);
    expect(done(surveys)).toHaveLength(8);
    const next = await press(surveys, "Next");
    expect(done(next)).toEqual(["changed the survey “survey-8”"]);
    expect(next.summary).toBe(surveys.summary);
    expect(linesOf(await press(next, "Previous"))).toEqual(linesOf(surveys));
    expect(done(await typed("dana"))).toEqual(["exported what is kept about Dana"]);
    expect(done(await typed("imported"))).toEqual(["imported answers"]);
    expect(linesOf(await typed("7d hours.from"))).toHaveLength(3);
    expect(linesOf(await typed("nothing of that")).at(-1)).toContain("Nothing was found");
    expect((await typed("@Nobody")).summary).toContain("I know nobody by this");
  });

  const inEach: Readonly<Record<Language, string>> = {
    en: "settings last quarter",
    ru: "настройки за прошлый квартал",
    "zh-Hans": "设置 上季度",
    "zh-Hant": "上季度 設定",
  };
  test("kinds and periods are read in every language", async () => {
    for (const language of languages) {
      const { parts } = await typed(inEach[language], { ...robin, locale: language });
      const lines = parts.filter(({ kind }) => kind === "text");
      expect({ language, lines }).toEqual({ language, lines: [expect.anything()] });
    }
  });

  test("what is very long is shortened to what each platform shows", async () => {
    const long = (word: string) => ({
      ...scoreSurvey("nps", { company: word.repeat(60), whyMiddle: "ask.nps.why.middle" }),
      fallback: "en" as const,
    });
    for (const n of Array.from({ length: 8 }, (_, i) => i)) {
      const details = { before: long(`Acme ${n} `), after: long(`Globex ${n} `) };
      const line = { actor: "operator", action: "survey", target: `long-${n}`.repeat(40), details };
      await audit(database.db, world.workspaceId, world.clock.now(), line);
    }
    const card = await typed("surveys");
    expect(linesOf(card).join("\n")).toMatch(
      /….*Acme 7 .*… → ….*Globex 7 .*…[\s\S]*Something is shortened here/u,
    );
    for (const outline of [onSlack, onDiscord]) expect(outline(card).misfits).toEqual([]);
  });

  test("P1 after an erasure no button has the words that somebody searched for", async () => {
    const card = await typed("survey- 60d");
    const sure = await world.writes(dana, "forget me");
    if (sure.kind !== "message") throw new Error(sure.kind);
    await world.presses(dana, tokenOf(sure.message, "Yes, erase everything"));
    expect((await press(card, "Next")).summary).toBe(
      "This button is out of date. Type the command again.",
    );
  });
});
