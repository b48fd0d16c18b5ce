/**
 * Of all instances one runs a tick of the clockwork: the first that claims it in the database. An
 * instance that cannot reach the database runs nothing and goes on at the next tick.
 */
import type { RunCoordinator } from "node-cron";
import type { Engine } from "../../engine.ts";
import { claimTick } from "../../store/ticks.ts";

/** node-cron's keys: a chore's name, a colon, its time in ISO 8601. */
const KEY = /^(.+?):(\d{4}-.+)$/;

/** One for all tasks of an instance. */
export function createCoordinator({ db, log }: Pick<Engine, "db" | "log">): RunCoordinator {
  let away = false;
  return {
    async shouldRun(key) {
      const [, name, at] = KEY.exec(key) ?? [];
      if (name === undefined || at === undefined) throw new RangeError(`no key of a tick: ${key}`);
      try {
        const mine = await claimTick(db, name, new Date(at));
        if (away) log.info("the clockwork reaches the database again");
        away = false;
        return mine;
      } catch (error) {
        // Once: chores come every minute, and each of them would say so.
        if (!away) log.warn({ error }, "the clockwork stands still: it cannot reach the database");
        away = true;
        return false;
      }
    },
  };
}
