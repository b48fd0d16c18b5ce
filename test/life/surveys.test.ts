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
import { someone } from "./towns/playground.ts";

const KEY = "spring-check";
const ASKED = "How did you find us?";
const OURS = "How did you hear of us?";

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
    // The playground has one admin, elsewhere whoever manages the place is one.
    const ada = someone(desk.platform, "ada", "Ada");
    const asks = async () => {
      await ada.types("/survey", "new");
      return last(ada);
    };
    admin = name === "playground" ? { ...ada, asks } : desk.leads.en;
  }, 60_000);

  afterAll(async () => {
    await desk.stop();
  });

  /** The card as it stands now. */
  async function last(who: Pick<Asker, "sees">): Promise<Seen> {
    const card = (await who.sees("leads")).at(-1);
    if (card === undefined) throw new Error("nothing was answered");
    return card;
  }

  async function press(who: Asker, ...labels: readonly string[]): Promise<string> {
    for (const label of labels) {
      await who.presses("leads", await last(who), label);
      await desk.settled();
    }
    return (await last(who)).words;
  }

  async function fill(who: Asker, label: string, values: Readonly<Record<string, string>>) {
    await who.presses("leads", await last(who), label);
    await who.fills(values);
    await desk.settled();
    return (await last(who)).words;
  }

  test("a survey in two languages: begun, tried, saved, and changed by two at once", async () => {
    const { workspaceId, engine } = core;
    const own = "A question of my own with answers to choose";
    await admin.asks({ command: "survey new", line: "new" });
    const begun = await fill(admin, own, {
      "Name of the survey": KEY,
      "The question (English)": ASKED,
      "Answers, one a line (English)": "A friend\nThe web",
    });
    expect(begun).toContain(`New survey ${KEY}`);
    await press(admin, "Languages");
    expect(await fill(admin, "Add a language", { "Which language": "ru" })).toContain("Russian");
    await press(admin, "Back", `1. ${ASKED}`);
    await fill(admin, "Write the words", { Russian: "Как вы нас нашли?" });
    await fill(admin, "Answers to choose", { Russian: "Друг\nИнтернет" });
    await press(admin, "Back", "Try it on me", "Russian");
    await core.settle();
    await desk.settled();
    const asked = (await admin.sees("direct")).at(-1);
    expect(asked?.words).toContain("Как вы нас нашли?");
    if (asked !== undefined) await admin.presses("direct", asked, "Друг");
    await core.settle();
    await desk.settled();
    const over = (await admin.sees("direct")).map(({ words }) => words).join("\n");
    expect(over).toContain("That was the trial");
    const counted = await engine.db
      .selectFrom("invitations")
      .select("id")
      .where("workspace_id", "=", workspaceId)
      .execute();
    expect(counted).toEqual([]);
    await press(admin, "Save …", "Yes, save");
    expect(await readKeptSurvey(engine.db, workspaceId, KEY)).toMatchObject({
      ...{ version: 1, state: "paused" },
      definition: { questions: [{ wording: { en: ASKED, ru: "Как вы нас нашли?" } }] },
    });
    if (name !== "playground") await twoAtOnce();
    expect(desk.problems()).toEqual([]);
  }, 60_000);

  /** Whoever saves second is told what the other one saved, and has lost nothing. */
  async function twoAtOnce(): Promise<void> {
    const other = desk.leads["zh-Hans"];
    const texts = textsFor("zh-Hans");
    const begin = async (who: Asker, open: string, edit: string) => {
      await who.asks({ command: "survey list", line: "list" });
      await press(who, open, edit);
    };
    await begin(admin, `Open ${KEY}`, "Change it");
    await begin(
      other,
      texts.text("survey.list.open", { key: KEY }),
      texts.text("survey.card.edit"),
    );
    expect((await last(other)).words).toContain(admin.name);
    await press(admin, `1. ${ASKED}`);
    await fill(admin, "Write the words", { English: OURS });
    await press(admin, "Back", "Save …", "Yes, save");
    await press(other, `1. ${ASKED}`);
    await fill(other, texts.text("survey.question.words"), { 英语: "Who told you of us?" });
    const back = texts.text("survey.edit.back");
    await press(other, back, texts.text("survey.edit.save"), texts.text("survey.save.yes"));
    const { db } = core.engine;
    const saved = await readKeptSurvey(db, core.workspaceId, KEY);
    expect(saved).toMatchObject({
      version: 2,
      definition: { questions: [{ wording: { en: OURS } }] },
    });
    await other.asks({ command: "survey drafts", line: "drafts" });
    expect((await last(other)).words).toContain(KEY);
  }
});
