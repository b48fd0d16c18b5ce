import { beforeAll, beforeEach, expect, test } from "vitest";
import { AppError } from "../../src/errors.ts";
import { createInbox } from "../../src/inbox.ts";
import type { Inbox } from "../../src/platform.ts";
import { findConnection } from "../../src/store/connections.ts";
import { describeEitherDatabase, type TestDatabase } from "../support/database.ts";
import { createWorld, dana, type World } from "../support/world.ts";
import { playAndAsk } from "./support.ts";

describeEitherDatabase("a connection that opens while we run", (open) => {
  let database: TestDatabase;
  let world: World;
  let inbox: Inbox;
  let externalId: string;
  let events = 0;
  beforeAll(async () => {
    database = await open();
  });
  beforeEach(async () => {
    world = await createWorld(database, { settings: { askDelaySeconds: 60 } });
    const { engine, workspaceId } = world;
    const settings = { askIn: "thread", locale: "ru" } as const;
    inbox = createInbox(engine, { platform: "messenger", workspaceId, settings });
    externalId = `G-${workspaceId}`;
  });

  const refOf = (platform = "messenger", id = externalId) => ({ platform, externalId: id });
  const opens = (name: string, ref = refOf(), id?: string, into = inbox) => {
    events += 1;
    const base = { id: id ?? `O${events}`, connection: ref, at: world.clock.now() };
    return into.receive({ ...base, kind: "connection-opened", name });
  };
  const writes = (ref = refOf()) => {
    events += 1;
    const base = { id: `W${events}`, connection: ref, at: world.clock.now() };
    return inbox.receive({ ...base, kind: "direct-message", from: dana, text: "hello" });
  };

  test("is made with its platform's settings, and its events are taken from then on", async () => {
    await expect(writes()).rejects.toMatchObject({ code: "not-found" });
    expect(await opens("Acme's server")).toEqual({ kind: "nothing" });
    expect(await findConnection(database.db, refOf())).toMatchObject({
      name: "Acme's server",
      workspace: { id: world.workspaceId },
      settings: { askIn: "thread", locale: "ru" },
    });
    expect((await writes()).kind).toBe("message");
  });

  test("that is known keeps its settings: only its name is new", async () => {
    const ref = refOf("messenger", `T-${world.workspaceId}`);
    await opens("Renamed", ref);
    const known = await findConnection(database.db, ref);
    expect(known).toMatchObject({ name: "Renamed", settings: { askDelaySeconds: 60 } });
    expect(known?.settings.askIn).toBe("direct");
  });

  test("F14 sends what waited for it: places that were closed are tried again", async () => {
    world.messenger.refuse(() => new AppError("revoked", "we were removed"));
    await playAndAsk(world);
    expect(world.messenger.sent).toHaveLength(0);
    world.messenger.refuse();
    await opens("Test", refOf("messenger", `T-${world.workspaceId}`));
    world.clock.advance(5 * 60_000);
    await world.settle();
    expect(world.messenger.to("U-dana")).toHaveLength(1);
  });

  test("news of it that comes a second time lifts nothing that was learned since", async () => {
    const ref = refOf("messenger", `T-${world.workspaceId}`);
    await opens("Test", ref, "same");
    world.messenger.refuse(() => new AppError("revoked", "we were removed"));
    await playAndAsk(world);
    await opens("Test", ref, "same");
    world.messenger.refuse();
    world.clock.advance(5 * 60_000);
    await world.settle();
    expect(world.messenger.to("U-dana")).toHaveLength(0);
  });

  test("T5 is refused of another platform, of a platform that opens none, and of another workspace", async () => {
    await expect(opens("Theirs", refOf("elsewhere"))).rejects.toMatchObject({ code: "not-found" });
    const closed = createInbox(world.engine);
    await expect(opens("Nobody's", refOf(), "N1", closed)).rejects.toMatchObject({
      code: "not-found",
    });
    const other = await createWorld(database);
    const theirs = refOf("messenger", `T-${other.workspaceId}`);
    await expect(opens("Taken over", theirs)).rejects.toMatchObject({ code: "not-found" });
    expect(await findConnection(database.db, theirs)).toMatchObject({
      name: "Test",
      workspace: { id: other.workspaceId },
    });
  });
});
