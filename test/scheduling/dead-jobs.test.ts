import { beforeAll, beforeEach, expect, test } from "vitest";
import { AppError } from "../../src/errors.ts";
import { buryJob, redriveJob } from "../../src/scheduling/jobs/dead-jobs.ts";
import type { DiedJob } from "../../src/scheduling/jobs/jobs.ts";
import { forgetDeadJobs, listDeadJobs } from "../../src/store/dead-jobs.ts";
import { newId } from "../../src/store/ids.ts";
import { deliveriesOf, MINUTE, newestInvitation, playAndAsk } from "../inbox/support.ts";
import { describeEitherDatabase, type TestDatabase } from "../support/database.ts";
import { createWorld, type World } from "../support/world.ts";

const DAY = 24 * 60 * MINUTE;

describeEitherDatabase("S11 jobs that failed at every try", (open) => {
  let database: TestDatabase;
  let world: World;

  beforeAll(async () => {
    database = await open();
  });
  beforeEach(async () => {
    world = await createWorld(database);
  });

  const died = (queue: DiedJob["queue"], about: string): DiedJob => ({
    ...{ workspaceId: world.workspaceId, id: newId(), queue, about, tries: 12 },
    error: "AppError: temporary: no answer",
    putInAt: world.clock.now(),
  });
  const dead = () => listDeadJobs(database.db, world.workspaceId);
  const redrive = (id: string) => redriveJob(world.engine, world.workspaceId, id);

  test("a question that could not be decided about ends, is on the list, and is asked once when many redrive it", async () => {
    await world.playChat();
    world.clock.advance(16 * MINUTE);
    const { id } = await newestInvitation(world);
    const job = died("ask", id);
    await buryJob(world.engine, job);
    await buryJob(world.engine, job); // the queue tells it again when it was killed meanwhile
    expect(await newestInvitation(world)).toMatchObject({
      state: "undeliverable",
      state_reason: "gave-up",
    });
    expect(await dead()).toMatchObject([{ id: job.id, queue: "ask", about: id, tries: 12 }]);
    const redriven = await Promise.all([1, 2, 3].map(() => redrive(job.id)));
    expect(redriven.toSorted()).toEqual(["done", "unknown", "unknown"]);
    expect(await dead()).toEqual([]);
    await world.settle();
    expect(world.messenger.to("U-dana")).toHaveLength(1);
  });

  test("a message that was given up is looked for, then sent once", async () => {
    world.messenger.failNext({ error: new AppError("temporary", "no answer") });
    await expect(playAndAsk(world)).rejects.toThrow("no answer");
    const [delivery] = await deliveriesOf(world);
    const deliveryId = delivery?.id ?? "";
    const job = died("deliver", deliveryId);
    await buryJob(world.engine, job);
    await world.outbox.giveUp({ workspaceId: world.workspaceId, deliveryId });
    expect(await newestInvitation(world)).toMatchObject({ state: "undeliverable" });
    expect(await redrive(job.id)).toBe("done");
    expect(await newestInvitation(world)).toMatchObject({ state: "asked", state_reason: null });
    for (let i = 0; i < 2; i++)
      await world.outbox.deliver({ workspaceId: world.workspaceId, deliveryId });
    expect(world.messenger.to("U-dana")).toHaveLength(1);
  });

  test("of what is over or forgotten nothing is put in; a workspace does not see another's", async () => {
    const over = died("remove", newId());
    await buryJob(world.engine, over);
    const other = await createWorld(database);
    expect(await redriveJob(other.engine, other.workspaceId, over.id)).toBe("unknown");
    expect(await redrive(over.id)).toBe("over");
    await buryJob(world.engine, died("deliver", newId()));
    world.clock.advance(31 * DAY);
    await forgetDeadJobs(database.db, new Date(world.clock.now().getTime() - 30 * DAY));
    expect(await dead()).toEqual([]);
  });
});
