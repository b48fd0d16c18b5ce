import { beforeAll, beforeEach, expect, test } from "vitest";
import { describeEitherDatabase, type TestDatabase } from "../support/database.ts";
import { tokenOf, wordsOf } from "../support/messenger.ts";
import { createWorld, dana, robin, type World } from "../support/world.ts";
import {
  alex,
  card,
  caseNow,
  DAY,
  eventsOf,
  fill,
  formToken,
  HOUR,
  lastTo,
  lou,
  openCaseOf,
  press,
  said,
  scores,
  thread,
} from "./support.ts";

describeEitherDatabase("the whole round of a case", (open) => {
  let database: TestDatabase;
  let world: World;

  beforeAll(async () => {
    database = await open();
  });
  beforeEach(async () => {
    world = await createWorld(database);
  });

  test("a low score is a card; claim, reply, the customer's answer in words and by button, close", async () => {
    await scores(world, "3");
    await world.writes(dana, "Nobody called me back");
    await world.settle();
    const first = wordsOf(card(world));
    expect(first).toContain("Low score: Dana answered 3 (NPS)");
    expect(first).toContain("Nobody called me back");
    expect(first).toContain("Handled by: Kim");
    expect(first).toContain("Case: #1");
    expect(first).toContain("Owner: nobody yet");
    expect(first).toContain("reply by Tue");
    expect(world.messenger.leads()).toHaveLength(1);

    await press(world, alex, "Claim");
    expect(wordsOf(card(world))).toContain("Owner: Alex");
    expect(thread(world)).toEqual(["Alex takes care of it."]);

    await fill(world, alex, "Reply", { text: "I am sorry. I call you at four?" });
    const reply = lastTo(world, dana);
    expect(wordsOf(reply)).toContain("I am sorry. I call you at four?");
    expect(reply.parts).toContainEqual({
      kind: "quote",
      text: "I am sorry. I call you at four?",
      by: "Alex, Acme",
    });
    expect(thread(world).at(-1)).toContain("I call you at four?");
    expect(wordsOf(card(world))).toContain("the customer’s turn");

    world.clock.advance(HOUR);
    const acknowledged = await world.writes(dana, "Yes, four is fine");
    await world.settle();
    expect(said(acknowledged)).toBe("Thank you, I passed it on to Alex.");
    expect(thread(world).at(-1)).toContain("Yes, four is fine");
    expect(wordsOf(lastTo(world, alex))).toContain("case #1 answered");
    expect(wordsOf(lastTo(world, alex))).not.toContain("four");

    const form = await world.presses(dana, tokenOf(reply, "Answer"));
    const token = form.kind === "form" ? form.form.submit.token : "";
    await world.presses(dana, token, undefined, { text: "Or rather five" });
    await world.settle();
    expect(thread(world).at(-1)).toContain("Or rather five");
    // Whoever has the case is told once that it is their turn.
    expect(world.messenger.to("U-alex")).toHaveLength(1);
    const empty = await fill(world, alex, "Reply", { text: " " });
    expect(said(empty)).toBe("There was nothing in it, so nothing was sent.");

    await fill(world, alex, "Close…", { reason: "solved", note: "Called, all is well" });
    expect(wordsOf(card(world))).toContain("closed by Alex: Solved");
    expect(thread(world).at(-1)).toContain("Called, all is well");
    expect(await eventsOf(world)).toEqual([
      ...["opened", "claimed", "replied", "answered", "answered", "closed"],
    ]);
    expect(world.messenger.leads()).toHaveLength(1);
  });

  test("what is solved is asked about 14 days later, at an hour when somebody works", async () => {
    await scores(world, "3");
    const { id } = await openCaseOf(world);
    await fill(world, alex, "Close…", { reason: "solved", note: "" });
    const closed = await caseNow(world, id);
    expect(closed).toMatchObject({ state: "closed", closeReason: "solved", waitingSince: null });
    expect(new Date(closed.recoveryAt ?? 0)).toEqual(new Date("2026-11-16T09:00:00Z"));
  });

  test("closed for another reason nothing is asked later", async () => {
    await scores(world, "3");
    const { id } = await openCaseOf(world);
    await fill(world, alex, "Close…", { reason: "nothing-we-can-do" });
    expect(await caseNow(world, id)).toMatchObject({ state: "closed", recoveryAt: null });
  });

  test("two leads who press Claim in the same instant: one has it, the other hears who was faster", async () => {
    await scores(world, "3");
    const token = tokenOf(card(world), "Claim");
    const presses = [alex, lou, robin, alex, lou, robin];
    const replies = await Promise.all(presses.map((by) => world.presses(by, token)));
    await world.settle();
    const { ownerId } = await openCaseOf(world);
    const names = { Alex: alex, Lou: lou, Robin: robin };
    const winner = Object.keys(names).find((name) =>
      wordsOf(card(world)).includes(`Owner: ${name}`),
    );
    expect(ownerId).not.toBeNull();
    const told = replies.map(said).filter((text) => text !== "");
    expect(told).toHaveLength(presses.length - 1);
    expect(told.filter((text) => text === "You have this case already.")).toHaveLength(1);
    expect(told.filter((text) => text.includes(`${winner} was faster`))).toHaveLength(4);
    expect(await eventsOf(world)).toEqual(["opened", "claimed"]);
    expect(thread(world)).toHaveLength(1);
  });

  test("somebody who wants it takes it over, and whoever had it is told", async () => {
    await scores(world, "3");
    await press(world, alex, "Claim");
    await press(world, lou, "Take over");
    expect(wordsOf(card(world))).toContain("Owner: Lou");
    expect(wordsOf(lastTo(world, alex))).toContain("took over your case #1");
    expect(said(await press(world, lou, "Take over"))).toContain("already");
  });

  test("D7 the same reply sent twice, and ten times at once, is one reply", async () => {
    await scores(world, "3");
    const before = world.messenger.to("U-dana").length;
    const token = await formToken(world, alex, "Reply");
    await Promise.all(
      Array.from({ length: 10 }, () =>
        world.presses(alex, token, undefined, { text: "We are on it" }),
      ),
    );
    await world.presses(alex, token, "again", { text: "We are on it" });
    await world.presses(alex, token, "again", { text: "We are on it" });
    await world.settle();
    expect(world.messenger.to("U-dana")).toHaveLength(before + 1);
    expect(await eventsOf(world)).toEqual(["opened", "replied"]);
    expect(wordsOf(card(world))).toContain("Owner: Alex");
  });

  test("two leads who reply at once are both heard", async () => {
    await scores(world, "3");
    const tokens = [await formToken(world, alex, "Reply"), await formToken(world, lou, "Reply")];
    await Promise.all([
      world.presses(alex, tokens[0] ?? "", undefined, { text: "From Alex" }),
      world.presses(lou, tokens[1] ?? "", undefined, { text: "From Lou" }),
    ]);
    await world.settle();
    const words = world.messenger.to("U-dana").map(({ message }) => wordsOf(message));
    expect(words.filter((text) => /From (Alex|Lou)/.test(text))).toHaveLength(2);
    expect(await eventsOf(world)).toEqual(["opened", "replied", "replied"]);
  });

  test("a case that is closed while somebody writes a reply sends nothing, and loses no word", async () => {
    await scores(world, "3");
    const before = world.messenger.to("U-dana").length;
    const token = await formToken(world, lou, "Reply");
    await fill(world, alex, "Close…", { reason: "explained" });
    const reply = await world.presses(lou, token, undefined, { text: "One moment, please" });
    await world.settle();
    expect(said(reply)).toContain("nothing was sent");
    expect(said(reply)).toContain("One moment, please");
    expect(world.messenger.to("U-dana")).toHaveLength(before);
  });

  test("a reply that is on its way when the case is closed still arrives", async () => {
    await scores(world, "3");
    const reply = await formToken(world, alex, "Reply");
    const close = await formToken(world, lou, "Close…");
    await world.presses(alex, reply, undefined, { text: "All is repaired" });
    await world.presses(lou, close, undefined, { reason: "solved" });
    await world.settle();
    expect(wordsOf(lastTo(world, dana))).toContain("All is repaired");
    expect(wordsOf(card(world))).toContain("closed by Lou: Solved");
  });

  test("every button pressed twice, by one or by two, has one effect", async () => {
    await scores(world, "3");
    await press(world, alex, "Escalate");
    const closes = [await formToken(world, alex, "Close…"), await formToken(world, lou, "Close…")];
    const snooze = await formToken(world, alex, "Snooze");
    const replies = await Promise.all(
      [...closes, ...closes].map((token) =>
        world.presses(alex, token, undefined, { reason: "explained", note: "said so" }),
      ),
    );
    await world.settle();
    expect(replies.map(said).filter((text) => text.includes("closed already"))).toHaveLength(3);
    expect(said(await world.presses(alex, snooze, undefined, { days: "3" }))).toContain("closed");
    expect(await eventsOf(world)).toEqual(["opened", "escalated", "closed"]);
    await press(world, alex, "Open again");
    expect(wordsOf(card(world))).toContain("reply by");
    expect((await openCaseOf(world)).escalatedAt).toBeNull();
  });

  test("an answer opens a closed case again within 14 days, and not later", async () => {
    await scores(world, "3");
    await fill(world, alex, "Reply", { text: "It was a mistake of ours" });
    const answer = tokenOf(lastTo(world, dana), "Answer");
    await fill(world, alex, "Close…", { reason: "solved" });
    const { id } = await world.engine.db
      .selectFrom("cases")
      .select("id")
      .where("workspace_id", "=", world.workspaceId)
      .executeTakeFirstOrThrow();
    world.clock.advance(14 * DAY - 1);
    await world.writes(dana, "It happened again");
    await world.settle();
    expect(await caseNow(world, id)).toMatchObject({ state: "open", recoveryAt: null });
    expect(thread(world).at(-1)).toContain("It happened again");
    expect(thread(world).at(-1)).toContain("open again");
    await fill(world, alex, "Close…", { reason: "explained" });
    world.clock.advance(14 * DAY);
    const late = await world.presses(dana, answer);
    expect(said(late)).toContain("ended a while ago");
    await world.writes(dana, "And again");
    await world.settle();
    expect(await caseNow(world, id)).toMatchObject({ state: "closed" });
  });
});
