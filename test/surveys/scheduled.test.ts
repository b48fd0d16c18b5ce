import { beforeAll, beforeEach, expect, test } from "vitest";
import { metrics } from "../../src/metrics/registry.ts";
import { readOwnData } from "../../src/people/my-data.ts";
import { ownDataMessage } from "../../src/people/own-data-message.ts";
import { listOpenCases } from "../../src/store/cases.ts";
import { readFacts } from "../../src/store/summaries.ts";
import { listSurveys } from "../../src/store/surveys.ts";
import { answersOf, invitationsOf, said } from "../inbox/support.ts";
import { describeEitherDatabase, type TestDatabase } from "../support/database.ts";
import { wordsOf } from "../support/messenger.ts";
import { createWorld, dana, type World } from "../support/world.ts";
import { asks } from "./support.ts";

describeEitherDatabase("the surveys of the schedules", (open) => {
  let database: TestDatabase;
  let world: World;

  beforeAll(async () => {
    database = await open();
  });
  beforeEach(async () => {
    world = await createWorld(database);
  });

  const toDana = () => world.messenger.to("U-dana").map(({ message }) => wordsOf(message));
  const cases = () => listOpenCases(database.db, world.workspaceId);
  const cards = () => world.messenger.leads().map(({ message }) => wordsOf(message));
  const choices = () =>
    world.messenger
      .to("U-dana")
      .flatMap(({ message }) => message.parts)
      .findLast((part) => part.kind === "choices")
      ?.options.map(({ label }) => label) ?? [];

  test("whoever leaves says why with a press or in words, and is thanked as somebody who leaves", async () => {
    await asks(world, { survey: "exit", kind: "exit" });
    expect(toDana().at(-1)).toContain("sorry to see you go");
    const shown = choices();
    expect(shown).toHaveLength(7);
    expect(shown.at(-1)).toBe("Other");
    await world.writes(dana, "it was just too expensive, sorry");
    await world.settle();
    expect(toDana()[0]).toContain("You answered: Too expensive");
    expect(toDana().at(-1)).toContain("I noted “Too expensive”");
    expect(toDana().at(-1)).toContain("What should we have done differently?");
    // The number is the place in the order that this person sees.
    await world.answers(dana, "Undo");
    const place = shown.findIndex((label) => label !== "Too expensive");
    await world.writes(dana, String(place + 1));
    await world.settle();
    expect(toDana().at(-1)).toContain(`I noted “${shown[place]}”`);
    await world.writes(dana, "A smaller plan");
    await world.settle();
    expect(toDana().at(-1)).toContain("for the time you were with us");
    const kept = await answersOf(world);
    expect(kept).toMatchObject([
      { question: "reason", score: null },
      { question: "why", text: "A smaller plan" },
    ]);
    expect(kept[0]?.choice).not.toBe("too-expensive");
    expect(await invitationsOf(world)).toMatchObject([{ state: "answered" }]);
    expect(await cases()).toEqual([]);
  });

  test("words that name no reason are kept and never become one; a number of none is asked about", async () => {
    await asks(world, { survey: "exit", kind: "exit" });
    await world.writes(dana, "9");
    await world.settle();
    expect(toDana().at(-1)).toContain("could not tell which of these");
    await world.writes(dana, "Our company was bought");
    await world.settle();
    expect(await answersOf(world)).toMatchObject([{ question: "why", choice: null }]);
  });

  test("whoever stays is asked no more", async () => {
    await asks(world, { survey: "churn-check-in", kind: "churn" });
    expect(choices()).toEqual(["Yes", "Not sure", "No"]);
    await world.writes(dana, "yes, sure");
    await world.settle();
    expect(toDana().at(-1)).toContain("glad to have you");
    expect(await answersOf(world)).toMatchObject([{ question: "stay", choice: "yes" }]);
  });

  test("whoever is not sure says why, and a call is a case", async () => {
    await asks(world, { survey: "churn-check-in", kind: "churn" });
    await world.answers(dana, "Not sure");
    expect(toDana().at(-1)).toContain("main reason to leave");
    expect(choices().at(-1)).toBe("Other");
    await world.answers(dana, "Hard to use");
    await world.writes(dana, "A simpler report");
    await world.settle();
    expect(await cases()).toEqual([]);
    await world.answers(dana, "Yes, please");
    expect(toDana().at(-1)).toContain("will get back to you");
    expect(await cases()).toMatchObject([{ cause: "churn" }]);
    expect(cards().at(-1)).toContain("Dana may be about to leave");
    expect(cards().at(-1)).toContain("Not sure · Hard to use");
    expect(cards().at(-1)).toContain("A simpler report");
    // Their own data say it in words, too.
    const [{ person_id: personId = null } = {}] = await invitationsOf(world);
    const data = await readOwnData(
      database.db,
      world.workspaceId,
      personId ?? "",
      world.clock.now(),
    );
    if (data === undefined) throw new Error("nobody is known");
    const own = wordsOf(ownDataMessage(data, { language: "ru", timeZone: "UTC" }));
    expect(own).toContain("Неудобно пользоваться");
  });

  test("an angry word is a case at once, and a call that is not wanted leaves it one", async () => {
    await asks(world, { survey: "churn-check-in", kind: "churn" });
    await world.writes(dana, "no");
    await world.settle();
    await world.answers(dana, "Skip");
    await world.writes(dana, "Your support is unacceptable");
    await world.settle();
    expect(await cases()).toMatchObject([{ cause: "churn" }]);
    await world.answers(dana, "No, thanks");
    expect(await cases()).toMatchObject([{ cause: "churn", waitingSince: null }]);
  });

  test("what is not solved any more is a case like any low answer, and no figure of the chats", async () => {
    await asks(world, { survey: "still-solved", kind: "still-solved" });
    await world.answers(dana, "Partly");
    await world.answers(dana, "Skip");
    await world.answers(dana, "Yes, please");
    expect(await cases()).toMatchObject([{ cause: "contact" }]);
    const now = world.clock.now();
    const periods = [
      {
        kind: "all",
        step: null,
        start: new Date(0),
        end: new Date(now.getTime() + 1),
        timeZone: "UTC",
        running: true,
      },
    ] as const;
    const { workspaceId } = world;
    const about = { workspaceId, metric: metrics.resolution, now };
    const [facts] = await readFacts(database.db, { ...about, periods });
    expect(facts).toMatchObject({ histogram: [0, 0, 0], asking: { asked: 0 } });
  });

  test("no to “still solved” is a low score", async () => {
    await asks(world, { survey: "still-solved", kind: "still-solved" });
    await world.answers(dana, "No");
    expect(await cases()).toMatchObject([{ cause: "low-score" }]);
  });

  test("“not now” to what is about no chat promises nothing about one, and its time is kept", async () => {
    await asks(world, { survey: "relationship-nps", kind: "relationship" });
    const reply = await world.answers(dana, "Not this time");
    expect(said(reply)).toContain("leave it at that");
    expect(await invitationsOf(world)).toMatchObject([
      { state: "declined", finished_at: world.clock.now() },
    ]);
  });

  test("the list of what is asked after chats has none of them", async () => {
    const keys = await database.db
      .selectFrom("surveys")
      .select(["key", "metric", "state"])
      .where("workspace_id", "=", world.workspaceId)
      .where("trigger", "=", "schedule")
      .orderBy("key")
      .execute();
    expect(keys).toEqual([
      { key: "churn-check-in", metric: null, state: "on" },
      { key: "exit", metric: null, state: "on" },
      { key: "onboarding-ces", metric: "ces", state: "on" },
      { key: "relationship-nps", metric: "nps", state: "on" },
      { key: "still-solved", metric: "resolution", state: "on" },
    ]);
    const listed = await listSurveys(database.db, world.workspaceId);
    expect(listed.map(({ trigger }) => trigger)).toEqual(["chat", "chat", "chat"]);
  });
});
