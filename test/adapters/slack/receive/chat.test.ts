import { describe, expect, test } from "vitest";
import { createDesk, question } from "../desk.ts";

const reply = { ...question, ts: "1700000100.000200", thread_ts: question.ts };
const chat = {
  externalId: "CHELP:1700000000.000100",
  channel: "#help",
  url: "https://acme.slack.com/archives/CHELP/p1700000000000100",
};

describe("messages in a support channel", () => {
  test("a customer's first message opens a chat that has a link", async () => {
    expect(await createDesk().event(question)).toEqual({
      kind: "chat-message",
      id: "Ev1",
      connection: { platform: "slack", externalId: "TACME" },
      at: new Date(1_700_000_000_000),
      chat,
      from: { externalId: "UDANA", name: "name of UDANA", role: "customer" },
      text: "It <fails>, @kim",
      public: true,
    });
  });

  test("a reply belongs to the chat of its thread and begins none", async () => {
    const event = await createDesk().event({ ...reply, user: "UKIM" });
    expect(event).toMatchObject({ kind: "chat-message", opens: false });
    expect(event).toMatchObject({ chat: { ...chat, team: "Billing" }, from: { role: "agent" } });
  });

  test("W11 a reply to a customer's first message may come before that message", async () => {
    const early = { ...reply, user: "UKIM", parent_user_id: "UDANA" };
    expect(await createDesk().event(early)).not.toHaveProperty("opens");
    const announced = { ...reply, user: "UDANA", parent_user_id: "UKIM" };
    expect(await createDesk().event(announced)).toMatchObject({ opens: false });
  });

  test.each(["file_share", "thread_broadcast", "me_message"])(
    "%s is a message",
    async (subtype) => {
      const event = await createDesk().event({ ...reply, subtype });
      expect(event).toMatchObject({ kind: "chat-message", chat });
    },
  );

  test("a file without a word is a message too", async () => {
    const { text: _text, ...wordless } = question;
    const event = await createDesk().event({ ...wordless, subtype: "file_share" });
    expect(event).toMatchObject({ kind: "chat-message", text: "" });
  });

  test.each(["UKIM", "ULEE", "UADA"])("what the team announces opens no chat: %s", async (user) => {
    expect(await createDesk().event({ ...question, user })).toBeUndefined();
  });

  test("a bot's reply is no human reply, and its announcement opens no chat", async () => {
    const { user: _user, ...bot } = { ...reply, bot_id: "BJIRA", subtype: "bot_message" };
    expect(await createDesk().event({ ...bot, username: "Jira" })).toMatchObject({
      from: { externalId: "BJIRA", name: "Jira", bot: true },
      opens: false,
    });
    expect(await createDesk().event({ ...question, bot_id: "BJIRA" })).toBeUndefined();
  });

  test.each([
    ["our bot's user", { user: "UBOTTACME" }],
    ["our bot", { bot_id: "BTACME" }],
    ["our bot of another workspace in a shared channel", { bot_id: "BTOTHER", user: "UX" }],
  ])("D12 our own messages are ignored: %s", async (_name, author) => {
    expect(await createDesk().event({ ...question, ...author })).toBeUndefined();
    expect(await createDesk().event({ ...reply, ...author })).toBeUndefined();
  });

  test.each([
    ...["message_changed", "channel_join", "channel_topic", "message_replied", "pinned_item"],
    ...["channel_archive", "reminder_add", "something_new"],
  ])("%s is ignored", async (subtype) => {
    expect(await createDesk().event({ ...question, subtype })).toBeUndefined();
  });

  test("other channels are none of our business", async () => {
    expect(await createDesk().event({ ...question, channel: "CRANDOM" })).toBeUndefined();
    expect(
      await createDesk().event({ ...question, channel_type: "mpim", channel: "G1" }),
    ).toBeUndefined();
  });

  test("a renamed channel has its new name", async () => {
    const desk = createDesk();
    await desk.event({ type: "channel_rename", channel: { id: "CHELP", name: "support" } });
    expect(await desk.event(question)).toMatchObject({ chat: { channel: "#support" } });
  });
});

describe("deleted messages", () => {
  const deleted = (previous: object) => ({
    type: "message",
    subtype: "message_deleted",
    hidden: true,
    channel: "CHELP",
    ts: "1700000200.000300",
    deleted_ts: question.ts,
    previous_message: {
      type: "message",
      user: "UDANA",
      text: "oops",
      ts: question.ts,
      ...previous,
    },
  });

  test("a question without replies that was taken back is a chat that asks nobody", async () => {
    expect(await createDesk().event(deleted({}))).toMatchObject({
      kind: "chat-closed",
      reason: "inactivity",
      chat,
      by: { externalId: "UDANA" },
      at: new Date(1_700_000_200_000),
    });
  });

  test.each([
    ["a reply", { ts: "1700000100.000200", thread_ts: question.ts }],
    ["a question with replies", { thread_ts: question.ts, reply_count: 2 }],
    ["the team's message", { user: "UKIM" }],
    ["a bot's message", { bot_id: "BJIRA" }],
    ["our message", { user: "UBOTTACME" }],
    ["a note that somebody joined", { subtype: "channel_join" }],
  ])("%s that was deleted changes nothing", async (_name, previous) => {
    expect(await createDesk().event(deleted(previous))).toBeUndefined();
  });
});

describe("the conversation with us", () => {
  const direct = { ...question, channel: "DDANA", channel_type: "im" };

  test("what a customer writes is their words, without Slack's markup", async () => {
    expect(
      await createDesk().event({ ...direct, text: "7 – slow &amp; cold :seven:" }),
    ).toMatchObject({
      kind: "direct-message",
      from: { externalId: "UDANA" },
      text: "7 – slow & cold 7️⃣",
    });
  });

  test("an answer in a thread of the conversation counts as well", async () => {
    const event = await createDesk().event({ ...direct, ts: reply.ts, thread_ts: question.ts });
    expect(event).toMatchObject({ kind: "direct-message" });
  });

  test.each([
    ["our own message", { user: "UBOTTACME", bot_id: "BTACME" }],
    ["another bot", { bot_id: "BJIRA" }],
    ["an edit", { subtype: "message_changed" }],
    ["a deletion", { subtype: "message_deleted" }],
    ["a picture without a word", { text: "", subtype: "file_share" }],
  ])("nothing comes of %s", async (_name, change) => {
    expect(await createDesk().event({ ...direct, ...change })).toBeUndefined();
  });
});

describe("reactions", () => {
  const reaction = {
    type: "reaction_added",
    user: "UKIM",
    reaction: "white_check_mark",
    item: { type: "message", channel: "CHELP", ts: question.ts },
    item_user: "UDANA",
    event_ts: "1700000300.000400",
  };

  test("the team's check mark closes the chat, taking it away opens it again", async () => {
    const desk = createDesk();
    expect(await desk.event(reaction)).toMatchObject({
      kind: "chat-closed",
      reason: "solved",
      chat: { ...chat, team: "Billing" },
      by: { externalId: "UKIM" },
      at: new Date(1_700_000_300_000),
    });
    expect(await desk.event({ ...reaction, type: "reaction_removed" })).toMatchObject({
      kind: "chat-reopened",
      chat,
    });
  });

  test.each(["white_check_mark::skin-tone-3", "white_check_mark"])("%s counts", async (name) => {
    const event = await createDesk().event({ ...reaction, reaction: name });
    expect(event).toMatchObject({ kind: "chat-closed" });
  });

  test.each([
    ["a customer's", { user: "UDANA" }],
    ["our own", { user: "UBOTTACME" }],
    ["another emoji", { reaction: "eyes" }],
    ["one in another channel", { item: { ...reaction.item, channel: "CRANDOM" } }],
    ["one on a file", { item: { type: "file", file: "F1" } }],
  ])("%s changes nothing", async (_name, change) => {
    expect(await createDesk().event({ ...reaction, ...change })).toBeUndefined();
  });

  test("an emoji that was renamed or got another name still closes", async () => {
    const desk = createDesk();
    const renamed = { old_name: "white_check_mark", new_name: "done" };
    await desk.event({ type: "emoji_changed", subtype: "rename", ...renamed });
    const alias = { name: "fini", value: "alias:done" };
    await desk.event({ type: "emoji_changed", subtype: "add", ...alias });
    for (const name of ["done", "fini", "white_check_mark"]) {
      expect(await desk.event({ ...reaction, reaction: name })).toMatchObject({
        kind: "chat-closed",
      });
    }
    await desk.event({ type: "emoji_changed", subtype: "remove", names: ["fini"] });
    expect(await desk.event({ ...reaction, reaction: "fini" })).toBeUndefined();
  });
});
