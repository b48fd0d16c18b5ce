/**
 * An admin's whole way, on each platform with its real client: setup, a survey in two languages, tried, a
 * schedule by a sentence with its preview, on, a customer is asked, why, the words changed, and back.
 */
import { afterEach, expect, test } from "vitest";
import { decideDue } from "../../src/scheduling/ask/decide-due.ts";
import { claimRuns } from "../../src/scheduling/plan/cron-runs.ts";
import { planRuns } from "../../src/scheduling/plan/plan-run.ts";
import { readConfiguration } from "../../src/store/read-configuration.ts";
import { listSurveyVersions } from "../../src/store/survey-versions.ts";
import { createOpener } from "../support/database.ts";
import { type Core, startCore } from "./core.ts";
import type { Asked, Desk } from "./desks/desk.ts";
import { openDiscordDesk } from "./desks/discord.ts";
import { openPlaygroundDesk } from "./desks/playground.ts";
import { openSlackDesk } from "./desks/slack.ts";
import type { Seen, Someone, Where } from "./town.ts";

const desks = {
  playground: openPlaygroundDesk,
  Discord: openDiscordDesk,
  Slack: openSlackDesk,
} as const;

const openDatabase = createOpener("postgres");
const PATIENCE_MS = 40_000;
const HOUR_MS = 3_600_000;
/** From the Monday noon at which a desk opens to the next Monday at ten. */
const TO_MONDAY_MS = (7 * 24 - 2) * HOUR_MS;
let desk: Desk;

afterEach(async () => {
  await desk.stop();
});

/** Until somebody sees such words; gives the newest message that has them. */
async function waitFor(who: Someone, where: Where, words: string): Promise<Seen> {
  const end = Date.now() + PATIENCE_MS;
  let all: readonly Seen[] = [];
  while (Date.now() < end) {
    await desk.settled();
    all = await who.sees(where);
    const found = all.findLast((seen) => seen.words.includes(words));
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`"${words}" is not in: ${all.map((seen) => seen.words).join("\n--\n")}`);
}

/** An admin at their desk: what they do, and the words that they then look at. */
function atWork(admin: Desk["admin"]) {
  let card: Seen | undefined;
  const until = async (words: string) => {
    card = await waitFor(admin, "leads", words);
    return card;
  };
  const presses = async (label: string) => {
    if (card === undefined) throw new Error("there is no card");
    await admin.presses("leads", card, label);
  };
  return {
    until,
    presses,
    async asks(asked: Asked, words: string) {
      await admin.asks(asked);
      return until(words);
    },
    async chooses(label: string, words: string) {
      await presses(label);
      return until(words);
    },
    async fills(values: Readonly<Record<string, string>>, words: string) {
      await admin.fills(values);
      return until(words);
    },
  };
}

/** What the clockwork does each minute, once, and what comes of it. */
async function minute({ engine, settle }: Core): Promise<void> {
  await claimRuns(engine);
  await planRuns(engine);
  await decideDue(engine);
  await settle();
  await desk.settled();
}

test.each(Object.entries(desks))(
  "an admin sets everything up on %s, and a customer is asked",
  async (_, open) => {
    const database = await openDatabase();
    desk = await open();
    const core = await startCore(database, desk.clock, desk);
    const { db } = database;
    const { customer } = desk;
    const work = atWork(desk.admin);
    await customer.writes("Hello!");
    await desk.settled();

    // Four questions and a yes.
    await work.asks({ command: "aftertalk setup" }, "step 1 of 4");
    await work.chooses("Satisfaction", "✓ Satisfaction".slice(2));
    await work.chooses("They can choose among many", "step 1 of 4");
    for (const words of ["step 2 of 4", "step 3 of 4", "step 4 of 4", "The next 30 days"])
      await work.chooses("Next", words);
    await work.chooses("Yes, switch on", "This holds now");
    const { surveys } = await readConfiguration(db, core.workspaceId);
    expect(surveys.get("chat-csat")?.state).toBe("on");

    // A survey in two languages.
    await work.asks({ command: "survey new" }, "find out");
    await work.presses("A question of my own with answers to choose");
    const own = {
      "Name of the survey": "spring-check",
      "The question (English)": "How do you find us?",
      "Answers, one a line (English)": "A friend\nThe web",
    };
    await work.fills(own, "New survey spring-check");
    await work.chooses("Languages", "People are asked in their own language");
    await work.presses("Add a language");
    await work.fills({ "Which language": "ru" }, "3 texts missing");
    await work.chooses("Back", "New survey spring-check");
    await work.chooses("1. How do you find us?", "Question 1 of");
    await work.presses("Write the words");
    await work.fills({ Russian: "Как вы нас нашли?" }, "Question 1 of");
    await work.presses("Answers to choose");
    await work.fills({ Russian: "Друг\nИнтернет" }, "Question 1 of");
    await work.chooses("Back", "New survey spring-check");

    // Tried by whoever made it.
    await work.chooses("Try it on me", "In which language");
    await work.chooses("Russian", "I am asking you");
    await core.settle();
    const trial = await waitFor(desk.admin, "direct", "Как вы нас нашли?");
    await desk.admin.presses("direct", trial, "Друг");
    await core.settle();
    await waitFor(desk.admin, "direct", "Друг");
    await work.until("I am asking you");
    await work.chooses("Save …", "Save spring-check?");
    await work.chooses("Yes, save", "Survey “spring-check”");
    await work.asks(
      { command: "survey resume", line: "spring-check", options: { survey: "spring-check" } },
      "Ask survey “spring-check” again?",
    );
    await work.chooses("Resume it", "This holds now");

    // When and whom, by a sentence; looked at before a yes.
    const sentence = "spring-check every Monday at 9:00, max 40 a day";
    const asked = { command: "survey schedule", line: sentence, options: { sentence } };
    const review = await work.asks(asked, "on Mondays at 09:00");
    expect(review.words).toContain("In the next 30 days");
    await work.chooses("Save and switch on", "Schedule “spring-check");

    // The day comes.
    core.clock.advance(TO_MONDAY_MS);
    await minute(core);
    await minute(core);
    const question = await waitFor(customer, "direct", "How do you find us?");
    await customer.presses("direct", question, "The web");
    await core.settle();

    // Why, the words changed, and back.
    await work.asks(
      { command: "survey why", line: customer.name, options: { person: customer.name } },
      customer.name,
    );
    const edit = { line: "spring-check", options: { survey: "spring-check" } };
    await work.asks({ command: "survey edit", ...edit }, "based on version 1");
    await work.chooses("1. How do you find us?", "Question 1 of");
    await work.presses("Write the words");
    await work.fills({ English: "How did you hear of us?" }, "How did you hear of us?");
    await work.chooses("Back", "based on version 1");
    await work.chooses("Save …", "Save spring-check?");
    await work.chooses("Yes, save", "How did you hear of us?");
    await work.asks({ command: "survey history", ...edit }, "Version 2");
    await work.chooses("Version 1", "spring-check, version 1");
    await work.chooses("Go back to version 1", "saved as version 3");
    await work.presses("Yes, save");
    await core.settle();
    await desk.settled();
    const versions = await listSurveyVersions(db, core.workspaceId, "spring-check");
    expect(versions).toHaveLength(3);
    expect(versions[2]?.definition).toEqual(versions[0]?.definition);
    expect(desk.problems()).toEqual([]);
  },
  240_000,
);
