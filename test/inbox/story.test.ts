import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { AppError } from "../../src/errors.ts";
import type { PlatformUser } from "../../src/platform.ts";
import { TryLater } from "../../src/scheduling/jobs/jobs.ts";
import { describeEitherDatabase, type TestDatabase } from "../support/database.ts";
import { createMessenger, tokenOf, wordsOf } from "../support/messenger.ts";
import { chatRef, createWorld, dana, kim, robin, type World } from "../support/world.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

describeEitherDatabase("the story of a chat", (open) => {
  let database: TestDatabase;
  let world: World;

  beforeAll(async () => {
    database = await open();
  });
  beforeEach(async () => {
    world = await createWorld(database);
  });

  async function ask(): Promise<void> {
    await world.playChat();
    world.clock.advance(15 * MINUTE);
    await world.settle();
  }

  const answers = async () =>
    database.db
      .selectFrom("answers")
      .select(["question", "score", "choice", "text", "revision"])
      .where("workspace_id", "=", world.workspaceId)
      .orderBy("question")
      .execute();

  const invitation = async () =>
    database.db
      .selectFrom("invitations")
      .selectAll()
      .where("workspace_id", "=", world.workspaceId)
      .orderBy("created_at", "desc")
      .limit(1)
      .executeTakeFirstOrThrow();

  test("a chat closes, the customer is asked 15 minutes later, answers by buttons, and is thanked", async () => {
    const reply = await world.playChat();
    expect(reply.kind === "message" && wordsOf(reply.message)).toContain(
      "Dana will be asked in 15 minutes",
    );
    await world.settle();
    expect(world.messenger.to("U-dana")).toHaveLength(0);

    world.clock.advance(15 * MINUTE);
    await world.settle();
    const [question] = world.messenger.to("U-dana");
    expect(question && wordsOf(question.message)).toContain("recommend Acme");
    expect(question && wordsOf(question.message)).toContain("your chat with Kim in #help");

    const answered = await world.answers(dana, "9");
    expect(answered.kind === "update" && wordsOf(answered.message)).toContain("You answered: 9");
    expect(wordsOf(world.messenger.to("U-dana")[1]?.message ?? fail())).toContain("value most");

    await world.writes(dana, "Kim was lovely");
    await world.settle();
    // Whoever is delighted and said why is asked one thing more.
    const [thanks, more] = world.messenger.to("U-dana").slice(-2);
    expect(wordsOf(thanks?.message ?? fail())).toContain("Thank you");
    expect(wordsOf(more?.message ?? fail())).toContain("may Acme quote you?");
    expect(await answers()).toMatchObject([
      { question: "score", score: 9, revision: 1 },
      { question: "why", text: "Kim was lovely" },
    ]);
    expect(await invitation()).toMatchObject({ state: "answered" });
    expect((await invitation()).finished_at).not.toBeNull();
    expect(world.messenger.leads()).toHaveLength(0);
  });

  test("a low score reaches the leads at once, and the words and the wish to be called follow", async () => {
    await ask();
    await world.answers(dana, "3");
    expect(world.messenger.leads()).toHaveLength(1);
    expect(wordsOf(world.messenger.leads()[0]?.message ?? fail())).toMatch(
      /Low score: Dana answered 3[\s\S]*Kim/,
    );
    await world.writes(dana, "Nobody told me about the fee");
    await world.settle();
    await world.answers(dana, "Yes, please");
    expect(world.messenger.leads()).toHaveLength(1);
    const alert = wordsOf(world.messenger.leads()[0]?.message ?? fail());
    expect(alert).toContain("Nobody told me about the fee");
    expect(alert).toContain("May we get back?: Yes, please");
    expect(wordsOf(world.messenger.to("U-dana").at(-1)?.message ?? fail())).toContain(
      "get back to you",
    );
  });

  test("a yes in words counts, and what is said beside it is kept", async () => {
    await ask();
    await world.answers(dana, "2");
    await world.writes(dana, "it was slow");
    await world.settle();
    await world.writes(dana, "yes please, call me after five");
    await world.settle();
    const [contact, score, why] = await answers();
    expect(contact).toMatchObject({ question: "contact", choice: "yes" });
    expect(score).toMatchObject({ score: 2 });
    expect(why?.text).toContain("call me after five");
    const asked = world.messenger.to("U-dana")[2];
    expect(wordsOf(asked?.message ?? fail())).toContain("You answered: Yes, please");
  });

  test("words become a score that is confirmed and can be undone", async () => {
    await ask();
    await world.writes(dana, "7 – slow reply");
    await world.settle();
    const [question, noted] = world.messenger.to("U-dana");
    expect(wordsOf(question?.message ?? fail())).toContain("You answered: 7");
    expect(wordsOf(noted?.message ?? fail())).toContain("I noted 7");
    expect(await answers()).toMatchObject([
      { question: "score", score: 7 },
      { question: "why", text: "slow reply" },
    ]);
    await world.answers(dana, "Undo");
    expect(await answers()).toEqual([]);
    expect(await invitation()).toMatchObject({ state: "asked", answered_at: null });
    expect(wordsOf(question?.message ?? fail())).toContain("recommend Acme");
    await world.writes(dana, "9");
    await world.settle();
    expect(await answers()).toMatchObject([{ question: "score", score: 9 }]);
    const history = await database.db
      .selectFrom("answer_history")
      .select(["question", "score", "text"])
      .where("workspace_id", "=", world.workspaceId)
      .orderBy("question")
      .execute();
    expect(history).toEqual([
      { question: "score", score: 7, text: null },
      { question: "why", score: null, text: "slow reply" },
    ]);
  });

  test("unclear words are asked about once, and never become a score", async () => {
    await ask();
    await world.writes(dana, "11");
    await world.settle();
    expect(wordsOf(world.messenger.to("U-dana")[1]?.message ?? fail())).toContain(
      "could not read a score",
    );
    await world.writes(dana, "7 or 8");
    await world.settle();
    expect(world.messenger.to("U-dana")).toHaveLength(3);
    expect(wordsOf(world.messenger.to("U-dana")[2]?.message ?? fail())).toContain(
      "still could not",
    );
    expect(await answers()).toEqual([]);
  });

  test("words that are no score are kept, and the score is asked for once more", async () => {
    await ask();
    await world.writes(dana, "My order 4711 never arrived");
    await world.settle();
    expect(await answers()).toMatchObject([
      { question: "why", text: "My order 4711 never arrived" },
    ]);
    await world.answers(dana, "2");
    expect(await answers()).toMatchObject([{ question: "score", score: 2 }, { question: "why" }]);
  });

  test("an answer can be changed for 24 hours, with its history, and not a moment longer", async () => {
    await ask();
    await world.answers(dana, "9");
    const question = world.messenger.to("U-dana")[0]?.message ?? fail();
    const change = tokenOf(question, "Change");
    world.clock.advance(DAY - 1);
    const again = await world.presses(dana, change);
    const four = tokenOf(again.kind === "update" ? again.message : fail(), "4");
    await world.presses(dana, four);
    await world.settle();
    expect(await answers()).toMatchObject([{ question: "score", score: 4, revision: 2 }]);
    expect(world.messenger.leads()).toHaveLength(1);
    world.clock.advance(1);
    const late = await world.presses(dana, change);
    expect(late.kind === "message" && wordsOf(late.message)).toContain("24 hours");
    expect(await answers()).toMatchObject([{ score: 4 }]);
  });

  test("D10 an answer after the expiry is told so politely and is not scored", async () => {
    await ask();
    world.clock.advance(7 * DAY);
    const reply = await world.answers(dana, "9");
    expect(reply.kind === "update" && wordsOf(reply.message)).toContain("closed by now");
    await world.writes(dana, "10");
    await world.settle();
    expect(await answers()).toEqual([]);
  });

  test("a reopening cancels what was planned, and the next closing plans anew", async () => {
    await world.playChat();
    world.clock.advance(MINUTE);
    await world.says(dana, chatRef("C1"), "One more thing");
    expect(await invitation()).toMatchObject({ state: "cancelled", state_reason: "reopened" });
    world.clock.advance(HOUR);
    await world.settle();
    expect(world.messenger.to("U-dana")).toHaveLength(0);
    await world.closes(kim, chatRef("C1"));
    world.clock.advance(15 * MINUTE);
    await world.settle();
    expect(world.messenger.to("U-dana")).toHaveLength(1);
  });

  test("a chat that was asked about is not asked about again after another closing", async () => {
    await ask();
    await world.says(dana, chatRef("C1"), "It is back");
    await world.closes(kim, chatRef("C1"));
    expect(await invitation()).toMatchObject({
      state: "suppressed",
      state_reason: "chat-asked-already",
    });
  });

  test("a second chat within a week waits for the cap, and a lead may have it asked at once", async () => {
    await ask();
    world.clock.advance(MINUTE);
    const reply = await world.playChat({ chat: "C2", by: robin });
    const message = reply.kind === "message" ? reply.message : fail();
    expect(wordsOf(message)).toContain("asked in the last 7 days");
    const byAgent = await world.presses(kim, tokenOf(message, "Ask now"));
    expect(byAgent.kind === "message" && wordsOf(byAgent.message)).toContain("Only support leads");
    await world.presses(robin, tokenOf(message, "Ask now"));
    await world.settle();
    expect(world.messenger.to("U-dana")).toHaveLength(2);
  });

  test("what the cap holds back is asked when it is over", async () => {
    await ask();
    world.clock.advance(2 * DAY);
    await world.playChat({ chat: "C2" });
    world.clock.advance(4 * DAY);
    await world.settle();
    expect(world.messenger.to("U-dana")).toHaveLength(1);
    world.clock.advance(DAY);
    await world.settle();
    expect(world.messenger.to("U-dana")).toHaveLength(2);
  });

  test.each(["inactivity", "spam"] as const)(
    "a chat closed by %s asks nobody and says why",
    async (reason) => {
      const reply = await world.playChat({ reason });
      expect(reply.kind === "message" && wordsOf(reply.message)).toContain("will not be asked");
      expect(await invitation()).toMatchObject({ state: "suppressed" });
    },
  );

  test("later, then never: the wish is followed and the person is out at once", async () => {
    await ask();
    const reply = await world.answers(dana, "Ask me later");
    expect(reply.kind === "update" && wordsOf(reply.message)).toContain("I will ask again");
    expect(await invitation()).toMatchObject({ state: "planned", state_reason: "later" });
    world.clock.advance(DAY);
    await world.settle();
    expect(world.messenger.to("U-dana")).toHaveLength(2);
    await world.writes(dana, "stop");
    expect(await invitation()).toMatchObject({ state: "declined" });
    const person = await database.db
      .selectFrom("people")
      .select("consent")
      .where("workspace_id", "=", world.workspaceId)
      .where("name", "=", "Dana")
      .executeTakeFirstOrThrow();
    expect(person.consent).toBe("never");
    const closed = await world.playChat({ chat: "C9" });
    expect(closed.kind === "message" && wordsOf(closed.message)).toContain("never to be asked");
    await world.writes(dana, "resume");
    world.clock.advance(MINUTE);
    const reopened = await world.playChat({ chat: "C10" });
    expect(reopened.kind === "message" && wordsOf(reopened.message)).toContain("will be asked");
  });

  test("D7 the same tap ten times at once has one effect and nine counted duplicates", async () => {
    await ask();
    const token = tokenOf(world.messenger.to("U-dana")[0]?.message ?? fail(), "8");
    await Promise.all(Array.from({ length: 10 }, () => world.presses(dana, token, "tap-1")));
    await world.settle();
    expect(await answers()).toMatchObject([{ question: "score", score: 8, revision: 1 }]);
    expect(world.messenger.to("U-dana")).toHaveLength(2);
    const noted = await database.db
      .selectFrom("inbox")
      .select("duplicates")
      .where("workspace_id", "=", world.workspaceId)
      .where("event_id", "=", "tap-1")
      .executeTakeFirstOrThrow();
    expect(noted.duplicates).toBe(9);
  });

  test("D2 a tap that is delivered again shows the answer that stands, and changes nothing", async () => {
    await ask();
    const token = tokenOf(world.messenger.to("U-dana")[0]?.message ?? fail(), "8");
    await world.presses(dana, token, "tap-1");
    const again = await world.presses(dana, token, "tap-1");
    expect(again.kind === "update" && wordsOf(again.message)).toContain("You answered: 8");
    expect(await answers()).toMatchObject([{ score: 8, revision: 1 }]);
  });

  test("D8 clicks on 5 and 9 at once leave one score, with the other in the history", async () => {
    await ask();
    const message = world.messenger.to("U-dana")[0]?.message ?? fail();
    await Promise.all([
      world.presses(dana, tokenOf(message, "5")),
      world.presses(dana, tokenOf(message, "9")),
    ]);
    const [score, ...rest] = await answers();
    expect([5, 9]).toContain(score?.score);
    expect(rest).toEqual([]);
    expect(score?.revision).toBe(2);
  });

  test("N1 N3 NUL, half a surrogate pair and 40,000 characters lose nothing and poison nothing", async () => {
    await ask();
    const nasty = { ...dana, name: "D\0a\uD800na\u202E" };
    const long = await world.writes(nasty, "x".repeat(40_000));
    expect(long.kind === "message" && wordsOf(long.message)).toContain("shorten it");
    expect(await answers()).toEqual([]);
    await world.writes(nasty, "3 – \0 it \uDC00 broke @everyone <!channel> \u202Eevil");
    await world.settle();
    const [score, why] = await answers();
    expect(score?.score).toBe(3);
    expect(why?.text).toContain("@everyone <!channel>");
    expect(why?.text).not.toContain("\0");
    const alert = world.messenger.leads()[0]?.message ?? fail();
    expect(
      alert.parts
        .filter((part) => part.kind !== "quote")
        .map((part) => JSON.stringify(part))
        .join(),
    ).not.toContain("@everyone");
    await world.playChat({ chat: "C\0\uD800", customer: { ...dana, externalId: "U\0-x" } });
  });

  test("T2 a button pressed by somebody else, and a forged one, change nothing", async () => {
    await ask();
    const token = tokenOf(world.messenger.to("U-dana")[0]?.message ?? fail(), "0");
    const foreign = await world.presses({ ...dana, externalId: "U-eve", name: "Eve" }, token);
    expect(foreign.kind === "message" && wordsOf(foreign.message)).toContain("somebody else");
    const forged = await world.presses(
      dana,
      `${token.slice(0, -1)}${token.endsWith("A") ? "B" : "A"}`,
    );
    expect(forged.kind).toBe("message");
    expect(await answers()).toEqual([]);
  });

  test("T10 a customer who types /nps is told whom to ask, an agent sees their own figures alone", async () => {
    await world.types(robin, "nps", "week");
    const said = async (from: PlatformUser, name: string) => {
      const reply = await world.types(from, name, "week");
      return reply.kind === "message" ? wordsOf(reply.message) : "";
    };
    expect(await said(dana, "nps")).toContain("Robin");
    expect(await said(kim, "nps")).toContain("agent Kim");
    expect(await said(kim, "feedback")).toContain("Robin");
  });

  test("D6 an unclear failure is one call, and the retry shows one message", async () => {
    world.messenger.failNext({
      error: new AppError("temporary", "the answer was lost"),
      after: true,
    });
    await world.playChat();
    world.clock.advance(15 * MINUTE);
    await expect(world.settle()).rejects.toThrow("the answer was lost");
    expect(world.messenger.calls()).toBe(1);
    const { id } = await database.db
      .selectFrom("deliveries")
      .select("id")
      .where("workspace_id", "=", world.workspaceId)
      .executeTakeFirstOrThrow();
    await world.outbox.deliver({ workspaceId: world.workspaceId, deliveryId: id });
    expect(world.messenger.to("U-dana")).toHaveLength(1);
    expect((await invitation()).reached_at).not.toBeNull();
  });

  test("an edit waits for the message that it edits, and an older edit never covers a newer one", async () => {
    await ask();
    const token = tokenOf(world.messenger.to("U-dana")[0]?.message ?? fail(), "2");
    await world.presses(dana, token);
    await world.writes(dana, "it was slow");
    const planned = await database.db
      .selectFrom("deliveries")
      .select(["id", "replaces"])
      .where("workspace_id", "=", world.workspaceId)
      .where("purpose", "=", "alert")
      .orderBy("id")
      .execute();
    const [alert, edit] = planned;
    const deliver = (deliveryId = "") =>
      world.outbox.deliver({ workspaceId: world.workspaceId, deliveryId });
    await expect(deliver(edit?.id)).rejects.toBeInstanceOf(TryLater);
    await deliver(alert?.id);
    await world.writes(dana, "yes");
    await database.db
      .updateTable("deliveries")
      .set({ state: "sending" })
      .where("workspace_id", "=", world.workspaceId)
      .where("id", "=", edit?.id ?? "")
      .execute();
    await world.settle();
    await deliver(edit?.id);
    world.clock.advance(MINUTE);
    await world.settle();
    expect(world.messenger.leads()).toHaveLength(1);
    expect(wordsOf(world.messenger.leads()[0]?.message ?? fail())).toContain("Yes, please");
  });

  test("a conversation kept by another version ends politely", async () => {
    await ask();
    await database.db
      .updateTable("invitations")
      .set({ conversation: JSON.stringify({ v: 99, step: "?" }) })
      .where("workspace_id", "=", world.workspaceId)
      .execute();
    const reply = await world.writes(dana, "9");
    expect(reply.kind === "message" && wordsOf(reply.message)).toContain("another version");
    expect(await answers()).toEqual([]);
  });
});

describe("the messenger of these tests", () => {
  test("refuses what a platform refuses", async () => {
    const messenger = createMessenger();
    const message = { summary: "", parts: [], locale: "en" };
    const to = { kind: "leads" } as const;
    await expect(
      messenger.send({ platform: "messenger", externalId: "T" }, to, message, "k"),
    ).rejects.toThrow("summary");
  });
});

function fail(): never {
  throw new Error("there should be something here");
}
