import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { AppError } from "../../src/errors.ts";
import type { Address } from "../../src/platform.ts";
import { expire } from "../../src/scheduling/clockwork/ticker.ts";
import { describeEitherDatabase, type TestDatabase } from "../support/database.ts";
import { tokenOf, wordsOf } from "../support/messenger.ts";
import { chatRef, createWorld, dana, kim, robin, type World } from "../support/world.ts";
import {
  answersOf,
  DAY,
  deliveriesOf,
  invitationsOf,
  last,
  MINUTE,
  newestInvitation,
  playAndAsk,
  said,
} from "./support.ts";

const closing = (...kinds: Address["kind"][]) => {
  return ({ kind }: Address) =>
    kinds.includes(kind) ? new AppError("unreachable", `no ${kind}`) : undefined;
};

describeEitherDatabase("where a question is asked", (open) => {
  let database: TestDatabase;
  let world: World;

  beforeAll(async () => {
    database = await open();
  });
  const enter = async (settings: NonNullable<Parameters<typeof createWorld>[1]>["settings"]) => {
    world = await createWorld(database, { ...(settings && { settings }) });
  };
  beforeEach(() => enter({}));

  test("a direct message names the chat and links to it", async () => {
    await playAndAsk(world);
    const { parts } = last(world.messenger.to("U-dana"));
    const url = "https://chat.example/C1";
    expect(parts).toContainEqual({ kind: "link", link: { label: "Open the chat", url } });
    expect(parts[0]).toMatchObject({ kind: "note", text: "About your chat with Kim in #help" });
    expect((await newestInvitation(world)).address).toBeNull();
  });

  test("where direct messages are closed it is whispered in the chat, and the talk goes on there", async () => {
    world.messenger.refuse(closing("direct"));
    await playAndAsk(world);
    expect(await deliveriesOf(world)).toMatchObject([
      { purpose: "ask", state: "undeliverable", reason: "no direct" },
      { purpose: "ask", state: "sent" },
    ]);
    const [question] = world.messenger.whispersTo("U-dana");
    expect(question?.to).toMatchObject({ kind: "whisper", chatId: "C1" });
    expect(wordsOf(question?.message ?? last([]))).toContain("Choose an answer. ");
    expect(question?.message.parts.some(({ kind }) => kind === "link")).toBe(false);
    // Nobody knows whether a whisper was seen until it is pressed.
    expect(await newestInvitation(world)).toMatchObject({ state: "asked", reached_at: null });

    const reply = await world.presses(dana, tokenOf(last([question ?? fail()]), "3"));
    await world.settle();
    expect(said(reply)).toContain("You answered: 3");
    expect((await newestInvitation(world)).reached_at).not.toBeNull();
    // The next question is in the answer to the press: nothing more is posted in the chat.
    expect(said(reply)).toContain("What went wrong?");
    expect(said(reply)).toContain("Press “Write it here”");
    expect(world.messenger.whispersTo("U-dana")).toHaveLength(1);
    expect(world.messenger.to("U-dana")).toHaveLength(0);
  });

  test("any press shows that a whisper was seen", async () => {
    world.messenger.refuse(closing("direct"));
    await playAndAsk(world);
    await world.presses(dana, tokenOf(last(world.messenger.whispersTo("U-dana")), "Not this time"));
    expect(await newestInvitation(world)).toMatchObject({ state: "declined" });
    expect((await newestInvitation(world)).reached_at).not.toBeNull();
  });

  test("asked by whisper, answered to us: the talk goes on where the person is", async () => {
    world.messenger.refuse(closing("direct"));
    await playAndAsk(world);
    world.messenger.refuse();
    await world.writes(dana, "2 – it took days");
    await world.settle();
    expect(await answersOf(world)).toMatchObject([{ score: 2 }, { text: "it took days" }]);
    expect(wordsOf(last(world.messenger.to("U-dana")))).toContain("May someone from the team");
    expect((await newestInvitation(world)).address).toBeNull();
  });

  const scores = () => world.wants(robin, "scores", chatRef("C1"));

  async function nowhere(): Promise<void> {
    world.messenger.refuse(closing("direct", "whisper"));
    await playAndAsk(world);
  }

  test("where nobody can be reached the question waits for the next contact, with its reason", async () => {
    await nowhere();
    expect(await newestInvitation(world)).toMatchObject({
      state: "planned",
      state_reason: "next-contact",
      due_at: null,
      asked_at: null,
    });
    const decisions = await database.db
      .selectFrom("decisions")
      .select(["verdict", "gate", "reason"])
      .where("workspace_id", "=", world.workspaceId)
      .orderBy("id")
      .execute();
    expect(decisions).toMatchObject([
      { verdict: "ask" },
      { verdict: "defer", gate: "place", reason: "next-contact" },
    ]);
    expect(said(await scores())).toContain("will be asked when they next write");
    world.clock.advance(DAY);
    await world.settle();
    expect(world.messenger.calls()).toBe(2);
  });

  test("whoever writes to us then is asked at once, once, and is not told that nothing is open", async () => {
    await nowhere();
    world.messenger.refuse();
    const reply = await world.writes(dana, "hello?");
    expect(reply.kind).toBe("nothing");
    await world.writes(dana, "anybody there?");
    await world.settle();
    const questions = world.messenger
      .to("U-dana")
      .filter(({ message }) => wordsOf(message).includes("About your chat"));
    expect(questions).toHaveLength(1);
    expect(await newestInvitation(world)).toMatchObject({ state: "asked", state_reason: null });
  });

  test("whoever writes “stop” then is out, and is not asked", async () => {
    await nowhere();
    world.messenger.refuse();
    expect(said(await world.writes(dana, "stop"))).toContain("never ask again");
    await world.settle();
    expect(world.messenger.to("U-dana")).toHaveLength(0);
    expect(await newestInvitation(world)).toMatchObject({ state_reason: "never-again" });
  });

  test("whoever opens our page then is asked in the conversation with us", async () => {
    await nowhere();
    world.messenger.refuse();
    await world.types(dana, "home");
    await world.settle();
    expect(world.messenger.to("U-dana")).toHaveLength(1);
  });

  test("a command elsewhere tells nothing of direct messages: the whisper is tried when it may be", async () => {
    await nowhere();
    world.messenger.refuse(closing("direct"));
    await world.types(dana, "feedback");
    await world.settle();
    expect(world.messenger.calls()).toBe(2);
    world.clock.advance(61 * MINUTE);
    await world.types(dana, "feedback");
    await world.settle();
    expect(world.messenger.whispersTo("U-dana")).toHaveLength(1);
  });

  test("whoever writes in another support chat then is asked there, for them alone to see", async () => {
    await nowhere();
    world.messenger.refuse(closing("direct"));
    await world.says(dana, chatRef("C7"), "Another thing");
    await world.settle();
    const [whisper] = world.messenger.whispersTo("U-dana");
    expect(whisper?.to).toMatchObject({ chatId: "C7" });
    // It is about another chat, so it says which one and links to it.
    expect(whisper?.message.parts.some(({ kind }) => kind === "link")).toBe(true);
    await world.says(dana, chatRef("C7"), "and one more");
    await world.settle();
    expect(world.messenger.whispersTo("U-dana")).toHaveLength(1);
  });

  test("writing in the same chat opens it again, and so cancels the question", async () => {
    await nowhere();
    world.messenger.refuse();
    await world.says(dana, chatRef("C1"), "It is back");
    await world.settle();
    expect(await newestInvitation(world)).toMatchObject({
      state: "cancelled",
      state_reason: "reopened",
    });
    expect(world.messenger.sent).toHaveLength(0);
  });

  test("without a sign of life it ends seven days after the closing, and is not asked later", async () => {
    await nowhere();
    world.clock.advance(7 * DAY - 15 * MINUTE - 1);
    await expire(world.engine);
    expect(await newestInvitation(world)).toMatchObject({ state: "planned" });
    world.clock.advance(1);
    await expire(world.engine);
    expect(await newestInvitation(world)).toMatchObject({
      state: "expired",
      state_reason: "no-contact",
    });
    expect(said(await scores())).toContain("could not be reached and did not write in time");
    world.messenger.refuse();
    await world.writes(dana, "hello");
    await world.settle();
    expect(world.messenger.to("U-dana")).toHaveLength(0);
  });

  test("a question that waited counts neither for the cap nor as one about its chat", async () => {
    await nowhere();
    await world.says(dana, chatRef("C1"), "again");
    await world.closes(kim, chatRef("C1"));
    world.messenger.refuse();
    await world.writes(dana, "hi");
    world.clock.advance(15 * MINUTE);
    await world.settle();
    const states = (await invitationsOf(world)).map(({ state }) => state);
    expect(states).toEqual(["cancelled", "asked"]);
  });

  describe("a whisper that may be lost", () => {
    const HOUR = 60 * MINUTE;
    const whispers = () => world.messenger.whispersTo("U-dana").map(({ to }) => to);
    beforeEach(async () => {
      world.messenger.refuse(closing("direct"));
      await playAndAsk(world);
    });
    const goesOn = async (chat: string, text: string) => {
      await world.says(dana, chatRef(chat), text);
      await world.settle();
    };

    test("is said once more, once, at the next contact after an hour, and is answered there", async () => {
      const { asked_at, expires_at } = await newestInvitation(world);
      world.clock.advance(HOUR);
      await goesOn("C7", "Another thing");
      expect(whispers()).toMatchObject([{ chatId: "C1" }, { chatId: "C7" }]);
      expect(await newestInvitation(world)).toMatchObject({ asked_at, expires_at });
      world.clock.advance(DAY);
      await goesOn("C7", "and one more");
      expect(whispers()).toHaveLength(2);
      await world.presses(dana, tokenOf(last(world.messenger.whispersTo("U-dana")), "9"));
      await world.settle();
      expect(await answersOf(world)).toMatchObject([{ score: 9 }]);
    });

    test("is not repeated to whoever was there just now, pressed, or wants to be asked no more", async () => {
      await goesOn("C7", "Another thing");
      expect(whispers()).toHaveLength(1);
      world.clock.advance(HOUR);
      await world.presses(
        dana,
        tokenOf(last(world.messenger.whispersTo("U-dana")), "Not this time"),
      );
      await goesOn("C7", "and one more");
      expect(whispers()).toHaveLength(1);
    });

    test("is not repeated while its own chat goes on", async () => {
      world.clock.advance(HOUR);
      await goesOn("C1", "It is back");
      expect(whispers()).toHaveLength(1);
    });

    test("comes to the conversation with us when our page is opened and we may write there", async () => {
      world.messenger.refuse();
      world.clock.advance(HOUR);
      await world.types(dana, "home");
      await world.settle();
      expect(wordsOf(last(world.messenger.to("U-dana")))).toContain("recommend Acme");
    });

    test("is not repeated beside unclear words, which are answered with it anyway", async () => {
      world.messenger.refuse();
      world.clock.advance(HOUR);
      await world.writes(dana, "dunno");
      await world.settle();
      expect(world.messenger.to("U-dana")).toHaveLength(1);
    });
  });

  test("the chat itself is asked first where the workspace wants it, then direct messages", async () => {
    await enter({ askIn: "thread" });
    await playAndAsk(world);
    const [question] = world.messenger.inChat("C1");
    expect(wordsOf(question?.message ?? fail())).toContain("recommend Acme");
    expect(await newestInvitation(world)).toMatchObject({
      address: { kind: "chat", chatId: "C1" },
    });
    await enter({ askIn: "thread" });
    world.messenger.refuse(closing("chat"));
    await playAndAsk(world);
    expect(world.messenger.to("U-dana")).toHaveLength(1);
    await enter({ askIn: "thread" });
    world.messenger.refuse(closing("chat", "direct"));
    await playAndAsk(world);
    expect(world.messenger.whispersTo("U-dana")).toHaveLength(1);
  });
});

function fail(): never {
  throw new Error("there should be something here");
}
