import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Chat, Shown } from "../../../adapters/playground/entries.ts";
import { type Received, receive, type Scene } from "../../../adapters/playground/receive.ts";
import { MAX_TEXT_LENGTH } from "../../../adapters/playground/wire.ts";
import { AppError } from "../../../src/errors.ts";
import { connection } from "./stage.ts";

const chat: Chat = {
  id: "chat-0001",
  customer: "dana",
  state: "open",
  openedAt: "2026-11-02T10:00:00.000Z",
};
const question: Shown = {
  ...{ id: "bot:question", place: "direct:dana", from: "bot", status: "saved", seq: 2 },
  at: "2026-11-02T10:05:00.000Z",
};
const privately: Shown = { ...question, id: "bot:note", place: "chat:chat-0001", only: "kim" };
const alert: Shown = { ...question, id: "bot:alert", place: "leads" };
const saidByAlex: Shown = { ...question, id: "said", place: "chat:chat-0001", from: "alex" };

const scene: Scene = {
  connection,
  now: new Date("2026-11-02T10:10:00Z"),
  origin: "http://localhost:3000",
  chats: new Map([[chat.id, chat]]),
  messages: new Map([question, privately, alert].map((message) => [message.id, message])),
};

const common = { id: "event-0001", as: "dana", language: "ru", timeZone: "Asia/Almaty" };
const accept = (event: object, given: Scene = scene): Received =>
  receive({ ...common, ...event }, given);

function refusal(event: unknown): string {
  try {
    receive(event, scene);
  } catch (error) {
    if (error instanceof AppError && error.code === "bad-input") return error.message;
    throw error;
  }
  throw new Error("it was not refused");
}

describe("what the page sends becomes an event of the port", () => {
  test("a customer's message in a chat", () => {
    const { event, place, words } = accept({
      kind: "chat-message",
      chat: chat.id,
      text: "My invoice is wrong",
    });
    expect(event).toEqual({
      kind: "chat-message",
      id: "event-0001",
      connection,
      at: scene.now,
      chat: {
        externalId: chat.id,
        channel: "help",
        url: "http://localhost:3000/#chat=chat-0001",
      },
      from: {
        externalId: "dana",
        name: "Dana",
        role: "customer",
        locale: "ru",
        timeZone: "Asia/Almaty",
      },
      text: "My invoice is wrong",
      public: true,
    });
    expect(place).toBe("chat:chat-0001");
    expect(words).toBe("My invoice is wrong");
  });

  test("the chat's team is that of the agent who acts", () => {
    const { event } = accept({ kind: "chat-message", chat: chat.id, as: "kim", text: "Hello" });
    expect(event).toMatchObject({ chat: { team: "Billing" }, from: { role: "agent" } });
  });

  test("when the customer acts, the team is that of the agent who wrote last", () => {
    const messages = new Map([[saidByAlex.id, saidByAlex]]);
    const { event } = accept(
      { kind: "chat-closed", chat: chat.id, reason: "solved" },
      { ...scene, messages },
    );
    expect(event).toMatchObject({
      kind: "chat-closed",
      reason: "solved",
      chat: { team: "Technical" },
    });
  });

  test("a reopened chat", () => {
    const { event } = accept({ kind: "chat-reopened", chat: chat.id, as: "kim" });
    expect(event).toMatchObject({ kind: "chat-reopened", by: { externalId: "kim" } });
  });

  test("a pressed button, with the message in which it stands", () => {
    const { event, pressed, place } = accept({
      kind: "action",
      message: question.id,
      token: "score:9",
    });
    expect(event).toMatchObject({ kind: "action", token: "score:9" });
    expect(event).toMatchObject({ place: { kind: "direct", userId: "dana" } });
    expect(event).not.toHaveProperty("values");
    expect(pressed).toBe(question);
    expect(place).toBe("direct:dana");
  });

  test("a submitted form, also one that no message opened", () => {
    const values = { comment: "Very good" };
    const { event, place } = accept({ kind: "action", as: "robin", token: "form", values });
    expect(event).toMatchObject({ values });
    expect(place).toBe("leads");
  });

  test.each([
    ["/nps week", "nps", "week"],
    ["  /NPS   last month  ", "nps", "last month"],
    ["/aftertalk", "aftertalk", ""],
    ["/csat 2026-10-01..2026-10-31", "csat", "2026-10-01..2026-10-31"],
    ["/nps\nweek", "nps", "week"],
    ["/aftertalk link @Dana omar@omar.test", "aftertalk", "link playground:dana omar@omar.test"],
    ["/aftertalk link @nobody @MEI", "aftertalk", "link @nobody playground:mei"],
  ])("the command %j", (text, name, rest) => {
    const { event, place } = accept({ kind: "command", as: "robin", text });
    expect(event).toMatchObject({ kind: "command", name, text: rest, place: { kind: "leads" } });
    expect(place).toBe("leads");
  });

  test("a button pressed in a chat or in #support tells the place", () => {
    const press = { kind: "action", token: "t" };
    const inChat = accept({ ...press, as: "kim", message: privately.id }).event;
    expect(inChat).toMatchObject({ place: { kind: "chat", chatId: chat.id } });
    const inSupport = accept({ ...press, as: "robin", message: alert.id }).event;
    expect(inSupport).toMatchObject({ place: { kind: "leads" } });
  });

  test("an unknown language or time zone is left out, and nothing fails", () => {
    const { event } = accept({
      ...{ kind: "direct-message", text: "9", language: "not a tag!", timeZone: "Mars/Olympus" },
    });
    expect(event).toMatchObject({ from: { externalId: "dana" } });
    expect(event).not.toHaveProperty("from.locale");
    expect(event).not.toHaveProperty("from.timeZone");
  });

  test("N1 NUL and half characters never reach the core", () => {
    const { words } = accept({ kind: "direct-message", text: "a\u0000b\ud800c" });
    expect(words).toBe("ab\ufffdc");
  });
});

describe("what cannot be is refused with the reason", () => {
  test.each([
    ["no event at all", 7, "expected object"],
    ["an unknown kind", { ...common, kind: "shout", text: "hey" }, "kind"],
    ["nobody", { ...common, kind: "direct-message", as: "eve", text: "hi" }, "nobody"],
    ["a bad id", { ...common, id: "x", kind: "direct-message", text: "hi" }, "8 to 64"],
    [
      "an unknown chat",
      { ...common, kind: "chat-message", chat: "chat-9999", text: "hi" },
      "no such chat",
    ],
    [
      "another's chat",
      { ...common, kind: "chat-message", chat: chat.id, as: "omar", text: "hi" },
      "another customer",
    ],
    [
      "an unknown reason",
      { ...common, kind: "chat-closed", chat: chat.id, reason: "bored" },
      "reason",
    ],
    ["no words", { ...common, kind: "direct-message", text: " \n " }, "nothing in it"],
    ["no slash", { ...common, kind: "command", as: "robin", text: "nps week" }, "slash"],
    [
      "an unknown message",
      { ...common, kind: "action", message: "bot:none", token: "t" },
      "no such message",
    ],
    [
      "another's message",
      { ...common, as: "omar", kind: "action", message: question.id, token: "t" },
      "cannot see",
    ],
    [
      "a note for another",
      { ...common, as: "alex", kind: "action", message: privately.id, token: "t" },
      "cannot see",
    ],
    [
      "a lead's message",
      { ...common, kind: "action", message: alert.id, token: "t" },
      "cannot see",
    ],
  ])("%s", (_what, event, reason) => {
    expect(refusal(event)).toContain(reason);
  });

  test.each([MAX_TEXT_LENGTH - 1, MAX_TEXT_LENGTH])("N3 %d characters are taken", (length) => {
    const { words } = accept({ kind: "direct-message", text: "x".repeat(length) });
    expect(words).toHaveLength(length);
  });

  test.each([MAX_TEXT_LENGTH + 1, 40_000])("N3 %d characters are refused", (length) => {
    const event = { ...common, kind: "direct-message", text: "x".repeat(length) };
    expect(refusal(event)).toContain(`at most ${MAX_TEXT_LENGTH} characters`);
  });

  test("the refusal never repeats a person's words", () => {
    const secret = "canary";
    const event = { ...common, kind: "direct-message", text: secret.repeat(1_000) };
    expect(refusal(event)).not.toContain(secret);
  });
});

describe("whatever is sent", () => {
  const text = fc.string({ unit: "binary", maxLength: 300 });

  test("N1 an accepted text is well formed, free of NUL and within the limit", () => {
    fc.assert(
      fc.property(text, (given) => {
        fc.pre(given.replaceAll("\u0000", "").trim() !== "");
        const { words } = accept({ kind: "direct-message", text: given });
        expect(words?.isWellFormed()).toBe(true);
        expect(words).not.toContain("\u0000");
      }),
    );
  });

  test("N12 field names of a form are data: no prototype is touched", () => {
    const names = fc.constantFrom("__proto__", "constructor", "toString", "comment");
    fc.assert(
      fc.property(fc.dictionary(names, text), (values) => {
        const body = JSON.parse(
          JSON.stringify({ ...common, kind: "action", message: question.id, token: "t", values }),
        );
        accept(body);
        expect(Object.getOwnPropertyNames(Object.prototype)).toContain("toString");
        expect("comment" in {}).toBe(false);
      }),
    );
  });

  test("W7 any JSON is either an event or a readable refusal, never a crash", () => {
    const near = fc.record(
      {
        id: fc.oneof(fc.constant("event-0001"), fc.string()),
        kind: fc.constantFrom("chat-message", "direct-message", "action", "command", "x"),
        as: fc.constantFrom("dana", "kim", "robin", "__proto__"),
        language: fc.oneof(fc.constant("en"), fc.string()),
        timeZone: fc.oneof(fc.constant("UTC"), fc.string()),
        chat: fc.constantFrom("chat-0001", "__proto__"),
        text: fc.oneof(text, fc.anything()),
        token: fc.oneof(fc.string(), fc.anything()),
        message: fc.constantFrom("bot:question", "constructor"),
        values: fc.oneof(fc.dictionary(fc.string(), fc.string()), fc.anything()),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.oneof(near, fc.anything()), (body) => {
        try {
          expect(receive(body, scene).event.connection).toBe(connection);
        } catch (error) {
          expect(error).toMatchObject({ code: "bad-input" });
        }
      }),
    );
  });
});
