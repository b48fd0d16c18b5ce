/**
 * A whole life with an unhappy customer, the same on every platform: asked, a low score, a case, a
 * reply, an answer, closed, asked again two weeks later, recovered.
 */
import { afterEach, describe, expect, test } from "vitest";
import { createTestClock } from "../support/clock.ts";
import { createOpener, type TestDatabase } from "../support/database.ts";
import { type Core, startCore } from "./core.ts";
import type { Seen, Someone, Town, Where } from "./town.ts";
import { openDiscordTown } from "./towns/discord.ts";
import { openPlaygroundTown } from "./towns/playground.ts";
import { openSlackTown } from "./towns/slack.ts";

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
  });

  async function begin(): Promise<void> {
    database = await openDatabase();
    town = await open();
    core = await startCore(database, town.clock, town);
  }

  /** Until the person sees a message with these words; gives the newest such. */
  async function sees(who: Someone, where: Where, words: string): Promise<Seen> {
    let all: readonly Seen[] = [];
    for (let time = 0; time < 200; time += 1) {
      await town.settled();
      await core.settle();
      all = await who.sees(where);
      const found = all.findLast((each) => each.words.includes(words));
      if (found !== undefined) return found;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    throw new Error(
      `${who.name} never saw "${words}" but:\n${all.map((m) => m.words).join("\n---\n")}`,
    );
  }

  test("from a low score to a recovered customer", { timeout: 120_000 }, async () => {
    await begin();
    const { dana, robin } = town;
    await town.playChat();
    const question = await sees(dana, "direct", "How likely");
    await dana.presses("direct", question, "3");
    const card = await sees(robin, "leads", "answered 3 (NPS)");
    await sees(dana, "direct", "What went wrong?");
    await dana.writes("Three days without an answer");
    await sees(robin, "leads", "Three days without an answer");
    expect(card).toBeDefined();
    expect(town.problems()).toEqual([]);
  });
});
