/** One step of counting a workspace: some new days, or some days whose counts changed. */
import type { Engine } from "../engine.ts";
import { metricNames } from "../metrics/metric.ts";
import { metrics } from "../metrics/registry.ts";
import { countAskedDays, openDays } from "../store/asked-counts.ts";
import { countDays } from "../store/counting.ts";
import {
  busyAskedDay,
  busyDay,
  type CountingState,
  keepCounting,
  markedDays,
  nextAnsweredDay,
  nextAskedDay,
  takeCounting,
  takeMarks,
} from "../store/counting-state.ts";
import type { Db } from "../store/schema.ts";
import { inTransaction } from "../store/transaction.ts";
import { dayAfter, daysAtOnce } from "./days.ts";

/** So many days of a metric are counted anew at once. */
const MARKED = 31;

/** What a step does beside the workspace. */
interface Step {
  readonly trx: Db;
  readonly workspaceId: number;
  readonly now: Date;
  readonly state: CountingState;
}

/**
 * Counts what is the next to be counted, in one transaction; true when something was, and there may be
 * more. Nothing is half counted, whenever it is ended.
 */
export function countSome(
  { db, clock }: Pick<Engine, "db" | "clock">,
  workspaceId: number,
): Promise<boolean> {
  return inTransaction(db, async (trx) => {
    const now = clock.now();
    const state = await takeCounting(trx, workspaceId, now);
    if (state === undefined) return false;
    const step = { trx, workspaceId, now, state };
    return (
      (await countNewDays(step)) ||
      (await countNewAsked(step)) ||
      (await countMarkedDays(step)) ||
      (await countMarkedAsked(step))
    );
  });
}

/** Days that ended by now, in their order. */
async function countNewDays({ trx, workspaceId, state }: Step): Promise<boolean> {
  const { countedUntil, countable, timeZone } = state;
  if (countedUntil >= countable) return false;
  const first = await nextAnsweredDay(trx, workspaceId, { from: countedUntil, timeZone });
  const busy = first && (await busyDay(trx, workspaceId, { from: first, timeZone }));
  const days = first === null ? [] : daysAtOnce(first, countable, busy);
  for (const name of metricNames) {
    await takeMarks(trx, workspaceId, name, days);
    await countDays(trx, { workspaceId, metric: metrics[name], timeZone, days });
  }
  const last = days.at(-1);
  const until = last === undefined ? countable : dayAfter(last);
  await keepCounting(trx, workspaceId, { countedUntil: until });
  return true;
}

/** Days of which everybody who was asked has no time left to answer. */
async function countNewAsked({ trx, workspaceId, state, now }: Step): Promise<boolean> {
  const { askedUntil, askedCountable, timeZone } = state;
  if (askedUntil >= askedCountable) return false;
  const first = await nextAskedDay(trx, workspaceId, { from: askedUntil, timeZone });
  const busy = first && (await busyAskedDay(trx, workspaceId, { from: first, timeZone }));
  const span = first === null ? [] : daysAtOnce(first, askedCountable, busy);
  await takeMarks(trx, workspaceId, "asked", span);
  const open = await openDays(trx, { workspaceId, timeZone, days: span }, now);
  const days = span.filter((day) => open.every((other) => day < other));
  await countAskedDays(trx, { workspaceId, timeZone, days });
  const last = days.at(-1);
  const end = span.length === 0 ? askedCountable : askedUntil;
  const until = last === undefined ? end : dayAfter(last);
  await keepCounting(trx, workspaceId, { askedUntil: until });
  return until > askedUntil;
}

async function countMarkedDays({ trx, workspaceId, state }: Step): Promise<boolean> {
  const { countedUntil: until, timeZone } = state;
  let counted = false;
  for (const name of metricNames) {
    const days = await markedDays(trx, workspaceId, name, { until, limit: MARKED });
    if (days.length === 0) continue;
    await takeMarks(trx, workspaceId, name, days);
    await countDays(trx, { workspaceId, metric: metrics[name], timeZone, days });
    counted = true;
  }
  return counted;
}

/** A day on which somebody may answer again by now stays marked. */
async function countMarkedAsked({ trx, workspaceId, state, now }: Step): Promise<boolean> {
  const { askedUntil: until, timeZone } = state;
  const marked = await markedDays(trx, workspaceId, "asked", { until, limit: MARKED });
  const open = await openDays(trx, { workspaceId, timeZone, days: marked }, now);
  const days = marked.filter((day) => !open.includes(day));
  if (days.length === 0) return false;
  await takeMarks(trx, workspaceId, "asked", days);
  await countAskedDays(trx, { workspaceId, timeZone, days });
  return true;
}
