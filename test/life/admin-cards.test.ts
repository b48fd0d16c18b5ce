/** An admin stops everything, and changes a setting in a form, on every platform with its real client. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readSettings } from "../../src/store/settings.ts";
import { createOpener, type TestDatabase } from "../support/database.ts";
import { insertWorkspace } from "../support/database-rows.ts";
import { type Core, startCore } from "./core.ts";
import type { Asker, Desk } from "./desks/desk.ts";
import { openDiscordDesk } from "./desks/discord.ts";
import { openPlaygroundDesk } from "./desks/playground.ts";
import { openSlackDesk } from "./desks/slack.ts";
import type { Seen } from "./town.ts";

const desks = {
  playground: openPlaygroundDesk,
  Discord: openDiscordDesk,
  Slack: openSlackDesk,
} as const;

const PATIENCE_MS = 20_000;

const openDatabase = createOpener("postgres");
let database: TestDatabase;

beforeAll(async () => {
  database = await openDatabase();
});

describe.each(Object.entries(desks))("on %s", (_, open) => {
  let desk: Desk;
  let core: Core;
  let workspaceId: number;
  let admin: Asker;

  beforeAll(async () => {
    workspaceId = await insertWorkspace(database.db, { name: "Acme" });
    desk = await open();
    core = await startCore({ ...database, workspaceId }, desk.clock, desk);
    admin = desk.admin;
    await settle();
  }, 120_000);

  afterAll(async () => {
    await desk.stop();
    expect(desk.problems()).toEqual([]);
  });

  /** What comes of it, once it does: machines are busy, and commands are registered after the start. */
  const once = async <T>(step: () => Promise<T>): Promise<T> => {
    const end = Date.now() + PATIENCE_MS;
    for (;;) {
      try {
        return await step();
      } catch (error) {
        if (Date.now() > end) throw error;
        desk.clock.advance(1000);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    }
  };
  /** The newest message in the leads' channel that says so, seen by somebody. */
  const said = (words: string, by = admin): Promise<Seen> =>
    once(async () => {
      const seen = (await by.sees("leads")).findLast((message) => message.words.includes(words));
      if (seen === undefined) throw new Error(`nobody said “${words}”`);
      return seen;
    });
  const settle = async () => {
    await desk.settled();
    let over = false;
    const settling = core.settle().finally(() => {
      over = true;
    });
    while (!over) {
      await Promise.race([settling, new Promise((resolve) => setTimeout(resolve, 20))]);
      if (!over) desk.clock.advance(1000);
    }
    await desk.settled();
  };
  const settings = () => readSettings(database.db, workspaceId);

  test("everything is stopped and resumed, and the leads are told", async () => {
    const card = await once(() => admin.asks({ command: "survey stop" }));
    expect(card.words).toContain("Stop all questions?");
    await admin.presses("leads", card, "Stop all questions");
    await settle();
    expect((await settings()).asking.stopped).toBe(true);
    const told = await said("has stopped all questions", desk.leads.ru);
    expect(told.words).toContain("nobody is asked anything");
    const status = await admin.asks({ command: "survey status" });
    expect(status.words).toContain("All questions are stopped");
    await admin.presses("leads", status, "Resume questions");
    await settle();
    expect((await settings()).asking.stopped).toBe(false);
  });

  test("what is wrong in a form can be written again, and is saved after a yes", async () => {
    const kept = {
      "Days that comments are kept": "180",
      "Days that single answers are kept": "1095",
      "Hours that ids of events are kept": "72",
      "Days that deliveries are kept": "30",
    };
    const card = await admin.asks({ command: "aftertalk settings" });
    await admin.presses("leads", card, "How long things are kept");
    await admin.fills({ ...kept, "Days that comments are kept": "soon" });
    // Where a form cannot be the answer to a form, a button opens it again.
    const again = (await admin.sees("leads")).findLast(({ words }) =>
      words.includes("Please write a whole number"),
    );
    if (again !== undefined) await admin.presses("leads", again, again.buttons[0] ?? "");
    expect((await settings()).retention.textsDays).toBe(180);
    await admin.fills({ ...kept, "Days that comments are kept": "90" });
    const sure = await said("Save these settings?");
    expect(sure.words).toContain("180 → 90");
    await admin.presses("leads", sure, "Save");
    await settle();
    expect((await settings()).retention.textsDays).toBe(90);
  });
});
