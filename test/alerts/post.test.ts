/** What is told to the leads by itself: only what is beyond chance, once, with what goes with it. */
import { beforeAll, beforeEach, expect, test } from "vitest";
import { tendAlerts } from "../../src/alerts/post.ts";
import { newId } from "../../src/store/ids.ts";
import { changeSettings, type SettingsChange } from "../../src/store/settings.ts";
import { readWorkspace } from "../../src/store/workspaces.ts";
import { createReading, type Reading } from "../commands/reading-support.ts";
import { linesOf, plain } from "../commands/summary-support.ts";
import { describeEitherDatabase, type TestDatabase } from "../support/database.ts";
import { wordsOf } from "../support/messenger.ts";
import type { World } from "../support/world.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

describeEitherDatabase("the week that is over", (open) => {
  let database: TestDatabase;
  let reading: Reading;
  let world: World;

  beforeAll(async () => {
    database = await open();
  });
  beforeEach(async () => {
    reading = await createReading(database);
    world = reading.world;
    await tick(); // from now on it is looked at
  });

  const tick = async () => {
    const workspace = await readWorkspace(database.db, world.workspaceId);
    await tendAlerts(world.engine, workspace, (platform) => platform === "messenger");
  };
  const alerts = () =>
    world.messenger.sent.filter(({ message }) => wordsOf(message).startsWith("Beyond chance"));
  const set = (change: SettingsChange) =>
    changeSettings(database.db, world.workspaceId, change, {
      actor: "operator",
      at: world.clock.now(),
    });
  /** The world begins on a Monday at noon; the week that is looked at begins with that day. */
  const toMonday = async () => {
    world.clock.advance(6 * DAY + 21 * HOUR);
    await Promise.all([tick(), tick()]);
    await world.settle();
  };
  /** So many answers at once; the first three say something. */
  const gave = async (n: number, score: number, at: Date, team: string, text?: string) => {
    const workspace_id = world.workspaceId;
    const survey_id = await reading.survey("csat");
    const ids = Array.from({ length: n }, () => newId());
    if (ids.length === 0) return;
    const about = { workspace_id, survey_id, survey_version: 1, answered_at: at };
    await database.db
      .insertInto("invitations")
      .values(
        ids.map((id) => ({
          ...{ ...about, id, reason_key: `test:${id}`, state: "answered", kind: "chat" },
          ...{ asked_at: at, reached_at: at, expires_at: at },
        })),
      )
      .execute();
    const scored = {
      question: "score",
      metric: "csat",
      score,
      scale_min: 1,
      scale_max: 5,
    } as const;
    await database.db
      .insertInto("answers")
      .values(ids.map((invitation_id) => ({ ...about, invitation_id, team, ...scored })))
      .execute();
    if (text === undefined) return;
    const said = ids.slice(0, 3);
    await database.db
      .insertInto("answers")
      .values(
        said.map((invitation_id) => ({ ...about, invitation_id, team, question: "why", text })),
      )
      .execute();
  };
  /** Four weeks as usual, and then one in which one team did badly. */
  const badWeek = async (bad: number) => {
    for (const week of [1, 2, 3, 4]) {
      await gave(12, 5, reading.ago(week * 7 * DAY), "Billing");
      await gave(12, 5, reading.ago(week * 7 * DAY), "Technical");
      await gave(2, 1, reading.ago(week * 7 * DAY), "Technical");
    }
    const later = new Date(world.clock.now().getTime() + DAY);
    await gave(bad, 1, later, "Billing", "it took for ever");
    await gave(34 - bad, 5, later, "Billing");
    await gave(36, 5, later, "Technical");
  };

  test("is told when a score is down beyond chance, once, with the team and the comments", async () => {
    await badWeek(28);
    await toMonday();
    expect(alerts()).toMatchObject([{ to: { kind: "leads" } }]);
    const card = alerts()[0]?.message ?? expect.unreachable("nothing was told");
    const lines = linesOf(card).map(plain);
    expect(lines[1]).toBe(
      "CSAT: down, 60% (n 70) against 92% in the four weeks before (n 104); a change of −51 to −13 at three sigma",
    );
    expect(lines[2]).toBe("Goes together with: team Billing −82 (n 34)");
    expect(lines[3]).toBe("3 comments beside low scores in that week.");
    expect(lines.some((line) => line.startsWith("CSAT, team Billing: down, 18% (n 34)"))).toBe(
      true,
    );
    expect(lines.join("\n")).not.toContain("CSAT, team Technical");
    expect(lines.join("\n")).toMatch(
      /\/csat [-\d]+\.\.[-\d]+ team:Billing · \/feedback [-\d]+\.\.[-\d]+ team:Billing/,
    );
    expect(JSON.stringify(card)).not.toContain("it took for ever");
    // Told on another day it would be the same week.
    await set({ digest: { time: "10:00" } });
    await tick();
    world.clock.advance(2 * HOUR);
    await tick();
    await world.settle();
    expect(alerts()).toHaveLength(1);
  });

  test("is not told when chance explains it, or nobody wants to know", async () => {
    await badWeek(6);
    await toMonday();
    expect(alerts()).toEqual([]);
    await set({ alerts: { on: false } });
    await tick();
    const later = new Date(world.clock.now().getTime() + DAY);
    await gave(40, 1, later, "Billing");
    await toMonday();
    expect(alerts()).toEqual([]);
  });

  test("is not told when the wording is another one", async () => {
    await badWeek(28);
    const survey_id = await reading.survey("csat");
    const row = { workspace_id: world.workspaceId, metric: "csat", epoch: 1 } as const;
    await database.db
      .insertInto("metric_epochs")
      .values({ ...row, survey_id, survey_version: 1, starts_at: world.clock.now() })
      .execute();
    await toMonday();
    expect(alerts()).toEqual([]);
  });
});
