import { beforeAll, beforeEach, expect, test } from "vitest";
import type { Message, PlatformUser } from "../../src/platform.ts";
import { changeSettings } from "../../src/store/settings.ts";
import { inTransaction } from "../../src/store/transaction.ts";
import { describeEitherDatabase, type TestDatabase } from "../support/database.ts";
import { wordsOf } from "../support/messenger.ts";
import { chatRef, createWorld, dana, robin, type World } from "../support/world.ts";
import { answersOf, DAY, HOUR, invitationsOf, last, said } from "./support.ts";

describeEitherDatabase("the promise", (open) => {
  let database: TestDatabase;
  let world: World;

  beforeAll(async () => {
    database = await open();
  });
  beforeEach(async () => {
    world = await createWorld(database);
  });

  const promise = (wanted: "named" | "totals") =>
    inTransaction(database.db, (transaction) =>
      changeSettings(transaction, world.workspaceId, { promise: wanted }, by()),
    );
  const by = () => ({ actor: "test", at: world.clock.now() });

  const customer = (i: number): PlatformUser => ({
    ...{ externalId: `U-c${i}`, name: `Customer ${i}`, role: "customer", locale: "en" },
  });

  /** A chat of its own with this customer, up to the question. */
  async function ask(user: PlatformUser, chat: string): Promise<Message> {
    await world.playChat({ customer: user, chat });
    world.clock.advance(HOUR / 3);
    await world.settle();
    return last(world.messenger.to(user.externalId));
  }

  /** Somebody who answers a score and, in words, why. */
  async function answers(user: PlatformUser, chat: string, score: number, why?: string) {
    await ask(user, chat);
    await world.answers(user, String(score));
    if (why === undefined) return;
    await world.writes(user, why);
    await world.settle();
  }

  const leadsHeard = () =>
    world.messenger
      .leads()
      .map(({ message }) => wordsOf(message))
      .join("\n");
  const typed = async (name: string, text: string) => said(await world.types(robin, name, text));

  test("the first message of a relationship says who reads the answer, later ones are shorter", async () => {
    expect(wordsOf(await ask(dana, "C1"))).toContain(
      "Your answer is read by the support team of Acme, with your name.",
    );
    world.clock.advance(8 * DAY);
    const second = wordsOf(await ask(dana, "C2"));
    expect(second).not.toContain("with your name");
    expect(second).toContain("The support leads of Acme read your answer.");
  });

  test("a changed promise is said in full again, and begins a series of its own", async () => {
    await answers(dana, "C1", 9);
    await promise("totals");
    world.clock.advance(8 * DAY);
    expect(wordsOf(await ask(dana, "C2"))).toContain(
      "Acme sees only totals of five and more people, never your answer alone.",
    );
    const [first, second] = await invitationsOf(world);
    expect([first?.promise, second?.promise]).toEqual(["named", "totals"]);
    expect([first?.survey_version, second?.survey_version]).toEqual([1, 2]);
    const versions = await database.db
      .selectFrom("survey_versions")
      .select(["version", "series"])
      .where("workspace_id", "=", world.workspaceId)
      .distinct()
      .orderBy("version")
      .execute();
    expect(versions.slice(0, 2)).toEqual([
      { version: 1, series: 1 },
      { version: 2, series: 2 },
    ]);
  });

  test("what is planned when the promise changes is asked under the new one", async () => {
    await world.playChat();
    await promise("totals");
    world.clock.advance(HOUR);
    await world.settle();
    expect(await invitationsOf(world)).toMatchObject([{ promise: "totals", survey_version: 2 }]);
  });

  test("T7 a low score under only totals reaches nobody, and the thanks say so", async () => {
    await promise("totals");
    await answers(dana, "C1", 1, "Nobody told me about the fee");
    expect(leadsHeard()).toBe("");
    expect(wordsOf(last(world.messenger.to("U-dana")))).toContain(
      "If you say yes, the team of Acme sees your name and what you answered here.",
    );
    await world.answers(dana, "No, thanks");
    expect(leadsHeard()).toBe("");
    const thanks = wordsOf(last(world.messenger.to("U-dana")));
    expect(thanks).toContain("the team sees only the totals");
    expect(thanks).not.toContain("A support lead sees this");
  });

  test("whoever lets somebody get back to them is named by their own choice", async () => {
    await promise("totals");
    await answers(dana, "C1", 1, "Nobody told me about the fee");
    await world.answers(dana, "Yes, please");
    expect(leadsHeard()).toMatch(/Dana/);
    expect(leadsHeard()).toContain("Nobody told me about the fee");
  });

  test("T7 with four answers no page, card or chat shows a score, a word or whose it was", async () => {
    await promise("totals");
    for (const i of [1, 2, 3, 4]) await answers(customer(i), `C${i}`, 1, `secret ${i}`);
    world.clock.advance(2 * DAY);
    const seen = [
      await typed("nps", "month"),
      await typed("nps", "all team:Billing"),
      await typed("feedback", "all"),
      await typed("home", ""),
      said(await world.wants(robin, "scores", chatRef("C1"))),
      leadsHeard(),
    ].join("\n");
    expect(seen).not.toMatch(/secret|1\/10|−100|-100/);
    expect(await typed("nps", "all")).not.toMatch(/Customer \d/);
    expect(await typed("nps", "all")).toContain("no answers yet");
    expect(said(await world.wants(robin, "scores", chatRef("C1")))).toContain(
      "shown only as totals of five and more",
    );
  });

  test("T7 the fifth makes a total once nothing of it can change; a sixth changes nothing that is seen", async () => {
    await promise("totals");
    for (const i of [1, 2, 3, 4, 5]) await answers(customer(i), `C${i}`, i + 4, `words ${i}`);
    world.clock.advance(6 * DAY);
    expect(await typed("nps", "all")).toContain("no answers yet");
    world.clock.advance(2 * DAY);
    const card = await typed("nps", "all");
    expect(card).toContain("5 answers");
    expect(card).toContain("Answers are counted in fives");
    for (const i of [1, 2, 3, 4, 5]) expect(card).toContain(`words ${i}`);
    expect(card).not.toMatch(/Customer \d/);
    const page = await typed("feedback", "all");
    expect(page).toContain("Without names and scores");
    expect(page).not.toMatch(/Customer \d|\/10/);
    await answers(customer(6), "C6", 0, "words 6");
    world.clock.advance(9 * DAY);
    const later = await typed("nps", "all");
    expect(later).toContain("5 answers");
    expect(later).not.toContain("words 6");
    expect(await typed("nps", "all team:Billing")).toContain("5 answers");
  });

  test("T7 whoever wanted to be called back is known, and hides none of the other four", async () => {
    await promise("totals");
    for (const i of [1, 2, 3, 4, 5]) await answers(customer(i), `C${i}`, 2, `words ${i}`);
    await world.answers(customer(5), "Yes, please");
    world.clock.advance(8 * DAY);
    expect(await typed("nps", "all")).toContain("no answers yet");
    await answers(customer(6), "C6", 2, "words 6");
    world.clock.advance(8 * DAY);
    expect(await typed("nps", "all")).toContain("6 answers");
  });

  test("the two promises never mix, and a card says how many are left out", async () => {
    for (const i of [1, 2, 3, 4, 5, 6]) await answers(customer(i), `C${i}`, 10);
    await promise("totals");
    world.clock.advance(8 * DAY);
    for (const i of [1, 2, 3, 4, 5]) await answers(customer(i), `D${i}`, 0);
    world.clock.advance(8 * DAY);
    const totals = await typed("nps", "all");
    expect(totals).toContain("5 answers");
    expect(totals).toContain("6 answers of this period came under the other promise (with names)");
    await promise("named");
    const named = await typed("nps", "all");
    expect(named).toContain("6 answers");
    expect(named).toContain("5 answers of this period came under the other promise (only totals)");
    expect(await typed("home", "")).not.toMatch(/0\/10/);
  });

  test("under only totals nothing is asked where others read along", async () => {
    world = await createWorld(database, { settings: { askIn: "thread" } });
    await promise("totals");
    await ask(dana, "C1");
    expect(world.messenger.inChat("C1")).toEqual([]);
    expect(world.messenger.to("U-dana")).toHaveLength(1);
    expect(await answersOf(world)).toEqual([]);
  });
});
