import { beforeAll, beforeEach, expect, test } from "vitest";
import { describeEitherDatabase, type TestDatabase } from "../support/database.ts";
import { tokenOf, wordsOf } from "../support/messenger.ts";
import { createWorld, dana, kim, robin, type World } from "../support/world.ts";
import { linesOf } from "./summary-support.ts";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const ASKS = "may Acme quote you?";

describeEitherDatabase("quotes of promoters", (open) => {
  let database: TestDatabase;
  let world: World;

  beforeAll(async () => {
    database = await open();
  });
  beforeEach(async () => {
    world = await createWorld(database);
  });

  const last = () => {
    const message = world.messenger.to("U-dana").at(-1)?.message;
    if (message === undefined) throw new Error("nothing was sent");
    return message;
  };

  async function chat(score: string, words?: string, name = "C1"): Promise<void> {
    await world.playChat({ chat: name });
    world.clock.advance(15 * MINUTE);
    await world.settle();
    await world.answers(dana, score);
    if (words !== undefined) await world.writes(dana, words);
    await world.settle();
  }

  const press = async (label: string, from = dana) => {
    const reply = await world.presses(from, tokenOf(last(), label));
    if (reply.kind === "update") return linesOf(reply.message);
    return reply.kind === "message" ? linesOf(reply.message) : [reply.kind];
  };

  const list = async () => {
    const reply = await world.types(robin, "aftertalk", "quotes");
    return reply.kind === "message" ? linesOf(reply.message) : [];
  };

  const kept = () =>
    database.db
      .selectFrom("quotes")
      .selectAll()
      .where("workspace_id", "=", world.workspaceId)
      .executeTakeFirst();

  test("who gives a 9 and writes why is asked with exactly these words, and listed as allowed", async () => {
    await chat("9", "Kim was <b>lovely</b> & quick");
    expect(wordsOf(last())).toContain(ASKS);
    expect(last().parts).toContainEqual({
      kind: "quote",
      text: "Kim was <b>lovely</b> & quick",
      by: "Dana",
    });
    expect((await list())[1]).toContain("Nothing yet");
    const answer = await press("Yes, with my name");
    expect(answer).toEqual([
      "Thank you. We may quote these words with your name:",
      "> Kim was <b>lovely</b> & quick (Dana)",
      "[Take it back]",
    ]);
    expect(await list()).toEqual([
      "What you may quote",
      expect.stringContaining("Use exactly these words."),
      expect.stringMatching(/^> Kim was <b>lovely<\/b> & quick \(Dana · allowed on /),
    ]);
    expect(await kept()).toMatchObject({
      state: "allowed",
      named: true,
      language: "en",
      wording: expect.stringContaining(ASKS),
      asked_at: world.clock.now(),
      decided_at: world.clock.now(),
    });
  });

  test("without the name nobody reads the name in the list", async () => {
    await chat("10", "So fast");
    await press("Yes, without my name");
    expect((await list())[2]).toMatch(/^> So fast \(without a name · allowed on /);
    expect((await list()).join()).not.toContain("Dana");
  });

  test("a no is kept, and nobody is asked twice within a year", async () => {
    await chat("10", "So fast");
    expect(await press("No, thank you")).toEqual([
      "All right, we will not quote you. Thank you for your answer all the same.",
    ]);
    expect(await press("Yes, with my name")).toEqual([expect.stringContaining("settled")]);
    world.clock.advance(364 * DAY);
    await chat("10", "Still fast", "C2");
    expect(wordsOf(last())).not.toContain(ASKS);
    world.clock.advance(8 * DAY);
    await chat("10", "Always fast", "C3");
    expect(wordsOf(last())).toContain(ASKS);
  });

  test("a complaint with a 9 is no praise: they are told that it is passed on, and not asked", async () => {
    await chat("9", "Good product, but the waiting is unacceptable");
    expect(wordsOf(last())).toContain("I passed your words on to the support team");
    expect(wordsOf(last())).not.toContain("good to hear");
    expect(await kept()).toBeUndefined();
    // Nor as long as their case is open.
    world.clock.advance(8 * DAY);
    await chat("10", "So fast", "C2");
    expect(await kept()).toBeUndefined();
  });

  test("nobody else is asked: no words, a lower score, too many words", async () => {
    await chat("8", "Good");
    expect(wordsOf(last())).not.toContain(ASKS);
    world.clock.advance(8 * DAY);
    await chat("10", undefined, "C2");
    await world.answers(dana, "Skip");
    expect(wordsOf(last())).not.toContain(ASKS);
    world.clock.advance(8 * DAY);
    await chat("10", "so good ".repeat(63), "C3");
    expect(wordsOf(last())).not.toContain(ASKS);
    expect(await kept()).toBeUndefined();
  });

  test("it is taken back below the answer or on one's own page, and is gone from the list", async () => {
    await chat("10", "So fast");
    await press("Yes, with my name");
    const page = await world.types(dana, "feedback");
    if (page.kind !== "message") throw new Error(page.kind);
    expect(linesOf(page.message).join()).toContain("You let Acme quote you, with your name");
    const reply = await world.presses(dana, tokenOf(page.message, "Take it back"));
    expect(reply.kind === "update" && wordsOf(reply.message)).toContain("Taken back");
    expect((await list())[1]).toContain("Nothing yet");
    expect(await kept()).toMatchObject({ state: "withdrawn", named: true });
    const after = await world.types(dana, "feedback");
    expect(after.kind === "message" && linesOf(after.message).join()).not.toContain("You let Acme");
  });

  test("who takes the answer back, or is no promoter any more, is not quoted any more", async () => {
    await chat("10", "So fast");
    const question = world.messenger.to("U-dana")[0]?.message ?? last();
    await press("Yes, with my name");
    const change = await world.presses(dana, tokenOf(question, "Change"));
    if (change.kind !== "update") throw new Error(change.kind);
    await world.presses(dana, tokenOf(change.message, "4"));
    expect(await kept()).toMatchObject({ state: "withdrawn" });
    expect((await list())[1]).toContain("Nothing yet");
  });

  test("T2 somebody else's press decides nothing, and the same press twice shows the same", async () => {
    await chat("10", "So fast");
    expect(await press("Yes, with my name", kim)).toEqual([expect.stringContaining("else")]);
    const first = await press("Yes, with my name");
    expect(await press("Yes, with my name")).toEqual(first);
  });

  test("T10 the list is for leads only", async () => {
    await chat("10", "So fast");
    await press("Yes, with my name");
    for (const from of [dana, kim]) {
      const reply = await world.types(from, "quotes");
      expect(reply.kind === "message" && wordsOf(reply.message)).not.toContain("So fast");
    }
  });
});
