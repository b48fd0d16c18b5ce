import { beforeAll, expect, test } from "vitest";
import { tendCases } from "../../src/cases/chores.ts";
import { listOpenCases } from "../../src/store/cases.ts";
import { describeEitherDatabase, type TestDatabase } from "../support/database.ts";
import { tokenOf, wordsOf } from "../support/messenger.ts";
import { createWorld, dana, robin, type World } from "../support/world.ts";
import {
  alex,
  card,
  DAY,
  eventsOf,
  fill,
  HOUR,
  lastTo,
  MINUTE,
  openCaseOf,
  press,
  scores,
  thread,
} from "./support.ts";

const START = new Date("2026-11-02T12:00:00Z").getTime();

describeEitherDatabase("the deadlines of a case", (open) => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await open();
  });

  /** A low score at this instant, in this zone; Robin is an admin whom we know. */
  async function lowScoreAt(at: string, timeZone = "UTC"): Promise<World> {
    const world = await createWorld(database);
    await database.db
      .updateTable("workspaces")
      .set({ time_zone: timeZone })
      .where("id", "=", world.workspaceId)
      .execute();
    world.clock.advance(new Date(at).getTime() - START - 15 * MINUTE);
    await world.types(robin, "help");
    await scores(world, "2");
    return world;
  }

  async function tendAt(world: World, at: string): Promise<void> {
    world.clock.advance(new Date(at).getTime() - world.clock.now().getTime());
    await tendCases(world.engine);
    await world.settle();
  }

  test.each([
    ["a weekend", "UTC", "2026-11-06T15:00:00Z", "2026-11-09T13:00:00Z", "2026-11-09T15:00:00Z"],
    [
      "the change to winter time",
      "Europe/Berlin",
      "2026-10-23T13:00:00Z",
      "2026-10-26T12:00:00Z",
      "2026-10-26T14:00:00Z",
    ],
    [
      "the change to summer time",
      "Europe/Berlin",
      "2027-03-26T14:00:00Z",
      "2027-03-29T11:00:00Z",
      "2027-03-29T13:00:00Z",
    ],
  ])(
    "over %s one reminder and one escalation come at their working hours",
    async (_name, zone, at, remind, due) => {
      const world = await lowScoreAt(at, zone);
      const moment = (time: string, ms: number) =>
        new Date(new Date(time).getTime() + ms).toISOString();
      await tendAt(world, moment(remind, -1));
      expect(world.messenger.leads()).toHaveLength(1);
      await tendAt(world, remind);
      await tendAt(world, moment(remind, HOUR));
      expect(world.messenger.leads()).toHaveLength(2);
      expect(wordsOf(card(world))).toContain("Nobody has claimed case #1 yet");
      await tendAt(world, moment(due, -1));
      expect(thread(world, 0)).toEqual([]);
      await tendAt(world, due);
      await tendAt(world, moment(due, DAY));
      expect(thread(world, 0)).toEqual([
        "Nobody replied in time, so this goes to Robin. Please have a look.",
      ]);
      expect(wordsOf(lastTo(world, robin))).toContain("Case #1 was escalated to you");
      const words = wordsOf(world.messenger.leads()[0]?.message ?? card(world));
      expect(words).toContain("overdue since");
      expect(words).toContain("Escalated to: the admins");
      expect(await eventsOf(world)).toEqual(["opened", "reminded", "escalated"]);
    },
  );

  test("nobody is pressed to reply to somebody who wants no reply", async () => {
    const world = await lowScoreAt("2026-11-03T09:00:00Z");
    await world.answers(dana, "Skip");
    await world.answers(dana, "No, thanks");
    expect(wordsOf(card(world))).toContain("no reply wanted");
    await tendAt(world, "2026-11-10T15:00:00Z");
    expect(await eventsOf(world)).toEqual(["opened"]);
    expect(thread(world)).toEqual([]);
  });

  test("whoever wants a reply after all waits from then on", async () => {
    const world = await lowScoreAt("2026-11-03T09:00:00Z");
    await world.answers(dana, "Skip");
    await world.answers(dana, "No, thanks");
    await tendAt(world, "2026-11-03T13:00:00Z");
    const asked = world.messenger
      .to(dana.externalId)
      .findLast(({ message }) => wordsOf(message).includes("get back to you"));
    const again = await world.presses(dana, tokenOf(asked?.message ?? card(world), "Change"));
    if (again.kind !== "update") throw new Error("the question is shown again");
    await world.presses(dana, tokenOf(again.message, "Yes, please"));
    await world.settle();
    const { dueAt } = await openCaseOf(world);
    expect(new Date(dueAt).toISOString()).toBe("2026-11-04T13:00:00.000Z");
    expect(wordsOf(card(world))).toContain("reply by");
  });

  test("whoever has the case is reminded directly, without a name or a word of the customer", async () => {
    const world = await lowScoreAt("2026-11-03T09:00:00Z");
    await press(world, alex, "Claim");
    await tendAt(world, "2026-11-03T15:00:00Z");
    const note = wordsOf(lastTo(world, alex));
    expect(note).toContain("Your case #1 waits for a reply");
    expect(note).not.toContain("Dana");
    expect(world.messenger.leads()).toHaveLength(1);
  });

  test("after a reply the clock stands still, and the customer's answer sets it going anew", async () => {
    const world = await lowScoreAt("2026-11-03T09:00:00Z");
    await fill(world, alex, "Reply", { text: "Sorry!" });
    await tendAt(world, "2026-11-05T09:00:00Z");
    expect(await eventsOf(world)).toEqual(["opened", "replied"]);
    await world.writes(dana, "And now?");
    await tendAt(world, "2026-11-05T15:00:00Z");
    await tendAt(world, "2026-11-05T17:00:00Z");
    expect(await eventsOf(world)).toEqual([
      ...["opened", "replied", "answered", "reminded", "escalated"],
    ]);
  });

  test("two instances that tend the cases at once say everything once", async () => {
    const world = await lowScoreAt("2026-11-03T09:00:00Z");
    world.clock.advance(7 * HOUR);
    await Promise.all(Array.from({ length: 4 }, () => tendCases(world.engine)));
    world.clock.advance(7 * DAY);
    await Promise.all(Array.from({ length: 4 }, () => tendCases(world.engine)));
    await world.settle();
    expect(await eventsOf(world)).toEqual(["opened", "reminded", "escalated"]);
    expect(world.messenger.leads()).toHaveLength(2);
    expect(world.messenger.to("U-robin")).toHaveLength(1);
  });

  test("whoever slept through the reminder is not reminded after the deadline", async () => {
    const world = await lowScoreAt("2026-11-03T09:00:00Z");
    await tendAt(world, "2026-11-10T09:00:00Z");
    expect(await eventsOf(world)).toEqual(["opened", "escalated"]);
  });

  test("a case that was put off comes back on its morning, and its clock begins anew", async () => {
    const world = await lowScoreAt("2026-11-06T15:00:00Z");
    await fill(world, alex, "Snooze", { days: "3" });
    expect(wordsOf(card(world))).toContain("snoozed until Mon");
    expect(wordsOf(card(world))).toContain("Owner: Alex");
    await tendAt(world, "2026-11-09T08:59:59.999Z");
    expect((await openCaseOf(world)).state).toBe("snoozed");
    await tendAt(world, "2026-11-09T09:00:00Z");
    const awake = await openCaseOf(world);
    expect(awake).toMatchObject({ state: "open", dueAt: Date.parse("2026-11-09T17:00:00Z") });
    expect(wordsOf(lastTo(world, alex))).toContain("put case #1 off until now");
    expect(thread(world).at(-1)).toContain("Here it is again");
  });

  test("an answer of the customer wakes a case that was put off", async () => {
    const world = await lowScoreAt("2026-11-03T09:00:00Z");
    await fill(world, alex, "Reply", { text: "I look into it" });
    await fill(world, alex, "Snooze", { days: "7" });
    await world.writes(dana, "It is urgent");
    await world.settle();
    expect(await openCaseOf(world)).toMatchObject({ state: "open", snoozedUntil: null });
    expect(await listOpenCases(world.engine.db, world.workspaceId)).toHaveLength(1);
  });
});
