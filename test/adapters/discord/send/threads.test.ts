/** Threads beneath our cards, on the real client and the emulator; no gateway is needed for it. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createSender } from "../../../../adapters/discord/send.ts";
import type { Address } from "../../../../src/platform.ts";
import type { ChannelFace, Person } from "../../../support/discord/index.ts";
import { createOutgoing, type Outgoing } from "../outgoing.ts";
import { failure } from "../stage.ts";

const START = "POST /channels/:channel/messages/:message/threads";

let out: Outgoing;
let board: ChannelFace;
let lead: Person;
let thread: Extract<Address, { kind: "thread" }>;
beforeEach(async () => {
  out = await createOutgoing({ limits: "off" });
  board = out.acme.channel("board");
  // As it is invited.
  board.denies("bot", "ManageThreads");
  lead = out.acme.person("Lee");
  const { messageId } = await out.send({ kind: "channel", channelId: board.id }, "A card");
  thread = { kind: "thread", messageId };
});
afterEach(async () => {
  const { problems } = out.discord;
  await out.close();
  expect(problems).toEqual([]);
});

const cardId = () => thread.messageId.split(":")[1] ?? "";
const beneath = () => lead.sees({ id: cardId() }).map(({ words }) => words);
const inChannel = () => lead.sees(board).map(({ words }) => words);
const started = () => out.discord.calls(START);

/** The place of the card's thread, for those who do something with it. */
async function begun(): Promise<{ readonly id: string }> {
  await out.send(thread, "Lee took it");
  return { id: cardId() };
}

/** The same service after a restart: it remembers nothing. */
function restarted() {
  const options = out.stage.options();
  const { client, guilds } = out;
  return createSender({ client, guilds, options, botId: out.discord.applicationId });
}

describe("a thread beneath a card", () => {
  test("is started once, has the card's id, and stays as long as Discord allows", async () => {
    const receipt = await out.send(thread, "Lee took it");
    await out.send(thread, "Lee closed it");
    expect(receipt).toEqual({
      messageId: expect.stringMatching(`^${cardId()}:\\d+$`),
      reached: true,
    });
    expect(beneath()).toEqual(["Lee took it", "Lee closed it"]);
    expect(inChannel()).toEqual(["A card"]);
    expect(started().map(({ accepted }) => accepted)).toEqual([true]);
    expect(started()[0]?.body).toMatchObject({ auto_archive_duration: 10_080 });
  });

  test("is called as the core says, cut to what Discord takes", async () => {
    await out.send({ ...thread, name: `Case 17 ${"long ".repeat(40)}` }, "Lee took it");
    const name = expect.stringMatching(/^Case 17 long.{60,87}…$/);
    expect(started()[0]?.body).toMatchObject({ name });
  });

  test("has a name in the language of what is said, and nothing of it, when the core says none", async () => {
    await out.send(thread, "Dana wrote again");
    expect(started()[0]?.body).toMatchObject({ name: "discord.thread" });
  });

  test("that exists already is used after a restart, also when it sleeps", async () => {
    const { id } = await begun();
    await lead.posts({ id }, "I call her");
    await out.acme.owner.archives({ id });
    const words = {
      summary: "?",
      locale: "en",
      parts: [{ kind: "text", text: "Escalated" }],
    } as const;
    await restarted().send(out.connection, thread, words, "key-again");
    expect(beneath()).toEqual(["Lee took it", "I call her", "Escalated"]);
    expect(started().map(({ accepted }) => accepted)).toEqual([true, false]);
  });

  test("is one, however many things happen at once", async () => {
    await Promise.all(["one", "two", "three"].map((text) => out.send(thread, text)));
    expect(beneath().sort()).toEqual(["one", "three", "two"]);
    expect(started().filter(({ accepted }) => accepted)).toHaveLength(1);
  });

  test("D4 is looked through, and the channel too, before anything is sent again", async () => {
    board.denies("everyone", "CreatePublicThreads");
    board.denies("bot", "CreatePublicThreads");
    const instead = await out.send(thread, "Lee took it", "key-instead");
    expect(await out.sender.find(out.connection, thread, "key-instead")).toEqual(instead);
    expect(await out.sender.find(out.connection, thread, "key-never")).toBeUndefined();
    board.allows("bot", "CreatePublicThreads");
    out.clock.advance(700_000);
    const sent = await out.send(thread, "Lee closed it", "key-sent");
    expect(await out.sender.find(out.connection, thread, "key-sent")).toEqual(sent);
  });
});

describe("where there can be no thread", () => {
  test("a reply to the card says it, and Discord is not asked again for a while", async () => {
    board.denies("bot", "CreatePublicThreads");
    const receipt = await out.send(thread, "Lee took it");
    await out.send(thread, "Lee closed it");
    expect(receipt.messageId.startsWith(`${board.id}:`)).toBe(true);
    expect(inChannel()).toEqual(["A card", "Lee took it", "Lee closed it"]);
    expect(started()).toHaveLength(1);
    const replies = out
      .posts()
      .slice(1)
      .map(({ body }) => body);
    for (const body of replies) {
      expect(body).toMatchObject({ message_reference: { message_id: cardId() } });
    }
    board.allows("bot", "CreatePublicThreads");
    out.clock.advance(700_000);
    await out.send(thread, "Dana wrote again");
    expect(beneath()).toEqual(["Dana wrote again"]);
  });

  test.each([
    ["that is locked", (id: string) => out.acme.owner.locks({ id })],
    ["that was deleted", (id: string) => out.acme.owner.removes({ id })],
    [
      "that the bot may not write in",
      async () => {
        board.denies("bot", "SendMessagesInThreads");
      },
    ],
  ])("what belongs into one %s stands in the channel", async (_how, happens) => {
    const { id } = await begun();
    await happens(id);
    await out.send(thread, "Lee closed it");
    await out.send(thread, "Dana wrote again");
    expect(inChannel()).toEqual(["A card", "Lee closed it", "Dana wrote again"]);
  });

  test("F14 and nothing can be written in the channel either, the permission is named", async () => {
    board.denies("bot", "CreatePublicThreads", "SendMessages");
    expect(await failure(out.send(thread))).toMatchObject({ code: "unreachable" });
  });

  test("what passes is waited for, and not written elsewhere", async () => {
    await begun();
    const busy = { kind: "rate-limited", retryAfter: 5 } as const;
    out.discord.fail("POST /channels/:channel/messages", busy);
    expect(await failure(out.send(thread, "Lee closed it"))).toMatchObject({
      ...{ code: "rate-limited", waits: "place" },
    });
    out.discord.fail(START, { kind: "refused", status: 500, code: 0 });
    const other = await out.send({ kind: "channel", channelId: board.id }, "Another card");
    const attempt = out.send({ kind: "thread", messageId: other.messageId }, "Lee took it");
    expect(await failure(attempt)).toMatchObject({ code: "temporary" });
    expect(inChannel()).toEqual(["A card", "Another card"]);
  });

  test("F5 nothing is said beneath what is no message", async () => {
    const nowhere = { kind: "thread", messageId: "card" } as const;
    expect(await failure(out.send(nowhere))).toMatchObject({ code: "unreachable" });
  });
});
