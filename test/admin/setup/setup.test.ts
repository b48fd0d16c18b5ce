import { beforeAll, beforeEach, expect, test } from "vitest";
import { greetNewConnections } from "../../../src/admin/setup/hello.ts";
import { type Language, languages, textsFor } from "../../../src/locales/index.ts";
import type { Form, Message, PlatformUser, Reply } from "../../../src/platform.ts";
import { readConfiguration } from "../../../src/store/read-configuration.ts";
import { describeEitherDatabase, type TestDatabase } from "../../support/database.ts";
import { tokenOf, wordsOf } from "../../support/messenger.ts";
import { createWorld, kim, robin, type World } from "../../support/world.ts";

const lou = { externalId: "U-lou", name: "Lou", role: "lead", locale: "en" } as const;

describeEitherDatabase("/aftertalk setup", (open) => {
  let database: TestDatabase;
  let world: World;
  beforeAll(async () => {
    database = await open();
  });
  beforeEach(async () => {
    world = await createWorld(database);
  });

  const setup = async (from: PlatformUser = robin) =>
    shown(await world.types(from, "aftertalk", "setup"));
  const replyTo = (message: Message, label: string, from: PlatformUser = robin) =>
    world.presses(from, tokenOf(message, label));
  const presses = async (message: Message, ...labels: readonly string[]) => {
    let card = message;
    for (const label of labels) card = shown(await replyTo(card, label));
    return card;
  };
  const form = async (message: Message, label: string) => formIn(await replyTo(message, label));
  const sends = (asked: Form, values: Readonly<Record<string, string>>) =>
    world.presses(robin, asked.submit.token, undefined, values);
  const configuration = () => readConfiguration(database.db, world.workspaceId);
  const on = async () => {
    const { surveys, schedules } = await configuration();
    const names = [...surveys, ...schedules].flatMap(([name, { state }]) =>
      state === "on" && name !== "after-chat" ? name : [],
    );
    return names.filter((name) =>
      /^chat-|^relationship$|^exit$|^churn-check-in$|^still/u.test(name),
    );
  };
  const goal = "Loyalty";
  const market = "They can choose among many";
  const toProposal = (card: Message) => presses(card, goal, market, "Next", "Next", "Next", "Next");

  test("is for admins, and keeps what was answered when it is typed again", async () => {
    expect(wordsOf(await setup(lou))).toContain("admin");
    const card = await setup();
    expect(wordsOf(card)).toContain("Setup, step 1 of 4: what you want to learn");
    const chosen = await presses(card, goal, "Effort", "✓ Effort", market);
    expect(labels(chosen)).toContain("✓ Loyalty");
    expect(labels(chosen)).toContain("Effort");
    await presses(chosen, "Next");
    const again = await setup();
    expect(wordsOf(again)).toContain("step 2 of 4");
    const back = await presses(again, "Back");
    expect(labels(back)).toEqual(expect.arrayContaining(["✓ Loyalty", `✓ ${market}`]));
    await presses(back, "Cancel setup");
    expect(labels(await setup())).toContain(goal);
  });

  test("nobody goes on without an answer", async () => {
    const card = await presses(await setup(), "Next");
    expect(wordsOf(card)).toContain("Please choose at least one thing");
    expect(wordsOf(card)).toContain("step 1 of 4");
  });

  test("shows where chats were, proposes with reasons, and one yes makes it one set of changes", async () => {
    await world.playChat();
    const places = await presses(await setup(), goal, market, "Next");
    expect(wordsOf(places)).toContain("#help");
    expect(wordsOf(places)).toContain("1 chat");
    const leads = await presses(places, "Next");
    expect(wordsOf(leads)).toContain("Robin");
    const proposal = await presses(leads, "Next", "Next");
    const words = wordsOf(proposal);
    expect(words).toContain("After a chat: CSAT");
    expect(words).toContain("It takes the place of NPS");
    expect(words).toContain("whether they would recommend you");
    expect(words).toContain("The next 30 days");
    expect(words).toMatch(/\d+ (person|people) would be asked \d+ question/u);
    expect(await on()).not.toContain("relationship");
    const done = await presses(proposal, "Yes, switch on");
    expect(await on()).toEqual(expect.arrayContaining(["chat-csat", "relationship"]));
    expect(await on()).not.toContain("chat-nps");
    const sets = await database.db
      .selectFrom("change_sets")
      .select(["origin", "state"])
      .where("workspace_id", "=", world.workspaceId)
      .execute();
    expect(sets).toEqual([{ origin: "setup", state: "applied" }]);
    const undo = labels(done).find((label) => /undo/iu.test(label));
    await presses(done, undo ?? "");
    expect(await on()).toContain("chat-nps");
    expect(await on()).not.toContain("relationship");
  });

  test("an empty workspace is told with an example, and what is set up already with nothing to change", async () => {
    const proposal = await toProposal(await setup());
    expect(wordsOf(proposal)).toContain("Nobody that I know of would be asked yet");
    expect(wordsOf(proposal)).toContain("For example: Dana");
    await presses(proposal, "Yes, switch on");
    const again = await toProposal(await setup());
    expect(wordsOf(again)).toContain("There is nothing to change");
    expect(labels(again)).not.toContain("Yes, switch on");
    expect(wordsOf(await presses(again, "Done"))).toContain("The setup is done");
  });

  test("later keeps the proposal, and a change of somebody else meanwhile is told instead of written over", async () => {
    const proposal = await toProposal(await setup());
    expect(wordsOf(await presses(proposal, "Later"))).toContain("Nothing was switched on");
    const again = await setup();
    expect(wordsOf(again)).toContain("What I propose");
    await database.db
      .updateTable("schedules")
      .set({ state: "archived" })
      .where("workspace_id", "=", world.workspaceId)
      .where("name", "=", "relationship")
      .execute();
    await presses(again, "Yes, switch on");
    expect(await on()).toContain("chat-nps");
  });

  test("where a second person has to agree it is a proposal", async () => {
    await database.db
      .updateTable("workspaces")
      .set({ settings: JSON.stringify({ approval: { secondPerson: true } }) })
      .where("id", "=", world.workspaceId)
      .execute();
    const proposal = await toProposal(await setup());
    expect(wordsOf(proposal)).toContain("A second admin has to agree");
    await presses(proposal, "Propose it");
    expect(await on()).not.toContain("relationship");
  });

  test("hours are written as people do; what is wrong stands beside it, and what was written stays", async () => {
    const hours = await presses(await setup(), goal, market, "Next", "Next", "Next");
    const asked = await form(hours, "Change the hours");
    expect(asked.fields).toHaveLength(5);
    const wrong = {
      ...{ zone: "Europ/Berlin", hours: "25:99", days: "1,2,3,8", asked: "10–16" },
      holidays: "12-25, Christmas",
    };
    const again = formIn(await sends(asked, wrong));
    expect(again.fields.map(({ name, value, problem }) => [name, value, problem])).toEqual([
      ["zone", "Europ/Berlin", "I do not know this time zone. Did you mean Europe/Berlin?"],
      ["hours", "25:99", expect.stringContaining("as 09:00–17:00")],
      ["days", "1,2,3,8", undefined],
      ["holidays", "12-25, Christmas", expect.stringContaining("is no day")],
      ["asked", "10–16", undefined],
    ]);
    const right = { zone: "berlin", hours: "8–16:30", days: "1,2,3", holidays: "12-25" };
    const card = shown(await sends(again, { ...right, asked: "10–16" }));
    expect(wordsOf(card)).toContain("Europe/Berlin (once you say yes)");
    await presses(card, "Next", "Yes, switch on");
    const { settings } = await configuration();
    expect(settings).toMatchObject({
      ...{ timeZone: "Europe/Berlin", "hours.from": "08:00", "hours.to": "16:30" },
      ...{ "hours.days": [1, 2, 3], "hours.holidays": ["12-25"], "asking.from": "10:00" },
    });
  });

  test("a person gets a role with the yes; whoever is not known is asked for again", async () => {
    await world.playChat();
    const leads = await presses(await setup(), goal, market, "Next", "Next");
    const asked = await form(leads, "Add a person");
    for (const who of ["Nobody Here", "🦀", "'; drop table people; --"]) {
      const again = formIn(await sends(asked, { who, role: "lead" }));
      expect(again.fields[0]).toMatchObject({ value: who, problem: expect.any(String) });
    }
    const card = shown(await sends(asked, { who: `@${kim.name}`, role: "lead" }));
    expect(wordsOf(card)).toContain("Lead, once you say yes");
    const proposal = await presses(card, "Next", "Next");
    expect(wordsOf(proposal)).toContain("Role of Kim");
    await presses(proposal, "Yes, switch on");
    expect([...(await configuration()).grants.values()]).toMatchObject([{ role: "lead" }]);
  });

  test("admins read of it until something was set up, and the leads of a new connection hear once", async () => {
    const connections = database.db
      .updateTable("connections")
      .set({ created_at: world.clock.now() })
      .where("workspace_id", "=", world.workspaceId);
    await connections.execute();
    const hint = "Not set up yet: /aftertalk setup";
    const pages = async (from: PlatformUser) =>
      Promise.all(["help", "home"].map((page) => world.types(from, "aftertalk", page)));
    const hinted = async (from: PlatformUser) =>
      (await pages(from)).map((reply) => wordsOf(shown(reply)).includes(hint));
    expect(await hinted(robin)).toEqual([true, true]);
    expect(await hinted(lou)).toEqual([false, false]);
    for (let time = 0; time < 2; time += 1) {
      await greetNewConnections(world.engine);
      await world.settle();
    }
    const told = world.messenger.leads().map(({ message }) => wordsOf(message));
    expect(told).toEqual([expect.stringContaining("type /aftertalk setup")]);
    await presses(await toProposal(await setup()), "Yes, switch on");
    expect(await hinted(robin)).toEqual([false, false]);
  });

  test.each(languages)("the whole walk in %s has its words and no key", async (language) => {
    const texts = textsFor(language);
    const admin = { ...robin, externalId: `U-robin-${language}`, locale: language };
    let card = shown(await world.types(admin, "aftertalk", "setup"));
    const press = async (label: string) => {
      card = shown(await world.presses(admin, tokenOf(card, label)));
      expect(wordsOf(card)).not.toMatch(/\b(setup|catalogue|change)\.[a-z]/u);
      if (isChinese(language)) expect(wordsOf(card)).toMatch(/\p{Script=Han}/u);
    };
    await press(texts.text("setup.goal.leaving"));
    await press(texts.text("setup.market.colleagues"));
    for (let step = 0; step < 4; step += 1) await press(texts.text("setup.next"));
    expect(wordsOf(card)).toContain(texts.text("setup.why.ces-for-colleagues"));
    await press(texts.text("setup.on"));
    expect(await on()).toEqual(expect.arrayContaining(["chat-ces", "still-solved", "exit"]));
  });
});

const isChinese = (language: Language) => language.startsWith("zh");

function shown(reply: Reply): Message {
  if (reply.kind === "message" || reply.kind === "update") return reply.message;
  throw new Error(`the answer was ${reply.kind}`);
}

function formIn(reply: Reply): Form {
  if (reply.kind === "form") return reply.form;
  throw new Error(`the answer was ${reply.kind}`);
}

function labels(message: Message): string[] {
  return message.parts.flatMap((part) =>
    part.kind === "actions" ? part.options.map(({ label }) => label) : [],
  );
}
