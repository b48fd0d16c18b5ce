/** One of several instances of the service: it may be killed at any of its crash points. */
import type { Clock } from "../../src/clock.ts";
import type { Engine } from "../../src/engine.ts";
import { createInbox } from "../../src/inbox.ts";
import type { Log } from "../../src/log.ts";
import { createOutbox } from "../../src/outbox.ts";
import { createLedger } from "../../src/people/ledger.ts";
import { createRemovals } from "../../src/people/removal.ts";
import type { Inbox } from "../../src/platform.ts";
import { runAskJob } from "../../src/scheduling/ask/ask.ts";
import { buryJob } from "../../src/scheduling/jobs/dead-jobs.ts";
import type { JobHandlers } from "../../src/scheduling/jobs/jobs.ts";
import { createTokens } from "../../src/surveys/tokens.ts";
import type { TestDatabase } from "../support/database.ts";
import type { Messenger } from "../support/messenger.ts";
import type { Dice } from "../support/random.ts";
import { Killed, type SimulatedQueue } from "./queue.ts";

const MINUTE_MS = 60_000;

export interface Instance {
  readonly engine: Engine;
  readonly inbox: Inbox;
  readonly handlers: JobHandlers;
  /** Down until then, in epoch milliseconds; 0: up. */
  downUntil: number;
  /** How often it was killed. */
  kills: number;
}

export interface InstanceOptions {
  readonly database: TestDatabase;
  readonly clock: Clock;
  readonly queue: SimulatedQueue;
  readonly messengers: readonly Messenger[];
  readonly dice: Dice;
  readonly log: Log;
  /** Probability of a kill at each crash point that is passed. */
  readonly killing: number;
}

export function createInstance(options: InstanceOptions): Instance {
  const { database, clock, queue, messengers, dice, log, killing } = options;
  const engine: Engine = {
    db: database.db,
    patiently: database.patiently,
    clock,
    jobs: queue.jobs,
    tokens: createTokens("a secret of at least thirty-two characters"),
    ledger: createLedger(Buffer.alloc(32, "ledger")),
    log,
    reach() {
      if (!dice.chance(killing)) return;
      instance.kills += 1;
      instance.downUntil = clock.now().getTime() + dice.whole(1, 20) * MINUTE_MS;
      throw new Killed();
    },
  };
  const platforms = new Map(messengers.map((each) => [each.name, each]));
  const outbox = createOutbox(engine, platforms);
  const removals = createRemovals(engine, platforms);
  const instance: Instance = {
    engine,
    inbox: createInbox(engine),
    handlers: {
      ask: (data) => runAskJob(engine, data),
      deliver: (data) => outbox.deliver(data),
      remove: (data) => removals.remove(data),
      deadDelivery: (data) => outbox.giveUp(data),
      deadRemoval: (data) => removals.giveUp(data),
      died: (job) => buryJob(engine, job),
    },
    downUntil: 0,
    kills: 0,
  };
  return instance;
}

/** What an instance gives; undefined when it was killed meanwhile. */
export async function survived<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Killed) return undefined;
    throw error;
  }
}
