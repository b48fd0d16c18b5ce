/** Reading back on the real core: an answer that was written while we were away counts once. */
import { beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { createDiscord } from "../../../adapters/discord/index.ts";
import { createCoreServices } from "../../../src/core-services.ts";
import { createOutbox } from "../../../src/outbox.ts";
import type { ChatPlatform } from "../../../src/platform.ts";
import { runAskJob } from "../../../src/scheduling/ask/ask.ts";
import { ensureConnection } from "../../../src/store/connections.ts";
import { createOpener, type TestDatabase } from "../../support/database.ts";
import { createWorld, type World } from "../../support/world.ts";
import { createStage, type Stage } from "./stage.ts";

const open = createOpener("embedded");
const pauses = {
  client: { guilds: 50 },
  gateway: { turn: 0 },
  watch: { audit: 300, read: 0, retry: 5, stop: 1000 },
};

describe("F8 on the real core", () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await open();
  });

  async function setUp() {
    const stage = await createStage({ limits: "off" });
    onTestFinished(() => stage.discord.stop());
    const acme = stage.discord.guild("Acme");
    const world = await createWorld(database);
    world.clock.advance(stage.clock.now().getTime() - world.clock.now().getTime());
    const ref = { platform: "discord", externalId: acme.id };
    await ensureConnection(database.db, world.workspaceId, ref, "Acme");
    // Emulators on the same clock give the same ids: the next test's guild has them too.
    onTestFinished(async () => {
      await database.db
        .updateTable("connections")
        .set({ external_id: `gone-${world.workspaceId}` })
        .where("workspace_id", "=", world.workspaceId)
        .where("platform", "=", "discord")
        .execute();
    });
    return { stage, acme, world };
  }

  /** The adapter, whole, on the core; `stop` is what a deployment does. */
  async function start(stage: Stage, world: World): Promise<ChatPlatform> {
    const { platform } = await createDiscord(stage.options({ team: ["Support"] }), pauses);
    onTestFinished(() => platform.stop());
    await platform.start(world.inbox, createCoreServices(world.engine, "discord"));
    return platform;
  }

  function pass(stage: Stage, world: World, ms: number): void {
    stage.clock.advance(ms);
    world.clock.advance(ms);
  }

  /** Asks and sends what is due. */
  async function settle(world: World, platform: ChatPlatform): Promise<void> {
    const { db } = database;
    const outbox = createOutbox(world.engine, new Map([[platform.name, platform]]));
    const { workspaceId } = world;
    const due = await db
      .selectFrom("invitations")
      .select("id")
      .where("workspace_id", "=", workspaceId)
      .where("state", "=", "planned")
      .where("due_at", "<=", world.clock.now())
      .execute();
    for (const { id } of due) await runAskJob(world.engine, { workspaceId, invitationId: id });
    const planned = await db
      .selectFrom("deliveries")
      .select("id")
      .where("workspace_id", "=", workspaceId)
      .where("state", "=", "planned")
      .execute();
    for (const { id } of planned) await outbox.deliver({ workspaceId, deliveryId: id });
  }

  const scores = async ({ workspaceId }: World) => {
    const rows = await database.db
      .selectFrom("answers")
      .select("score")
      .where("workspace_id", "=", workspaceId)
      .execute();
    return rows.map(({ score }) => score);
  };
  const chats = async ({ workspaceId }: World) => {
    const rows = await database.db
      .selectFrom("chats")
      .select(["state", "closings", "customer_messages"])
      .where("workspace_id", "=", workspaceId)
      .execute();
    return rows.map((chat) => `${chat.state} ${chat.closings}, ${chat.customer_messages} messages`);
  };

  test("an answer that is written while the app is away is counted once when it is back", async () => {
    const { stage, acme, world } = await setUp();
    const help = acme.channel("help");
    const dana = acme.person("Dana");
    const support = acme.role("Support", { permissions: ["ManageThreads"] });
    const kim = acme.person("Kim", { roles: [support] });
    const first = await start(stage, world);
    const thread = await dana.starts(help, "Invoice", { text: "It is wrong" });
    await kim.posts(thread, "Let me look");
    await dana.posts(thread, "Thanks");
    await kim.archives(thread);
    await expect.poll(() => chats(world)).toEqual(["closed 1, 2 messages"]);
    pass(stage, world, 60 * 60_000);
    await settle(world, first);
    expect(dana.sees("dm")).toHaveLength(1);
    await first.stop();

    pass(stage, world, 60 * 60_000);
    await dana.writes("9");
    expect(await scores(world)).toEqual([]);
    const second = await start(stage, world);
    await expect.poll(() => scores(world)).toEqual([9]);
    await second.stop();
    const third = await start(stage, world);
    await dana.posts(thread, "Thank you all");
    await expect.poll(() => chats(world)).toEqual(["open 1, 3 messages"]);
    expect(await scores(world)).toEqual([9]);
    await third.stop();
    expect(stage.discord.problems).toEqual([]);
  });

  test("a ticket that was deleted while the app was away asks its customer, and keeps its name", async () => {
    const { stage, acme, world } = await setUp();
    const category = acme.category("help");
    const dana = acme.person("Dana");
    const support = acme.role("Support", { permissions: ["ManageChannels"] });
    const kim = acme.person("Kim", { roles: [support] });
    const first = await start(stage, world);
    const ticket = acme.channel("ticket-1", { category });
    await dana.posts(ticket, "It is wrong");
    await kim.posts(ticket, "Let me look");
    await dana.posts(ticket, "Thanks");
    await expect.poll(() => chats(world)).toEqual(["open 0, 2 messages"]);
    await first.stop();

    pass(stage, world, 60 * 60_000);
    await kim.removes(ticket);
    const second = await start(stage, world);
    await expect.poll(() => chats(world)).toEqual(["closed 1, 2 messages"]);
    pass(stage, world, 60 * 60_000);
    await settle(world, second);
    expect(dana.sees("dm")).toHaveLength(1);
    const kept = await database.db
      .selectFrom("chats")
      .select("channel")
      .where("workspace_id", "=", world.workspaceId)
      .execute();
    expect(kept).toEqual([{ channel: "help" }]);
    await second.stop();
  });
});
