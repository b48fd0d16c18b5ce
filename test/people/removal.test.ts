import { beforeAll, expect, test } from "vitest";
import { AppError } from "../../src/errors.ts";
import { createInbox } from "../../src/inbox.ts";
import type { ChatPlatform, Forgotten } from "../../src/platform.ts";
import { readErasures } from "../../src/store/erasures.ts";
import { newId } from "../../src/store/ids.ts";
import { createOpener, type TestDatabase } from "../support/database.ts";
import { createMessenger, tokenOf, wordsOf } from "../support/messenger.ts";
import { createWorld, dana, type World } from "../support/world.ts";

const MINUTE = 60_000;

const open = createOpener("embedded");
let database: TestDatabase;
beforeAll(async () => {
  database = await open();
});

/** Dana was asked, and everything else is said by `forgets`. */
async function asked(forgets: NonNullable<ChatPlatform["forget"]>): Promise<World> {
  const messenger = createMessenger();
  messenger.forget = forgets;
  const world = await createWorld(database, { messenger });
  await world.playChat();
  world.clock.advance(15 * MINUTE);
  await world.settle();
  await world.answers(dana, "9");
  await world.settle();
  expect(messenger.to("U-dana").length).toBeGreaterThan(0);
  return world;
}

/** Presses yes in the conversation with us; gives what is answered. */
async function wantsOut(world: World) {
  const question = await world.writes(dana, "forget me");
  if (question.kind !== "message") throw new Error("there is a question");
  const sure = tokenOf(question.message, "Yes, erase everything");
  const place = { kind: "direct", userId: dana.externalId } as const;
  const connection = { platform: "messenger", externalId: `T-${world.workspaceId}` };
  return createInbox(world.engine).receive({
    ...{ kind: "action", id: newId(), connection, at: world.clock.now() },
    ...{ from: dana, token: sure, place },
  });
}

test.each([
  ["unreachable", () => Promise.reject(new AppError("unreachable", "nobody there"))],
  ["closed", async () => ({ removed: 0, remaining: { closed: 1 }, places: [] })],
] as const)(
  "P1 of an account that is closed (%s) what is known goes message by message",
  async (reason, forgets) => {
    const world = await asked(forgets);
    await wantsOut(world);
    await world.settle();
    expect(world.messenger.to("U-dana")).toEqual([]);
    const [report] = await readErasures(database.db, world.workspaceId);
    expect(report).toMatchObject({ open: 0, remaining: { [reason]: 1 } });
    expect(report?.removed).toBeGreaterThan(0);
  },
);

test("P1 an account that could not be forgotten up to the last try: what is known goes all the same", async () => {
  const world = await asked(() => Promise.reject(new AppError("temporary", "nobody knows")));
  await wantsOut(world);
  await expect(world.settle()).rejects.toThrow("nobody knows");
  const { workspaceId } = world;
  const targets = await database.db
    .selectFrom("erasure_targets")
    .select(["id", "target"])
    .where("workspace_id", "=", workspaceId)
    .execute();
  const account = targets.find(({ target }) => JSON.stringify(target).includes('"user"'));
  await world.removals.giveUp({ workspaceId, targetId: account?.id ?? "" });
  await world.settle();
  expect(world.messenger.to("U-dana")).toEqual([]);
  const [report] = await readErasures(database.db, workspaceId);
  expect(report).toMatchObject({ open: 0, remaining: { "gave-up": 1 } });
});

test("that it is done is a message of its own, and the platform forgets what was before the yes", async () => {
  const asks: Date[] = [];
  const nothing: Forgotten = { removed: 0, remaining: {}, places: [] };
  const world = await asked(async (_connection, _userId, until) => {
    asks.push(until);
    return nothing;
  });
  world.clock.advance(MINUTE);
  const reply = await wantsOut(world);
  expect(reply.kind).toBe("message");
  expect(reply.kind === "message" && wordsOf(reply.message)).toContain("erased");
  const at = world.clock.now();
  world.clock.advance(MINUTE);
  await world.settle();
  expect(asks).toEqual([at]);
});
