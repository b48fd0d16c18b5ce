import { beforeAll, beforeEach, expect, test } from "vitest";
import { adminOf } from "../admin/survey/support.ts";
import { dump } from "../people/canaries.ts";
import { describeEitherDatabase, type TestDatabase } from "../support/database.ts";
import { tokenOf, wordsOf } from "../support/messenger.ts";
import { createWorld, robin, type World } from "../support/world.ts";
import { asks } from "../surveys/support.ts";
import { answersOf, MINUTE } from "./support.ts";

describeEitherDatabase("somebody who tries a survey, in words", (open) => {
  let database: TestDatabase;
  let world: World;
  beforeAll(async () => {
    database = await open();
  });
  beforeEach(async () => {
    world = await createWorld(database);
  });

  const told = () => world.messenger.to(robin.externalId).map(({ message }) => wordsOf(message));
  const tries = async (key: string) => {
    world.clock.advance(MINUTE);
    await adminOf(world, robin).types(`/survey try ${key}`);
    await world.settle();
  };
  const writes = async (text: string) => {
    world.clock.advance(MINUTE);
    await world.writes(robin, text);
    await world.settle();
    return told().slice(-2).join("\n");
  };
  const presses = async (question: string, label: string) => {
    world.clock.advance(MINUTE);
    const asked = world.messenger
      .to(robin.externalId)
      .findLast(({ message }) => wordsOf(message).includes(question));
    if (asked === undefined) throw new Error(`“${question}” was not asked`);
    await world.presses(robin, tokenOf(asked.message, label));
    await world.settle();
  };

  test("is answered as anybody is, and what they wrote is nowhere afterwards", async () => {
    await tries("chat-nps");
    expect(await writes("what does this mean, canaryone?")).toContain("recommend Acme");
    const said = await writes("7 – canarytwo");
    expect(said).toContain("I noted 7");
    expect(said).toContain("canarytwo");
    expect(said).toContain("That was the trial");
    expect(await dump(world.engine.db)).not.toMatch(/canary(one|two)/);
  });

  test("has two trials at once: words go to the one that asked last, until it is over", async () => {
    await tries("chat-nps");
    await tries("chat-ces");
    await presses("recommend Acme", "9");
    expect(told().at(-1)).toContain("What do you value most?");
    expect(await writes("The people")).toContain("trial of “chat-nps”");
    expect(await writes("agree")).toContain("I noted 6");
    expect(await answersOf(world)).toEqual([]);
  });

  test("and has a real question, too: whichever asked last is answered, and the real one is kept", async () => {
    // Nobody of the team is asked: they were a customer then.
    const customer = { ...robin, role: "customer" } as const;
    await asks(world, { survey: "relationship-nps", kind: "relationship", customer });
    await tries("chat-csat");
    expect(await writes("very satisfied")).toContain("I noted 5");
    expect(await answersOf(world)).toEqual([]);
    await presses("recommend Acme", "3");
    expect(await writes("It took three canarythree days")).not.toContain("trial of");
    expect(await answersOf(world)).toMatchObject([
      { question: "score", score: 3 },
      { question: "why", text: "It took three canarythree days" },
    ]);
    await presses("get back to you", "No, thanks");
    expect(await writes("good opening hours")).toContain("trial of “chat-csat”");
    expect(await answersOf(world)).toHaveLength(3);
  });
});
