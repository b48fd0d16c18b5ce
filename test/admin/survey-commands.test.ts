import { beforeAll, beforeEach, expect, test } from "vitest";
import { languages, textsFor } from "../../src/locales/index.ts";
import type { Message, PlatformUser, Reply } from "../../src/platform.ts";
import { keepDeadJob } from "../../src/store/dead-jobs.ts";
import { newId } from "../../src/store/ids.ts";
import { changeSettings } from "../../src/store/settings.ts";
import { describeEitherDatabase, type TestDatabase } from "../support/database.ts";
import { insertChat, insertPerson } from "../support/database-rows.ts";
import { createMessenger, tokenOf, wordsOf } from "../support/messenger.ts";
import { createWorld, dana, kim, robin, type World } from "../support/world.ts";

const lou = { externalId: "U-lou", name: "Lou", role: "lead", locale: "en" } as const;
const MINUTE_MS = 60_000;

describeEitherDatabase("what runs, why, and one survey at a time", (open) => {
  let database: TestDatabase;
  let world: World;
  beforeAll(async () => {
    database = await open();
  });
  beforeEach(async () => {
    world = await createWorld(database);
  });

  const types = async (text: string, from: PlatformUser = robin) =>
    shown(await world.types(from, "survey", text));
  const presses = async (message: Message, label: string, from: PlatformUser = robin) =>
    shown(await world.presses(from, tokenOf(message, label)));
  const survey = (key: string) =>
    database.db
      .selectFrom("surveys")
      .select(["id", "state"])
      .where("workspace_id", "=", world.workspaceId)
      .where("key", "=", key)
      .executeTakeFirstOrThrow();
  const answers = async () => {
    await world.playChat();
    world.clock.advance(15 * MINUTE_MS);
    await world.settle();
    const all = [...world.messenger.to("U-dana"), ...world.messenger.whispersTo("U-dana")];
    const [asked] = all;
    if (asked === undefined) throw new Error("Dana was not asked");
    const scale = asked.message.parts.find(({ kind }) => kind === "scale");
    const token = scale?.kind === "scale" ? scale.options.at(-1)?.token : undefined;
    await world.presses(dana, token ?? "");
  };

  test("pausing says what it means for chats, and /survey resume takes the place of another", async () => {
    const card = await types("pause chat-nps");
    expect(wordsOf(card)).toContain("nobody is asked after a chat");
    expect(wordsOf(await presses(card, "Pause it"))).toContain("on → paused");
    expect((await survey("chat-nps")).state).toBe("paused");
    expect(wordsOf(await types("status"))).toContain("no survey is on");
    await presses(await types("resume chat-nps"), "Resume it");

    const other = await types("resume chat-csat");
    expect(wordsOf(other)).toContain("“chat-csat” takes the place of “chat-nps”");
    await presses(other, "Resume it");
    expect((await survey("chat-nps")).state).toBe("paused");
    expect(wordsOf(await types("resume chat-csat"))).toContain("is on already");
  });

  test("archiving what schedules ask pauses these with it, after a list to choose from", async () => {
    const key = "exit";
    await database.db
      .updateTable("schedules")
      .set({ state: "on" })
      .where("workspace_id", "=", world.workspaceId)
      .where("name", "=", "exit")
      .execute();
    const list = await types("archive");
    const card = await presses(list, key);
    expect(wordsOf(card)).toContain("asks it, so it is paused too: “exit”");
    const label = "Archive it and pause the schedule";
    expect(wordsOf(await presses(card, label))).toContain("archived");
    expect((await survey(key)).state).toBe("archived");
    const { state } = await database.db
      .selectFrom("schedules")
      .select("state")
      .where("workspace_id", "=", world.workspaceId)
      .where("name", "=", "exit")
      .executeTakeFirstOrThrow();
    expect(state).toBe("paused");
    const { details } = await database.db
      .selectFrom("audit")
      .select("details")
      .where("workspace_id", "=", world.workspaceId)
      .where("action", "like", "survey%")
      .orderBy("id", "desc")
      .executeTakeFirstOrThrow();
    expect(JSON.stringify(details)).toContain("archived");
  });

  test("an unknown survey is answered with the nearest one", async () => {
    expect(wordsOf(await types("pause chat-csta"))).toContain("chat-csat");
    expect(wordsOf(await types("archive <@U1> *x*"))).toContain("<@U1> *x*");
  });

  test("why: tells what was decided about somebody, newest first, and neither answer nor score", async () => {
    await answers();
    await world.playChat({ chat: "C2" });
    world.clock.advance(15 * MINUTE_MS);
    await world.settle();
    const card = await types("why messenger:U-dana");
    const words = wordsOf(card);
    expect(card.summary).toContain("Dana: what was decided in the last 30 days");
    expect(words).toContain("they were asked in the last 7 days");
    expect(words.indexOf("deferred")).toBeLessThan(words.indexOf("asked; "));
    expect(words).not.toMatch(/\b(5|10)\b\/|score/u);
    expect(wordsOf(await types("why Dana 90"))).toContain("last 90 days");
    expect(wordsOf(await types("why nobody@nowhere.test"))).toContain("I know nobody by this");
    expect(wordsOf(await types("why"))).toContain("Whom is it about?");
    expect(wordsOf(await types("why Dana 99999"))).toContain("At most 3650 days");
  });

  test("why: in a chat's place it is about its customer", async () => {
    await world.playChat();
    const reply = await world.inbox.receive({
      ...{ id: newId(), at: world.clock.now(), kind: "command", from: lou, name: "survey" },
      ...{ text: "why", place: { kind: "chat", chatId: "C1" } },
      connection: { platform: "messenger", externalId: `T-${world.workspaceId}` },
    });
    expect(shown(reply).summary).toContain("Dana");
  });

  test("why: two people of one name are told apart, pages turn, and a gone one is gone", async () => {
    await world.playChat();
    await insertPerson(database.db, world.workspaceId, { name: "Dana" });
    expect(wordsOf(await types("why Dana"))).toContain("This may be 2 people");
    for (let i = 2; i < 12; i += 1) await world.playChat({ chat: `C${i}` });
    await world.settle();
    const first = await types("why messenger:U-dana");
    const second = await presses(first, "Next");
    expect(wordsOf(second)).not.toBe(wordsOf(first));
    expect(wordsOf(await presses(second, "Previous"))).toContain("Waiting now");
    expect(wordsOf(await presses(first, "Next", kim))).toContain("leads");
  });

  test("T10 why: a lead of one team is told of its customers only, also on a kept page", async () => {
    await world.playChat();
    const id = await insertPerson(database.db, world.workspaceId, {
      ...{ name: "Tess", role: "lead", teams: ["Shipping"] },
    });
    const { connection_id } = await database.db
      .selectFrom("identities")
      .select("connection_id")
      .where("workspace_id", "=", world.workspaceId)
      .limit(1)
      .executeTakeFirstOrThrow();
    const row = { workspace_id: world.workspaceId, connection_id, external_id: "U-tess" };
    await database.db
      .insertInto("identities")
      .values({ ...row, person_id: id })
      .execute();
    const tess = { externalId: "U-tess", name: "Tess", role: "lead", locale: "en" } as const;
    expect(wordsOf(await types("why messenger:U-dana", tess))).toContain("Shipping");
    expect(wordsOf(await types("why Dana", tess))).not.toContain("decided");
    const { person_id } = await database.db
      .selectFrom("identities")
      .select("person_id")
      .where("workspace_id", "=", world.workspaceId)
      .where("external_id", "=", "U-dana")
      .executeTakeFirstOrThrow();
    const theirs = { customer_id: person_id, team: "Shipping" };
    await insertChat(database.db, world.workspaceId, connection_id, theirs);
    const told = wordsOf(await types("why messenger:U-dana", tess));
    expect(told).toContain("what was decided");
    // The chat with another team is not theirs to know of.
    expect(told).not.toContain("#help");
  });

  test("why: under “only totals” nobody is told whether somebody answered", async () => {
    await changeSettings(database.db, world.workspaceId, { promise: "totals" }, byOperator());
    await answers();
    const words = wordsOf(await types("why messenger:U-dana"));
    expect(words).not.toContain("answered;");
    expect(words).not.toMatch(/ answered$/mu);
    expect(words).toContain("Where only totals were promised");
  });

  test("status: what runs, what was asked, what is held back; the machine only for admins", async () => {
    await answers();
    const stopped = { asking: { stopped: true } };
    await changeSettings(database.db, world.workspaceId, stopped, byOperator());
    await world.playChat({ chat: "C2" });
    world.clock.advance(15 * MINUTE_MS);
    await world.settle();
    const words = wordsOf(await types("status"));
    expect(words).toContain("Today: 1 asked, 1 of them answered");
    expect(words).toContain("asking is switched off for everybody just now: 1");
    expect(words).toContain("Nothing has failed lately");
    expect(words).not.toContain("Dana");
    const lead = wordsOf(await types("status", lou));
    expect(lead).toContain("Today: 1 asked");
    expect(lead).not.toContain("Messages");
    expect(wordsOf(await types("", lou))).toBe(lead);
    expect(wordsOf(await types("status", kim))).toContain("leads");
  });

  test("status: what failed at every try is put in again once, and connections say what is wrong", async () => {
    const about = newId();
    const job = { queue: "ask", about, error: "Dana <secret> at x.ts:1", tries: 5 } as const;
    const at = { putInAt: world.clock.now(), diedAt: world.clock.now() };
    await keepDeadJob(database.db, world.workspaceId, { id: newId(), ...job, ...at });
    const card = await types("status");
    expect(wordsOf(card)).toContain("1 job failed at every try");
    expect(wordsOf(card)).not.toContain("secret");
    const done = await presses(card, "Try them again");
    expect(wordsOf(done)).toContain("Nothing has failed lately");

    const away = { ...createMessenger(), unready: () => "the gateway is away" };
    Object.assign(world.engine, { platforms: [away] });
    expect(wordsOf(await types("status"))).toContain("Test: not connected just now");
    Object.assign(world.engine, { platforms: [] });
    expect(wordsOf(await types("status"))).toContain("its platform is not switched on here");
  });

  test("each card is in its reader's language", async () => {
    await answers();
    for (const language of languages) {
      const from = { ...robin, locale: language };
      const texts = textsFor(language);
      expect((await types("status", from)).summary).toBe(texts.text("status.title"));
      const said = [await types("why Dana", from), await types("archive chat-nps", from)];
      for (const card of [...said, await types("status", from)]) {
        expect(card.locale).toBe(language);
        if (language !== "en")
          expect(wordsOf(card)).not.toMatch(/\b(asked|waits?|people|schedule)\b/u);
      }
    }
  });

  const byOperator = () => ({ actor: "operator", at: world.clock.now() });
});

function shown(reply: Reply): Message {
  if (reply.kind !== "message" && reply.kind !== "update") throw new Error(reply.kind);
  return reply.message;
}
