import { beforeAll, beforeEach, expect, test } from "vitest";
import { closeSilentChats } from "../../src/inbox/silent-chats.ts";
import type { PlatformUser } from "../../src/platform.ts";
import type { ConnectionSettings } from "../../src/store/connections.ts";
import { describeEitherDatabase, type TestDatabase } from "../support/database.ts";
import { tokenOf } from "../support/messenger.ts";
import { chatRef, createWorld, dana, kim, robin, type World } from "../support/world.ts";
import { chatsOf, HOUR, invitationsOf, last, MINUTE, newestInvitation, said } from "./support.ts";

const chat = chatRef("C1");
const viewer: PlatformUser = { ...kim, externalId: "U-vic", name: "Vic", role: "viewer" };
const bot: PlatformUser = { ...kim, externalId: "U-bot", name: "Bot", bot: true };

describeEitherDatabase("a support chat", (open, kind) => {
  let database: TestDatabase;
  let world: World;

  beforeAll(async () => {
    database = await open();
  });
  const enter = async (settings: Partial<ConnectionSettings>) => {
    world = await createWorld(database, { settings });
  };
  beforeEach(() => enter({}));

  const people = () =>
    database.db
      .selectFrom("people")
      .select("name")
      .where("workspace_id", "=", world.workspaceId)
      .execute();
  const state = async () => (await chatsOf(world))[0]?.state;

  test("what cannot begin a chat makes none, and nobody becomes known by it", async () => {
    await world.says(dana, chat, "a reply to something else", { opens: false });
    expect((await world.reopens(kim, chat)).kind).toBe("nothing");
    expect((await world.closes(kim, chat)).kind).toBe("nothing"); // a ✅ may stand on anything
    expect(said(await world.closes(kim, chat, "manual"))).toContain("I do not know this chat");
    expect(said(await world.asksFor(kim, chat))).toContain("I do not know this chat");
    expect(await chatsOf(world)).toEqual([]);
    const known = await people();
    expect(known.some(({ name }) => name === "Dana")).toBe(false);
  });

  test("a reply in a known chat counts as any other", async () => {
    await world.says(dana, chat, "My invoice");
    await world.says(kim, chat, "Let me look", { opens: false });
    await world.says(dana, chat, "Thanks", { opens: false });
    expect(await chatsOf(world)).toMatchObject([{ customer_messages: 2, channel: "#help" }]);
    expect((await chatsOf(world))[0]?.first_replied_at).not.toBeNull();
  });

  test("W11 messages of a chat in any order leave the same chat", async () => {
    const at = (seconds: number) => new Date(Date.UTC(2026, 0, 5, 9, 0, seconds));
    const messages = [
      { from: kim, at: at(10) }, // before the customer: no reply
      { from: dana, at: at(20) },
      { from: kim, at: at(30) },
      { from: dana, at: at(40) },
    ];
    for (const order of permutations([0, 1, 2, 3])) {
      await enter({});
      for (const index of order) {
        const message = messages[index];
        if (message === undefined) throw new Error("no such message");
        await world.receivesMessage({ ...message, chat });
      }
      expect(await chatsOf(world), String(order)).toMatchObject([
        {
          opened_at: at(10),
          first_customer_at: at(20),
          first_replied_at: at(30),
          first_replier_id: expect.any(String),
          first_team_at: at(10),
          customer_messages: 2,
          last_message_at: at(40),
        },
      ]);
    }
  });

  test("an agent may begin a chat, as ticket systems do", async () => {
    await world.says(kim, chat, "How can I help?");
    expect(await chatsOf(world)).toHaveLength(1);
  });

  test("the team closes a chat; a customer, a guest of the team and others do not", async () => {
    await world.says(dana, chat, "My invoice");
    for (const by of [dana, viewer, { ...dana, externalId: "U-eve" }]) {
      expect(said(await world.closes(by, chat))).toContain("Only the support team");
      expect(await state()).toBe("open");
    }
    for (const by of [kim, robin, bot]) {
      await world.closes(by, chat);
      expect(await state()).toBe("closed");
      await world.reopens(by, chat);
      expect(await state()).toBe("open");
    }
  });

  test("a customer may take their own question back, which asks nobody and says nothing", async () => {
    await world.says(dana, chat, "My invoice");
    const eve = { ...dana, externalId: "U-eve", name: "Eve" };
    expect(said(await world.closes(eve, chat, "inactivity"))).toContain("Only the support team");
    expect((await world.closes(dana, chat, "inactivity")).kind).toBe("nothing");
    expect(await state()).toBe("closed");
    expect(await newestInvitation(world)).toMatchObject({ state: "suppressed" });
  });

  test("in a rehearsal a customer may say that it is solved, and is told what follows", async () => {
    await enter({ rehearsal: true });
    await world.says(dana, chat, "My invoice");
    await world.says(kim, chat, "Done");
    await world.says(dana, chat, "Thanks");
    expect(said(await world.closes(dana, chat))).toContain("Dana will be asked");
  });

  test("a chat is opened again by its customer or the team, not by somebody else", async () => {
    await world.playChat();
    await world.reopens({ ...dana, externalId: "U-eve" }, chat);
    expect(await state()).toBe("closed");
    await world.reopens(dana, chat);
    expect(await state()).toBe("open");
    expect(await newestInvitation(world)).toMatchObject({ state: "cancelled" });
  });

  test("D12 a bot that closes and opens a chat again and again has its customer asked once", async () => {
    await enter({ askDelaySeconds: 0 });
    await world.says(dana, chat, "My invoice");
    await world.says(kim, chat, "Let me look");
    await world.says(dana, chat, "Thanks");
    for (let i = 0; i < (kind === "postgres" ? 50 : 10); i += 1) {
      await world.closes(bot, chat);
      await world.settle();
      await world.says(bot, chat, "We asked for feedback");
      await world.reopens(bot, chat);
    }
    expect(world.messenger.to("U-dana")).toHaveLength(1);
    const asked = (await invitationsOf(world)).filter(({ asked_at }) => asked_at !== null);
    expect(asked).toHaveLength(1);
  });

  test("a chat that nobody writes in is closed after the hours of its connection, asking nobody", async () => {
    await enter({ closeAfterHours: 72 });
    await world.says(dana, chat, "My invoice");
    world.clock.advance(HOUR);
    await world.says(kim, chat, "Let me look", { public: false });
    await world.says(dana, chatRef("C2"), "Something else");
    world.clock.advance(72 * HOUR - 1);
    await closeSilentChats(world.engine);
    expect(await state()).toBe("open");
    await world.says(dana, chatRef("C2"), "Still there?");
    world.clock.advance(1);
    await closeSilentChats(world.engine);
    expect(await chatsOf(world)).toMatchObject([
      { external_id: "C1", state: "closed", close_reason: "inactivity", closings: 1 },
      { external_id: "C2", state: "open" },
    ]);
    expect(await newestInvitation(world)).toMatchObject({
      state: "suppressed",
      state_reason: "inactive",
    });
    const frozen = await database.db
      .selectFrom("handlers")
      .select("messages")
      .where("workspace_id", "=", world.workspaceId)
      .where("closing", "=", 1)
      .execute();
    expect(frozen).toEqual([{ messages: 1 }]);
    await world.says(dana, chat, "Sorry, I was away");
    expect(await state()).toBe("open");
  });

  test("a silent chat that is opened again is waited for anew, and without a setting none is closed", async () => {
    await enter({ closeAfterHours: 1 });
    await world.says(dana, chat, "My invoice");
    world.clock.advance(HOUR);
    await closeSilentChats(world.engine);
    expect(await state()).toBe("closed");
    await world.reopens(kim, chat);
    await closeSilentChats(world.engine);
    expect(await state()).toBe("open");
    world.clock.advance(HOUR);
    await closeSilentChats(world.engine);
    expect(await state()).toBe("closed");
    await enter({});
    await world.says(dana, chat, "My invoice");
    world.clock.advance(10_000 * HOUR);
    await closeSilentChats(world.engine);
    expect(await state()).toBe("open");
  });

  test("a message that comes as silence closes the chat leaves it open, whichever is first", async () => {
    await enter({ closeAfterHours: 1 });
    for (let i = 0; i < 10; i += 1) {
      const race = chatRef(`R${i}`);
      await world.says(dana, race, "My invoice");
      world.clock.advance(HOUR);
      await Promise.all([closeSilentChats(world.engine), world.says(dana, race, "hello?")]);
      const { state: after } = (await chatsOf(world)).at(-1) ?? {};
      expect(after).toBe("open");
    }
  });

  test("the button to close comes once, under the first human reply, where it is wanted", async () => {
    await enter({ closeButton: true });
    await world.says(dana, chat, "My invoice");
    await world.says(bot, chat, "We got your message");
    await world.settle();
    expect(world.messenger.inChat("C1")).toHaveLength(0);
    await world.says(kim, chat, "Let me look");
    await world.says(kim, chat, "Found it");
    await world.settle();
    expect(world.messenger.inChat("C1")).toHaveLength(1);
    const token = tokenOf(last(world.messenger.inChat("C1")), "Close the chat");
    for (const from of [dana, viewer]) {
      expect(said(await world.presses(from, token))).toContain("Only the support team");
    }
    await world.says(dana, chat, "Thanks");
    const reply = await world.presses(kim, token);
    expect(reply.kind).toBe("update");
    expect(said(reply)).toBe("Closed by Kim. Feedback will be asked in 15 minutes.");
    expect(await chatsOf(world)).toMatchObject([{ state: "closed", close_reason: "manual" }]);
    expect(said(await world.presses(robin, token))).toBe("This chat is closed already.");
    world.clock.advance(15 * MINUTE);
    await world.settle();
    expect(world.messenger.to("U-dana")).toHaveLength(1);
  });

  test("nobody in the chat reads there why its customer is not asked", async () => {
    await enter({ closeButton: true });
    await world.says(dana, chat, "My invoice");
    await world.says(kim, chat, "Let me look");
    await world.writes(dana, "stop");
    await world.settle();
    const token = tokenOf(last(world.messenger.inChat("C1")), "Close the chat");
    expect(said(await world.presses(kim, token))).toBe("Closed by Kim.");
    expect(await newestInvitation(world)).toMatchObject({ state_reason: "never-again" });
  });

  test("without the setting there is no such button", async () => {
    await world.playChat();
    await world.settle();
    expect(world.messenger.inChat("C1")).toHaveLength(0);
  });

  test("T2 the button of a chat in another workspace changes nothing there", async () => {
    await enter({ closeButton: true });
    await world.says(dana, chat, "My invoice");
    await world.says(kim, chat, "Let me look");
    await world.settle();
    const token = tokenOf(last(world.messenger.inChat("C1")), "Close the chat");
    const other = await createWorld(database);
    expect(said(await other.presses(kim, token))).toContain("already settled");
    expect(await state()).toBe("open");
  });
});

function permutations<T>(items: readonly T[]): T[][] {
  if (items.length === 0) return [[]];
  return items.flatMap((item, i) =>
    permutations([...items.slice(0, i), ...items.slice(i + 1)]).map((rest) => [item, ...rest]),
  );
}
