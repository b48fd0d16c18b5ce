import { beforeAll, beforeEach, expect, test } from "vitest";
import type { ConnectionSettings } from "../../src/store/connections.ts";
import { describeEitherDatabase, type TestDatabase } from "../support/database.ts";
import { tokenOf } from "../support/messenger.ts";
import { chatRef, createWorld, dana, kim, robin, type World } from "../support/world.ts";
import { DAY, invitationsOf, missing, newestInvitation, said } from "./support.ts";

const chat = chatRef("C1");

describeEitherDatabase("asking by hand", (open, kind) => {
  let database: TestDatabase;
  let world: World;

  beforeAll(async () => {
    database = await open();
  });
  const enter = async (settings: Partial<ConnectionSettings>) => {
    world = await createWorld(database, { settings });
  };
  beforeEach(() => enter({}));

  const states = async () =>
    (await invitationsOf(world)).map(({ kind: how, state, state_reason }) =>
      [how, state, state_reason].join(" ").trim(),
    );

  test("an open chat without a reply is asked about at once when somebody of the team wants it", async () => {
    await world.says(dana, chat, "My invoice");
    expect(said(await world.asksFor(kim, chat))).toBe("Dana is being asked now.");
    await world.settle();
    expect(world.messenger.to("U-dana")).toHaveLength(1);
    expect(await newestInvitation(world)).toMatchObject({ kind: "manual", state: "asked" });
    const [audited] = await database.db
      .selectFrom("audit")
      .select("action")
      .where("workspace_id", "=", world.workspaceId)
      .execute();
    expect(audited?.action).toBe("invitation.by-hand");
  });

  test("customers and viewers get a friendly no, and a chat without a customer says so", async () => {
    await world.says(kim, chat, "How can I help?");
    expect(said(await world.asksFor(kim, chat))).toContain("no customer wrote");
    await world.says(dana, chat, "My invoice");
    for (const from of [dana, { ...kim, externalId: "U-vic", role: "viewer" } as const]) {
      expect(said(await world.asksFor(from, chat))).toContain("Only the support team");
    }
    expect(await invitationsOf(world)).toEqual([]);
  });

  test("the other gates hold: whoever never wants to be asked is not, and the reply says why", async () => {
    await world.says(dana, chat, "My invoice");
    await world.writes(dana, "stop");
    expect(said(await world.asksFor(kim, chat))).toContain("never to be asked");
    expect(await states()).toEqual(["manual suppressed never-again"]);
    // What stood in the way is gone: asking again asks.
    await world.writes(dana, "resume");
    expect(said(await world.asksFor(kim, chat))).toContain("is being asked now");
    expect(await states()).toEqual(["manual asked"]);
  });

  test("the cap defers it, the reply says until when and why, and a lead need not wait", async () => {
    await enter({ askDelaySeconds: 0 });
    await world.playChat({ chat: "C0" });
    await world.settle();
    world.clock.advance(3 * DAY);
    await world.says(dana, chat, "Another thing");
    const toAgent = await world.asksFor(kim, chat);
    expect(said(toAgent)).toContain("asked in the last 7 days");
    expect(said(toAgent)).not.toContain("Ask now");
    const reply = await world.asksFor(robin, chat);
    expect(said(reply)).toContain("asked in the last 7 days");
    const message = reply.kind === "message" ? reply.message : missing();
    await world.presses(robin, tokenOf(message, "Ask now"));
    await world.settle();
    expect(world.messenger.to("U-dana")).toHaveLength(2);
  });

  test("what the cap deferred is asked when it is over, though the chat is still open", async () => {
    await enter({ askDelaySeconds: 0 });
    await world.playChat({ chat: "C0" });
    await world.settle();
    world.clock.advance(3 * DAY);
    await world.says(dana, chat, "Another thing");
    await world.asksFor(kim, chat);
    world.clock.advance(4 * DAY);
    await world.settle();
    expect(world.messenger.to("U-dana")).toHaveLength(2);
  });

  test("D11 after it the closing of the same chat asks nobody, and the other way round", async () => {
    await world.playChat();
    await world.asksFor(kim, chat);
    world.clock.advance(DAY);
    await world.settle();
    expect(world.messenger.to("U-dana")).toHaveLength(1);
    expect(await states()).toEqual(["chat suppressed chat-asked-already", "manual asked"]);
    expect(said(await world.asksFor(kim, chat))).toContain("this chat was asked about before");

    await enter({});
    await world.says(dana, chat, "My invoice");
    await world.asksFor(kim, chat);
    expect(said(await world.playChat())).toContain("this chat was asked about before");
    await world.settle();
    expect(world.messenger.to("U-dana")).toHaveLength(1);
  });

  test("D11 a closing and a hand at the same instant ask once, race after race", async () => {
    await enter({ askDelaySeconds: 0 });
    const races = kind === "postgres" ? 40 : 10;
    for (let i = 0; i < races; i += 1) {
      const customer = { ...dana, externalId: `U-${i}`, name: `Dana ${i}` };
      const ref = chatRef(`R${i}`);
      await world.says(customer, ref, "My invoice");
      await world.says(kim, ref, "Let me look");
      await world.says(customer, ref, "Thanks");
      await Promise.all([
        world.closes(kim, ref).then(() => world.settle()),
        world.asksFor(robin, ref),
        world.closes(robin, ref),
      ]);
    }
    await world.settle();
    const invitations = await invitationsOf(world);
    expect(invitations.filter(({ state }) => state === "asked")).toHaveLength(races);
    const losers = invitations.filter(({ state }) => state !== "asked");
    expect(losers).toHaveLength(races);
    expect(new Set(losers.map(({ state_reason }) => state_reason))).toEqual(
      new Set(["chat-asked-already"]),
    );
    expect(world.messenger.sent).toHaveLength(races);
  });
});
