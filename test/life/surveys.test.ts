/**
 * Admins make and change a survey by pressing buttons and filling in forms, on every platform with its
 * real client: new, in two languages, tried on themselves, saved, and changed by two at once.
 */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { textsFor } from "../../src/locales/index.ts";
import { readKeptSurvey } from "../../src/store/survey-versions.ts";
import { createOpener, type TestDatabase } from "../support/database.ts";
import { insertWorkspace } from "../support/database-rows.ts";
import { type Core, startCore } from "./core.ts";
import type { Asker, Desk } from "./desks/desk.ts";
import { openDiscordDesk } from "./desks/discord.ts";
import { openPlaygroundDesk } from "./desks/playground.ts";
import { openSlackDesk } from "./desks/slack.ts";
import type { Seen } from "./town.ts";

const KEY = "spring-check";
const ASKED = "How did you find us?";
const OURS = "How did you hear of us?";
/** So long a card is waited for, in milliseconds: machines are busy. */
const PATIENCE_MS = 20_000;

const openDatabase = createOpener("postgres");
let database: TestDatabase;

beforeAll(async () => {
  database = await openDatabase();
});

const desks = { playground: openPlaygroundDesk, Discord: openDiscordDesk, Slack: openSlackDesk };

describe.each(Object.entries(desks))("on %s", (name, open) => {
  let desk: Desk;
  let core: Core;
  let admin: Asker;

  beforeAll(async () => {
    const workspaceId = await insertWorkspace(database.db, { name: "Acme" });
    desk = await open();
    core = await startCore({ ...database, workspaceId }, desk.clock, desk);
    admin = desk.admin;
  }, 60_000);

  afterAll(async () => {
    await desk.stop();
  });

  /** The newest card with such words, once it is there: answers come in their time. */
  async function card(who: Asker, words: string): Promise<Seen> {
    const end = Date.now() + PATIENCE_MS;
    let last: Seen | undefined;
    while (Date.now() < end) {
      await desk.settled();
      last = (await who.sees("leads")).at(-1);
      if (last?.words.includes(words)) return last;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    throw new Error(`"${words}" is not in: ${last?.words}`);
  }

  /** Where commands are registered at the start, they are there a moment later. */
  async function firstOf(who: Asker, asked: Parameters<Asker["asks"]>[0]): Promise<void> {
    const end = Date.now() + PATIENCE_MS;
    for (;;) {
      try {
        await who.asks(asked);
        return;
      } catch (error) {
        if (Date.now() > end || !String(error).includes("There is no command")) throw error;
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    }
  }

  /** Presses a button of the card that says this, once it is there. */
  async function press(who: Asker, says: string, label: string): Promise<void> {
    await who.presses("leads", await card(who, says), label);
  }

  async function fill(
    who: Asker,
    [says, label]: readonly [string, string],
    values: Readonly<Record<string, string>>,
  ): Promise<void> {
    await press(who, says, label);
    await who.fills(values);
  }

  test("a survey in two languages: begun, tried, saved, and changed by two at once", async () => {
    const { workspaceId, engine } = core;
    const own = "A question of my own with answers to choose";
    await firstOf(admin, { command: "survey new", line: "" });
    await fill(admin, ["what do you want to find out", own], {
      "Name of the survey": KEY,
      "The question (English)": ASKED,
      "Answers, one a line (English)": "A friend\nThe web",
    });
    await press(admin, `New survey ${KEY}`, "Languages");
    await fill(admin, ["People are asked in their own language", "Add a language"], {
      "Which language": "ru",
    });
    await press(admin, "Russian", "Back");
    await press(admin, "Languages: English and Russian", `1. ${ASKED}`);
    await fill(admin, ["Question 1 of 1", "Write the words"], { Russian: "Как вы нас нашли?" });
    await fill(admin, ["Как вы нас нашли?", "Answers to choose"], { Russian: "Друг\nИнтернет" });
    await press(admin, "Question 1 of 1", "Back");
    await press(admin, `New survey ${KEY}`, "Try it on me");
    await press(admin, "In which language shall I ask", "Russian");
    await card(admin, "I am asking you in a direct message");
    const [asked] = await direct("Как вы нас нашли?");
    if (asked !== undefined) await admin.presses("direct", asked, "Друг");
    await direct("That was the trial");
    const counted = await engine.db
      .selectFrom("invitations")
      .select("id")
      .where("workspace_id", "=", workspaceId)
      .execute();
    expect(counted).toEqual([]);
    await press(admin, `New survey ${KEY}`, "Save …");
    await press(admin, `Save ${KEY}?`, "Yes, save");
    await card(admin, "Saved");
    expect(await readKeptSurvey(engine.db, workspaceId, KEY)).toMatchObject({
      ...{ version: 1, state: "paused" },
      definition: { questions: [{ wording: { en: ASKED, ru: "Как вы нас нашли?" } }] },
    });
    if (name !== "playground") await twoAtOnce();
    expect(desk.problems()).toEqual([]);
  }, 120_000);

  async function direct(words: string): Promise<Seen[]> {
    await core.settle();
    await desk.settled();
    const found = (await admin.sees("direct")).filter((each) => each.words.includes(words));
    expect(found).toHaveLength(1);
    return found;
  }

  /** Whoever saves second is told what the other one saved, and has lost nothing. */
  async function twoAtOnce(): Promise<void> {
    const other = desk.leads["zh-Hans"];
    const { text } = textsFor("zh-Hans");
    await admin.asks({ command: "survey list", line: "" });
    await press(admin, "Surveys", `Open ${KEY}`);
    await press(admin, `Survey ${KEY}`, "Change it");
    await card(admin, "based on version 1");
    await other.asks({ command: "survey list", line: "" });
    await press(other, text("survey.title"), text("survey.list.open", { key: KEY }));
    await press(other, text("survey.card.title", { key: KEY }), text("survey.card.edit"));
    const theirs = text("survey.edit.title", { key: KEY, version: 1 });
    expect((await card(other, theirs)).words).toContain(admin.name);
    await press(admin, "based on version 1", `1. ${ASKED}`);
    await fill(admin, ["Question 1 of 1", "Write the words"], { English: OURS });
    await press(admin, OURS, "Back");
    await press(admin, "based on version 1", "Save …");
    await press(admin, `Save ${KEY}?`, "Yes, save");
    await card(admin, "Saved");
    const question = text("survey.options.order.given");
    await press(other, theirs, `1. ${ASKED}`);
    await fill(other, [question, text("survey.question.words")], { 英语: "Who told you of us?" });
    await press(other, "Who told you of us?", text("survey.edit.back"));
    await press(other, theirs, text("survey.edit.save"));
    await press(other, text("survey.save.title", { key: KEY }), text("survey.save.yes"));
    await card(other, admin.name);
    const saved = await readKeptSurvey(core.engine.db, core.workspaceId, KEY);
    expect(saved).toMatchObject({
      version: 2,
      definition: { questions: [{ wording: { en: OURS } }] },
    });
    await other.asks({ command: "survey drafts", line: "" });
    await card(other, KEY);
  }
});
