/** Everything that is counted beside a count made anew: what differed, and right again. */
import type { Engine } from "../engine.ts";
import { type MetricName, metricNames } from "../metrics/metric.ts";
import { metrics } from "../metrics/registry.ts";
import { countDays } from "../store/counting.ts";
import { takeCounting } from "../store/counting-state.ts";
import { countedFrom, differentAfter } from "../store/recounting.ts";
import type { Db } from "../store/schema.ts";
import { inTransaction } from "../store/transaction.ts";
import { dayAfter, daysAtOnce } from "./days.ts";
import { countWorkspace } from "./tend.ts";

/** What a recount of a workspace has found. */
export interface Recount {
  /** Days that were counted and compared. */
  readonly days: number;
  /** Days of metrics whose counts were not what their answers say. */
  readonly different: readonly { readonly metric: MetricName; readonly day: string }[];
}

interface Options {
  /** Only compare: nothing is changed. */
  readonly check: boolean;
  readonly onStep?: () => void;
}

/**
 * Counts every closed day of a workspace anew, month by month. Days that are marked as changed are no
 * findings: without `check` they are counted first, with it they are left out.
 */
export async function recountWorkspace(
  engine: Pick<Engine, "db" | "clock">,
  workspaceId: number,
  { check, onStep = () => {} }: Options,
): Promise<Recount> {
  if (!check) await countWorkspace(engine, workspaceId, onStep);
  const different: { metric: MetricName; day: string }[] = [];
  let days = 0;
  let from: string | undefined;
  for (;;) {
    const part = await recountPart(engine, workspaceId, from, check);
    if (part === undefined) return { days, different };
    different.push(...part.different);
    days += part.days.length;
    from = dayAfter(part.days.at(-1) ?? "");
    onStep();
  }
}

/** Undoes the transaction that it is thrown in, and brings out what was found. */
class Undone extends Error {
  readonly part: Part;
  constructor(part: Part) {
    super("only compared");
    this.part = part;
  }
}

interface Part {
  readonly days: readonly string[];
  readonly different: Recount["different"];
}

async function recountPart(
  { db, clock }: Pick<Engine, "db" | "clock">,
  workspaceId: number,
  after: string | undefined,
  check: boolean,
): Promise<Part | undefined> {
  try {
    return await inTransaction(db, async (trx) => {
      const state = await takeCounting(trx, workspaceId, clock.now());
      const from = state && (await countedFrom(trx, workspaceId, { ...state, after }));
      if (state === undefined || from == null || from >= state.countedUntil) return undefined;
      const days = daysAtOnce(from, state.countedUntil, from);
      const part = { days, different: await compareDays(trx, workspaceId, state.timeZone, days) };
      if (check) throw new Undone(part);
      return part;
    });
  } catch (error) {
    if (error instanceof Undone) return error.part;
    throw error;
  }
}

async function compareDays(
  trx: Db,
  workspaceId: number,
  timeZone: string,
  days: readonly string[],
): Promise<Recount["different"]> {
  const found: { metric: MetricName; day: string }[] = [];
  for (const name of metricNames) {
    const about = { workspaceId, metric: metrics[name], timeZone, days };
    const different = await differentAfter(trx, about, () => countDays(trx, about));
    found.push(...different.map((day) => ({ metric: name, day })));
  }
  return found;
}
