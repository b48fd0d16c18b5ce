/** An admin makes a schedule by a sentence, changes a part of it in a form, and switches it on: on each platform. */
import { afterEach, expect, test } from "vitest";
import { readSchedule } from "../../src/store/schedules.ts";
import { createOpener } from "../support/database.ts";
import { startCore } from "./core.ts";
import type { Asked, Desk } from "./desks/desk.ts";
import { openDiscordDesk } from "./desks/discord.ts";
import { openPlaygroundDesk } from "./desks/playground.ts";
import { openSlackDesk } from "./desks/slack.ts";
import type { Seen } from "./town.ts";

const desks = {
  playground: openPlaygroundDesk,
  Discord: openDiscordDesk,
  Slack: openSlackDesk,
} as const;

const openDatabase = createOpener("postgres");
const sentence = "nps every Monday at 9:00, max 40 a day";
const PATIENCE_MS = 40_000;
let desk: Desk;

afterEach(async () => {
  await desk.stop();
});

/** Until the admin sees such a message; gives the newest. */
async function waitFor(isIt: (seen: Seen) => boolean): Promise<Seen> {
  const end = Date.now() + PATIENCE_MS;
  let all: readonly Seen[] = [];
  while (Date.now() < end) {
    await desk.settled();
    all = await desk.admin.sees("leads");
    const found = all.findLast(isIt);
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`there is: ${all.map(({ words }) => words).join("\n--\n")}`);
}

/** Where commands are registered, that takes a moment after the start. */
async function asks(asked: Asked): Promise<Seen> {
  const end = Date.now() + PATIENCE_MS;
  for (;;) {
    try {
      return await desk.admin.asks(asked);
    } catch (error) {
      if (!String(error).includes("There is no command") || Date.now() > end) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

test.each(Object.entries(desks))(
  "on %s",
  async (_, open) => {
    const database = await openDatabase();
    desk = await open();
    const core = await startCore(database, desk.clock, desk);
    const all = await asks({ command: "survey schedule", line: "" });
    expect(all.words).toContain("after-chat");
    const asked = await desk.admin.asks({
      ...{ command: "survey schedule", line: sentence, options: { sentence } },
    });
    expect(asked.words).toContain("on Mondays at 09:00");
    expect(asked.words).toContain("In the next 30 days, if it is switched on now");
    await desk.admin.presses("leads", asked, "Change");
    const parts = await waitFor(({ words }) => words.includes("Say it in a sentence, or change"));
    await desk.admin.presses("leads", parts, "How many, how often, hours");
    await desk.admin.fills({ "At most so many people a day": "25" });
    const changed = await waitFor(({ words }) => words.includes("at most 25 a day"));
    await desk.admin.presses("leads", changed, "Save and switch on");
    await waitFor(({ words }) => words.includes("Saved. This holds now:"));
    const kept = await readSchedule(database.db, core.workspaceId, "nps-weekly");
    expect(kept).toMatchObject({ state: "on", definition: { limits: { perDay: 25 } } });
    expect(desk.problems()).toEqual([]);
  },
  180_000,
);
