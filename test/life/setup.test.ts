/** An admin sets a workspace up, on every platform with its real client. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readConfiguration } from "../../src/store/read-configuration.ts";
import { createOpener, type TestDatabase } from "../support/database.ts";
import { insertWorkspace } from "../support/database-rows.ts";
import { startCore } from "./core.ts";
import type { Desk } from "./desks/desk.ts";
import { openDiscordDesk } from "./desks/discord.ts";
import { openPlaygroundDesk } from "./desks/playground.ts";
import { openSlackDesk } from "./desks/slack.ts";
import type { Seen } from "./town.ts";

const desks = {
  playground: openPlaygroundDesk,
  Discord: openDiscordDesk,
  Slack: openSlackDesk,
} as const;

/** So long a card is waited for, in milliseconds: machines are busy. */
const PATIENCE_MS = 40_000;

const openDatabase = createOpener("postgres");
let database: TestDatabase;

beforeAll(async () => {
  database = await openDatabase();
});

describe.each(Object.entries(desks))("on %s", (_, open) => {
  let desk: Desk;
  let workspaceId: number;

  beforeAll(async () => {
    workspaceId = await insertWorkspace(database.db, { name: "Acme" });
    desk = await open();
    await startCore({ ...database, workspaceId }, desk.clock, desk);
  }, 60_000);

  afterAll(async () => {
    await desk.stop();
    expect(desk.problems()).toEqual([]);
  });

  /** The newest message that says so, once it is there. */
  const said = async (words: string): Promise<Seen> => {
    const end = Date.now() + PATIENCE_MS;
    while (Date.now() < end) {
      const seen = (await desk.admin.sees("leads")).findLast((each) => each.words.includes(words));
      if (seen !== undefined) return seen;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    throw new Error(`nobody said “${words}”`);
  };

  /** Commands are registered after the start. */
  const once = async (step: () => Promise<Seen>): Promise<Seen> => {
    const end = Date.now() + PATIENCE_MS;
    for (;;) {
      try {
        return await step();
      } catch (error) {
        if (Date.now() > end) throw error;
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };

  test("four questions, a form, a proposal with its reasons, and a yes", async () => {
    const admin = desk.admin;
    const press = async (card: Seen, label: string, then: string) => {
      await admin.presses("leads", card, label);
      return said(then);
    };
    let card = await once(() => admin.asks({ command: "aftertalk setup" }));
    expect(card.words).toContain("step 1 of 4");
    card = await press(card, "Loyalty", "step 1 of 4");
    card = await press(card, "They can choose among many", "step 1 of 4");
    card = await press(card, "Next", "step 2 of 4");
    expect(card.words).not.toContain("Here I hear of no chats");
    card = await press(card, "Next", "step 3 of 4");
    if (desk.leading !== undefined) {
      await admin.presses("leads", card, "Add a person or group");
      await admin.fills({ Who: "support", Role: "Lead: reads all answers" });
      card = await said("Lead, once you say yes");
    }
    card = await press(card, "Next", "step 4 of 4");
    await admin.presses("leads", card, "Change the hours");
    await admin.fills({
      ...{ "Time zone": "berlin", "Working hours": "8–16:30", Holidays: "12-25" },
      "Customers are asked between": "10–16",
    });
    card = await said("Europe/Berlin (once you say yes)");
    card = await press(card, "Next", "What I propose");
    expect(card.words).toContain("whether they would recommend you");
    expect(card.words).toContain("The next 30 days");
    await admin.presses("leads", card, "Yes, switch on");
    await said("Undo");
    const { settings, surveys, schedules, grants } = await readConfiguration(
      database.db,
      workspaceId,
    );
    expect(settings).toMatchObject({ timeZone: "Europe/Berlin", "asking.from": "10:00" });
    const given = [...grants.values()].map(({ role, subject }) => [role, subject.kind]);
    expect(given).toEqual(desk.leading === undefined ? [] : [["lead", "group"]]);
    expect(surveys.get("chat-csat")?.state).toBe("on");
    expect(schedules.get("relationship")?.state).toBe("on");
  });
});
