/** What came in and was not for us: counted and ignored (F19). */
import type { Log } from "../../../src/log.ts";

/** Counts what came in and was not for us, and logs each kind at 1, 10, 100 … */
export interface Ignored {
  add(kind: string): void;
}

/** Kinds that are counted apart; the rest is counted together. */
const MAX_KINDS = 200;

export function createIgnored(log: Log): Ignored {
  const counts = new Map<string, number>();
  return {
    add(kind) {
      const known = counts.has(kind) || counts.size < MAX_KINDS;
      const name = known && /^[\w.:-]{1,80}$/.test(kind) ? kind : "other";
      const count = (counts.get(name) ?? 0) + 1;
      counts.set(name, count);
      if (Number.isInteger(Math.log10(count))) {
        log.info({ ignored: name, count }, "something of Slack that is not for us was ignored");
      }
    },
  };
}
