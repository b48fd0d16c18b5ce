import { beforeAll, beforeEach, expect, test } from "vitest";
import { tendCases } from "../../src/cases/chores.ts";
import { joinCases } from "../../src/cases/join.ts";
import { doWork } from "../../src/engine.ts";
import { listOpenCases } from "../../src/store/cases.ts";
import { describeEitherDatabase, type TestDatabase } from "../support/database.ts";
import { tokenOf, wordsOf } from "../support/messenger.ts";
import { createWorld, dana, type World } from "../support/world.ts";
import {
  alex,
  card,
  caseNow,
  DAY,
  eventsOf,
  fill,
  HOUR,
  openCaseOf,
  press,
  said,
  scores,
  thread,
} from "./support.ts";

describeEitherDatabase("a case is opened", (open) => {
  let database: TestDatabase;
  let world: World;

  beforeAll(async () => {
    database = await open();
  });
  beforeEach(async () => {
    world = await createWorld(database);
  });

  const cases = () => listOpenCases(database.db, world.workspaceId);
  /** The question as it stands, with its "Change". */
  const question = () => world.messenger.to("U-dana")[0]?.message ?? card(world);

  async function changeTo(score: string): Promise<void> {
    const again = await world.presses(dana, tokenOf(question(), "Change"));
    if (again.kind === "update") await world.presses(dana, tokenOf(again.message, score));
    await world.settle();
  }

  test("a middling score opens none, until its words are a complaint", async () => {
    await scores(world, "8");
    await world.writes(dana, "It was fine");
    await world.settle();
    expect(await cases()).toEqual([]);
    await world.writes(dana, "But waiting for three weeks is unacceptable");
    await world.settle();
    expect(await cases()).toMatchObject([{ cause: "complaint" }]);
    expect(wordsOf(card(world))).toContain("Dana has a complaint");
    expect(wordsOf(card(world))).toContain("three weeks is unacceptable");
    // The heading does not say what they gave.
    expect(wordsOf(card(world))).toContain("Answers: 8 (NPS)");
  });

  test("a complaint out of the blue is a case, and is answered; a greeting is none", async () => {
    expect(said(await world.writes(dana, "Hello there"))).toContain("no open question");
    expect(await cases()).toEqual([]);
    const reply = await world.writes(dana, "I want to complain about the driver");
    await world.settle();
    expect(said(reply)).toContain("passed your words on");
    expect(wordsOf(card(world))).toContain("I want to complain about the driver");
    const again = await world.writes(dana, "This is a complaint, do you hear?");
    await world.settle();
    expect(said(again)).toContain("passed your words on");
    expect(await cases()).toHaveLength(1);
    expect(thread(world).at(-1)).toContain("do you hear?");
    // Before anybody replied, and though it is no complaint.
    expect(said(await world.writes(dana, "Hello?"))).toContain(
      "I passed it on to the support team",
    );
    await world.settle();
    expect(thread(world).at(-1)).toContain("Hello?");
  });

  test("whoever wanted no reply and writes later is heard; who replies is told of it", async () => {
    await scores(world, "3");
    await world.writes(dana, "Too slow");
    await world.settle();
    await world.answers(dana, "No, thanks");
    await world.settle();
    const asked = await press(world, alex, "Reply");
    expect(asked.kind === "form" && asked.form.fields[0]?.label).toContain("No reply was wanted");
    world.clock.advance(2 * DAY);
    expect(said(await world.writes(dana, "Is anybody there?"))).toContain("I passed it on");
    await world.settle();
    expect(thread(world).at(-1)).toContain("Is anybody there?");
  });

  test("a second low score joins the open case, whose card tells both", async () => {
    await scores(world, "3");
    const { id } = await openCaseOf(world);
    world.clock.advance(8 * DAY);
    await scores(world, "1", { chat: "C2" });
    expect(await cases()).toMatchObject([{ id }]);
    expect(world.messenger.leads()).toHaveLength(1);
    expect(wordsOf(card(world))).toContain("Dana answered 1");
    expect(wordsOf(card(world))).toContain("Answers: 3 (NPS) · 1 (NPS)");
    expect(thread(world)).toEqual([
      "Dana is unhappy about something more; it is on the card above.",
    ]);
  });

  test("a later case tells of the earlier one and its score", async () => {
    await scores(world, "3");
    await fill(world, alex, "Close…", { reason: "explained" });
    world.clock.advance(8 * DAY);
    await scores(world, "1", { chat: "C2" });
    expect(world.messenger.leads()).toHaveLength(2);
    expect(wordsOf(card(world))).toContain("Case: #2");
    expect(wordsOf(card(world))).toContain("Before: 1 earlier case · last score 3");
  });

  test("two low answers in the same instant make one case", async () => {
    const both = [dana, { ...dana, externalId: "U-dana-2" }];
    for (const [index, customer] of both.entries()) {
      await world.playChat({ chat: `C${index}`, customer });
    }
    const [one, two] = await database.db
      .selectFrom("identities")
      .select(["person_id", "external_id"])
      .where("workspace_id", "=", world.workspaceId)
      .where("external_id", "in", ["U-dana", "U-dana-2"])
      .orderBy("external_id")
      .execute();
    await database.db
      .updateTable("people")
      .set({ human_id: one?.person_id ?? null })
      .where("workspace_id", "=", world.workspaceId)
      .where("id", "=", two?.person_id ?? "")
      .execute();
    world.clock.advance(15 * 60_000);
    await world.settle();
    world.clock.advance(8 * DAY);
    await world.settle();
    await Promise.all(
      both.map((customer) => world.writes(customer, "I want to complain about you")),
    );
    expect((await cases()).length).toBe(1);
  });

  test("a score that is corrected before anybody is at work closes the case, and opens it again", async () => {
    await scores(world, "3");
    const { id } = await openCaseOf(world);
    await changeTo("9");
    expect(await caseNow(world, id)).toMatchObject({ state: "closed", closeReason: "corrected" });
    expect(wordsOf(card(world))).toContain("Changed: Dana now answers 9");
    await changeTo("2");
    expect(await caseNow(world, id)).toMatchObject({ state: "open", closeReason: null });
    expect(wordsOf(card(world))).toContain("Low score: Dana answered 2");
    expect(world.messenger.leads()).toHaveLength(1);
  });

  test("a score that is corrected after somebody claimed it is told to them, and stays theirs", async () => {
    await scores(world, "3");
    const { id } = await openCaseOf(world);
    await press(world, alex, "Claim");
    await changeTo("9");
    expect(await caseNow(world, id)).toMatchObject({ state: "open" });
    expect(wordsOf(card(world))).toContain("Changed: Dana now answers 9");
    expect(thread(world).at(-1)).toBe("Dana changed the answer; the card above shows it.");
    expect(await eventsOf(world)).toEqual(["opened", "claimed", "corrected"]);
    await world.writes(dana, "Sorry, wrong button");
    await world.settle();
    expect(thread(world).at(-1)).toContain("Sorry, wrong button");
  });

  test("an undone low score closes the case that nobody claimed", async () => {
    await world.playChat();
    world.clock.advance(HOUR);
    await world.settle();
    await world.writes(dana, "2 – it was slow");
    await world.settle();
    const { id } = await openCaseOf(world);
    const noted = world.messenger.to("U-dana")[1]?.message ?? card(world);
    await world.presses(dana, tokenOf(noted, "Undo"));
    await world.settle();
    expect(await caseNow(world, id)).toMatchObject({ state: "closed", closeReason: "corrected" });
    expect(wordsOf(card(world))).toContain("Taken back: Dana undid a low score");
    expect(wordsOf(card(world))).not.toContain("it was slow");
  });

  test("T7 under the promise of totals only a yes to a call back opens a case", async () => {
    await database.db
      .updateTable("workspaces")
      .set({ settings: JSON.stringify({ promise: "totals" }) })
      .where("id", "=", world.workspaceId)
      .execute();
    await scores(world, "2");
    await world.writes(dana, "That is unacceptable");
    await world.settle();
    expect(await cases()).toEqual([]);
    expect(world.messenger.leads()).toEqual([]);
    await world.answers(dana, "Yes, please");
    expect(await cases()).toMatchObject([{ cause: "contact" }]);
    expect(wordsOf(card(world))).toContain("May we get back?: Yes, please");
  });

  test("two humans who are found to be one keep the case that somebody has; the other is a duplicate", async () => {
    const eve = { ...dana, externalId: "U-eve", name: "Eve" };
    await scores(world, "3");
    await scores(world, "2", { customer: eve, chat: "C2" });
    await press(world, alex, "Claim");
    const [first, second] = (await cases()).toSorted((a, b) => a.number - b.number);
    const { humanId: danas } = first ?? {};
    const { humanId: eves } = second ?? {};
    if (!first || !second || !danas || !eves) throw new Error("two cases");
    await doWork(world.engine, (work) => joinCases(work, world.workspaceId, danas, eves));
    await tendCases(world.engine);
    await world.settle();
    expect(await caseNow(world, first.id)).toMatchObject({ closeReason: "duplicate" });
    expect(await caseNow(world, second.id)).toMatchObject({ state: "open", humanId: danas });
    expect(wordsOf(world.messenger.leads()[0]?.message ?? card(world))).toContain("Duplicate");
  });
});
