import { beforeAll, beforeEach, expect, test } from "vitest";
import { AppError } from "../../src/errors.ts";
import type { Message, PlatformUser, Reply } from "../../src/platform.ts";
import { expire } from "../../src/scheduling/clockwork/ticker.ts";
import { COMMENT_FIELD } from "../../src/surveys/comment-form.ts";
import { describeEitherDatabase, type TestDatabase } from "../support/database.ts";
import { tokenOf, wordsOf } from "../support/messenger.ts";
import { chatRef, createWorld, dana, kim, type World } from "../support/world.ts";
import {
  answersOf,
  DAY,
  deliveriesOf,
  last,
  missing,
  newestInvitation,
  playAndAsk,
  said,
} from "./support.ts";

describeEitherDatabase("a question that only one person sees in the chat", (open) => {
  let database: TestDatabase;
  let world: World;

  beforeAll(async () => {
    database = await open();
  });
  beforeEach(async () => {
    world = await createWorld(database);
    world.messenger.refuse(({ kind }) =>
      kind === "direct" ? new AppError("unreachable", "no direct") : undefined,
    );
    await playAndAsk(world);
  });

  const opener = () => last(world.messenger.whispersTo("U-dana")).opener ?? missing();
  const opens = (person: PlatformUser, id?: string) =>
    world.presses(person, opener().option.token, id);
  const shown = (reply: Reply): Message => {
    if (reply.kind !== "message" && reply.kind !== "update") throw new Error("it shows nothing");
    return reply.message;
  };
  const presses = async (on: Reply, label: string) => {
    const reply = await world.presses(dana, tokenOf(shown(on), label));
    await world.settle();
    return reply;
  };
  const writes = async (on: Reply, text: string) => {
    const form = await presses(on, "Write it here");
    if (form.kind !== "form") throw new Error("words need a form");
    const { token } = form.form.submit;
    return world.presses(dana, token, undefined, { [COMMENT_FIELD]: text });
  };

  test("what stands there for all to see names its person and says nothing of the question", () => {
    expect(opener().says).toBe(
      "Dana, may I ask you something short? Here only you can see the question and your answer.",
    );
    expect(opener().option.label).toBe("Show the question");
    expect(opener().says).not.toMatch(/Acme|recommend|invoice/);
  });

  test("pressed by the one it is for it is answered with the question, and counts as seen", async () => {
    expect(await newestInvitation(world)).toMatchObject({ reached_at: null });
    const reply = await opens(dana);
    expect(reply.kind).toBe("message");
    expect(said(reply)).toContain("recommend Acme");
    expect(shown(reply).parts[0]).toMatchObject({ text: "About your chat with Kim in #help" });
    expect((await newestInvitation(world)).reached_at).not.toBeNull();
    await world.settle();
    expect(await deliveriesOf(world)).toHaveLength(2);
  });

  test("T2 somebody else is told that it is not for them, and nothing of the question", async () => {
    for (const person of [kim, { ...dana, externalId: "U-other", name: "Otto" }]) {
      const reply = await opens(person);
      expect(reply.kind).toBe("message");
      expect(said(reply)).toContain("meant for somebody else");
      expect(said(reply)).not.toMatch(/Acme|recommend|Dana/);
      expect(shown(reply).parts).toHaveLength(1);
    }
    expect(await newestInvitation(world)).toMatchObject({ reached_at: null });
  });

  test("the whole talk is in the answers to the presses, and the leads hear of it", async () => {
    const why = await presses(await opens(dana), "3");
    expect(why.kind).toBe("update");
    expect(said(why)).toContain("You answered: 3");
    expect(said(why)).toContain("What went wrong?");
    const contact = await writes(why, "It took days");
    expect(said(contact)).toContain("It took days");
    expect(said(contact)).toContain("May someone from the team");
    const done = await presses(contact, "Yes, please");
    expect(done.kind).toBe("update");
    expect(said(done)).toContain("You answered: 3");
    expect(said(done)).toContain("You answered: Yes, please");
    expect(said(done)).not.toContain("Write it here");
    expect(await answersOf(world)).toMatchObject([
      { choice: "yes" },
      { score: 3 },
      { text: "It took days" },
    ]);
    expect(world.messenger.inChat("C1")).toHaveLength(0);
    expect(world.messenger.whispersTo("U-dana")).toHaveLength(1);
    expect(world.messenger.leads()).toHaveLength(1);
  });

  test("the opener shows how it stands: what was answered, and the question that waits", async () => {
    await presses(await opens(dana), "3");
    const again = await opens(dana);
    expect(said(again)).toContain("You answered: 3");
    expect(said(again)).toContain("What went wrong?");
    const skipped = await presses(again, "Skip");
    expect(said(skipped)).toContain("May someone from the team");
    const { state } = await newestInvitation(world);
    expect(state).toBe("answered");
  });

  test("changing to the same answer leaves the question that waits where it is", async () => {
    const why = await presses(await opens(dana), "3");
    const scale = await presses(why, "Change");
    expect(said(scale)).toContain("recommend Acme");
    expect(said(scale)).not.toContain("What went wrong?");
    expect(said(await presses(scale, "3"))).toContain("What went wrong?");
    const better = await presses(await presses(await opens(dana), "Change"), "10");
    expect(said(better)).toContain("What do you value most?");
    expect(said(better)).not.toContain("What went wrong?");
  });

  test("after a day an answer is shown without a way to change it", async () => {
    const contact = await writes(await presses(await opens(dana), "3"), "It took days");
    await presses(contact, "No, thanks");
    world.clock.advance(DAY);
    const reply = await opens(dana);
    expect(said(reply)).toContain("You answered: 3");
    expect(said(reply)).toContain("It took days");
    expect(shown(reply).parts.some(({ kind }) => kind === "actions")).toBe(false);
  });

  test("when its time is over it says so", async () => {
    world.clock.advance(7 * DAY);
    await expire(world.engine);
    const reply = await opens(dana);
    expect(said(reply)).toContain("closed by now");
    expect(shown(reply).parts).toHaveLength(1);
  });

  test("whoever declined and opens it once more may answer after all", async () => {
    await presses(await opens(dana), "Not this time");
    expect(await newestInvitation(world)).toMatchObject({ state: "declined" });
    await presses(await opens(dana), "9");
    expect(await newestInvitation(world)).toMatchObject({ state: "answered" });
  });

  test("the same press delivered twice shows the same twice", async () => {
    const first = await opens(dana, "P1");
    expect(await opens(dana, "P1")).toEqual(first);
  });

  test("what was said in words and taken back can be opened again in the chat", async () => {
    world.messenger.refuse();
    await world.writes(dana, "2 – it took days");
    await world.settle();
    const noted = world.messenger
      .to("U-dana")
      .find(({ message }) => wordsOf(message).includes("I noted"));
    await world.presses(dana, tokenOf(noted?.message ?? missing(), "Undo"));
    const edit = (await deliveriesOf(world)).at(-1);
    expect(edit?.message).toMatchObject({ opener: { option: { label: "Show the question" } } });
    expect(said(await opens(dana))).toContain("recommend Acme");
  });

  test("asked of several people, each opens their own", async () => {
    const otto = { ...dana, externalId: "U-otto", name: "Otto" };
    await world.playChat({ chat: "C2", customer: otto });
    world.clock.advance(DAY);
    await world.settle();
    const [theirs] = world.messenger.whispersTo("U-otto");
    expect(theirs?.to).toMatchObject({ chatId: chatRef("C2").externalId });
    expect(theirs?.message.opener?.says).toContain("Otto");
    expect(said(await opens(otto))).toContain("meant for somebody else");
  });
});
