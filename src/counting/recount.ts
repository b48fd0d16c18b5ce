/** Everything that is counted beside a count made anew: what differed, and right again. */
import type { Engine } from "../engine.ts";
import { countAskedDays } from "../store/asked-counts.ts";
import { countDays } from "../store/counting.ts";
import { busyDay, type CountingState, takeCounting } from "../store/counting-state.ts";
import { countedFrom, type Different, differentAfter } from "../store/recounting.ts";
import type { Db } from "../store/schema.ts";
import { ofEveryMetric, runsFrom } from "../store/stretches.ts";
import { inTransaction } from "../store/transaction.ts";
import { dayAfter, daysAtOnce } from "./days.ts";
import { countWorkspace } from "./tend.ts";

/** What a recount of a workspace has found. */
export interface Recount {
  /** Days that were counted and compared. */
  readonly days: number;
  /** Days of metrics whose counts were not what their answers say. */
  readonly different: readonly Different[];
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
  const different: Different[] = [];
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
  readonly different: readonly Different[];
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
      const part = await comparePart(trx, { workspaceId, state }, from);
      if (check) throw new Undone(part);
      return part;
    });
  } catch (error) {
    if (error instanceof Undone) return error.part;
    throw error;
  }
}

/** Counts the next days anew, whole months of them but for the first, beside what was counted. */
async function comparePart(
  trx: Db,
  { workspaceId, state }: { workspaceId: number; state: CountingState },
  from: string,
): Promise<Part> {
  const { timeZone, countedUntil, askedUntil } = state;
  const busy = await busyDay(trx, workspaceId, { from, timeZone });
  const days = daysAtOnce(from, countedUntil, busy);
  const runs = runsFrom(days.filter((day) => day < askedUntil));
  const about = { workspaceId, timeZone };
  const different = await differentAfter(
    trx,
    { workspaceId, first: monthOf(from), until: dayAfter(days.at(-1) ?? from) },
    async () => {
      await countDays(trx, { ...about, stretches: runsFrom(days).flatMap(ofEveryMetric) });
      await countAskedDays(trx, { ...about, runs });
    },
  );
  return { days, different };
}

const monthOf = (day: string) => `${day.slice(0, -2)}01`;
