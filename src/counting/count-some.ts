/** One step of counting a workspace: some new days, or some days whose counts changed. */
import type { Engine } from "../engine.ts";
import { metricNames } from "../metrics/metric.ts";
import { countAskedDays, openDays } from "../store/asked-counts.ts";
import { countDays } from "../store/counting.ts";
import {
  busyAskedDay,
  busyDay,
  type CountingState,
  keepCounting,
  type Marked,
  markedDays,
  nextAnsweredDay,
  nextAskedDay,
  takeCounting,
  takeMarks,
} from "../store/counting-state.ts";
import type { Db } from "../store/schema.ts";
import { ofEveryMetric, type Run, runsFrom } from "../store/stretches.ts";
import { inTransaction } from "../store/transaction.ts";
import { dayAfter, daysAtOnce } from "./days.ts";

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
      (await countNewDays(step)) || (await countNewAsked(step)) || (await countMarkedDays(step))
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
  const stretches = runsFrom(days).flatMap(ofEveryMetric);
  await takeMarks(trx, workspaceId, stretches);
  await countDays(trx, { workspaceId, timeZone, stretches });
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
  const runs = runsFrom(span);
  await takeMarks(trx, workspaceId, runs.map(asked));
  const [open] = await openDays(trx, { workspaceId, timeZone, runs }, now);
  const days = span.filter((day) => open === undefined || day < open);
  await countAskedDays(trx, { workspaceId, timeZone, runs: runsFrom(days) });
  const last = days.at(-1);
  const end = span.length === 0 ? askedCountable : askedUntil;
  const until = last === undefined ? end : dayAfter(last);
  await keepCounting(trx, workspaceId, { askedUntil: until });
  return until > askedUntil;
}

/** Days whose counts changed. One on which somebody may answer again by now stays marked. */
async function countMarkedDays({ trx, workspaceId, state, now }: Step): Promise<boolean> {
  const { timeZone } = state;
  const marked = await markedDays(trx, workspaceId, state);
  if (marked.length === 0) return false;
  const daysOf = (what: Marked) => marked.flatMap((each) => (each.what === what ? [each.day] : []));
  const stretches = metricNames.flatMap((metric) =>
    runsFrom(daysOf(metric)).map((run) => ({ metric, ...run })),
  );
  const about = { workspaceId, timeZone };
  const again = daysOf("asked");
  const open = await openDays(trx, { ...about, runs: runsFrom(again) }, now);
  const runs = runsFrom(again.filter((day) => !open.includes(day)));
  await takeMarks(trx, workspaceId, [...stretches, ...runs.map(asked)]);
  await countDays(trx, { ...about, stretches });
  await countAskedDays(trx, { ...about, runs });
  return stretches.length + runs.length > 0;
}

const asked = (run: Run) => ({ metric: "asked" as const, ...run });
