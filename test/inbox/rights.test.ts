import { beforeAll, beforeEach, expect, test } from "vitest";
import type { Message, PlatformUser, Reply } from "../../src/platform.ts";
import { COMMENT_FIELD } from "../../src/surveys/comment-form.ts";
import { describeEitherDatabase, type TestDatabase } from "../support/database.ts";
import { tokenOf } from "../support/messenger.ts";
import { createWorld, dana, kim, robin, type World } from "../support/world.ts";
import { answersOf, DAY, HOUR, last, missing, playAndAsk, said } from "./support.ts";

const SURE = "Yes, erase everything";

describeEitherDatabase("rights", (open) => {
  let database: TestDatabase;
  let world: World;

  beforeAll(async () => {
    database = await open();
  });
  beforeEach(async () => {
    world = await createWorld(database);
  });

  const messageOf = (reply: Reply): Message =>
    reply.kind === "message" || reply.kind === "update" ? reply.message : missing();

  const people = (user: PlatformUser) =>
    database.db
      .selectFrom("people")
      .select(["people.id", "people.consent", "people.paused_until"])
      .where("people.workspace_id", "=", world.workspaceId)
      .where("people.name", "=", user.name ?? "")
      .execute();

  const consents = () =>
    database.db
      .selectFrom("audit")
      .select(["action", "details"])
      .where("workspace_id", "=", world.workspaceId)
      .where("action", "like", "consent.%")
      .orderBy("id")
      .execute();

  /** Presses "Forget me" in words and gives the question that comes back. */
  const wantsOut = async (from = dana) => messageOf(await world.writes(from, "forget me"));

  test("every question's menu leads to what is kept, with five entries at most", async () => {
    await playAndAsk(world);
    const question = last(world.messenger.to("U-dana"));
    const menu = question.parts.find((part) => part.kind === "menu") ?? missing();
    expect(menu.options.map(({ label }) => label)).toEqual([
      ...["Ask me later", "Not this time", "Not for a while (30 days)", "Never ask me"],
      "My data…",
    ]);
    const chosen = await world.presses(dana, tokenOf(question, "My data…"));
    expect(chosen.kind).toBe("message");
    expect(said(chosen)).toContain("yours to see, and yours to have erased");
    tokenOf(messageOf(chosen), "Forget me…");
    const shown = await world.presses(
      dana,
      tokenOf(messageOf(chosen), "Show what is kept about me"),
    );
    expect(said(shown)).toContain("Name: Dana");
    expect(await answersOf(world)).toEqual([]);
  });

  test("P9 my data: what is kept in words, all of it in a file, to its reader alone", async () => {
    await playAndAsk(world);
    await world.answers(dana, "3");
    await world.writes(dana, "Nobody told me about the fee");
    await world.settle();
    const before = world.messenger.to("U-dana").length;
    const reply = await world.writes(dana, "What do you know about me?");
    await world.settle();
    expect(world.messenger.to("U-dana")).toHaveLength(before);
    const words = said(reply);
    for (const part of [
      "Name: Dana",
      "Times asked: 1",
      "Nobody told me about the fee",
      "3/10 (NPS)",
    ])
      expect(words).toContain(part);
    const file = messageOf(reply).parts.find((part) => part.kind === "file") ?? missing();
    expect(file.file).toMatchObject({ name: "my-data.json", mediaType: "application/json" });
    const json: unknown = JSON.parse(new TextDecoder().decode(file.file.bytes));
    expect(json).toMatchObject({ format: "aftertalk-own-data-1", names: ["Dana"] });
    expect(JSON.stringify(json)).not.toContain("Robin");
  });

  test("forget me asks once, and a no erases nothing", async () => {
    await playAndAsk(world);
    await world.answers(dana, "9");
    const question = await wantsOut();
    const actions = question.parts.find((part) => part.kind === "actions") ?? missing();
    expect(actions.options.map(({ label, tone }) => [label, tone])).toEqual([
      [SURE, "danger"],
      ["Show what is kept about me", undefined],
      ["No, keep it", undefined],
    ]);
    expect(await answersOf(world)).toHaveLength(1);
    const kept = await world.presses(dana, tokenOf(question, "No, keep it"));
    expect(said(kept)).toBe("All right, nothing was erased.");
    expect(await answersOf(world)).toHaveLength(1);
  });

  test("a yes erases at once, says what happens now, and a second press finds nobody", async () => {
    await playAndAsk(world);
    await world.answers(dana, "9");
    const sure = tokenOf(await wantsOut(), SURE);
    const done = await world.presses(dana, sure);
    expect(said(done)).toMatch(/is erased[\s\S]*being removed now[\s\S]*“resume”/);
    expect(await answersOf(world)).toEqual([]);
    expect(await people(dana)).toEqual([]);
    world.clock.advance(1000);
    expect(said(await world.presses(dana, sure))).toContain("resume");
    expect(await people(dana)).toEqual([]);
  });

  test("D2 the same yes delivered again erases once and meets nobody anew", async () => {
    await playAndAsk(world);
    const sure = tokenOf(await wantsOut(), SURE);
    await world.presses(dana, sure, "tap-1");
    await world.presses(dana, sure, "tap-1");
    expect(await people(dana)).toEqual([]);
    const erasures = await database.db
      .selectFrom("erasures")
      .select("requested_by")
      .where("workspace_id", "=", world.workspaceId)
      .execute();
    expect(erasures).toEqual([{ requested_by: "person" }]);
  });

  test("T2 the yes of somebody else erases neither of them", async () => {
    await playAndAsk(world);
    const sure = tokenOf(await wantsOut(), SURE);
    const eve: PlatformUser = { ...dana, externalId: "U-eve", name: "Eve" };
    expect(said(await world.presses(eve, sure))).toContain("asked of somebody else");
    expect(await people(dana)).toHaveLength(1);
    expect(await people(eve)).toHaveLength(1);
    expect(said(await world.presses(robin, sure))).toContain("asked of somebody else");
  });

  test("a yes that was found a day later is asked about once more", async () => {
    await playAndAsk(world);
    const old = tokenOf(await wantsOut(), SURE);
    world.clock.advance(DAY);
    const again = await world.presses(dana, old);
    expect(said(again)).toContain("nothing was erased, and I ask once more");
    expect(await people(dana)).toHaveLength(1);
    await world.presses(dana, tokenOf(messageOf(again), SURE));
    expect(await people(dana)).toEqual([]);
  });

  test("whoever says stop and delete everything is left alone at once, and asked about the rest", async () => {
    await playAndAsk(world);
    await world.answers(dana, "2");
    const reply = await world.writes(dana, "Stop asking me and delete everything");
    expect(said(reply)).toMatch(/I will never ask again[\s\S]*Shall I forget you\?/);
    expect(await people(dana)).toMatchObject([{ consent: "never" }]);
    await world.presses(dana, tokenOf(messageOf(reply), "No, keep it"));
    expect(await people(dana)).toMatchObject([{ consent: "never" }]);
    expect(await answersOf(world)).toHaveLength(1);
  });

  test("words that merely sound like it are a comment", async () => {
    await playAndAsk(world);
    await world.answers(dana, "2");
    await world.writes(dana, "You can forget me as a customer, nobody ever deleted my data");
    await world.settle();
    expect(await answersOf(world)).toMatchObject([
      { question: "score" },
      { question: "why", text: expect.stringContaining("forget me as a customer") },
    ]);
  });

  test("in the form of an open question it is no comment either", async () => {
    await playAndAsk(world);
    await world.answers(dana, "2");
    const form = await world.presses(
      dana,
      tokenOf(last(world.messenger.to("U-dana")), "Write it here"),
    );
    const token = form.kind === "form" ? form.form.submit.token : missing();
    const reply = await world.presses(dana, token, "form-1", {
      [COMMENT_FIELD]: "please forget me",
    });
    expect(said(reply)).toContain("Shall I forget you?");
    expect(await answersOf(world)).toHaveLength(1);
  });

  test("a pause takes a length and is answered with its day, before any question as well", async () => {
    const reply = await world.writes(dana, "please don't ask me for two weeks");
    expect(said(reply)).toMatch(/^All right, I will not ask you anything until \w+ \d+, \d{4}\./);
    const [paused] = await people(dana);
    const days = (Number(paused?.paused_until) - world.clock.now().getTime()) / DAY;
    expect(Math.round(days)).toBe(14);
    await world.playChat();
    world.clock.advance(HOUR);
    await world.settle();
    expect(world.messenger.to("U-dana")).toEqual([]);
  });

  test("in the middle of a talk the day is said as well", async () => {
    await playAndAsk(world);
    await world.writes(dana, "don't ask me for 3 months");
    await world.settle();
    expect(last(world.messenger.to("U-dana")).summary).toMatch(/until \w+ \d+, \d{4}/);
    const [paused] = await people(dana);
    const days = (Number(paused?.paused_until) - world.clock.now().getTime()) / DAY;
    expect(days).toBeGreaterThan(88);
  });

  test("every change of consent is audited with what was before and after, and nothing else is", async () => {
    await world.types(dana, "feedback", "pause 30d");
    await world.types(dana, "feedback", "never");
    await world.types(dana, "feedback", "never");
    // "Never" is not softened by a pause.
    expect(said(await world.types(dana, "feedback", "pause"))).toContain("never ask again");
    expect(said(await world.types(dana, "feedback", "resume"))).toContain("Welcome back");
    const paused = { consent: "paused", until: expect.any(String) };
    expect(await consents()).toEqual([
      { action: "consent.paused", details: { before: { consent: "open" }, after: paused } },
      { action: "consent.never", details: { before: paused, after: { consent: "never" } } },
      {
        action: "consent.open",
        details: { before: { consent: "never" }, after: { consent: "open" } },
      },
    ]);
  });

  test("everybody exercises their rights by the command, leads and agents among them", async () => {
    for (const from of [dana, kim, robin]) {
      const data = await world.types(from, "feedback", "my data");
      expect(said(data)).toContain(`Name: ${from.name}`);
      const forget = await world.types(from, "aftertalk", "feedback forget me");
      expect(said(forget)).toContain("Shall I forget you?");
      expect(await people(from)).toHaveLength(1);
    }
    expect(said(await world.types(robin, "feedback", "week"))).toContain("What customers wrote");
    expect(said(await world.types(kim, "feedback", "week"))).toContain("support leads");
  });

  test("on one's own page the question is shown beside the page, and so is what came of it", async () => {
    const page = await world.types(dana, "home");
    const connection = { platform: "messenger", externalId: `T-${world.workspaceId}` };
    const pressed = (token: string) =>
      world.inbox.receive({
        ...{ kind: "action", id: token.slice(-16), connection, at: world.clock.now() },
        ...{ from: dana, token, page: "home" },
      });
    const asked = await pressed(tokenOf(messageOf(page), "Forget me…"));
    expect(asked.kind).toBe("message");
    world.clock.advance(1000);
    const done = await pressed(tokenOf(messageOf(asked), SURE));
    expect(done.kind).toBe("message");
    expect(await people(dana)).toEqual([]);
  });

  test.each(["zh-Hans", "zh-Hant", "ru"])("in %s nothing is left in English", async (locale) => {
    const from = { ...dana, name: "达娜", locale };
    await world.playChat({ customer: from });
    world.clock.advance(HOUR);
    await world.settle();
    for (const text of ["my data", "forget me", "pause 2w"]) {
      const words = said(await world.types(from, "feedback", text));
      expect(words.replaceAll(/Acme|NPS|messenger|my-data\.json|Test/gu, "")).not.toMatch(
        /[a-z]{3}/i,
      );
    }
  });
});
