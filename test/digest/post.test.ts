/** The digest as it is posted: once a week whatever happens, and what stands in it. */
import { Temporal } from "temporal-polyfill";
import { beforeAll, beforeEach, expect, test } from "vitest";
import { postDigests, tendDigest } from "../../src/digest/post.ts";
import { doWork, type Engine } from "../../src/engine.ts";
import { createLog } from "../../src/log.ts";
import { forgetHuman } from "../../src/people/erase.ts";
import type { NewRow } from "../../src/store/schema.ts";
import { changeSettings, type SettingsChange } from "../../src/store/settings.ts";
import { readWorkspace } from "../../src/store/workspaces.ts";
import { createReading, type Reading } from "../commands/reading-support.ts";
import { plain } from "../commands/summary-support.ts";
import { describeEitherDatabase, type TestDatabase } from "../support/database.ts";
import { insertCase, insertInvitation, insertPerson } from "../support/database-rows.ts";
import { wordsOf } from "../support/messenger.ts";
import type { World } from "../support/world.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

describeEitherDatabase("the weekly digest", (open) => {
  let database: TestDatabase;
  let reading: Reading;
  let world: World;

  beforeAll(async () => {
    database = await open();
  });
  beforeEach(async () => {
    reading = await createReading(database);
    world = reading.world;
    await tick(); // from now on it comes
  });

  /** What the clockwork does each minute, for this workspace alone. */
  const tick = async (engine: Engine = world.engine) => {
    const workspace = await readWorkspace(database.db, world.workspaceId);
    await tendDigest(engine, workspace, (platform) => platform === "messenger");
  };
  const wordsOfAll = () => digests().map(({ message }) => plain(wordsOf(message)));

  const digests = () =>
    world.messenger.sent.filter(({ message }) => wordsOf(message).startsWith("Weekly digest"));
  const set = (change: SettingsChange) =>
    changeSettings(database.db, world.workspaceId, change, {
      actor: "operator",
      at: world.clock.now(),
    });
  /** The world begins on a Monday at noon. */
  const toMonday = () => world.clock.advance(6 * DAY + 21 * HOUR);
  const post = async () => {
    toMonday();
    await tick();
    await world.settle();
    return digests().at(-1)?.message ?? expect.unreachable("nothing was posted");
  };

  test("comes on Monday at nine and not before, once with two instances, and again next Monday", async () => {
    world.clock.advance(6 * DAY + 21 * HOUR - 1);
    await tick();
    await world.settle();
    expect(digests()).toEqual([]);
    world.clock.advance(1);
    await Promise.all([tick(), tick()]);
    await tick();
    await world.settle();
    expect(digests()).toMatchObject([{ to: { kind: "leads" } }]);
    world.clock.advance(7 * DAY - 1);
    await tick();
    await world.settle();
    expect(digests()).toHaveLength(1);
    world.clock.advance(1);
    await tick();
    await world.settle();
    expect(digests()).toHaveLength(2);
  });

  test("with nothing to say is one line", async () => {
    const message = await post();
    expect(wordsOfAll().join()).toContain("Nov 2 – 8, 2026: nothing to say");
    expect(message.parts).toHaveLength(1);
  });

  test("tells why people left, and nothing of those who were promised totals", async () => {
    const { db } = database;
    const { workspaceId } = world;
    const survey = await db
      .selectFrom("surveys")
      .select(["id", "version"])
      .where("workspace_id", "=", workspaceId)
      .where("key", "=", "exit")
      .executeTakeFirstOrThrow();
    const person_id = await insertPerson(db, workspaceId);
    const left = async (choice: string, promise: "named" | "totals") => {
      const about = { kind: "exit", state: "answered", promise, person_id } as const;
      const invitation_id = await insertInvitation(db, workspaceId, survey.id, about);
      const answer = { invitation_id, survey_id: survey.id, survey_version: survey.version };
      await db
        .insertInto("answers")
        .values({
          ...{ workspace_id: workspaceId, ...answer, person_id, question: "reason", choice },
          answered_at: world.clock.now(),
        })
        .execute();
    };
    for (const choice of ["other", "too-expensive", "too-expensive"]) await left(choice, "named");
    await left("moved", "totals");
    await post();
    const words = wordsOfAll().join();
    expect(words).toMatch(/Why people left\W+Too expensive 2 · Other 1/);
    expect(words).not.toContain("Moved");
  });

  test("S10 that was missed three times comes once, about the last of the three weeks", async () => {
    world.clock.advance(24 * DAY);
    await tick();
    await tick();
    await world.settle();
    expect(wordsOfAll()).toEqual([expect.stringContaining("Nov 16 – 22, 2026")]);
    world.clock.advance(HOUR);
    await tick();
    await world.settle();
    expect(digests()).toHaveLength(1);
  });

  test("switched off is posted nowhere, and nothing is made up for when it is on again", async () => {
    await set({ digest: { on: false } });
    toMonday();
    await tick();
    await set({ digest: { on: true } });
    await tick();
    await world.settle();
    expect(digests()).toEqual([]);
    world.clock.advance(7 * DAY);
    await tick();
    await world.settle();
    expect(digests()).toHaveLength(1);
  });

  test("comes at the time that is set from when it is set", async () => {
    await set({ digest: { day: 3, time: "17:30" } });
    await tick();
    toMonday();
    await tick();
    await world.settle();
    expect(wordsOfAll()).toEqual([expect.stringContaining("Oct 28 – Nov 3, 2026")]);
  });

  test("S6 S7 comes at nine by the clock of the workspace in the weeks in which it changes", async () => {
    await database.db
      .updateTable("workspaces")
      .set({ time_zone: "Europe/Berlin" })
      .where("id", "=", world.workspaceId)
      .execute();
    const seen: string[] = [];
    const localNow = () =>
      Temporal.Instant.fromEpochMilliseconds(world.clock.now().getTime())
        .toZonedDateTimeISO("Europe/Berlin")
        .toPlainDateTime()
        .toString();
    const goTo = (time: string) => {
      const there = Temporal.PlainDateTime.from(time).toZonedDateTime("Europe/Berlin");
      world.clock.advance(there.epochMilliseconds - world.clock.now().getTime());
    };
    for (const sunday of ["2027-03-28", "2027-10-31"]) {
      goTo(`${sunday}T20:00`);
      await tick(); // weeks were missed until here: one is made up for
      await world.settle();
      for (let hour = 0; hour < 16; hour += 1) {
        const before = digests().length;
        world.clock.advance(HOUR);
        await tick();
        await world.settle();
        if (digests().length > before) seen.push(localNow());
      }
    }
    expect(seen).toEqual(["2027-03-29T09:00:00", "2027-11-01T09:00:00"]);
  });

  test("S1 killed between the claim and the posting it is posted at the next tick, once", async () => {
    toMonday();
    const { jobs } = world.engine;
    const dying: Engine = {
      ...world.engine,
      log: createLog("silent"),
      jobs: { ...jobs, enqueue: () => Promise.reject(new Error("killed")) },
    };
    await postDigests(dying); // one that fails does not hold up the others, and is told
    await world.settle();
    expect(digests()).toEqual([]);
    await tick();
    await tick();
    await world.settle();
    expect(digests()).toHaveLength(1);
  });

  test("says what was answered, how it changed, who is not answered, and what is worth reading", async () => {
    const monday = world.clock.now();
    const inWeek = (day: number) => new Date(monday.getTime() + day * DAY);
    const person = await reading.person("Dana");
    const [chat, unasked] = [await reading.chat("C9"), await reading.chat("C10")];
    const closed = {
      ...{ state: "closed", close_reason: "solved", closings: 1, customer_id: person },
      ...{ customer_messages: 3, first_replied_at: inWeek(1), closed_at: inWeek(1) },
    } satisfies Partial<NewRow<"chats">>;
    await database.db
      .updateTable("chats")
      .set({ ...closed })
      .where("workspace_id", "=", world.workspaceId)
      .where("id", "in", [chat, unasked])
      .execute();
    for (let i = 0; i < 6; i += 1) {
      const other = await reading.person(`P${i}`);
      await reading.answer("nps", { score: i < 2 ? 10 : 7, at: inWeek(2), person: other });
      await reading.answer("nps", { score: 10, at: reading.ago(2 * DAY), person: other });
    }
    const text = "The refund took three weeks and two calls";
    await reading.answer("nps", { score: 2, at: inWeek(3), text, person, chat });
    await insertCase(database.db, world.workspaceId, {
      ...{ person_id: person, human_id: person, opened_at: inWeek(3) },
      ...{ waiting_since: inWeek(3), due_at: inWeek(4) },
    });
    const message = await post();
    const words = wordsOf(message);
    expect(words).toMatch(/NPS \+14 .* · 7 answers · the week before \+100 \(n 6\)/);
    expect(words).toContain("early signal");
    expect(words).toMatch(/Response rate[\s\S]*7 of 7/);
    expect(words).toMatch(/Coverage[\s\S]*1 of 2/);
    expect(words).toContain("Cases: 1 open, 1 overdue");
    expect(words).toContain("#1 Dana");
    expect(words).toContain("A comment worth reading");
    expect(message.parts).toContainEqual({
      ...{ kind: "quote", text, by: "Dana · 2/10 (NPS)" },
      link: { label: "Open the chat", url: "https://chat.example/C9" },
    });
    expect(message.parts.some(({ kind }) => kind === "picture")).toBe(true);
  });

  test("has nobody's words under the promise that only totals are seen", async () => {
    const text = "I was told that nobody reads this with my name";
    const at = world.clock.now();
    await reading.answer("nps", { score: 1, at, text, person: await reading.person("Dana") });
    await set({ promise: "totals" });
    expect(wordsOf(await post())).not.toContain(text);
  });

  test("P1 is gone from the channel when somebody whom it quotes is forgotten, and only then", async () => {
    const at = world.clock.now();
    const text = "Nobody ever called me back about it";
    const person = await reading.person("Dana");
    await reading.answer("nps", { score: 1, at, text, person });
    const other = await insertPerson(database.db, world.workspaceId, { name: "Omar" });
    await reading.answer("nps", { score: 9, at, person: other });
    await post();
    const posted = digests()[0]?.id;
    const forget = (personId: string) =>
      doWork(world.engine, (work) =>
        forgetHuman(world.engine, work, {
          workspaceId: world.workspaceId,
          personId,
          by: "operator",
        }),
      );
    await forget(other);
    await world.settle();
    expect(world.messenger.removed).not.toContain(posted);
    await forget(person);
    await world.settle();
    expect(world.messenger.removed).toContain(posted);
  });

  test("goes to the channel that is set, and nowhere else", async () => {
    await set({ digest: { channel: "messenger:C-reports" } });
    await post();
    expect(digests().map(({ to }) => to)).toEqual([{ kind: "channel", channelId: "C-reports" }]);
  });

  test("speaks the language of the connection, and is not sent where nothing goes out", async () => {
    await database.db
      .updateTable("connections")
      .set({ settings: JSON.stringify({ locale: "ru" }) })
      .where("workspace_id", "=", world.workspaceId)
      .execute();
    const { platform, externalId } = { platform: "former", externalId: `F-${world.workspaceId}` };
    await database.db
      .insertInto("connections")
      .values({
        ...{ workspace_id: world.workspaceId, id: crypto.randomUUID(), platform },
        ...{ external_id: externalId, name: "Former", settings: "{}" },
      })
      .execute();
    toMonday();
    await tick();
    await world.settle();
    expect(world.messenger.leads().map(({ message }) => wordsOf(message))).toEqual([
      expect.stringContaining("Итоги недели"),
    ]);
  });
});
