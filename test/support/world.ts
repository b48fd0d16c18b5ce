/** The whole core on a real database and a test platform, with a clock that is moved by hand. */

import type { Engine } from "../../src/engine.ts";
import { createInbox } from "../../src/inbox.ts";
import { createLog } from "../../src/log.ts";
import { createOutbox, type Outbox } from "../../src/outbox.ts";
import { createLedger } from "../../src/people/ledger.ts";
import { createRemovals, type Removals } from "../../src/people/removal.ts";
import type {
  Address,
  ChatRef,
  CloseReason,
  Inbox,
  PlatformUser,
  Reply,
} from "../../src/platform.ts";
import { runAskJob } from "../../src/scheduling/ask/ask.ts";
import { standardSchedules } from "../../src/scheduling/definition/standard-schedules.ts";
import { TryLater } from "../../src/scheduling/jobs/jobs.ts";
import { type ConnectionSettings, ensureConnection } from "../../src/store/connections.ts";
import { ensureSchedules } from "../../src/store/schedules.ts";
import { ensureSurveys } from "../../src/store/surveys.ts";
import { standardSurveys } from "../../src/surveys/standard.ts";
import { createTokens } from "../../src/surveys/tokens.ts";
import { createTestClock, type TestClock } from "./clock.ts";
import type { TestDatabase } from "./database.ts";
import { insertWorkspace } from "./database-rows.ts";
import { createMessenger, type Messenger, tokenOf } from "./messenger.ts";

export const dana: PlatformUser = {
  externalId: "U-dana",
  name: "Dana",
  role: "customer",
  locale: "en",
};
export const kim: PlatformUser = { externalId: "U-kim", name: "Kim", role: "agent", locale: "en" };
export const robin: PlatformUser = {
  externalId: "U-robin",
  name: "Robin",
  role: "admin",
  locale: "en",
};

export interface World {
  readonly engine: Engine;
  readonly clock: TestClock;
  readonly inbox: Inbox;
  readonly outbox: Outbox;
  readonly removals: Removals;
  readonly messenger: Messenger;
  readonly workspaceId: number;
  /** A chat with two customer messages and one agent reply, closed as solved. */
  playChat(options?: {
    chat?: string;
    customer?: PlatformUser;
    reason?: CloseReason;
    by?: PlatformUser;
  }): Promise<Reply>;
  says(
    from: PlatformUser,
    chat: ChatRef,
    text: string,
    options?: { opens?: false; public?: boolean },
  ): Promise<Reply>;
  closes(by: PlatformUser, chat: ChatRef, reason?: CloseReason): Promise<Reply>;
  /** A public message at a time of its own. */
  receivesMessage(message: { from: PlatformUser; chat: ChatRef; at: Date }): Promise<Reply>;
  reopens(by: PlatformUser, chat: ChatRef): Promise<Reply>;
  /** "Ask for feedback" on a chat. */
  asksFor(from: PlatformUser, chat: ChatRef): Promise<Reply>;
  /** Something asked of a chat. */
  wants(from: PlatformUser, name: "ask" | "scores", chat: ChatRef): Promise<Reply>;
  opensPlace(place: Address): Promise<Reply>;
  presses(
    from: PlatformUser,
    token: string,
    id?: string,
    values?: Readonly<Record<string, string>>,
  ): Promise<Reply>;
  writes(from: PlatformUser, text: string, id?: string): Promise<Reply>;
  types(from: PlatformUser, command: string, text?: string): Promise<Reply>;
  /**
   * Does what is due by the clock: asks, sends and removes, until nothing is left that need not wait.
   * What was under way when somebody was forgotten is looked for at once.
   */
  settle(): Promise<void>;
  /** Waits that deliveries were told, in milliseconds, oldest first. */
  readonly waits: number[];
  /** Presses the button with this label on the last message to the person. */
  answers(from: PlatformUser, label: string): Promise<Reply>;
}

export const chatRef = (externalId: string): ChatRef => ({
  externalId,
  channel: "#help",
  team: "Billing",
  url: `https://chat.example/${externalId}`,
});

/** Builds a world in a workspace of its own. Nothing of it runs by itself, so nothing is stopped. */
export async function createWorld(
  database: TestDatabase,
  options: {
    settings?: Partial<ConnectionSettings>;
    messenger?: Messenger;
    /** A second platform with a connection of the same workspace. */
    also?: Messenger;
    reach?: Engine["reach"];
    log?: Engine["log"];
  } = {},
): Promise<World> {
  const workspaceId = await insertWorkspace(database.db);
  const connection = { platform: "messenger", externalId: `T-${workspaceId}` };
  const clock = createTestClock();
  const messenger = options.messenger ?? createMessenger();
  const log = options.log ?? createLog("error");
  const jobs = await database.jobs();
  await ensureSurveys(database.db, workspaceId, standardSurveys("Acme"));
  await ensureSchedules(database.db, workspaceId, standardSchedules, clock.now());
  await ensureConnection(database.db, workspaceId, connection, "Test", options.settings);
  const messengers = [messenger, ...(options.also ? [options.also] : [])];
  for (const { name } of messengers.slice(1)) {
    const ref = { platform: name, externalId: connection.externalId };
    await ensureConnection(database.db, workspaceId, ref, "Other");
  }
  const engine: Engine = {
    db: database.db,
    patiently: database.patiently,
    clock,
    jobs,
    tokens: createTokens("a secret of at least thirty-two characters"),
    ledger: createLedger(Buffer.alloc(32, "ledger")),
    log,
    reach: options.reach ?? (() => {}),
  };
  const inbox = createInbox(engine);
  const platforms = new Map(messengers.map((each) => [each.name, each]));
  const outbox = createOutbox(engine, platforms);
  const removals = createRemovals(engine, platforms);
  const later: Later = new Map();
  const waits: number[] = [];
  let events = 0;
  const base = (id?: string) => {
    events += 1;
    return { id: id ?? `E${events}`, connection, at: clock.now() };
  };

  const world: World = {
    engine,
    clock,
    inbox,
    outbox,
    removals,
    messenger,
    workspaceId,
    waits,
    says: (from, chat, text, how = {}) =>
      inbox.receive({ ...base(), kind: "chat-message", chat, from, text, public: true, ...how }),
    closes: (by, chat, reason = "solved") =>
      inbox.receive({ ...base(), kind: "chat-closed", chat, by, reason }),
    receivesMessage: ({ from, chat, at }) =>
      inbox.receive({
        ...{ ...base(), at },
        ...{ kind: "chat-message", chat, from, text: "…", public: true },
      }),
    reopens: (by, chat) => inbox.receive({ ...base(), kind: "chat-reopened", chat, by }),
    asksFor: (from, chat) => world.wants(from, "ask", chat),
    wants: (from, name, chat) =>
      inbox.receive({ ...base(), kind: "chat-command", name, chat, from }),
    opensPlace: (place) => inbox.receive({ ...base(), kind: "place-opened", place }),
    presses: (from, token, id, values) =>
      inbox.receive({ ...base(id), kind: "action", from, token, ...(values && { values }) }),
    writes: (from, text, id) => inbox.receive({ ...base(id), kind: "direct-message", from, text }),
    types: (from, name, text = "") =>
      inbox.receive({ ...base(), kind: "command", from, name, text }),
    async playChat({ chat = "C1", customer = dana, reason = "solved", by = kim } = {}) {
      await world.says(customer, chatRef(chat), "My invoice is wrong");
      await world.says(kim, chatRef(chat), "Let me look");
      await world.says(customer, chatRef(chat), "Thanks");
      return world.closes(by, chatRef(chat), reason);
    },
    async settle() {
      for (;;) {
        const did =
          (await askDue(world)) + (await deliverPlanned(world, later)) + (await removeOpen(world));
        if (did === 0) return;
      }
    },
    async answers(from, label) {
      const last = messenger.to(from.externalId).at(-1);
      if (last === undefined) throw new Error(`nothing was sent to ${from.name}`);
      const reply = await world.presses(from, tokenOf(last.message, label));
      if (reply.kind === "update") last.message = reply.message;
      await world.settle();
      return reply;
    },
  };
  return world;
}

async function askDue(world: World): Promise<number> {
  const due = await world.engine.db
    .selectFrom("invitations")
    .select("id")
    .where("workspace_id", "=", world.workspaceId)
    .where("state", "=", "planned")
    .where("due_at", "<=", world.clock.now())
    .execute();
  for (const { id } of due) {
    await runAskJob(world.engine, { workspaceId: world.workspaceId, invitationId: id });
  }
  return due.length;
}

/** Deliveries that have to wait, with the time until when. */
type Later = Map<string, number>;

async function removeOpen(world: World): Promise<number> {
  const { workspaceId } = world;
  const open = await world.engine.db
    .selectFrom("erasure_targets")
    .select("id")
    .where("workspace_id", "=", workspaceId)
    .orderBy("id")
    .execute();
  for (const { id } of open) await world.removals.remove({ workspaceId, targetId: id });
  return open.length;
}

async function deliverPlanned(world: World, later: Later): Promise<number> {
  const planned = await world.engine.db
    .selectFrom("deliveries")
    .select("id")
    .where("workspace_id", "=", world.workspaceId)
    .where("state", "=", "planned")
    .orderBy("id")
    .execute();
  const now = world.clock.now().getTime();
  const due = planned.filter(({ id }) => (later.get(id) ?? 0) <= now);
  for (const { id } of due) {
    try {
      await world.outbox.deliver({ workspaceId: world.workspaceId, deliveryId: id });
    } catch (error) {
      if (!(error instanceof TryLater)) throw error;
      later.set(id, now + error.afterMs);
      world.waits.push(error.afterMs);
    }
  }
  return due.length;
}
