/**
 * The clockwork: small idempotent chores on a cron. Of many instances one runs each tick; should two
 * run the same chore at once all the same, it has one effect.
 */
import { type ScheduledTask, schedule } from "node-cron";
import { tendCases } from "../../cases/chores.ts";
import { askRecoveries } from "../../cases/recovery.ts";
import { tendSignals } from "../../churn/tend.ts";
import { tendCounts } from "../../counting/tend.ts";
import type { Engine } from "../../engine.ts";
import { closeSilentChats } from "../../inbox/silent-chats.ts";
import { forgetBookmarks } from "../../store/bookmarks.ts";
import { forgetDeadJobs } from "../../store/dead-jobs.ts";
import { forgetHolds } from "../../store/holds.ts";
import { expireUnanswered, expireUnreached } from "../../store/planned.ts";
import { forgetTicks } from "../../store/ticks.ts";
import { decideDue } from "../ask/decide-due.ts";
import { remindDue } from "../ask/remind.ts";
import { claimRuns, renewNextRuns } from "../plan/cron-runs.ts";
import { planDue } from "../plan/plan-due.ts";
import { planRuns } from "../plan/plan-run.ts";
import { createCoordinator } from "./coordinator.ts";

/** A question is over after a week; what is that old and was not read is no answer any more. */
const BOOKMARKS_KEPT_MS = 30 * 24 * 60 * 60 * 1000;
const DEAD_KEPT_MS = 30 * 24 * 60 * 60 * 1000;
/** Longer than an instance's clock may be behind. */
const TICKS_KEPT_MS = 2 * 24 * 60 * 60 * 1000;
/** A busy process is not always there in the second; a chore that comes once a day is not left out. */
const LATE_TICK_MS = 45_000;

/** What else is done by the clock. */
export interface Chore {
  readonly name: string;
  /** When, in UTC: five fields. */
  readonly cron: string;
  readonly run: () => Promise<void>;
  /** Every instance does it for itself; else one of them does, whichever is first. */
  readonly everywhere?: true;
}

export interface Ticker {
  start(): void;
  stop(): Promise<void>;
}

/** Does {@link choresOf} the service and `more` by the clock, until it is stopped. */
export function createTicker(engine: Engine, more: readonly Chore[] = []): Ticker {
  const tasks: ScheduledTask[] = [];
  const runCoordinator = createCoordinator(engine);
  const logger = nodeCronLog(engine);
  const begin = ({ name, cron, run, everywhere }: Chore): ScheduledTask => {
    const patiently = async () => {
      try {
        await run();
      } catch (error) {
        // The database may be away: the next tick tries again (docs/faults.md, S12).
        engine.log.warn(
          { error, chore: name },
          "a chore failed and will run again at its next time",
        );
      }
    };
    return schedule(cron, patiently, {
      name,
      logger,
      noOverlap: true,
      timezone: "UTC",
      missedExecutionTolerance: LATE_TICK_MS,
      ...(everywhere === true ? {} : { distributed: true, runCoordinator }),
    });
  };
  return {
    start() {
      tasks.push(...[...choresOf(engine), ...more].map(begin));
    },
    async stop() {
      for (const task of tasks.splice(0)) await task.destroy();
    },
  };
}

/** What the library says about ticks that were late or took too long matters to nobody but us. */
function nodeCronLog({ log }: Engine) {
  const say = (about: unknown) => log.debug({ about: String(about) }, "a tick of the clockwork");
  return { info: say, warn: say, error: say, debug: say };
}

/** What every service does by the clock, in this order when several are due. */
export function choresOf(engine: Engine): readonly Chore[] {
  const minutely = (name: string, run: () => Promise<unknown>): Chore => ({
    name,
    cron: "* * * * *",
    run: async () => void (await run()),
  });
  return [
    { ...minutely("clock", async () => engine.clock.measure?.()), everywhere: true },
    minutely("cron", async () => {
      await claimRuns(engine);
      await planRuns(engine);
    }),
    minutely("plan", () => planDue(engine)),
    minutely("expire", () => expire(engine)),
    minutely("decide", () => decideDue(engine)),
    minutely("cases", () => tendCases(engine)),
    minutely("silence", () => closeSilentChats(engine)),
    minutely("recovery", () => askRecoveries(engine)),
    minutely("remind", () => remindDue(engine)),
    minutely("signals", () => tendSignals(engine)),
    minutely("counts", () => tendCounts(engine)),
    { name: "next-runs", cron: "23 * * * *", run: async () => void (await renewNextRuns(engine)) },
    { name: "forget", cron: "17 3 * * *", run: () => forget(engine) },
  ];
}

/** Ends the invitations that nobody answered in time, and those whose person never came back. */
export async function expire(engine: Engine): Promise<void> {
  const now = engine.clock.now();
  const expired = await expireUnanswered(engine.db, now);
  if (expired > 0) engine.log.info({ expired }, "invitations expired unanswered");
  const unreached = await expireUnreached(engine.db, now);
  if (unreached > 0) engine.log.info({ unreached }, "invitations expired without a sign of life");
}

/** Forgets what only mattered for a while. */
export async function forget(engine: Engine): Promise<void> {
  const now = engine.clock.now();
  await forgetHolds(engine.db, now);
  await forgetBookmarks(engine.db, new Date(now.getTime() - BOOKMARKS_KEPT_MS));
  await forgetDeadJobs(engine.db, new Date(now.getTime() - DEAD_KEPT_MS));
  await forgetTicks(engine.db, new Date(now.getTime() - TICKS_KEPT_MS));
}
