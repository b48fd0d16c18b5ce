import { beforeAll, beforeEach, expect, test } from "vitest";
import type { Form, Reply } from "../../src/platform.ts";
import { describeEitherDatabase, type TestDatabase } from "../support/database.ts";
import { tokenOf, wordsOf } from "../support/messenger.ts";
import { createWorld, dana, type World } from "../support/world.ts";
import { answersOf, DAY, last, missing, newestInvitation, playAndAsk, said } from "./support.ts";

describeEitherDatabase("a comment in a form", (open) => {
  let database: TestDatabase;
  let world: World;

  beforeAll(async () => {
    database = await open();
  });
  beforeEach(async () => {
    world = await createWorld(database);
    await playAndAsk(world);
    await world.answers(dana, "3");
  });

  const question = () => last(world.messenger.to("U-dana").slice(1, 2));
  const press = async (label = "Write it here") =>
    formOf(await world.presses(dana, tokenOf(question(), label)));
  const submit = async (form: Form, text: string) => {
    const reply = await world.presses(dana, form.submit.token, undefined, { text });
    await world.settle();
    return reply;
  };

  test("the open question's button opens a form with that question and the limit of our texts", async () => {
    const form = await press();
    expect(form.fields).toEqual([
      { name: "text", label: "What went wrong?", multiline: true, required: true, maxLength: 4000 },
    ]);
    const option = question().parts.flatMap((part) => ("options" in part ? part.options : []))[0];
    expect(option).toMatchObject({ label: "Write it here", opens: "form" });
  });

  test("what is written is kept, shown in the place of the question, and the talk goes on", async () => {
    const reply = await submit(await press(), "9 days <!channel>");
    expect(reply.kind).toBe("update");
    expect(said(reply)).toContain("You wrote:");
    expect(said(reply)).toContain("9 days <!channel>");
    expect(await answersOf(world)).toMatchObject([
      { question: "score", score: 3, revision: 1 },
      { question: "why", text: "9 days <!channel>" },
    ]);
    expect(wordsOf(last(world.messenger.to("U-dana")))).toContain("May someone from the team");
    expect(wordsOf(last(world.messenger.leads()))).toContain("9 days <!channel>");
  });

  test("Change opens it again with what was written, which the new words replace", async () => {
    const wrote = await submit(await press(), "It was slow");
    const change = tokenOf(wrote.kind === "update" ? wrote.message : missing(), "Change");
    const form = formOf(await world.presses(dana, change));
    expect(form.fields[0]?.value).toBe("It was slow");
    await submit(form, "It was slow, but kind");
    const why = (await answersOf(world)).find(({ question: key }) => key === "why");
    expect(why).toMatchObject({ text: "It was slow, but kind", revision: 2 });
    const history = await database.db
      .selectFrom("answer_history")
      .select("text")
      .where("workspace_id", "=", world.workspaceId)
      .execute();
    expect(history).toEqual([{ text: "It was slow" }]);
    // The question that waits was asked once.
    const contact = world.messenger
      .to("U-dana")
      .filter(({ message }) => wordsOf(message).includes("May someone"));
    expect(contact).toHaveLength(1);
  });

  test("words that are longer than a form shows stay, and those of the form are added", async () => {
    const long = "a".repeat(3500);
    const token = tokenOf(question(), "Write it here");
    await world.writes(dana, long);
    await world.settle();
    // What was written stands where it was asked, and opens the same form.
    expect(wordsOf(question())).toContain(long);
    expect(() => tokenOf(question(), "Write it here")).toThrow();
    const form = formOf(await world.presses(dana, token));
    expect(form.fields[0]?.value).toBeUndefined();
    await submit(form, "and b");
    const why = (await answersOf(world)).find(({ question: key }) => key === "why");
    expect(why?.text).toBe(`${long}\nand b`);
  });

  test("nothing in it is asked about politely, too much is told, and neither changes anything", async () => {
    const form = await press();
    expect(said(await submit(form, " \n "))).toContain("There was nothing in it");
    expect(said(await submit(form, "x".repeat(4001)))).toContain("4000 characters");
    expect(await answersOf(world)).toHaveLength(1);
    expect(said(await submit(form, "x".repeat(4000)))).toContain("You wrote");
  });

  test("a score or a yes in it is a comment; a wish to be left alone is followed", async () => {
    await submit(await press(), "10");
    expect(await answersOf(world)).toMatchObject([{ score: 3 }, { text: "10" }]);
    const reply = await submit(await press(), "stop");
    expect(said(reply)).toContain("never ask again");
    expect((await answersOf(world)).map(({ text }) => text)).toEqual([null, "10"]);
  });

  test("D2 a form that was opened twice by one press is the same form, and one submission counts", async () => {
    const token = tokenOf(question(), "Write it here");
    const first = formOf(await world.presses(dana, token, "tap-1"));
    const again = formOf(await world.presses(dana, token, "tap-1"));
    expect(again).toEqual(first);
    for (let i = 0; i < 3; i += 1) {
      await world.presses(dana, first.submit.token, "submit-1", { text: "slow" });
    }
    expect((await answersOf(world)).at(-1)).toMatchObject({ text: "slow", revision: 1 });
  });

  test("D10 nobody writes in vain: what would not be taken any more is not opened, nor kept", async () => {
    const form = await press();
    world.clock.advance(8 * DAY);
    expect(said(await world.presses(dana, tokenOf(question(), "Write it here")))).toContain(
      "24 hours",
    );
    expect(said(await submit(form, "too late"))).toContain("24 hours");
    expect(await answersOf(world)).toHaveLength(1);
  });

  test("T2 somebody else's press opens nothing, and somebody else's submission changes nothing", async () => {
    const form = await press();
    const eve = { ...dana, externalId: "U-eve", name: "Eve" };
    const opened = await world.presses(eve, tokenOf(question(), "Write it here"));
    expect(said(opened)).toContain("somebody else");
    const sent = await world.presses(eve, form.submit.token, undefined, { text: "evil" });
    expect(said(sent)).toContain("somebody else");
    expect(await answersOf(world)).toHaveLength(1);
    expect((await newestInvitation(world)).state).toBe("answered");
  });
});

function formOf(reply: Reply): Form {
  return reply.kind === "form" ? reply.form : missing();
}
