/** Buttons and forms of one workspace, pressed in another; and all of them pressed by the wrong person. */
import { beforeAll, beforeEach, expect, test } from "vitest";
import { doWork } from "../../src/engine.ts";
import { mergeHumans } from "../../src/people/merge.ts";
import type { PlatformUser } from "../../src/platform.ts";
import { keepAppliedSet } from "../../src/store/change-sets.ts";
import { insertDraft } from "../../src/store/drafts.ts";
import { SCORE, WHY } from "../../src/surveys/parts.ts";
import { NO_INVITATION, type TokenContent, type Verb } from "../../src/surveys/tokens.ts";
import { describeEitherDatabase, type TestDatabase } from "../support/database.ts";
import { chatRef, createWorld, dana, kim, robin, type World } from "../support/world.ts";
import { chatsOf, newestInvitation, playAndAsk, said } from "./support.ts";

const lee: PlatformUser = { ...kim, externalId: "U-lee", name: "Lee", role: "lead" };
const eve: PlatformUser = { ...dana, externalId: "U-eve", name: "Eve" };
const noor: PlatformUser = { ...kim, externalId: "U-noor", name: "Noor", role: "admin" };
const robot: PlatformUser = { ...eve, externalId: "U-bot", name: "Robot", bot: true };

describeEitherDatabase("tokens in the wrong hands", (open) => {
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

  /** Dana and Eve. */
  const people = async (world: World): Promise<[string, string]> => {
    const rows = await database.db
      .selectFrom("people")
      .select("id")
      .where("workspace_id", "=", world.workspaceId)
      .where("name", "in", ["Dana", "Eve"])
      .orderBy("name")
      .execute();
    return [rows[0]?.id ?? "", rows[1]?.id ?? ""];
  };

  /** Of two who are met for it. */
  const linkIn = async (world: World): Promise<string> => {
    const ids: string[] = [];
    for (const name of ["Finn", "Finn2"]) {
      await world.writes({ ...dana, externalId: `U-${name}`, name }, "Hello");
      const { id } = await database.db
        .selectFrom("people")
        .select("id")
        .where("workspace_id", "=", world.workspaceId)
        .where("name", "=", name)
        .executeTakeFirstOrThrow();
      ids.push(id);
    }
    const [kept = "", absorbed = ""] = ids;
    const link = { kept, absorbed, how: "link", actor: "operator" } as const;
    await doWork(world.engine, (work) => mergeHumans(work, world.workspaceId, link));
    const { id } = await database.db
      .selectFrom("merges")
      .select("id")
      .where("workspace_id", "=", world.workspaceId)
      .executeTakeFirstOrThrow();
    return id;
  };

  const draftIn = async (world: World) => {
    const [personId = ""] = await people(world);
    const draft = { personId, kind: "survey", about: "", base: null, content: {} } as const;
    return insertDraft(database.db, world.workspaceId, draft, world.clock.now());
  };
  const changeSetIn = (world: World) => {
    const set = { changes: [], undo: [], by: "operator", origin: "chat" } as const;
    return keepAppliedSet(database.db, world.workspaceId, { ...set, at: world.clock.now() });
  };

  /** A token of every kind, about what there is in this world. */
  const tokensOf = async (world: World, workspaceId = world.workspaceId) => {
    const { id: invitationId } = await newestInvitation(world);
    const chatId = (await chatsOf(world)).find(({ state }) => state === "open")?.id ?? "";
    const own = { workspaceId, invitationId };
    const none = { workspaceId, invitationId: NO_INVITATION };
    const { person_id } = await newestInvitation(world);
    const minute = Math.floor(world.clock.now().getTime() / 60_000).toString(36);
    const sure = { workspaceId, invitationId: person_id ?? "", question: minute };
    const { id: caseId } = await database.db
      .selectFrom("cases")
      .select("id")
      .where("workspace_id", "=", world.workspaceId)
      .executeTakeFirstOrThrow();
    const [someone, other] = await people(world);
    const aCase = { ...none, caseId, verb: "case" } as const;
    // A verb that has no line here is an error of types.
    const contents: { readonly [V in Verb]: readonly (TokenContent & { readonly verb: V })[] } = {
      answer: [{ ...own, verb: "answer", question: SCORE, value: "10" }],
      wish: [
        { ...own, verb: "wish", value: "stop" },
        { ...own, verb: "wish", question: WHY, value: "skip" },
      ],
      change: [{ ...own, verb: "change", question: SCORE }],
      undo: [{ ...own, verb: "undo" }],
      show: [],
      "ask-now": [{ ...own, verb: "ask-now" }],
      write: [{ ...own, verb: "write", question: WHY }],
      comment: [{ ...own, verb: "comment", question: WHY, value: "replace" }],
      close: [{ ...none, chatId, verb: "close" }],
      share: [{ ...none, verb: "share", question: "nps", value: "all" }],
      comments: [{ ...none, verb: "comments", question: "0", value: "all" }],
      consent: [{ ...none, verb: "consent", value: "never" }],
      rights: [
        { ...none, verb: "rights", value: "data" },
        { ...sure, verb: "rights", value: "forget-sure" },
      ],
      case: [
        { ...aCase, value: "claim" },
        { ...aCase, value: "reply" },
        { ...aCase, value: "reply-sent", question: "0123456789ab" },
        { ...aCase, value: "close-sent" },
        { ...aCase, value: "card" },
        { ...aCase, value: "show", question: "0123456789ab" },
        { ...aCase, value: "answer-sent" },
      ],
      quote: [{ ...own, verb: "quote", value: "named" }],
      cases: [{ ...none, verb: "cases", question: "0", value: "all" }],
      silent: [{ ...none, verb: "silent", question: "0", value: "all" }],
      quotes: [{ ...none, verb: "quotes", question: "0" }],
      look: [{ ...none, caseId, verb: "look" }],
      "open-case": [{ ...none, personId: other, verb: "open-case" }],
      why: [{ ...none, personId: other, verb: "why", question: "0", value: "30" }],
      link: [{ ...none, personId: someone, otherId: other, verb: "link", question: "0" }],
      unlink: [{ ...none, mergeId: await linkIn(world), verb: "unlink" }],
      draft: [{ ...none, draftId: await draftIn(world), verb: "draft", question: "save" }],
      "change-set": [
        { ...none, changeSetId: await changeSetIn(world), verb: "change-set", question: "undo" },
      ],
      admin: [{ ...none, verb: "admin", question: "stop", value: "all" }],
    };
    return Object.values(contents)
      .flat()
      .map((content: TokenContent) => ({ content, token: world.engine.tokens.sign(content) }));
  };

  /** Everything that a press may change. */
  const kept = async ({ workspaceId }: World) => {
    const { db } = database;
    // In no order of the database's own, which may be another one at every look.
    const tables = [
      ...(["invitations", "answers", "chats", "deliveries", "audit"] as const),
      ...(["cases", "case_events", "merges", "quotes"] as const),
    ];
    const rows = async (table: (typeof tables)[number]) =>
      (await db.selectFrom(table).selectAll().where("workspace_id", "=", workspaceId).execute())
        .map((row) => JSON.stringify(row))
        .sort();
    const people = db
      .selectFrom("people")
      .select(["name", "consent", "role"])
      .where("workspace_id", "=", workspaceId)
      .where("name", "in", ["Dana", "Eve", "Kim"])
      .orderBy("name");
    const all = [];
    for (const table of tables) all.push(await rows(table));
    return JSON.stringify([...all, await people.execute()]);
  };

  /** What is said of an id that nobody knows. */
  const unknown =
    /already settled|Only the support team|somebody else|Only support leads|not there any more|nothing here any more|not known here|for support leads|Only admins/;
  const words = { text: "forged words" };

  test("T2 T3 no button or form of another workspace does or shows anything, whoever presses it", async () => {
    const foreign = await tokensOf(there);
    const before = [await kept(here), await kept(there)];
    for (const { content, token } of foreign) {
      for (const person of [dana, lee, robin, noor]) {
        const reply = await here.presses(person, token, undefined, words);
        expect(said(reply), content.verb).toContain("already settled");
      }
    }
    expect([await kept(here), await kept(there)]).toEqual(before);
  });

  test("T1 ids of another workspace in a token of this one are as unknown as any", async () => {
    const about = (await tokensOf(there, here.workspaceId)).filter(
      ({ content: { invitationId, chatId, caseId, personId, mergeId } }) =>
        invitationId !== NO_INVITATION || (chatId ?? caseId ?? personId ?? mergeId) !== undefined,
    );
    const before = [await kept(here), await kept(there)];
    expect(about).toHaveLength(23);
    for (const { content, token } of about) {
      for (const person of [dana, lee, robin, noor]) {
        const reply = await here.presses(person, token, undefined, words);
        expect(said(reply), content.verb).toMatch(unknown);
      }
    }
    expect([await kept(here), await kept(there)]).toEqual(before);
  });

  test("T2 T10 what others are asked, closed, shown and told is not for a guest or a bot who presses it", async () => {
    const tokens = await tokensOf(here);
    const before = await kept(here);
    for (const { content, token } of tokens) {
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

  test("T10 a lead who was one a moment ago does nothing of what leads do", async () => {
    await here.types(lee, "nps");
    const tokens = await tokensOf(here);
    const before = await kept(here);
    const former = { ...lee, role: "customer" } as const;
    const own = ["consent", "rights"];
    for (const { content, token } of tokens) {
      if (own.includes(content.verb)) continue;
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
