import { beforeAll, beforeEach, expect, test } from "vitest";
import { createInbox } from "../../src/inbox.ts";
import type { ChatPlatform, PlatformUser, Reply } from "../../src/platform.ts";
import { describeEitherDatabase, type TestDatabase } from "../support/database.ts";
import { tokenOf, wordsOf } from "../support/messenger.ts";
import { chatRef, createWorld, dana, kim, robin, type World } from "../support/world.ts";

const support = "G-support";
/** Whoever may not is told whom to ask. */
const REFUSED = /^Only admins|are for support leads/u;
const nia: PlatformUser = { externalId: "U-nia", name: "Nia", role: "customer", locale: "en" };
const eve: PlatformUser = { externalId: "U-eve", name: "Eve", role: "customer", locale: "en" };

function messageOf(reply: Reply) {
  if (reply.kind !== "message" && reply.kind !== "update") throw new Error(reply.kind);
  return reply.message;
}

describeEitherDatabase("/aftertalk roles", (open) => {
  let database: TestDatabase;
  let world: World;
  let who: ReadonlyMap<string, PlatformUser>;

  beforeAll(async () => {
    database = await open();
  });
  beforeEach(async () => {
    world = await createWorld(database);
    who = new Map(
      [nia, kim, { ...kim, externalId: "U-bot", bot: true }].map((user) => [user.externalId, user]),
    );
    const platform: Partial<ChatPlatform> & Pick<ChatPlatform, "name"> = {
      name: "messenger",
      person: async (_connection, id) => who.get(id),
      groups: async () => [{ id: support, name: "@support" }],
    };
    const engine = { ...world.engine, platforms: [{ ...world.messenger, ...platform }] };
    world = { ...world, engine, inbox: createInbox(engine) };
  });

  let turn = 0;
  const types = async (from: PlatformUser, text: string, command = "aftertalk") => {
    turn += 1;
    const connection = { platform: "messenger", externalId: `T-${world.workspaceId}` };
    const event = { id: `typed-${turn}`, connection, at: world.clock.now(), from } as const;
    return messageOf(await world.inbox.receive({ ...event, kind: "command", name: command, text }));
  };
  const presses = async (from: PlatformUser, token: string) => {
    turn += 1;
    const connection = { platform: "messenger", externalId: `T-${world.workspaceId}` };
    const event = { id: `pressed-${turn}`, connection, at: world.clock.now(), from } as const;
    return messageOf(await world.inbox.receive({ ...event, kind: "action", token }));
  };
  const gives = async (text: string, label: string, by = robin) =>
    wordsOf(await presses(by, tokenOf(await types(by, `roles ${text}`), label)));
  const lists = async (by = robin) => wordsOf(await types(by, "roles"));

  test("somebody who was never met is named a lead after a warning, and is one at once; taken away, none", async () => {
    const card = await types(robin, "roles lead messenger:U-nia");
    expect(wordsOf(card)).toContain("Nia becomes lead?");
    expect(wordsOf(card)).toContain("is a customer here so far");
    expect(wordsOf(await types(nia, "", "cases"))).toMatch(REFUSED);
    await presses(robin, tokenOf(card, "Yes: lead"));
    expect(wordsOf(await types(nia, "", "cases"))).not.toMatch(REFUSED);
    expect(await lists()).toContain("lead · named by Robin");
    await gives("none Nia", "Take it away");
    expect(wordsOf(await types(nia, "", "cases"))).toMatch(REFUSED);
    expect(await lists()).not.toContain("Nia");
  });

  test("T10 everybody in a group has its role as long as they are in it and it has one", async () => {
    await gives(`agent messenger:group:${support}`, "Yes: agent");
    await world.says(eve, chatRef("c-1"), "Hello, my invoice is wrong");
    const inside = { ...dana, groups: [support] };
    expect(wordsOf(await types(inside, "week", "nps"))).not.toMatch(REFUSED);
    expect(wordsOf(await types(dana, "week", "nps"))).toMatch(REFUSED);
    expect(await lists()).toContain("@support");
    await types(inside, "week", "nps");
    await gives(`none messenger:group:${support}`, "Take it away");
    expect(await lists()).not.toContain("Dana");
    expect(wordsOf(await types(inside, "week", "nps"))).toMatch(REFUSED);
  });

  test("T10 an admin who is one no more presses in vain: nothing is changed, and the draft stays", async () => {
    await gives("admin messenger:U-nia", "Yes: admin");
    const card = await types(nia, "roles lead messenger:U-kim");
    await gives("none Nia", "Take it away");
    expect(wordsOf(await presses(nia, tokenOf(card, "Yes: lead")))).toContain("Only admins");
    const drafts = await database.db
      .selectFrom("drafts")
      .select("state")
      .where("workspace_id", "=", world.workspaceId)
      .where("person_id", "=", await personId("Nia"))
      .execute();
    expect(drafts).toEqual([{ state: "open" }]);
    expect(await lists()).not.toContain("lead · named");
  });

  const personId = async (name: string) =>
    (
      await database.db
        .selectFrom("people")
        .select("id")
        .where("workspace_id", "=", world.workspaceId)
        .where("name", "=", name)
        .executeTakeFirstOrThrow()
    ).id;

  test("what the platform says stays below what is granted, and comes back", async () => {
    await types(kim, "week", "nps");
    const card = await types(robin, "roles viewer Kim");
    expect(wordsOf(card)).toContain("Kim stays agent all the same");
    await gives("lead Kim", "Yes: lead");
    expect(wordsOf(await types(kim, "", "cases"))).not.toMatch(REFUSED);
    await gives("none Kim", "Take it away");
    expect(wordsOf(await types(kim, "", "cases"))).toMatch(REFUSED);
    expect(wordsOf(await types(kim, "week", "nps"))).not.toMatch(REFUSED);
  });

  test("the last admin is not let go, a bot is named nothing, and nonsense is told what to write", async () => {
    await gives("admin messenger:U-nia", "Yes: admin");
    const demoted = { ...robin, role: "lead" } as const;
    await types(demoted, "week", "nps");
    expect(wordsOf(await types(nia, "roles none Nia"))).toContain("no admin left");
    expect(wordsOf(await types(nia, "roles lead messenger:U-bot"))).toContain("A bot cannot");
    expect(wordsOf(await types(nia, "roles boss Nia"))).toContain("Which role?");
    expect(wordsOf(await types(nia, "roles lead"))).toContain("one person");
    expect(wordsOf(await types(nia, "roles lead messenger:group:G-none"))).toContain(
      "no such group",
    );
    expect(wordsOf(await types(nia, "roles lead slack:group:S1"))).toContain("another platform");
    expect(wordsOf(await types(nia, "roles lead messenger:U-nia messenger:U-kim"))).toContain(
      "one person",
    );
    expect(wordsOf(await types(nia, "roles lead Robin Smith"))).toContain("I know nobody by this");
    // The other way round, as people say it.
    expect(wordsOf(await types(nia, "roles Robin lead"))).toContain("Robin becomes lead?");
    expect(wordsOf(await types(kim, "roles"))).toContain("Only admins");
  });

  test("T10 where the platform cannot be asked, whoever may do more is told so, and stays who they are", async () => {
    await gives("admin messenger:U-nia", "Yes: admin");
    const unsure = { ...robin, role: "customer", roleUnsure: true } as const;
    const verified = { ...unsure, email: "robin@acme.com" } as const;
    for (const from of [unsure, verified])
      expect(wordsOf(await types(from, "roles"))).toContain("did not say just now");
    expect(await lists(nia)).toMatch(/Robin[^a-z]*admin/);
    expect(wordsOf(await types(nia, "roles none Nia"))).toContain("Careful: that is you.");
  });

  test("a viewer sees figures without names, and nothing to read or to change", async () => {
    const vera = { ...nia, externalId: "U-vera", name: "Vera", role: "viewer" } as const;
    expect(wordsOf(await types(vera, "week", "nps"))).not.toMatch(REFUSED);
    expect(wordsOf(await types(vera, "week by agent", "nps"))).toContain("without names");
    for (const command of ["feedback", "cases", "coverage", "survey"])
      expect(wordsOf(await types(vera, "", command))).toMatch(REFUSED);
  });
});
