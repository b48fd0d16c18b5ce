import { beforeAll, beforeEach, expect, test } from "vitest";
import { AppError } from "../../src/errors.ts";
import { deliveriesOf, last, missing, playAndAsk } from "../inbox/support.ts";
import { describeEitherDatabase, type TestDatabase } from "../support/database.ts";
import { createMessenger, wordsOf } from "../support/messenger.ts";
import { createWorld, dana, type World } from "../support/world.ts";

describeEitherDatabase("edits of one message", (open) => {
  let database: TestDatabase;
  let world: World;
  /** What happens when the platform is told to edit, one call each; nothing: it edits at once. */
  let editing: (() => Promise<void>)[];
  let edited: number;
  let dies: string | undefined;

  beforeAll(async () => {
    database = await open();
  });
  beforeEach(async () => {
    editing = [];
    edited = 0;
    dies = undefined;
    const messenger = createMessenger();
    world = await createWorld(database, {
      messenger: {
        ...messenger,
        async update(...call) {
          edited += 1;
          await editing.shift()?.();
          await messenger.update?.(...call);
        },
      },
      reach(point) {
        if (point === dies) throw new Error("killed");
      },
    });
    await playAndAsk(world);
    await world.answers(dana, "2");
    edited = 0;
  });

  /** Says more, which adds to the alert; gives the id of the edit. */
  const adds = async (words: string) => {
    await world.writes(dana, words);
    const edits = (await deliveriesOf(world)).filter(
      ({ purpose, replaces }) => purpose === "alert" && replaces !== null,
    );
    return edits.at(-1)?.id ?? missing();
  };
  const deliver = (deliveryId: string) =>
    world.outbox.deliver({ workspaceId: world.workspaceId, deliveryId });
  const alert = () => wordsOf(last(world.messenger.leads()));
  const stateOf = async (deliveryId: string) =>
    (await deliveriesOf(world)).find(({ id }) => id === deliveryId)?.state;

  test("D14 a later edit waits for one that is under way, or the earlier would be the last word", async () => {
    const begun = Promise.withResolvers<void>();
    const slow = Promise.withResolvers<void>();
    editing.push(() => {
      begun.resolve();
      return slow.promise;
    });
    const first = await adds("It was slow");
    const delivering = deliver(first);
    await begun.promise;
    const second = await adds("yes");
    await expect(deliver(second)).rejects.toThrow("try again in 1000 ms");
    slow.resolve();
    await delivering;
    await deliver(second);
    expect(alert()).toContain("Yes, please");
    expect(await stateOf(second)).toBe("sent");
  });

  test("D14 an earlier edit that is still to come is left out", async () => {
    const first = await adds("It was slow");
    const second = await adds("yes");
    await deliver(second);
    await deliver(first);
    expect(edited).toBe(1);
    expect(alert()).toContain("Yes, please");
    expect(await stateOf(first)).toBe("cancelled");
  });

  test("D14 both edits at once: one is made, and it is the later one", async () => {
    const first = await adds("It was slow");
    const second = await adds("yes");
    await Promise.all([deliver(first), deliver(second)].map((each) => each.catch(() => {})));
    await deliver(second);
    expect(edited).toBe(1);
    expect(alert()).toContain("Yes, please");
  });

  test("D14 after a kill in an edit the later one waits only until the earlier is taken up", async () => {
    const first = await adds("It was slow");
    dies = "outbox.sent_unrecorded";
    await expect(deliver(first)).rejects.toThrow("killed");
    dies = undefined;
    const second = await adds("yes");
    await expect(deliver(second)).rejects.toThrow("try again in 1000 ms");
    await deliver(first);
    await deliver(second);
    expect(alert()).toContain("Yes, please");
    expect(edited).toBe(2);
  });

  test("D14 an edit that failed does not hold up the next one", async () => {
    editing.push(() => Promise.reject(new AppError("temporary", "the platform is ill")));
    const first = await adds("It was slow");
    await expect(deliver(first)).rejects.toThrow("the platform is ill");
    await deliver(await adds("yes"));
    await deliver(first);
    expect(alert()).toContain("Yes, please");
    expect(edited).toBe(2);
  });
});
