import { beforeAll, beforeEach, expect, test } from "vitest";
import { languages, textsFor } from "../../src/locales/index.ts";
import type { Message, Reply } from "../../src/platform.ts";
import { remindDue } from "../../src/scheduling/ask/remind.ts";
import { changeSettings } from "../../src/store/settings.ts";
import { describeEitherDatabase, type TestDatabase } from "../support/database.ts";
import { tokenOf, wordsOf } from "../support/messenger.ts";
import { chatRef, createWorld, dana, kim, robin, type World } from "../support/world.ts";

const lou = { externalId: "U-lou", name: "Lou", role: "lead", locale: "en" } as const;
const ann = { externalId: "U-ann", name: "Ann", role: "admin", locale: "en" } as const;
const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const STOP = "Stop all questions";
const RESUME = "Resume questions";

describeEitherDatabase("stopping all questions", (open) => {
  let database: TestDatabase;
  let world: World;
  beforeAll(async () => {
    database = await open();
  });
  beforeEach(async () => {
    world = await createWorld(database);
  });

  const types = async (text: string, from = robin) =>
    shown(await world.types(from, "survey", text));
  const stop = async () => world.presses(robin, tokenOf(await types("stop all"), STOP));
  const resume = async () => world.presses(robin, tokenOf(await types("resume all"), RESUME));
  const askedDana = () => [
    ...world.messenger.to("U-dana"),
    ...world.messenger.whispersTo("U-dana"),
  ];
  const passes = async (ms: number) => {
    world.clock.advance(ms);
    await world.settle();
  };
  const states = async () => {
    const rows = await database.db
      .selectFrom("invitations")
      .select(["state", "state_reason"])
      .where("workspace_id", "=", world.workspaceId)
      .execute();
    return rows.map(({ state, state_reason }) => [state, state_reason]);
  };

  test("says what it does and how many wait, then nobody is asked until it is resumed, and then once", async () => {
    await world.playChat();
    const card = await types("stop all");
    expect(wordsOf(card)).toContain("1 question waits");
    expect(buttonOf(card, STOP)).toMatchObject({ tone: "danger" });
    await passes(0);
    expect(askedDana()).toHaveLength(0);

    const done = await world.presses(robin, tokenOf(card, STOP), "stop-1");
    expect(wordsOf(shown(done))).toContain("All questions are stopped");
    expect(wordsOf(shown(await world.presses(robin, tokenOf(card, STOP), "stop-1")))).toContain(
      "All questions are stopped",
    );
    await passes(30 * MINUTE_MS);
    expect(askedDana()).toHaveLength(0);
    expect(await states()).toEqual([["planned", "asking-stopped"]]);
    const told = world.messenger.leads().map(({ message }) => message.summary);
    expect(told).toEqual([expect.stringContaining("Robin has stopped all questions")]);

    expect(wordsOf(shown(await resume()))).toContain("Questions are asked again");
    await passes(15 * MINUTE_MS);
    expect(askedDana()).toHaveLength(1);
    await passes(30 * MINUTE_MS);
    expect(askedDana()).toHaveLength(1);
    expect(world.messenger.leads().map(({ message }) => message.summary)).toEqual([
      expect.stringContaining("Robin has stopped"),
      expect.stringContaining("Robin has resumed"),
    ]);
  });

  test("neither by hand nor by “ask now” is anybody asked meanwhile", async () => {
    await world.playChat();
    await stop();
    const byHand = await world.asksFor(kim, chatRef("C1"));
    expect(wordsOf(shown(byHand))).toContain("asking is switched off for everybody");
    await passes(30 * MINUTE_MS);
    expect(askedDana()).toHaveLength(0);
  });

  test("a question that is on its way waits, and so does a reminder", async () => {
    await world.playChat();
    await passes(15 * MINUTE_MS);
    expect(askedDana()).toHaveLength(1);
    await stop();
    world.clock.advance(3 * DAY_MS);
    await remindDue(world.engine);
    await world.settle();
    expect(askedDana()).toHaveLength(1);

    await resume();
    await world.playChat({ chat: "C2", customer: { ...dana, externalId: "U-eve", name: "Eve" } });
    world.clock.advance(DAY_MS);
    world.messenger.failNext({ error: new Error("away") });
    await expect(world.settle()).rejects.toThrow("away");
    await stop();
    await world.settle();
    const eve = () => [...world.messenger.to("U-eve"), ...world.messenger.whispersTo("U-eve")];
    expect(eve()).toHaveLength(0);
    await resume();
    await passes(15 * MINUTE_MS);
    expect(eve()).toHaveLength(1);
  });

  test("T10 only an admin stops, at the typing and at the press", async () => {
    expect(wordsOf(await types("stop all", lou))).toContain("admin");
    const card = await types("stop all");
    const pressed = await world.presses({ ...robin, role: "lead" }, tokenOf(card, STOP));
    expect(wordsOf(shown(pressed))).not.toContain("stopped");
    const settings = await types("resume all");
    expect(wordsOf(settings)).toContain("Nothing is stopped");
  });

  test("of two who stop at once one is told, and another word than all stops nothing", async () => {
    const card = await types("stop all");
    await world.presses(robin, tokenOf(card, STOP));
    await world.presses({ ...robin, externalId: "U-ann", name: "Ann" }, tokenOf(card, STOP));
    await world.settle();
    expect(world.messenger.leads()).toHaveLength(1);
    expect(wordsOf(await types("stop chat-nps"))).toContain("/survey pause chat-nps");
  });

  test("stopping waits for no second person, resuming does, and the leads hear of both", async () => {
    const second = { approval: { secondPerson: true } };
    const by = { actor: "operator", at: world.clock.now() };
    await changeSettings(database.db, world.workspaceId, second, by);
    await stop();
    expect(wordsOf(await types("status"))).toContain("All questions are stopped");
    const proposed = shown(await resume());
    expect(wordsOf(await types("status"))).toContain("All questions are stopped");
    expect(wordsOf(proposed)).not.toContain("Questions are asked again");
    await world.settle();
    const label = textsFor("en").text("change.approve");
    const asked = world.messenger.sent.findLast(({ message }) => buttonOf(message, label));
    if (asked === undefined) throw new Error("nobody was asked to agree");
    await world.presses(ann, tokenOf(asked.message, label));
    await world.settle();
    expect(wordsOf(await types("status"))).toContain("Questions are asked as set up");
    const told = world.messenger.leads().map(({ message }) => message.summary);
    expect(told).toContainEqual(expect.stringContaining("has stopped all questions"));
    expect(told).toContainEqual(expect.stringContaining("has resumed all questions"));
  });

  test("every card that would ask says that all is stopped, with the way to resume", async () => {
    await world.playChat();
    await stop();
    for (const text of ["status", "list", "schedule", "resume chat-csat", "why messenger:U-dana"]) {
      const card = await types(text);
      expect(wordsOf(card), text).toContain("All questions are stopped");
      expect(buttonOf(card, RESUME), text).toBeDefined();
    }
    // Leads are told; they cannot resume.
    const lead = await types("status", lou);
    expect(wordsOf(lead)).toContain("All questions are stopped");
    expect(buttonOf(lead, RESUME)).toBeUndefined();
  });

  test("is said in each language", async () => {
    for (const language of languages) {
      const texts = textsFor(language);
      const card = await types("stop all", { ...robin, locale: language });
      expect(card.summary).toBe(texts.text("stop.title"));
      expect(buttonOf(card, texts.text("stop.do"))).toBeDefined();
    }
  });
});

function shown(reply: Reply): Message {
  if (reply.kind !== "message" && reply.kind !== "update") throw new Error(reply.kind);
  return reply.message;
}

function buttonOf(message: Message, label: string) {
  return message.parts
    .flatMap((part) => ("options" in part ? part.options : []))
    .find((option) => option.label === label);
}
