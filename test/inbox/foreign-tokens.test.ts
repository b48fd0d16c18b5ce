/** Buttons and forms of one workspace, pressed in another; and all of them pressed by the wrong person. */
import { beforeAll, beforeEach, expect, test } from "vitest";
import type { PlatformUser } from "../../src/platform.ts";
import { SCORE, WHY } from "../../src/surveys/standard.ts";
import { NO_INVITATION, type TokenContent } from "../../src/surveys/tokens.ts";
import { describeEachDatabase, type TestDatabase } from "../support/database.ts";
import { chatRef, createWorld, dana, kim, robin, type World } from "../support/world.ts";
import { chatsOf, newestInvitation, playAndAsk, said } from "./support.ts";

const lee: PlatformUser = { ...kim, externalId: "U-lee", name: "Lee", role: "lead" };
const eve: PlatformUser = { ...dana, externalId: "U-eve", name: "Eve" };
const robot: PlatformUser = { ...eve, externalId: "U-bot", name: "Robot", bot: true };

describeEachDatabase("tokens in the wrong hands", (open) => {
  let database: TestDatabase;
  let here: World;
  let there: World;

  beforeAll(async () => {
    database = await open();
  });
  const enter = async () => {
    const world = await createWorld(database, { settings: { closeButton: true } });
    await playAndAsk(world);
    await world.answers(dana, "3");
    await world.says(eve, chatRef("C2"), "Mine is still open");
    await world.says(kim, chatRef("C2"), "I am looking");
    await world.settle();
    return world;
  };
  beforeEach(async () => {
    here = await enter();
    there = await enter();
  });

  /** A token of every kind, about what there is in this world. */
  const tokensOf = async (world: World, workspaceId = world.workspaceId) => {
    const { id: invitationId } = await newestInvitation(world);
    const chatId = (await chatsOf(world)).find(({ state }) => state === "open")?.id ?? "";
    const own = { workspaceId, invitationId };
    const none = { workspaceId, invitationId: NO_INVITATION };
    const { person_id } = await newestInvitation(world);
    const minute = Math.floor(world.clock.now().getTime() / 60_000).toString(36);
    const sure = { workspaceId, invitationId: person_id ?? "", question: minute };
    const contents: TokenContent[] = [
      { ...own, verb: "answer", question: SCORE, value: "10" },
      { ...own, verb: "wish", value: "stop" },
      { ...own, verb: "wish", question: WHY, value: "skip" },
      { ...own, verb: "change", question: SCORE },
      { ...own, verb: "undo" },
      { ...own, verb: "ask-now" },
      { ...own, verb: "write", question: WHY },
      { ...own, verb: "comment", question: WHY, value: "replace" },
      { ...none, chatId, verb: "close" },
      { ...none, verb: "share", question: "nps", value: "all" },
      { ...none, verb: "comments", question: "0", value: "all" },
      { ...none, verb: "consent", value: "never" },
      { ...none, verb: "rights", value: "data" },
      { ...sure, verb: "rights", value: "forget-sure" },
    ];
    return contents.map((content) => ({ content, token: world.engine.tokens.sign(content) }));
  };

  /** Everything that a press may change. */
  const kept = async ({ workspaceId }: World) => {
    const { db } = database;
    // In no order of the database's own, which may be another one at every look.
    const rows = async (table: "invitations" | "answers" | "chats" | "deliveries" | "audit") =>
      (await db.selectFrom(table).selectAll().where("workspace_id", "=", workspaceId).execute())
        .map((row) => JSON.stringify(row))
        .sort();
    const people = db
      .selectFrom("people")
      .select(["name", "consent", "role"])
      .where("workspace_id", "=", workspaceId)
      .where("name", "in", ["Dana", "Eve", "Kim"])
      .orderBy("name");
    return JSON.stringify([
      await rows("invitations"),
      await rows("answers"),
      await rows("chats"),
      await rows("deliveries"),
      await rows("audit"),
      await people.execute(),
    ]);
  };

  const words = { text: "forged words" };

  test("T2 T3 no button or form of another workspace does or shows anything, whoever presses it", async () => {
    const before = [await kept(here), await kept(there)];
    for (const { content, token } of await tokensOf(there)) {
      for (const person of [dana, lee, robin]) {
        const reply = await here.presses(person, token, undefined, words);
        expect(said(reply), content.verb).toContain("already settled");
      }
    }
    expect([await kept(here), await kept(there)]).toEqual(before);
  });

  test("T1 ids of another workspace in a token of this one are as unknown as any", async () => {
    const before = [await kept(here), await kept(there)];
    const about = (await tokensOf(there, here.workspaceId)).filter(
      ({ content }) => content.invitationId !== NO_INVITATION || content.chatId !== undefined,
    );
    expect(about).toHaveLength(10);
    for (const { content, token } of about) {
      for (const person of [dana, lee, robin]) {
        const reply = await here.presses(person, token, undefined, words);
        expect(said(reply), content.verb).toMatch(
          /already settled|Only the support team|asked of somebody else/,
        );
      }
    }
    expect([await kept(here), await kept(there)]).toEqual(before);
  });

  test("T2 T10 what others are asked, closed, shown and told is not for a guest or a bot who presses it", async () => {
    const before = await kept(here);
    for (const { content, token } of await tokensOf(here)) {
      // Whoever presses this one decides for themselves.
      if (content.verb === "consent") continue;
      const reply = await here.presses(eve, token, undefined, words);
      expect(reply.kind, content.verb).toBe("message");
      expect(said(reply)).not.toMatch(/Dana|3\/10/);
      // A bot on our side may close a chat; it never reads or answers.
      if (content.verb === "close") continue;
      expect((await here.presses(robot, token, undefined, words)).kind).toBe("message");
    }
    expect(await kept(here)).toBe(before);
  });

  test("T10 a lead who was one a moment ago neither asks, shares, reads nor closes", async () => {
    await here.types(lee, "nps");
    const before = await kept(here);
    const former = { ...lee, role: "customer" } as const;
    for (const { content, token } of await tokensOf(here)) {
      if (!["ask-now", "share", "comments", "close"].includes(content.verb)) continue;
      const reply = await here.presses(former, token);
      expect(reply.kind, content.verb).toBe("message");
      expect(said(reply), content.verb).not.toMatch(/Dana|3\/10/);
    }
    expect(await kept(here)).toBe(before);
  });

  test("D7 T3 events with equal ids in two workspaces have an effect in each", async () => {
    const answer = { verb: "answer", question: SCORE, value: "10" } as const;
    for (const world of [here, there]) {
      const { id: invitationId } = await newestInvitation(world);
      const about = { ...answer, workspaceId: world.workspaceId, invitationId };
      await world.presses(dana, world.engine.tokens.sign(about), "Ev-equal");
    }
    for (const { workspaceId } of [here, there]) {
      const scores = await database.db
        .selectFrom("answers")
        .select("score")
        .where("workspace_id", "=", workspaceId)
        .execute();
      expect(scores).toEqual([{ score: 10 }]);
    }
  });
});
