/** The way in on the real inbox and real databases: what comes twice has one effect. */
import { afterEach, beforeAll, expect, test } from "vitest";
import { ensureConnection } from "../../../../src/store/connections.ts";
import { createTestClock } from "../../../support/clock.ts";
import type { TestDatabase } from "../../../support/database.ts";
import { describeEachDatabase } from "../../../support/database.ts";
import type { ChannelFace } from "../../../support/slack/index.ts";
import { createWorld, type World } from "../../../support/world.ts";
import { openStage, type Stage, soon, type Way, ways } from "./setup.ts";

describeEachDatabase("what comes in twice", (open) => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await open();
  });

  const ends: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const end of ends.splice(0).reverse()) await end();
  });

  /** At which point of the inbox the next event fails, as if the process were killed there. */
  let failing: string | undefined;

  async function setUp(way: Way): Promise<{ stage: Stage; world: World; help: ChannelFace }> {
    // Time stands still: a busy machine is no late acknowledgement here.
    const stage = await openStage({ clock: createTestClock() });
    ends.push(stage.end);
    const help = stage.acme.channel("help");
    const world = await createWorld(database, {
      reach: (point) => {
        if (point !== failing) return;
        failing = undefined;
        throw new Error("killed");
      },
    });
    const ref = { platform: "slack", externalId: stage.acme.id };
    await ensureConnection(database.db, world.workspaceId, ref, "Acme");
    // Every emulator counts its ids from one: the next test's workspace has the same.
    ends.push(() => forget(world));
    await stage.start(way, { inbox: world.inbox, deadlines: { acknowledge: 60_000 } });
    return { stage, world, help };
  }

  async function forget({ workspaceId }: World): Promise<void> {
    await database.db
      .updateTable("connections")
      .set({ external_id: `gone-${workspaceId}` })
      .where("workspace_id", "=", workspaceId)
      .where("platform", "=", "slack")
      .execute();
  }

  const effects = async ({ workspaceId }: World) => {
    const chats = await database.db
      .selectFrom("chats")
      .select(["customer_messages"])
      .where("workspace_id", "=", workspaceId)
      .execute();
    return chats.map((chat) => Number(chat.customer_messages));
  };
  const duplicates = async ({ workspaceId }: World) => {
    const { total } = await database.db
      .selectFrom("inbox")
      .select(({ fn }) => fn.sum("duplicates").as("total"))
      .where("workspace_id", "=", workspaceId)
      .executeTakeFirstOrThrow();
    return Number(total);
  };

  test.each(ways)(
    "D7 %s: ten deliveries at the same time, one effect, nine duplicates",
    async (way) => {
      const { stage, world, help } = await setUp(way);
      const dana = stage.acme.person("Dana");
      await dana.posts(help, "My invoice is wrong");
      const [{ eventId = "" } = {}] = stage.slack.events;
      const again = await Promise.all(
        Array.from({ length: 9 }, () => stage.slack.redeliver(eventId)),
      );
      await stage.slack.settled();
      expect(again.map(({ acknowledged }) => acknowledged)).toEqual(Array(9).fill(true));
      expect(await effects(world)).toEqual([1]);
      expect(await duplicates(world)).toBe(9);
    },
  );

  test.each([
    ["D1", "inbox.before_commit", 0],
    ["D2", "inbox.after_commit", 1],
  ])(
    "%s an event that fails at %s is not acknowledged; delivered again it has one effect",
    async (_row, point, known) => {
      const { stage, world, help } = await setUp("HTTP");
      const dana = stage.acme.person("Dana");
      failing = point;
      await dana.posts(help, "My invoice is wrong");
      await stage.slack.settled();
      const [delivery] = stage.slack.events;
      expect(delivery?.attempts.map(({ outcome }) => outcome)).toEqual(["failed", "acknowledged"]);
      expect(await effects(world)).toEqual([1]);
      expect(await duplicates(world)).toBe(known);
    },
  );

  test("W3 a signed request that is played again has no second effect", async () => {
    const { stage, world, help } = await setUp("HTTP");
    const dana = stage.acme.person("Dana");
    await dana.posts(help, "My invoice is wrong");
    await soon(() => stage.slack.events[0]?.state).toBe("acknowledged");
    const [{ eventId = "" } = {}] = stage.slack.events;
    for (let time = 0; time < 3; time += 1) await stage.slack.redeliver(eventId);
    expect(await effects(world)).toEqual([1]);
  });
});
