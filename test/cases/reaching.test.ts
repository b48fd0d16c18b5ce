import { beforeAll, beforeEach, expect, test } from "vitest";
import { AppError } from "../../src/errors.ts";
import type { Address } from "../../src/platform.ts";
import { describeEitherDatabase, type TestDatabase } from "../support/database.ts";
import { createMessenger, tokenOf, wordsOf } from "../support/messenger.ts";
import { chatRef, createWorld, dana, type World } from "../support/world.ts";
import { alex, eventsOf, fill, HOUR, lastTo, press, said, scores, thread } from "./support.ts";

describeEitherDatabase("a reply reaches its customer", (open) => {
  let database: TestDatabase;
  let world: World;

  beforeAll(async () => {
    database = await open();
  });
  beforeEach(async () => {
    world = await createWorld(database);
  });

  const gone = (to: Address) =>
    to.kind === "leads" || to.kind === "thread"
      ? undefined
      : new AppError("unreachable", "they left the server");
  const closedDirectly = (to: Address) =>
    to.kind === "direct" && to.userId === "U-dana"
      ? new AppError("unreachable", "direct messages are closed")
      : undefined;

  test("whoever left is reached by nothing: the thread says so once, and they get it when they are back", async () => {
    await scores(world, "3");
    world.messenger.refuse(gone);
    await fill(world, alex, "Reply", { text: "Are you there?" });
    expect(thread(world).at(-1)).toContain("could not be delivered: Dana cannot be reached");
    world.clock.advance(HOUR);
    await world.says(dana, chatRef("C1"), "Hello again");
    await world.settle();
    expect(thread(world).filter((text) => text.includes("could not be delivered"))).toHaveLength(1);
    world.messenger.refuse();
    await world.writes(dana, "I am back");
    await world.settle();
    const words = world.messenger.to("U-dana").map(({ message }) => wordsOf(message));
    expect(words.filter((text) => text.includes("Are you there?"))).toHaveLength(1);
    expect(await eventsOf(world)).toContain("undelivered");
  });

  test("whose direct messages are closed reads it in their chat, where nobody else does, and answers there", async () => {
    await scores(world, "3");
    world.messenger.refuse(closedDirectly);
    await fill(world, alex, "Reply", { text: "Only for you" });
    const whisper = world.messenger.whispersTo("U-dana").at(-1)?.message;
    expect(whisper?.opener?.says).toBe("Dana, there is a reply for you from Acme.");
    expect(whisper?.opener?.says).not.toContain("Only for you");
    const shown = await world.presses(dana, whisper?.opener?.option.token ?? "");
    expect(said(shown)).toContain("Only for you");
    expect(said(shown)).not.toContain("write here");
    const message = shown.kind === "message" ? shown.message : undefined;
    const form = await world.presses(dana, message ? tokenOf(message, "Answer") : "");
    const token = form.kind === "form" ? form.form.submit.token : "";
    await world.presses(dana, token, undefined, { text: "Thanks for that" });
    await world.settle();
    expect(thread(world).at(-1)).toContain("Thanks for that");
    expect(thread(world).join()).not.toContain("could not be delivered");
  });

  test("a reply that was tried in vain for long is told as one that may have arrived", async () => {
    await scores(world, "3");
    world.messenger.refuse((to) =>
      to.kind === "direct" ? new AppError("temporary", "no answer") : undefined,
    );
    await expect(fill(world, alex, "Reply", { text: "Hello" })).rejects.toThrow("no answer");
    const { id } = await database.db
      .selectFrom("deliveries")
      .select("id")
      .where("workspace_id", "=", world.workspaceId)
      .where("state", "=", "sending")
      .executeTakeFirstOrThrow();
    await world.outbox.giveUp({ workspaceId: world.workspaceId, deliveryId: id });
    await world.settle();
    expect(thread(world).at(-1)).toContain("do not know whether the reply reached Dana");
  });

  test("a question that waits at the same time: words go to whoever spoke last", async () => {
    await scores(world, "3");
    await fill(world, alex, "Reply", { text: "What can we do?" });
    await world.writes(dana, "Call me");
    await world.settle();
    expect(thread(world).at(-1)).toContain("Call me");
    // A week later they are asked about another chat, and answer that.
    world.clock.advance(8 * 24 * HOUR);
    await world.playChat({ chat: "C2" });
    world.clock.advance(HOUR);
    await world.settle();
    expect(wordsOf(lastTo(world, dana))).toContain("recommend Acme");
    await world.writes(dana, "9");
    await world.settle();
    expect(thread(world).at(-1)).toContain("Call me");
    expect(wordsOf(lastTo(world, dana))).not.toContain("passed it on");
    // The team writes again: now words are for the team, and a stop is still a stop.
    await fill(world, alex, "Reply", { text: "Better now?" });
    await world.writes(dana, "Much better");
    await world.settle();
    expect(thread(world).at(-1)).toContain("Much better");
    await world.writes(dana, "stop");
    await world.settle();
    expect(thread(world).at(-1)).toContain("Much better");
  });

  test("where a platform has no threads, what is said stands in the leads' channel", async () => {
    const plain = createMessenger({ threads: false });
    world = await createWorld(database, { messenger: plain });
    await scores(world, "3");
    await press(world, alex, "Claim");
    expect(
      plain
        .leads()
        .map(({ message }) => wordsOf(message))
        .at(-1),
    ).toBe("Alex takes care of it.");
  });

  test("what is said in a case waits for its card; when somebody deletes that, a new one takes its place", async () => {
    await scores(world, "3");
    const [first] = world.messenger.leads();
    const claim = tokenOf(first?.message ?? { summary: "", parts: [], locale: "en" }, "Claim");
    world.messenger.sent.splice(
      world.messenger.sent.findIndex(({ id }) => id === first?.id),
      1,
    );
    await world.presses(alex, claim);
    await world.settle();
    expect(world.messenger.leads()).toHaveLength(1);
    expect(thread(world)).toEqual(["Alex takes care of it."]);
    await press(world, alex, "Escalate");
    expect(world.messenger.leads()).toHaveLength(1);
    expect(thread(world)).toHaveLength(2);
  });
});
