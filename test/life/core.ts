/**
 * The whole core behind a real adapter, on a real database, with one clock for everything that is
 * moved by hand: emulator, adapter and core agree on what time it is, and weeks pass at once.
 */

import { pino } from "pino";
import { tendCases } from "../../src/cases/chores.ts";
import { askRecoveries } from "../../src/cases/recovery.ts";
import { createCoreServices } from "../../src/core-services.ts";
import type { Engine } from "../../src/engine.ts";
import { createInbox } from "../../src/inbox.ts";
import { describeError } from "../../src/log.ts";
import { createOutbox, type Outbox } from "../../src/outbox.ts";
import { createLedger } from "../../src/people/ledger.ts";
import { createRemovals, type Removals } from "../../src/people/removal.ts";
import type { ChatPlatform, ConnectionRef } from "../../src/platform.ts";
import { runAskJob } from "../../src/scheduling/ask/ask.ts";
import { expire } from "../../src/scheduling/clockwork/ticker.ts";
import { standardSchedules } from "../../src/scheduling/definition/standard-schedules.ts";
import { TryLater } from "../../src/scheduling/jobs/jobs.ts";
import { ensureConnection } from "../../src/store/connections.ts";
import { ensureSchedules } from "../../src/store/schedules.ts";
import { ensureSurveys } from "../../src/store/surveys.ts";
import { standardSurveys } from "../../src/surveys/standard.ts";
import { createTokens } from "../../src/surveys/tokens.ts";
import type { TestClock } from "../support/clock.ts";
import type { TestDatabase } from "../support/database.ts";

/** Longer waits are left to the test's clock. */
const SHORT_WAIT_MS = 60_000;

export interface Core {
  readonly engine: Engine;
  readonly clock: TestClock;
  readonly workspaceId: number;
  /** Everything that the core logged, at its most talkative. */
  readonly logged: readonly string[];
  /** Does what is due by the clock, and moves it over the short waits that platforms ask for. */
  settle(): Promise<void>;
  /** Lets time pass, with the chores of every minute at the end of it. */
  passes(ms: number): Promise<void>;
}

export interface WiredTown {
  readonly platform: ChatPlatform;
  readonly connection: ConnectionRef;
}

/** What a core needs of its database. */
export type CoreDatabase = Pick<TestDatabase, "db" | "workspaceId" | "patiently" | "jobs">;

/** Starts the platform on a core in the database's own workspace. */
export async function startCore(
  database: CoreDatabase,
  clock: TestClock,
  { platform, connection }: WiredTown,
): Promise<Core> {
  const { db, workspaceId, patiently } = database;
  await ensureSurveys(db, workspaceId, standardSurveys("Acme"));
  await ensureSchedules(db, workspaceId, standardSchedules, clock.now());
  await ensureConnection(db, workspaceId, connection, "Acme", { askDelaySeconds: 0 });
  const logged: string[] = [];
  const log = pino(
    { level: "trace", serializers: { error: describeError } },
    { write: (line: string) => void logged.push(line) },
  );
  const engine: Engine = {
    ...{ db, patiently, clock, jobs: await database.jobs(), log },
    tokens: createTokens("a secret of at least thirty-two characters"),
    ledger: createLedger(Buffer.alloc(32, "ledger")),
    platforms: [platform],
    reach: () => {},
  };
  const platforms = new Map([[platform.name, platform]]);
  const outbox = createOutbox(engine, platforms);
  const removals = createRemovals(engine, platforms);
  await platform.start(createInbox(engine), createCoreServices(engine, platform.name));
  const core: Core = {
    ...{ engine, clock, workspaceId, logged },
    async settle() {
      for (;;) {
        const done = [
          await askDue(core),
          await deliverDue(core, outbox, platform.name),
          await removeDue(core, removals),
        ];
        if (done.every((count) => count === 0)) return;
      }
    },
    async passes(ms) {
      clock.advance(ms);
      await expire(engine);
      await tendCases(engine);
      await askRecoveries(engine);
      await core.settle();
    },
  };
  return core;
}

async function askDue({ engine, clock, workspaceId }: Core): Promise<number> {
  const due = await engine.db
    .selectFrom("invitations")
    .select("id")
    .where("workspace_id", "=", workspaceId)
    .where("state", "=", "planned")
    .where("due_at", "<=", clock.now())
    .execute();
  for (const { id } of due) await runAskJob(engine, { workspaceId, invitationId: id });
  return due.length;
}

/** Only here: what goes elsewhere waits until somebody is there. */
async function deliverDue(
  { engine, clock, workspaceId }: Core,
  outbox: Outbox,
  platform: string,
): Promise<number> {
  const planned = await engine.db
    .selectFrom("deliveries as d")
    .innerJoin("connections as c", "c.id", "d.connection_id")
    .select("d.id")
    .where("d.workspace_id", "=", workspaceId)
    .where("c.platform", "=", platform)
    .where("d.state", "=", "planned")
    .orderBy("d.id")
    .execute();
  let done = 0;
  for (const { id } of planned) {
    try {
      await outbox.deliver({ workspaceId, deliveryId: id });
      done += 1;
    } catch (error) {
      if (!(error instanceof TryLater)) throw error;
      if (error.afterMs > SHORT_WAIT_MS) continue;
      clock.advance(error.afterMs);
      done += 1;
    }
  }
  return done;
}

async function removeDue({ engine, workspaceId }: Core, removals: Removals): Promise<number> {
  const targets = await engine.db
    .selectFrom("erasure_targets")
    .select("id")
    .where("workspace_id", "=", workspaceId)
    .execute();
  for (const { id } of targets) await removals.remove({ workspaceId, targetId: id });
  return targets.length;
}
