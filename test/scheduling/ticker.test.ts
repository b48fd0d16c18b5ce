import { beforeAll, beforeEach, expect, test } from "vitest";
import { decideDue } from "../../src/scheduling/ask/decide-due.ts";
import { expire } from "../../src/scheduling/clockwork/ticker.ts";
import { describeEachDatabase, type TestDatabase } from "../support/database.ts";
import { createWorld, type World } from "../support/world.ts";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

describeEachDatabase("the chores of every minute", (open) => {
  let database: TestDatabase;
  let world: World;

  beforeAll(async () => {
    database = await open();
  });
  beforeEach(async () => {
    world = await createWorld(database);
    await world.playChat();
  });

  const invitation = () =>
    database.db
      .selectFrom("invitations")
      .select(["id", "state", "state_reason"])
      .where("workspace_id", "=", world.workspaceId)
      .executeTakeFirstOrThrow();

  const jobsFor = async (id: string): Promise<number> => {
    const { rows } = await database.jobsDatabase.executeSql(
      "select count(*)::int as n from pgboss.job where name = 'ask' and data->>'invitationId' = $1",
      [id],
    );
    return rows[0].n;
  };

  test("a question that nobody answered in seven days expires, not a moment earlier", async () => {
    world.clock.advance(15 * MINUTE);
    await world.settle();
    world.clock.advance(7 * DAY - 1);
    await expire(world.engine);
    expect(await invitation()).toMatchObject({ state: "asked" });
    world.clock.advance(1);
    await expire(world.engine);
    expect(await invitation()).toMatchObject({ state: "expired", state_reason: "no-answer" });
  });

  test("a planned question whose job was lost gets one again, and is asked once", async () => {
    const { id } = await invitation();
    expect(await jobsFor(id)).toBe(1);
    world.clock.advance(14 * MINUTE);
    await decideDue(world.engine);
    expect(await jobsFor(id)).toBe(1);
    world.clock.advance(2 * MINUTE);
    await decideDue(world.engine);
    await decideDue(world.engine);
    expect(await jobsFor(id)).toBe(2);
    // Its job has been tried for as long as one is.
    world.clock.advance(3 * 60 * MINUTE);
    await decideDue(world.engine);
    expect(await jobsFor(id)).toBe(3);
    await world.settle();
    await world.settle();
    expect(world.messenger.to("U-dana")).toHaveLength(1);
  });
});
