/**
 * A lead asks for figures: everything that can be asked, typed as people do, in every language, on
 * every platform with its real client against what the platform is.
 */
import { afterAll, beforeAll, describe, expect } from "vitest";
import { askingForFigures, type Opened } from "../contracts/figures/asking.ts";
import { sharesOfFigures } from "../contracts/figures/rights.ts";
import { createOpener, type TestDatabase } from "../support/database.ts";
import { insertWorkspace } from "../support/database-rows.ts";
import { openDiscordDesk } from "./desks/discord.ts";
import { historyOfDesks, openOffice } from "./desks/office.ts";
import { openPlaygroundDesk } from "./desks/playground.ts";
import { openSlackDesk } from "./desks/slack.ts";

const desks = {
  playground: { open: openPlaygroundDesk, teams: false },
  Discord: { open: openDiscordDesk, teams: true },
  Slack: { open: openSlackDesk, teams: true },
} as const;

const openDatabase = createOpener("postgres");
const history = historyOfDesks();
let database: TestDatabase;

beforeAll(async () => {
  database = await openDatabase();
});

describe.each(Object.entries(desks))("on %s", (_, { open, teams }) => {
  let opened: Opened;

  beforeAll(async () => {
    const workspaceId = await insertWorkspace(database.db, { name: "Acme" });
    const desk = await open();
    const office = await openOffice({ ...database, workspaceId }, desk, history);
    opened = { desk, office };
  }, 180_000);

  afterAll(async () => {
    await opened.desk.stop();
    // P7: whatever was asked for and answered, nobody's words and names stand in the log.
    const logged = [...opened.desk.logged(), ...opened.office.core.logged].join("");
    expect(logged).not.toMatch(/долго|Priya|Billing|chat\.example/u);
  });

  askingForFigures(() => opened);
  sharesOfFigures(() => opened, { teams });
});
