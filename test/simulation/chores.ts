/** The clockwork by a clock that is moved by hand: every chore whose time has come since. */
import { Cron } from "croner";
import type { Engine } from "../../src/engine.ts";
import { choresOf } from "../../src/scheduling/clockwork/ticker.ts";

/** Milliseconds of real time by chore. */
export type Spent = Record<string, number>;

/** Runs each chore once if one of its times lies in (from, to]; notes how long it took. */
export async function runChores(
  engine: Engine,
  { from, to, spent }: { readonly from: number; readonly to: number; readonly spent: Spent },
): Promise<void> {
  for (const { name, cron, run } of choresOf(engine)) {
    const next = new Cron(cron, { timezone: "UTC" }).nextRun(new Date(from));
    if (next === null || next.getTime() > to) continue;
    const begun = performance.now();
    await run();
    spent[name] = (spent[name] ?? 0) + performance.now() - begun;
  }
}
