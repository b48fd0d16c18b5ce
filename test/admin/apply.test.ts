import { beforeAll, beforeEach, expect, test } from "vitest";
import { applyFromChat } from "../../src/admin/apply.ts";
import type { OpenDraft } from "../../src/admin/draft-kind.ts";
import { draftOf } from "../../src/admin/survey/content.ts";
import { readerOf } from "../../src/commands/reader.ts";
import type { Change } from "../../src/configuration/change.ts";
import { doWork } from "../../src/engine.ts";
import type { Message, PlatformUser } from "../../src/platform.ts";
import { chatConnectionsOf } from "../../src/store/connections.ts";
import { insertDraft } from "../../src/store/drafts.ts";
import { readSettings } from "../../src/store/settings.ts";
import { readKeptSurvey } from "../../src/store/survey-versions.ts";
import type { SurveyDefinition } from "../../src/surveys/survey.ts";
import { linesOf } from "../commands/summary-support.ts";
import { describeEitherDatabase, type TestDatabase } from "../support/database.ts";
import { tokenOf } from "../support/messenger.ts";
import { createWorld, kim, robin, type World } from "../support/world.ts";

const HOUR = 60 * 60_000;
const alex: PlatformUser = { ...robin, externalId: "U-alex", name: "Alex" };
const lea: PlatformUser = { ...kim, externalId: "U-lea", name: "Lea", role: "lead" };
const later: Change = {
  ...{ kind: "settings", set: { "asking.from": "10:00" }, was: { "asking.from": "09:00" } },
};
const twoPeople: Change = {
  kind: "settings",
  ...{ set: { "approval.secondPerson": true }, was: { "approval.secondPerson": false } },
};

describeEitherDatabase("what an admin changes from chat", (open) => {
  let database: TestDatabase;
  let world: World;
  beforeAll(async () => {
    database = await open();
  });
  beforeEach(async () => {
    world = await createWorld(database);
  });

  const readerFor = async (from: PlatformUser) => {
    const [connection] = await chatConnectionsOf(database.db, world.workspaceId);
    if (connection === undefined) throw new Error("there is no connection");
    return { connection, reader: await readerOf(world.engine, connection, from) };
  };
  /** As a card of theirs would do it. */
  async function change(
    from: PlatformUser,
    changes: readonly Change[],
    draft?: OpenDraft<unknown>,
  ): Promise<Message> {
    const { engine } = world;
    const { connection, reader } = await readerFor(from);
    const { message } = await doWork(engine, (work) => {
      const context = { engine, db: work.transaction, now: work.now, reader, connection, work };
      const how = { origin: "chat", ...(draft === undefined ? {} : { draft }) } as const;
      return applyFromChat(context, changes, how);
    });
    return message;
  }
  async function press(from: PlatformUser, message: Message, label: string): Promise<Message> {
    const reply = await world.presses(from, tokenOf(message, label));
    if (reply.kind !== "update" && reply.kind !== "message") throw new Error(reply.kind);
    return reply.message;
  }
  const askingFrom = async () => (await readSettings(database.db, world.workspaceId)).asking.from;
  const toLeads = async () => {
    await world.settle();
    const message = world.messenger.leads().at(-1)?.message;
    if (message === undefined) throw new Error("the leads' channel was told nothing");
    return message;
  };
  const typed = async (from: PlatformUser, command: string) => {
    const reply = await world.types(from, "aftertalk", command);
    if (reply.kind !== "message") throw new Error(reply.kind);
    return reply.message;
  };

  test("a change says what holds now and is undone with its button, once, within 24 hours", async () => {
    const card = await change(robin, [later]);
    expect(linesOf(card).join("\n")).toMatch(/09:00 → 10:00/u);
    const undone = await press(alex, card, "Undo");
    expect(undone.summary).toBe("Undone by Alex. This holds again:");
    expect(linesOf(undone).join("\n")).toMatch(/10:00 → 09:00/u);
    expect(await askingFrom()).toBe("09:00");
    expect((await press(robin, card, "Undo")).summary).toMatch(/^Undone by Alex/u);
    const again = await change(robin, [later]);
    world.clock.advance(25 * HOUR);
    expect((await press(robin, again, "Undo")).summary).toMatch(/More than 24 hours/u);
    expect(await askingFrom()).toBe("10:00");
  });

  test("an undo that something newer stands in the way of changes nothing and says so", async () => {
    const first = await change(robin, [later]);
    await change(alex, [
      { kind: "settings", set: { "asking.from": "11:00" }, was: { "asking.from": "10:00" } },
    ]);
    const said = await press(robin, first, "Undo");
    expect(said.summary).toMatch(/^Not undone/u);
    expect(linesOf(said).join("\n")).toContain("Undo the later changes first");
    expect(await askingFrom()).toBe("11:00");
    const list = await typed(robin, "undo");
    expect(linesOf(list).join("\n")).toMatch(/10:00 → 11:00[\s\S]*09:00 → 10:00/u);
    await press(robin, list, "Undo");
    expect(await askingFrom()).toBe("10:00");
  });

  async function begin(
    from: PlatformUser,
    key: string,
    edit: (d: SurveyDefinition) => SurveyDefinition,
  ) {
    const { engine, workspaceId } = world;
    const kept = await readKeptSurvey(database.db, workspaceId, key);
    if (kept?.definition === undefined) throw new Error(`there is no ${key}`);
    const [connection] = await chatConnectionsOf(database.db, workspaceId);
    if (connection === undefined) throw new Error("there is no connection");
    const { person } = await readerOf(engine, connection, from);
    const definition = edit(kept.definition);
    const made = {
      ...({ personId: person.id, kind: "survey", about: key, base: kept.version } as const),
      content: draftOf(key, kept.trigger, definition),
    };
    const at = world.clock.now();
    const id = await insertDraft(database.db, workspaceId, made, at);
    const draft = { ...made, id, revision: 1, state: "open", updatedAt: at } as const;
    const { trigger } = kept;
    const wanted: Change = { kind: "survey", key, trigger, definition, base: kept.version };
    return { draft, wanted };
  }
  const reworded =
    (said: string, language = "en") =>
    (it: SurveyDefinition): SurveyDefinition => ({
      ...it,
      questions: it.questions.map((question) =>
        question.kind === "score"
          ? { ...question, wording: { ...question.wording, [language]: said } }
          : question,
      ),
    });
  const definitionOf = async (key: string) =>
    (await readKeptSurvey(database.db, world.workspaceId, key))?.definition;
  const wordsIn = async (language: string) => {
    const [first] = (await definitionOf("chat-csat"))?.questions ?? [];
    return first?.kind === "score" ? first.wording[language] : undefined;
  };

  test("two admins who edit different fields at once: the second is shown both and saves both", async () => {
    const mine = await begin(robin, "chat-csat", reworded("Satisfait ?", "fr"));
    const theirs = await begin(alex, "chat-csat", reworded("How satisfied are you?"));
    const saved = await change(alex, [theirs.wanted], theirs.draft);
    expect(linesOf(saved).join("\n")).toMatch(/Question 1, English[\s\S]*How satisfied are you\?/u);
    expect(linesOf(saved).join("\n")).toContain("counted on their own from today");
    const card = await change(robin, [mine.wanted], mine.draft);
    const said = linesOf(card).join("\n");
    expect(said).toMatch(/Alex saved “chat-csat”/u);
    expect(said).toContain("Question 1, French");
    await press(robin, card, "Save it like this");
    expect(await wordsIn("en")).toBe("How satisfied are you?");
    expect(await wordsIn("fr")).toBe("Satisfait ?");
  });

  test("two admins who edit the same field at once: it is said field by field, and nothing is lost", async () => {
    const mine = await begin(robin, "chat-csat", (it) =>
      reworded("Satisfait ?", "fr")(reworded("Robin asks this?")(it)),
    );
    const theirs = await begin(alex, "chat-csat", (it) =>
      reworded("Alex asks this?")({ ...it, cases: false }),
    );
    await change(alex, [theirs.wanted], theirs.draft);
    const card = await change(robin, [mine.wanted], mine.draft);
    const said = linesOf(card).join("\n");
    expect(said).toContain("theirs: “Alex asks this?” · yours: “Robin asks this?”");
    const opened = await press(robin, card, "Keep editing");
    expect(JSON.stringify(opened)).toContain("Robin asks this?");
    const row = await database.db
      .selectFrom("drafts")
      .select(["content", "base", "state"])
      .where("id", "=", mine.draft.id)
      .executeTakeFirstOrThrow();
    // Theirs is under it where it does not collide.
    expect(row).toMatchObject({
      base: 2,
      state: "open",
      content: { definition: { cases: false } },
    });
    expect(await wordsIn("en")).toBe("Alex asks this?");
  });

  test("T10 with a second person wanted, another admin agrees, and nobody to their own", async () => {
    await change(robin, [twoPeople]);
    const alone = await change(robin, [later]);
    expect(linesOf(alone).join("\n")).toContain("there is no other admin");
    await press(robin, alone, "Take back");
    await world.types(alex, "aftertalk", "undo");
    const own = await change(robin, [later]);
    expect(linesOf(own).join("\n")).toMatch(/second admin to agree[\s\S]*Alex can agree/u);
    expect(await askingFrom()).toBe("09:00");
    const card = await toLeads();
    expect(card.summary).toBe("Robin wants to change this. Another admin has to agree");
    expect((await press(robin, card, "Agree")).summary).toMatch(/your own change/u);
    expect((await press(lea, card, "Agree")).summary).toMatch(/^Only admins/u);
    const done = await press(alex, card, "Agree");
    expect(done.summary).toBe("Alex agreed: saved. This holds now:");
    expect(await askingFrom()).toBe("10:00");
    const log = linesOf(await typed(alex, "audit")).join("\n");
    expect(log).toMatch(
      /Alex: agreed to a change[\s\S]*Robin: changed settings[\s\S]*09:00 → 10:00/u,
    );
    // An undo that needs a second person waits for one, too.
    expect((await press(alex, done, "Undo")).summary).toMatch(/^Waiting for a second admin/u);
    await press(robin, await toLeads(), "Agree");
    expect(await askingFrom()).toBe("09:00");
    expect((await press(robin, done, "Undo")).summary).toMatch(/^Undone by Alex/u);
  });

  test("T10 a proposal that no longer fits changes nothing; a refused one gives its draft back", async () => {
    await world.types(alex, "aftertalk", "undo");
    await change(robin, [twoPeople]);
    const mine = await begin(robin, "chat-csat", reworded("Another question?"));
    await change(robin, [mine.wanted], mine.draft);
    const card = await toLeads();
    const refused = await press(alex, card, "Refuse");
    expect(refused.summary).toBe("Alex refused this change: nothing was changed.");
    const state = await database.db
      .selectFrom("drafts")
      .select("state")
      .where("id", "=", mine.draft.id)
      .executeTakeFirstOrThrow();
    expect(state).toEqual({ state: "open" });
    await change(robin, [later]);
    const waiting = await toLeads();
    await change(alex, [{ ...twoPeople, set: twoPeople.was, was: twoPeople.set }]);
    await press(robin, await toLeads(), "Agree");
    await change(robin, [
      { kind: "settings", set: { "asking.from": "08:00" }, was: { "asking.from": "09:00" } },
    ]);
    const said = await press(alex, waiting, "Agree");
    expect(said.summary).toMatch(/^Not saved: something else was changed/u);
    expect(await askingFrom()).toBe("08:00");
  });

  test("T10 an undo that would leave nobody who may change anything says whom to name first", async () => {
    const { person } = (await readerFor(lea)).reader;
    const subject = { kind: "person", personId: person.id } as const;
    const card = await change(robin, [{ kind: "role", subject, to: "admin", was: null }]);
    await readerFor({ ...robin, role: "lead" });
    const said = await press(lea, card, "Undo");
    expect(linesOf(said).join("\n")).toMatch(
      /there would be no admin left.*\/aftertalk roles admin/u,
    );
    expect((await readerFor(lea)).reader.person.role).toBe("admin");
    await readerFor(alex);
    expect((await press(lea, card, "Undo")).summary).toMatch(/^Undone by Lea/u);
    expect((await readerFor(lea)).reader.person.role).toBe("lead");
  });

  test("T10 a lead who types undo or audit, or presses an admin's button, is told whom to ask", async () => {
    const card = await change(robin, [later]);
    for (const command of ["undo", "audit"])
      expect((await typed(lea, command)).summary).toMatch(/^Only admins .* Robin/u);
    expect((await press(lea, card, "Undo")).summary).toMatch(/^Only admins/u);
    const demoted = { ...robin, role: "agent" } as const;
    expect((await press(demoted, card, "Undo")).summary).toMatch(/^Only admins/u);
    expect(await askingFrom()).toBe("10:00");
  });
});
