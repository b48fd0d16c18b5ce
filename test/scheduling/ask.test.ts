import { beforeAll, beforeEach, expect, test } from "vitest";
import { runAskJob } from "../../src/scheduling/ask/ask.ts";
import { invitationsOf, MINUTE } from "../inbox/support.ts";
import { describeEachDatabase, type TestDatabase } from "../support/database.ts";
import { createWorld, type World } from "../support/world.ts";

describeEachDatabase("questions that are due", (open) => {
  let database: TestDatabase;
  let world: World;

  beforeAll(async () => {
    database = await open();
  });
  beforeEach(async () => {
    world = await createWorld(database);
  });

  test("D11 several chats of one person, due at the same instant: one is asked about, the others wait", async () => {
    for (const chat of ["C1", "C2", "C3", "C4"]) await world.playChat({ chat });
    world.clock.advance(15 * MINUTE);
    const { engine, workspaceId } = world;
    const due = await invitationsOf(world);
    await Promise.all(due.map(({ id }) => runAskJob(engine, { workspaceId, invitationId: id })));
    await world.settle();
    const states = (await invitationsOf(world)).map(({ state }) => state);
    expect(states.filter((state) => state === "asked")).toHaveLength(1);
    expect(world.messenger.to("U-dana")).toHaveLength(1);
  });

  test("a job that is left over from an earlier plan does not ask what waits for the next contact", async () => {
    await world.playChat();
    const [planned] = await invitationsOf(world);
    await database.db
      .updateTable("invitations")
      .set({ due_at: null, state_reason: "next-contact" })
      .where("workspace_id", "=", world.workspaceId)
      .execute();
    const job = { workspaceId: world.workspaceId, invitationId: planned?.id ?? "" };
    await runAskJob(world.engine, job);
    expect(await invitationsOf(world)).toMatchObject([{ state: "planned", asked_at: null }]);
  });
});
