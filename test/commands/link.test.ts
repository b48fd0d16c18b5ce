import { beforeAll, beforeEach, expect, test } from "vitest";
import { doWork } from "../../src/engine.ts";
import { forgetHuman } from "../../src/people/erase.ts";
import { sameHuman } from "../../src/store/same-human.ts";
import { caseRows, linkByHand } from "../people/support.ts";
import { describeEitherDatabase, type TestDatabase } from "../support/database.ts";
import { insertCase, insertWorkspace } from "../support/database-rows.ts";
import { tokenOf, wordsOf } from "../support/messenger.ts";
import { dana, kim, robin } from "../support/world.ts";
import { buttonsOf, createReading, type Reading, updateOf } from "./reading-support.ts";
import { linesOf } from "./summary-support.ts";

const SURE = "They are one person";
const APART = "Take it apart";
const lead = { externalId: "U-lou", name: "Lou", role: "lead", locale: "en" } as const;

describeEitherDatabase("/aftertalk link", (open) => {
  let database: TestDatabase;
  let reading: Reading;
  /** Dana here, and as a file knows her. */
  let here: string;
  let there: string;

  beforeAll(async () => {
    database = await open();
  });
  beforeEach(async () => {
    reading = await createReading(database);
    await reading.world.playChat();
    here = await reading.personOf(dana);
    there = await reading.person("Dana Lee", { email: "dana@acme.test", source: "import" });
  });

  const link = (text: string) => reading.types(robin, "aftertalk", `link ${text}`);
  const asks = () => link("messenger:U-dana dana@acme.test");
  const press = async (token: string, id?: string) =>
    updateOf(await reading.presses(robin, token, id === undefined ? {} : { id }));
  const areOne = async () =>
    (await sameHuman(database.db, reading.world.workspaceId, here)).includes(there);
  const forget = (personId: string) =>
    doWork(reading.world.engine, (work) => {
      const { engine, workspaceId } = reading.world;
      return forgetHuman(engine, work, { workspaceId, personId, by: "operator" });
    });
  const audited = () =>
    database.db
      .selectFrom("audit")
      .select(["actor", "action"])
      .where("workspace_id", "=", reading.world.workspaceId)
      .where("action", "like", "person.%merged")
      .orderBy("at")
      .execute();

  test("shows both as they are known, links them once pressed, and takes it back", async () => {
    await reading.answer("nps", { score: 9, at: reading.ago(1000), person: here, text: "So fast" });
    const question = await asks();
    const year = new Date().getFullYear();
    expect(linesOf(question)).toEqual([
      "Are these one person?",
      "Name: Dana",
      "Known as: messenger:U-dana (Test)",
      "Account: none",
      expect.stringMatching(`^First met: .*${year}$`),
      "Answered: 1 question",
      "Name: Dana Lee",
      "Known as: from a file only",
      "Account: none",
      expect.stringMatching(`^First met: .*${year}$`),
      "Answered: nothing yet",
      expect.stringContaining("Nothing is changed until you press"),
      `[${SURE}]`,
    ]);
    expect(await areOne()).toBe(false);

    const done = await press(tokenOf(question, SURE));
    expect(linesOf(done)).toEqual([
      "Dana and Dana Lee are one person now.",
      expect.stringContaining("asked as one"),
      "Both may be asked.",
      `[${APART}]`,
    ]);
    expect(await areOne()).toBe(true);

    expect(wordsOf(await press(tokenOf(done, APART)))).toContain("as they were before");
    expect(await areOne()).toBe(false);
    expect(wordsOf(await press(tokenOf(done, APART)))).toContain("Nothing was changed");
    const actor = await reading.personOf(robin);
    expect(await audited()).toEqual([
      { actor, action: "person.merged" },
      { actor, action: "person.unmerged" },
    ]);
  });

  test("says which wish holds from now on, and that their open cases are one", async () => {
    const { workspaceId } = reading.world;
    await insertCase(database.db, workspaceId, { person_id: here, human_id: here });
    await insertCase(database.db, workspaceId, { person_id: there, human_id: there });
    await reading.types(dana, "feedback", "never");
    const done = await press(tokenOf(await asks(), SURE));
    expect(linesOf(done)).toContain("The stricter of their wishes holds: no questions.");
    expect(wordsOf(done)).toContain("Both had an open case");
    const cases = await caseRows(database, workspaceId);
    expect(cases.map((each) => each.close_reason).sort()).toEqual(["duplicate", null]);
  });

  test("somebody is named by a user, an address, an id, or a name as it is or in quotes", async () => {
    const both = ["Name: Dana", "Name: Dana Lee"];
    for (const typed of [
      "messenger:U-dana DANA@acme.test",
      '@Dana "dana lee"',
      "„Dana Lee“ dana",
      `${here} ${there}`,
    ]) {
      const names = linesOf(await link(typed)).filter((line) => line.startsWith("Name"));
      expect(names.sort(), typed).toEqual(both);
    }
  });

  test("whoever cannot be linked is a clear no that says how to go on", async () => {
    const { world } = reading;
    await reading.person("Sam", { email: "sam@acme.test" });
    await reading.person("sam");
    await reading.person("Helper", { bot: true });
    await reading.person("Sample", { source: "sample", test: true });
    const elsewhere = await insertWorkspace(database.db);
    await database.db
      .insertInto("people")
      .values({ workspace_id: elsewhere, id: crypto.randomUUID(), name: "Foreign" })
      .execute();
    for (const [typed, says] of [
      ["", "name two people"],
      ["Dana", "name two people"],
      ["Dana Dana Lee", "name two people"],
      ["Dana Nobody", "I know nobody by this:"],
      ["Dana messenger:U-nobody", "written in a support chat"],
      ["Foreign Dana", "I know nobody by this:"],
      ["Sample Dana", "I know nobody by this:"],
      ["Dana sam", "This may be 2 people"],
      ["Helper Dana", "this is a bot"],
    ] as const) {
      const message = await link(typed);
      expect(wordsOf(message), typed).toContain(says);
      expect(wordsOf(message), typed).toContain("For example: /aftertalk link");
      expect(buttonsOf(message), typed).toEqual([]);
    }
    expect(linesOf(await link("Dana sam")).join()).toMatch(/Sam: [0-9a-f-]{36}/i);
    expect(linesOf(await link("Dana messenger:U-dana"))).toEqual([
      "That is the same person twice: Dana (messenger:U-dana (Test)). Please name the other one too.",
    ]);
    await linkByHand(database, world.workspaceId, here, there);
    const already = await asks();
    expect(linesOf(already)[0]).toMatch(/^They are one person already: Dana, Dana Lee/);
    expect(wordsOf(await press(tokenOf(already, APART)))).toContain("as they were before");
    expect(await areOne()).toBe(false);
  });

  test("a pause holds for both, and says until when", async () => {
    await reading.types(dana, "feedback", "pause 30d");
    const done = await press(tokenOf(await asks(), SURE));
    expect(wordsOf(done)).toMatch(/no questions until .*\d{4}/);
  });

  test("T10 only admins, when they type as well as when they press", async () => {
    const question = await asks();
    const done = tokenOf(question, SURE);
    for (const from of [dana, kim, lead, { ...robin, role: "lead" as const }]) {
      const typed = await reading.types(from, "aftertalk", "link Dana dana@acme.test");
      expect(wordsOf(typed), from.name).not.toContain("Dana Lee");
      const reply = await reading.presses(from, done);
      expect(reply.kind, from.name).toBe("message");
      expect(await areOne(), from.name).toBe(false);
    }
    const apart = tokenOf(await press(done), APART);
    for (const from of [dana, kim, lead]) {
      expect((await reading.presses(from, apart)).kind, from.name).toBe("message");
      expect(await areOne(), from.name).toBe(true);
    }
  });

  test("T2 what was shown and is so no more is not linked: erased, or somebody else meanwhile", async () => {
    const old = tokenOf(await asks(), SURE);
    const third = await reading.person("Third");
    await linkByHand(database, reading.world.workspaceId, third, there);
    const anew = await press(old);
    expect(wordsOf(anew)).toContain("changed meanwhile, so nothing was linked");
    expect(linesOf(anew)).toContain("Name: Dana Lee, Third");
    expect(await areOne()).toBe(false);

    const apart = tokenOf(await press(tokenOf(anew, SURE)), APART);
    expect(await areOne()).toBe(true);
    await forget(there);
    for (const token of [old, apart]) {
      expect(wordsOf(await press(token))).toContain("not known here any more");
    }
  });

  test("T2 the same press twice is one link, and none once it was taken apart", async () => {
    const token = tokenOf(await asks(), SURE);
    const done = await press(token, "E-once");
    // Delivered again, and pressed by two admins at once on copies of their own.
    const others = await Promise.all([press(token, "E-once"), press(token), press(token)]);
    for (const again of others) expect(buttonsOf(again)).toEqual(buttonsOf(done));
    expect((await audited()).length).toBe(1);
    await press(tokenOf(done, APART));
    expect(wordsOf(await press(token, "E-once"))).toContain("nothing was linked");
    expect(await areOne()).toBe(false);
  });
});
