import { beforeAll, beforeEach, expect, test } from "vitest";
import { askRecoveries } from "../../src/cases/recovery.ts";
import { describeEitherDatabase, type TestDatabase } from "../support/database.ts";
import { wordsOf } from "../support/messenger.ts";
import { createWorld, dana, robin, type World } from "../support/world.ts";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

describeEitherDatabase("the recovery check", (open) => {
  let database: TestDatabase;
  let world: World;

  beforeAll(async () => {
    database = await open();
  });
  beforeEach(async () => {
    world = await createWorld(database);
  });

  const theCase = () =>
    database.db
      .selectFrom("cases")
      .selectAll()
      .where("workspace_id", "=", world.workspaceId)
      .executeTakeFirstOrThrow();

  const happened = async () =>
    (
      await database.db
        .selectFrom("case_events")
        .select("kind")
        .where("workspace_id", "=", world.workspaceId)
        .orderBy("at")
        .orderBy("id")
        .execute()
    ).map(({ kind }) => kind);

  const toDana = () => world.messenger.to("U-dana").map(({ message }) => wordsOf(message));
  const toLeads = () =>
    world.messenger.sent
      .filter(({ to }) => to.kind === "leads" || to.kind === "thread")
      .map(({ message }) => wordsOf(message));

  /** Dana was unhappy, and a lead closed the case as solved. */
  async function solved(): Promise<void> {
    await world.playChat();
    world.clock.advance(15 * MINUTE);
    await world.settle();
    await world.answers(dana, "3");
    const now = world.clock.now();
    await database.db
      .updateTable("cases")
      .set({ state: "closed", close_reason: "solved", closed_at: now, waiting_since: null })
      .set({ recovery_at: new Date(now.getTime() + 14 * DAY) })
      .where("workspace_id", "=", world.workspaceId)
      .execute();
  }

  async function checkAfter(days: number): Promise<void> {
    world.clock.advance(days * DAY);
    await askRecoveries(world.engine);
    await world.settle();
  }

  test("14 days after solved the customer is asked once, and the case is told that it is right now", async () => {
    await solved();
    const before = toDana().length;
    await checkAfter(13);
    expect(toDana()).toHaveLength(before);
    await checkAfter(1);
    await checkAfter(1);
    expect(toDana()).toHaveLength(before + 1);
    expect(toDana().at(-1)).toContain("Is it right now?");
    await world.answers(dana, "Yes");
    expect(toDana().at(-1)).toContain("recommend Acme");
    await world.answers(dana, "9");
    expect(toDana().at(-1)).toContain("Thank you, that is good to hear");
    expect(await happened()).toEqual(["opened", "recovery-asked", "recovered"]);
    expect(await theCase()).toMatchObject({ state: "closed", close_reason: "solved" });
    expect(toLeads().at(-1)).toContain("Dana was asked again: it is right now.");
  });

  test("who says no is asked what is missing, and their case opens again for its owner", async () => {
    await solved();
    await world.types(robin, "aftertalk", "help");
    const { person_id: owner } = await database.db
      .selectFrom("identities")
      .select("person_id")
      .where("workspace_id", "=", world.workspaceId)
      .where("external_id", "=", "U-robin")
      .executeTakeFirstOrThrow();
    await database.db
      .updateTable("cases")
      .set({ owner_id: owner })
      .where("workspace_id", "=", world.workspaceId)
      .execute();
    await checkAfter(14);
    await world.answers(dana, "No");
    const again = await theCase();
    expect(again).toMatchObject({ state: "open", owner_id: owner, closed_at: null });
    expect(again.due_at.getTime()).toBeGreaterThan(world.clock.now().getTime());
    expect(toLeads().at(-1)).toContain("it is not right yet");
    await world.answers(dana, "4");
    expect(toDana().at(-1)).toContain("What is still not right?");
    await world.writes(dana, "The refund never came");
    await world.settle();
    expect(toLeads().at(-1)).toContain("The refund never came");
    expect(await happened()).toEqual(["opened", "recovery-asked", "not-recovered"]);
  });

  test("who says partly is told of as such, and their case opens again", async () => {
    await solved();
    await checkAfter(14);
    await world.answers(dana, "Partly");
    expect(toLeads().at(-1)).toContain("it is only partly right. The case is open again.");
    expect(await theCase()).toMatchObject({ state: "open" });
  });

  test("a yes with a low score beside it is no recovery", async () => {
    await solved();
    await checkAfter(14);
    await world.answers(dana, "Yes");
    await world.answers(dana, "2");
    expect((await happened()).slice(-2)).toEqual(["recovered", "not-recovered"]);
    expect(toLeads().at(-1)).toContain("it is right now, but the score is still low");
    expect(await theCase()).toMatchObject({ state: "open" });
  });

  test("its answers are in no summary, and open no case of their own", async () => {
    await solved();
    await checkAfter(14);
    await world.answers(dana, "Yes");
    await world.answers(dana, "10");
    const words = async (name: string) => {
      const reply = await world.types(robin, name, "all");
      return reply.kind === "message" ? wordsOf(reply.message) : "";
    };
    expect(await words("nps")).toContain("1 answer");
    expect(await words("resolution")).toContain("no answers yet");
    const cases = await database.db
      .selectFrom("cases")
      .select("id")
      .where("workspace_id", "=", world.workspaceId)
      .execute();
    expect(cases).toHaveLength(1);
  });

  test("neither the cap keeps it back nor does it count for the cap", async () => {
    await solved();
    // Well within the cap, and a day before: two questions are that far apart in any case.
    world.clock.advance(12.9 * DAY);
    await world.playChat({ chat: "C2" });
    world.clock.advance(15 * MINUTE);
    await world.settle();
    const before = toDana().length;
    await checkAfter(1.1);
    expect(toDana()).toHaveLength(before + 1);
    await world.playChat({ chat: "C3" });
    world.clock.advance(15 * MINUTE);
    await world.settle();
    world.clock.advance(6.9 * DAY);
    await world.settle();
    const asked = await database.db
      .selectFrom("invitations")
      .select(["kind", "state"])
      .where("workspace_id", "=", world.workspaceId)
      .where("asked_at", "is not", null)
      .orderBy("asked_at")
      .execute();
    expect(asked.map(({ kind }) => kind)).toEqual(["chat", "chat", "recovery", "chat"]);
  });

  test("who said never is not asked", async () => {
    await solved();
    await world.writes(dana, "never ask me again");
    await world.settle();
    const before = toDana().length;
    await checkAfter(14);
    expect(toDana()).toHaveLength(before);
    expect((await theCase()).recovery_invitation_id).not.toBeNull();
    expect(await happened()).toEqual(["opened"]);
  });

  test("who has another case by now is heard there", async () => {
    await solved();
    world.clock.advance(8 * DAY);
    await world.playChat({ chat: "C2" });
    world.clock.advance(15 * MINUTE);
    await world.settle();
    await world.answers(dana, "1");
    const before = toDana().length;
    await checkAfter(14);
    expect(toDana()).toHaveLength(before);
    const recovery = await database.db
      .selectFrom("cases")
      .select(["recovery_at", "state"])
      .where("workspace_id", "=", world.workspaceId)
      .orderBy("number")
      .execute();
    expect(recovery).toEqual([
      { recovery_at: null, state: "closed" },
      { recovery_at: null, state: "open" },
    ]);
  });

  test("who could not be reached for two weeks is not asked any more", async () => {
    await solved();
    await world.writes(dana, "pause");
    await world.settle();
    const before = toDana().length;
    await checkAfter(14);
    world.clock.advance(30 * DAY);
    await world.settle();
    expect(toDana()).toHaveLength(before);
    const check = await database.db
      .selectFrom("invitations")
      .select(["state", "state_reason"])
      .where("workspace_id", "=", world.workspaceId)
      .where("kind", "=", "recovery")
      .executeTakeFirstOrThrow();
    expect(check).toEqual({ state: "expired", state_reason: "paused" });
  });

  test("after a pause of the program that was too long nobody is asked any more", async () => {
    await solved();
    const before = toDana().length;
    await checkAfter(29);
    expect(toDana()).toHaveLength(before);
    expect(await theCase()).toMatchObject({ recovery_at: null, recovery_invitation_id: null });
  });

  test("two instances at the same moment ask once", async () => {
    await solved();
    world.clock.advance(14 * DAY);
    const before = toDana().length;
    await Promise.all([askRecoveries(world.engine), askRecoveries(world.engine)]);
    await world.settle();
    expect(toDana()).toHaveLength(before + 1);
  });
});
