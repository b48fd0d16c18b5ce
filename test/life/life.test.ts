/**
 * A whole life with an unhappy customer, the same on every platform: asked, a low score, a case, a
 * reply, an answer, closed, asked again two weeks later, recovered.
 */
import { sql } from "kysely";
import { afterEach, describe, expect, test } from "vitest";
import { createTestClock } from "../support/clock.ts";
import { createOpener, type TestDatabase } from "../support/database.ts";
import { type Core, startCore } from "./core.ts";
import type { Seen, Someone, Town, Where } from "./town.ts";
import { openDiscordTown } from "./towns/discord.ts";
import { openPlaygroundTown } from "./towns/playground.ts";
import { openSlackTown } from "./towns/slack.ts";

const SECOND = 1000;
const HOUR = 60 * 60 * 1000;
const DAY = 24 * HOUR;
const patiently = { timeout: 180_000 };

const towns = {
  playground: () => openPlaygroundTown(createTestClock()),
  Discord: openDiscordTown,
  Slack: openSlackTown,
} as const;

describe.each(Object.entries(towns))("on %s", (_, open) => {
  const openDatabase = createOpener("postgres");
  let database: TestDatabase;
  let town: Town;
  let core: Core;

  afterEach(async () => {
    await town.stop();
    // P7: whatever happened, nothing that anybody said or is called stands in the log.
    const logged = [...town.logged(), ...core.logged].join("");
    expect(logged).not.toMatch(/Three days|invoice|canary|I am sorry|VAT number|"[^"]*dana/i);
  });

  async function begin(): Promise<void> {
    database = await openDatabase();
    town = await open();
    core = await startCore(database, town.clock, town);
  }

  /** Until the person sees such a message; gives the newest. */
  async function waitFor(
    who: Someone,
    where: Where,
    what: string,
    isIt: (message: Seen) => boolean,
  ): Promise<Seen> {
    let all: readonly Seen[] = [];
    const end = Date.now() + 40_000;
    while (Date.now() < end) {
      await town.settled();
      await core.settle();
      all = await who.sees(where).catch(() => []);
      const found = all.findLast(isIt);
      if (found !== undefined) return found;
      // Adapters pace themselves by the clock: it goes on while people wait.
      town.clock.advance(SECOND);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    const seen = all.map(({ words }) => words).join("\n---\n");
    throw new Error(`${who.name} never saw ${what} but:\n${seen}`);
  }

  const sees = (who: Someone, where: Where, words: string) =>
    waitFor(who, where, `"${words}"`, (message) => message.words.includes(words));

  /** Until the newest message with this button is there; presses it. */
  async function presses(who: Someone, where: Where, label: string): Promise<void> {
    const message = await waitFor(who, where, `a button "${label}"`, ({ buttons }) =>
      buttons.includes(label),
    );
    await who.presses(where, message, label);
  }

  /** Asked after a chat, they answer with a 3 and say why; gives the card that the leads see. */
  async function unhappy(): Promise<Seen> {
    const { dana, robin } = town;
    await town.playChat();
    await dana.presses("direct", await sees(dana, "direct", "How likely"), "3");
    await sees(robin, "leads", "answered 3 (NPS)");
    await sees(dana, "direct", "What went wrong?");
    await dana.writes("Three days without an answer");
    await sees(dana, "direct", "get back to you");
    await presses(dana, "direct", "Yes, please");
    return sees(robin, "leads", "Three days without an answer");
  }

  test("from a low score to a recovered customer", patiently, async () => {
    await begin();
    const { dana, robin, noor } = town;
    const card = await unhappy();
    const thread = { beneath: card.id };

    // Two leads press at the same moment: one has it, and the other is told who.
    await Promise.all([
      robin.presses("leads", card, "Claim"),
      noor.presses("leads", card, "Claim"),
    ]);
    const claimed = await sees(robin, thread, "takes care of it");
    const [owner, other] = /robin/i.test(claimed.words) ? [robin, noor] : [noor, robin];
    const told = await waitFor(other, "leads", "who was faster", ({ words }) =>
      words.toLowerCase().includes(owner.name.toLowerCase()),
    );
    expect(told).toBeDefined();
    expect(
      (await owner.sees(thread)).filter(({ words }) => words.includes("takes care")),
    ).toHaveLength(1);

    // The lead replies from the card; the customer reads it where they were asked, and answers there.
    await presses(owner, "leads", "Reply");
    await owner.fills({ [replyLabel(dana)]: "I am sorry. A new invoice is on its way." });
    const reply = await sees(dana, "direct", "A new invoice is on its way.");
    expect(reply.words.toLowerCase()).toContain(owner.name.toLowerCase());
    await dana.writes("Thank you, that helps");
    await sees(dana, "direct", "passed it on");
    await sees(owner, thread, "Thank you, that helps");

    // Closed as solved; two weeks later one question, and the case says that it is right now.
    await presses(owner, "leads", "Close…");
    await owner.fills({ Reason: "Solved", "Note for the team": "Wrong VAT number" });
    await sees(owner, thread, "Solved");
    const before = (await dana.sees("direct")).length;
    await core.passes(13 * DAY);
    expect(await dana.sees("direct")).toHaveLength(before);
    await core.passes(2 * DAY);
    await sees(dana, "direct", "right now");
    await presses(dana, "direct", "Yes");
    await dana.presses("direct", await sees(dana, "direct", "How likely"), "9");
    await sees(owner, thread, "it is right now");

    // One case is counted, and too few for a rate; the second asking counts for the case alone.
    await owner.types("/aftertalk", "cases month");
    const figures = await sees(owner, "leads", "Right when asked again");
    expect(figures.words).toMatch(/1 \(100%\)/);
    await owner.types("/nps", "month");
    const summary = await sees(owner, "leads", "1 answer");
    expect(summary.words).not.toContain("2 answers");
    expect(town.problems()).toEqual([]);
  });

  test(
    "a case that nobody replies to goes further, and a customer who left is told of",
    patiently,
    async () => {
      await begin();
      const { dana, robin } = town;
      const card = await unhappy();
      const thread = { beneath: card.id };
      await presses(robin, "leads", "Claim");
      // Monday noon to Tuesday noon: reminded when three quarters are over, then escalated.
      await core.passes(23 * HOUR);
      await sees(robin, "direct", "#1");
      await core.passes(2 * HOUR);
      await sees(robin, thread, "Nobody replied in time");
      await sees(robin, "leads", "verdue");

      await town.danaLeaves();
      await presses(robin, "leads", "Reply");
      await robin.fills({ [replyLabel(dana)]: "I am sorry!" });
      await sees(robin, thread, "cannot be reached");
      expect(town.problems()).toEqual([]);
    },
  );

  test(
    "P1 P7 whoever says “forget me” with a case open is gone at once, everywhere",
    patiently,
    async () => {
      await begin();
      const { dana, robin } = town;
      const card = await unhappy();
      await presses(robin, "leads", "Reply");
      await robin.fills({ [replyLabel(dana)]: "I am sorry about your canary." });
      await sees(dana, "direct", "canary");
      await dana.writes("forget me");
      await core.passes(1000);
      await presses(dana, "direct", "Yes, erase everything");
      await sees(robin, "leads", "asked to be forgotten");
      await core.settle();
      await town.settled();

      const left = await dana.sees("direct");
      expect(left.map(({ words }) => words).join("\n")).not.toContain("canary");
      // What they read last stays: that it is done.
      expect(left.at(-1)?.words).toContain("erased");
      for (const message of await robin.sees("leads")) {
        expect(message.words).not.toMatch(/Three days|canary/);
        expect(message.words.toLowerCase()).not.toContain("dana answered");
      }
      const beneath = (await robin.sees({ beneath: card.id })).map(({ words }) => words).join("\n");
      expect(beneath).not.toMatch(/Three days|canary/);
      const rows = await everyRow(database);
      expect(rows).not.toMatch(/Three days|canary|\bdana\b/i);
      expect(rows).not.toContain(JSON.stringify(dana.id));

      // A late word brings nobody back; "resume" does.
      await core.passes(HOUR);
      await dana.writes("Hello?");
      await sees(dana, "direct", "resume");
      expect(await everyRow(database)).not.toContain(JSON.stringify(dana.id));
      expect(town.problems()).toEqual([]);
    },
  );
});

/** The label of the field that a lead writes a reply in. */
const replyLabel = ({ name }: Someone) => `To ${name}, signed with your name`;

/** All that our tables and the queue's hold, as text. */
async function everyRow({ db }: TestDatabase): Promise<string> {
  const tables = await sql<{ name: string }>`
    select format('%I.%I', table_schema, table_name) as name from information_schema.tables
    where table_schema in ('public', 'pgboss') and table_type = 'BASE TABLE'`.execute(db);
  const texts = await Promise.all(
    tables.rows.map(async ({ name }) => {
      const { rows } = await sql<{ text: string }>`select t::text from ${sql.raw(name)} t`.execute(
        db,
      );
      return rows.map(({ text }) => `${name}: ${text}`).join("\n");
    }),
  );
  return texts.join("\n");
}
