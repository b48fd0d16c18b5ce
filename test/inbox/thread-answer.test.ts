import { beforeAll, beforeEach, expect, test } from "vitest";
import { describeEitherDatabase, type TestDatabase } from "../support/database.ts";
import { tokenOf, wordsOf } from "../support/messenger.ts";
import { chatRef, createWorld, dana, kim, type World } from "../support/world.ts";
import { answersOf, chatsOf, DAY, last, newestInvitation, playAndAsk, said } from "./support.ts";

const chat = chatRef("C1");

describeEitherDatabase("a question in the chat itself", (open) => {
  let database: TestDatabase;
  let world: World;

  beforeAll(async () => {
    database = await open();
  });
  beforeEach(async () => {
    world = await createWorld(database, { settings: { askIn: "thread" } });
    await playAndAsk(world);
  });

  const says = async (text: string, from = dana) => {
    const reply = await world.says(from, chat, text, { opens: false });
    await world.settle();
    return reply;
  };
  const state = async () => (await chatsOf(world))[0]?.state;

  test("a clear score there is the answer, confirmed there, and the chat stays closed", async () => {
    await says("9");
    expect(await answersOf(world)).toMatchObject([{ question: "score", score: 9 }]);
    expect(await state()).toBe("closed");
    expect(wordsOf(last(world.messenger.inChat("C1")))).toContain("I noted 9");
    expect(wordsOf(last(world.messenger.inChat("C1")))).toContain("Press “Write it here”");
    expect((await newestInvitation(world)).reached_at).not.toBeNull();
  });

  test("a clear yes to a yes-or-no question is its answer", async () => {
    await says("2");
    const why = last(world.messenger.inChat("C1"));
    await world.presses(dana, tokenOf(why, "Skip"));
    await world.settle();
    await says("yes please");
    expect((await answersOf(world))[0]).toMatchObject({ question: "contact", choice: "yes" });
    expect(await state()).toBe("closed");
  });

  test.each(["It is broken again", "thanks!", "stop", "later", "11", "7 or 8", ""])(
    "%j is a message to the team, opens the chat again and changes no answer",
    async (text) => {
      await says(text);
      expect(await state()).toBe("open");
      expect(await answersOf(world)).toEqual([]);
      expect(await newestInvitation(world)).toMatchObject({ state: "asked" });
    },
  );

  test("words there are never taken for a comment", async () => {
    await says("9");
    await says("It took three days");
    expect(await answersOf(world)).toHaveLength(1);
    expect(await state()).toBe("open");
  });

  test("what others write there is no answer", async () => {
    await says("9", kim);
    await says("9", { ...dana, externalId: "U-eve", name: "Eve" });
    expect(await answersOf(world)).toEqual([]);
    const foreign = await world.presses(kim, tokenOf(last(world.messenger.inChat("C1")), "9"));
    expect(said(foreign)).toContain("somebody else");
  });

  test("a score in another chat is a message there, and so is one after the time is over", async () => {
    await world.says(dana, chatRef("C2"), "9");
    world.clock.advance(7 * DAY);
    await says("9");
    expect(await answersOf(world)).toEqual([]);
    expect(await state()).toBe("open");
  });
});
