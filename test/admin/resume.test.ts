import { beforeAll, beforeEach, expect, test } from "vitest";
import { tellStops } from "../../src/admin/stop/tell-stop.ts";
import { askRecoveries } from "../../src/cases/recovery.ts";
import type { Message, PlatformUser, Reply } from "../../src/platform.ts";
import { decideDue } from "../../src/scheduling/ask/decide-due.ts";
import { remindDue } from "../../src/scheduling/ask/remind.ts";
import { expire } from "../../src/scheduling/clockwork/ticker.ts";
import { planDue } from "../../src/scheduling/plan/plan-due.ts";
import { applyChanges } from "../../src/store/configuration.ts";
import { describeEitherDatabase, type TestDatabase } from "../support/database.ts";
import { tokenOf, wordsOf } from "../support/messenger.ts";
import { createWorld, dana, robin, type World } from "../support/world.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const others = ["Ada", "Ben", "Cleo", "Eve"].map(
  (name): PlatformUser => ({ ...dana, externalId: `U-${name}`, name }),
);

describeEitherDatabase("questions that are resumed", (open) => {
  let database: TestDatabase;
  let world: World;
  beforeAll(async () => {
    database = await open();
  });
  beforeEach(async () => {
    world = await createWorld(database);
  });

  const types = async (text: string) => shown(await world.types(robin, "survey", text));
  const stop = async () => {
    await world.presses(robin, tokenOf(await types("stop all"), "Stop all questions"));
    await world.settle();
  };
  const resume = async () => {
    await world.presses(robin, tokenOf(await types("resume all"), "Resume questions"));
    await world.settle();
  };
  /** Time goes by in steps, and everything is done that the clock does. */
  const passes = async (ms: number, step: number) => {
    for (let gone = 0; gone < ms; gone += step) {
      world.clock.advance(step);
      for (const chore of [planDue, expire, decideDue, askRecoveries, remindDue])
        await chore(world.engine);
      await world.settle();
    }
  };
  const asked = () =>
    database.db
      .selectFrom("invitations as i")
      .innerJoin("people as p", (join) =>
        join.onRef("p.workspace_id", "=", "i.workspace_id").onRef("p.id", "=", "i.person_id"),
      )
      .select(["p.name", "i.kind", "i.state", "i.state_reason", "i.asked_at"])
      .where("i.workspace_id", "=", world.workspaceId)
      .orderBy("i.asked_at")
      .execute();
  const toDana = () => [...world.messenger.to("U-dana"), ...world.messenger.whispersTo("U-dana")];

  test("are asked in order of rank, one of each at a time, and as many a day as the schedule asks", async () => {
    for (const each of [dana, ...others]) await world.writes(each, "hello");
    await database.db
      .updateTable("people")
      .set({ joined_at: world.clock.now() })
      .where("workspace_id", "=", world.workspaceId)
      .execute();
    const card = await types("schedule nps 1 day after joining, max 2 a day");
    await world.presses(robin, tokenOf(card, "Save and switch on"));
    await passes(HOUR_MS, HOUR_MS);
    await stop();
    // This chat is closed while everything is stopped.
    await world.playChat();
    await passes(3 * DAY_MS, 3 * HOUR_MS);
    expect((await asked()).map(({ state, state_reason }) => [state, state_reason])).toEqual(
      Array.from({ length: 6 }, () => ["planned", "asking-stopped"]),
    );

    await resume();
    await passes(5 * DAY_MS, HOUR_MS);
    const all = (await asked()).filter(({ asked_at }) => asked_at !== null);
    expect(all.map(({ name }) => name).toSorted()).toEqual(["Ada", "Ben", "Cleo", "Dana", "Eve"]);
    // What is asked first of her is what ranks first; the other one waits for the cap.
    expect(all.find(({ name }) => name === "Dana")?.kind).toBe("chat");
    const byDay = Map.groupBy(
      all.filter(({ kind }) => kind !== "chat"),
      ({ asked_at }) => asked_at?.toISOString().slice(0, 10),
    );
    const counts = [...byDay.values()].map((asked) => asked.length);
    expect(Math.max(...counts)).toBe(2);
  });

  test("what ran out meanwhile ended with the stop as its reason, and is not asked any more", async () => {
    await stop();
    await world.playChat();
    await passes(8 * DAY_MS, 8 * DAY_MS);
    expect(await asked()).toMatchObject([{ state: "expired", state_reason: "asking-stopped" }]);
    await resume();
    await passes(HOUR_MS, 15 * MINUTE_MS);
    expect(toDana()).toHaveLength(0);
    expect(wordsOf(await types("why messenger:U-dana"))).toContain(
      "asking is switched off for everybody",
    );
  });

  test("whether it is right now is asked once, after resuming", async () => {
    await world.playChat();
    await passes(15 * MINUTE_MS, 15 * MINUTE_MS);
    await world.answers(dana, "3");
    const now = world.clock.now();
    await database.db
      .updateTable("cases")
      .set({ state: "closed", close_reason: "solved", closed_at: now, waiting_since: null })
      .set({ recovery_at: new Date(now.getTime() + 14 * DAY_MS) })
      .where("workspace_id", "=", world.workspaceId)
      .execute();
    await stop();
    const before = toDana().length;
    await passes(16 * DAY_MS, 8 * HOUR_MS);
    expect(toDana()).toHaveLength(before);
    await resume();
    await passes(DAY_MS, HOUR_MS);
    expect(
      toDana()
        .slice(before)
        .map(({ message }) => wordsOf(message)),
    ).toEqual([expect.stringContaining("Is it right now?")]);
  });

  test("the leads hear once of a stop by the command line or a file, whoever did it last", async () => {
    const told = () => world.messenger.leads().map(({ message }) => message.summary);
    const set = (stopped: boolean) =>
      database.db.transaction().execute((trx) => {
        const change = {
          kind: "settings",
          ...{ set: { "asking.stopped": stopped }, was: { "asking.stopped": !stopped } },
        } as const;
        const by = { by: "operator", at: world.clock.now(), origin: "file" } as const;
        return applyChanges(trx, world.workspaceId, [change], by);
      });
    const looks = async () => {
      await tellStops(world.engine);
      await world.settle();
    };
    await set(true);
    await looks();
    await looks();
    expect(told()).toEqual([expect.stringContaining("The command line has stopped all questions")]);
    // Resumed and stopped again in between is one stop; a stop in chat is told by itself.
    world.clock.advance(HOUR_MS);
    await set(false);
    world.clock.advance(MINUTE_MS);
    await stop();
    await looks();
    expect(told().slice(1)).toEqual([expect.stringContaining("Robin has stopped all questions")]);
  });
});

function shown(reply: Reply): Message {
  if (reply.kind !== "message" && reply.kind !== "update") throw new Error(reply.kind);
  return reply.message;
}
