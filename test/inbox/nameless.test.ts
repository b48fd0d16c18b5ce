import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { PlatformUser } from "../../src/platform.ts";
import { describeEitherDatabase, type TestDatabase } from "../support/database.ts";
import { wordsOf } from "../support/messenger.ts";
import { chatRef, createWorld, dana, kim, robin, type World } from "../support/world.ts";
import { chatsOf, invitationsOf, last, MINUTE } from "./support.ts";

describeEitherDatabase("what nobody is named for", (open) => {
  let database: TestDatabase;
  let world: World;
  beforeAll(async () => {
    database = await open();
  });
  beforeEach(async () => {
    world = await createWorld(database);
    await world.says(dana, chatRef("C1"), "My invoice is wrong");
    await world.says(kim, chatRef("C1"), "Let me look");
    await world.says(dana, chatRef("C1"), "Thanks");
  });

  let events = 0;
  const happens = (kind: "chat-closed" | "chat-reopened", chat = "C1", reason = "solved") => {
    events += 1;
    const connection = { platform: "messenger", externalId: `T-${world.workspaceId}` };
    const base = { id: `N${events}`, connection, at: world.clock.now(), chat: chatRef(chat) };
    return kind === "chat-reopened"
      ? world.inbox.receive({ ...base, kind })
      : world.inbox.receive({ ...base, kind, reason: reason === "manual" ? "manual" : "solved" });
  };

  test("a closing by somebody unknown closes and asks, and answers nobody", async () => {
    expect(await happens("chat-closed")).toEqual({ kind: "nothing" });
    expect(await chatsOf(world)).toMatchObject([{ state: "closed", close_reason: "solved" }]);
    world.clock.advance(15 * MINUTE);
    await world.settle();
    expect(wordsOf(last(world.messenger.to("U-dana")))).toContain("recommend Acme");
  });

  test("of a chat that is closed already or not known it changes and says nothing", async () => {
    await happens("chat-closed", "C1", "manual");
    expect(await happens("chat-closed", "C1", "manual")).toEqual({ kind: "nothing" });
    expect(await happens("chat-closed", "C9", "manual")).toEqual({ kind: "nothing" });
    expect(await chatsOf(world)).toMatchObject([{ closings: 1 }]);
  });

  test("opened again by somebody unknown: what was not asked yet is cancelled", async () => {
    await happens("chat-closed");
    expect(await happens("chat-reopened")).toEqual({ kind: "nothing" });
    expect(await chatsOf(world)).toMatchObject([{ state: "open" }]);
    expect(await invitationsOf(world)).toMatchObject([{ state: "cancelled" }]);
  });

  describe("a connection's own language", () => {
    const quiet: PlatformUser = { externalId: "U-quiet", name: "Quinn", role: "customer" };
    test("is spoken with whoever has none of their own, and in its places", async () => {
      world = await createWorld(database, { settings: { locale: "ru" } });
      await world.playChat({ customer: quiet });
      world.clock.advance(15 * MINUTE);
      await world.settle();
      expect(last(world.messenger.to("U-quiet")).locale).toBe("ru");
      const question = last(world.messenger.to("U-quiet"));
      const low = question.parts.flatMap((part) => (part.kind === "scale" ? part.options : []))[2];
      await world.presses(quiet, low?.token ?? "");
      await world.settle();
      expect(last(world.messenger.leads()).locale).toBe("ru");
      const card = await world.types({ ...robin, locale: "zh-TW" }, "nps", "week");
      expect(card).toMatchObject({ message: { locale: "zh-Hant" } });
    });
  });
});
