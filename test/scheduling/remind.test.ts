import { beforeAll, beforeEach, expect, test } from "vitest";
import { remindDue } from "../../src/scheduling/ask/remind.ts";
import { expire } from "../../src/scheduling/clockwork/ticker.ts";
import { answersOf, DAY, HOUR, newestInvitation, playAndAsk } from "../inbox/support.ts";
import { describeEitherDatabase, type TestDatabase } from "../support/database.ts";
import { tokenOf, wordsOf } from "../support/messenger.ts";
import { chatRef, createWorld, dana, type World } from "../support/world.ts";

describeEitherDatabase("reminders", (open) => {
  let database: TestDatabase;
  let world: World;

  beforeAll(async () => {
    database = await open();
  });
  beforeEach(async () => {
    world = await createWorld(database);
    await playAndAsk(world);
  });

  const toDana = () => world.messenger.to("U-dana").map(({ message }) => wordsOf(message));
  const after = async (ms: number) => {
    world.clock.advance(ms);
    const reminded = await remindDue(world.engine);
    await world.settle();
    return reminded;
  };
  const decided = () =>
    database.db
      .selectFrom("decisions")
      .select(["verdict", "reason"])
      .where("workspace_id", "=", world.workspaceId)
      .where("gate", "=", "reminder")
      .execute();

  test("the silent are reminded once, two days later, where they were asked, and then it expires as promised", async () => {
    const asked = await newestInvitation(world);
    await after(2 * DAY - HOUR);
    expect(toDana()).toHaveLength(1);
    await after(HOUR);
    await after(HOUR);
    await after(DAY);
    expect(toDana()).toHaveLength(2);
    expect(toDana().at(-1)).toContain("Just once more, in case you missed it: How likely");
    expect(await decided()).toMatchObject([{ verdict: "ask" }]);
    const now = await newestInvitation(world);
    // A reminder counts for nothing.
    expect(now).toMatchObject({ state: "asked", remind_at: null });
    expect([now.asked_at, now.expires_at]).toEqual([asked.asked_at, asked.expires_at]);
    world.clock.advance(4 * DAY);
    await expire(world.engine);
    expect(await newestInvitation(world)).toMatchObject({ state: "expired" });
  });

  test("the buttons of both messages work, and there is one answer", async () => {
    await after(2 * DAY);
    const [first, second] = world.messenger.to("U-dana");
    if (first === undefined || second === undefined) throw new Error("there was no reminder");
    await world.presses(dana, tokenOf(first.message, "9"));
    await world.presses(dana, tokenOf(second.message, "9"));
    await world.settle();
    expect(await answersOf(world)).toMatchObject([{ question: "score", score: 9, revision: 1 }]);
    expect(toDana().filter((words) => words.includes("What do you value most?"))).toHaveLength(1);
  });

  test("words are an answer to the reminder, too", async () => {
    await after(2 * DAY);
    await world.writes(dana, "8");
    await world.settle();
    expect(await answersOf(world)).toMatchObject([{ question: "score", score: 8 }]);
    expect(toDana()[1]).toContain("You answered: 8");
  });

  test("it is said in their hours: what is due on a weekend waits for Monday", async () => {
    // Asked on Monday; the reminder on Saturday because nothing of us was running before.
    world.clock.advance(5 * DAY);
    await after(HOUR);
    expect(toDana()).toHaveLength(1);
    const { remind_at } = await newestInvitation(world);
    expect(remind_at?.toISOString()).toBe("2026-11-09T09:00:00.000Z");
    expect(await decided()).toEqual([]);
  });

  const quiet: readonly (readonly [string, string | undefined, () => Promise<unknown>])[] = [
    ["who answered", undefined, () => world.answers(dana, "9")],
    ["who declined", undefined, () => world.answers(dana, "Not this time")],
    ["who wants to be asked later", undefined, () => world.answers(dana, "Ask me later")],
    ["who wants a pause", undefined, () => world.answers(dana, "Not for a while (30 days)")],
    ["who wants no more questions", undefined, () => world.answers(dana, "Never ask me")],
    [
      "who took an answer back",
      undefined,
      async () => {
        await world.writes(dana, "9");
        await world.settle();
        await world.answers(dana, "Undo");
      },
    ],
    ["who said something else", "said-something", () => world.writes(dana, "It was a bit slow")],
    [
      "whose chat goes on",
      "reopened",
      () => world.says(dana, chatRef("C1"), "It does not work after all"),
    ],
    [
      "who left",
      "left",
      () =>
        database.db
          .updateTable("people")
          .set({ left_at: world.clock.now() })
          .where("workspace_id", "=", world.workspaceId)
          .where("name", "=", "Dana")
          .execute(),
    ],
  ];

  test.each(quiet)("nobody is reminded %s", async (_, reason, happens) => {
    await happens();
    await world.settle();
    const before = toDana().filter((words) => words.includes("Just once more"));
    await after(2 * DAY);
    expect(toDana().filter((words) => words.includes("Just once more"))).toEqual(before);
    expect(before).toEqual([]);
    expect(await decided()).toEqual(reason === undefined ? [] : [{ verdict: "suppress", reason }]);
    expect((await newestInvitation(world)).reminded_at).toBeNull();
  });

  test("a pause that was wished for elsewhere ends the reminder, it does not move it", async () => {
    await database.db
      .updateTable("people")
      .set({ consent: "paused", paused_until: new Date(world.clock.now().getTime() + 3 * DAY) })
      .where("workspace_id", "=", world.workspaceId)
      .where("name", "=", "Dana")
      .execute();
    await after(2 * DAY);
    await after(2 * DAY);
    expect(toDana()).toHaveLength(1);
    expect(await decided()).toEqual([{ verdict: "suppress", reason: "paused" }]);
  });

  test("S1 two instances at once, or one that dies before it is committed, remind once", async () => {
    world.clock.advance(2 * DAY);
    const dies = { ...world.engine, jobs: { ...world.engine.jobs, enqueue: failing } };
    expect(await remindDue(dies)).toBe(0);
    await world.settle();
    expect(toDana()).toHaveLength(1);
    world.clock.advance(HOUR);
    const many = await Promise.all([1, 2, 3].map(() => remindDue(world.engine)));
    await world.settle();
    expect(many.reduce((sum, n) => sum + n, 0)).toBe(1);
    expect(toDana()).toHaveLength(2);
  });

  test("a reminder that is still on its way when the answer comes is not sent any more", async () => {
    world.clock.advance(2 * DAY);
    await remindDue(world.engine);
    const [first] = world.messenger.to("U-dana");
    if (first === undefined) throw new Error("nothing was asked");
    await world.presses(dana, tokenOf(first.message, "9"));
    await world.settle();
    expect(toDana().filter((words) => words.includes("Just once more"))).toEqual([]);
  });
});

function failing(): Promise<never> {
  return Promise.reject(new Error("the queue is away"));
}
