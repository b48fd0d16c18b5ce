/** `aftertalk backtest churn`: what the signals would have foretold here, and whether they are risk. */
import { type Snapshots, takeSnapshots } from "../churn/snapshots.ts";
import { type Backtest, type BacktestGate, backtest } from "../metrics/churn-backtest.ts";
import { type DerivedPoints, derivePoints } from "../metrics/churn-derive.ts";
import { type ChurnPoints, churnPointsOf } from "../metrics/churn-reasons.ts";
import type { Database } from "../store/database.ts";
import { readSettings } from "../store/settings.ts";
import { markAllSignals } from "../store/signals.ts";
import type { Workspace } from "../store/workspaces.ts";
import { setAsOperator } from "./apply-changes.ts";
import { backtestTables, count, dates, derivedLines, gateLines } from "./backtest-text.ts";
import type { CliContext } from "./context.ts";
import { exitCodes } from "./exit-codes.ts";
import { withDatabase } from "./with-database.ts";
import { inWork } from "./with-engine.ts";

export interface BacktestOptions {
  /** How far back the first date may lie. */
  readonly months: number;
  /** Work out points of the workspace's own. */
  readonly derive?: boolean;
  /** Keep what came of it. */
  readonly accept?: boolean;
}

export function backtestChurn(context: CliContext, options: BacktestOptions): Promise<number> {
  return withDatabase(context, async (database, workspace) => {
    const { churn } = await readSettings(database.db, workspace.id);
    const present = churnPointsOf(churn.points);
    const taken = await lookBack(context, database, workspace, options.months, churn.silentDays);
    const test = backtest(taken.all, present);
    const derived = options.derive === true ? derivePoints(taken.all, present) : undefined;
    tell(context, taken, { test, derived, present, wanted: options });
    const verdict = verdictOf(test, derived, options);
    const kept = verdict.keep !== undefined && options.accept === true;
    if (kept) await keep(context, database, workspace.id, verdict.keep);
    context.out.line();
    context.out.line(kept ? verdict.kept : verdict.offer);
    context.out.result({
      ...{ dates: taken.dates.map((at) => new Date(at)), people: taken.people },
      ...{ snapshots: taken.all.length, lostCustomers: taken.lostCustomers, points: present },
      ...{ ...test, derived: derived ?? null, provenOn: churn.provenOn, accepted: kept },
    });
    return options.accept === true && !kept ? exitCodes.failure.code : exitCodes.ok.code;
  });
}

async function lookBack(
  { out, clock, signal }: CliContext,
  database: Database,
  workspace: Workspace,
  months: number,
  silentDays: number,
): Promise<Snapshots> {
  const progress = out.progress();
  const onProgress = (people: number) =>
    progress.update(() => `${count(people)} people looked back on`);
  try {
    return await database.patiently((db) =>
      takeSnapshots(db, workspace, { now: clock.now(), months, silentDays, signal, onProgress }),
    );
  } finally {
    progress.done();
  }
}

interface Found {
  readonly test: Backtest;
  readonly derived: DerivedPoints | undefined;
  readonly present: ChurnPoints;
  readonly wanted: BacktestOptions;
}

function tell({ out }: CliContext, taken: Snapshots, found: Found): void {
  const { test, derived, present, wanted } = found;
  if (taken.all.length === 0) {
    out.line("There is nothing to look back on yet: nobody was known as a customer 97 days ago.");
    out.line("Import when they joined and left, and what they did: docs/churn.md says how.");
    return;
  }
  out.line(`Churn signals on ${dates(taken.dates)}, by what was recorded then:`);
  out.line(
    `${count(taken.people)} people, ${count(taken.all.length)} snapshots; ${count(test.all.lost)} left between 7 and 97 days later (${count(taken.lostCustomers)} customers, people of one account counted as one).`,
  );
  out.line();
  for (const line of backtestTables(test)) out.line(line);
  out.line();
  for (const line of gateLines(test.gate, test)) out.line(line);
  if (wanted.derive !== true) return;
  out.line();
  if (derived === undefined) out.line("Points of your own need two dates: look back further.");
  else for (const line of derivedLines(derived, present)) out.line(line);
}

/** What may be kept, and how that is said. */
interface Verdict {
  readonly keep?: { readonly points?: ChurnPoints; readonly proven: boolean };
  readonly offer: string;
  readonly kept: string;
}

function verdictOf(
  test: Backtest,
  derived: DerivedPoints | undefined,
  { derive }: BacktestOptions,
): Verdict {
  if (derive === true) return verdictOfDerived(derived);
  if (!test.gate.passed) {
    const offer = "Nothing is kept: signals are called risk only when the gate is passed.";
    return { offer, kept: offer };
  }
  return {
    keep: { proven: true },
    offer: "With --accept they are called risk from now on.",
    kept: "From now on they are called risk here.",
  };
}

function verdictOfDerived(derived: DerivedPoints | undefined): Verdict {
  if (derived === undefined || !derived.enough || !worksAtAll(derived.judged)) {
    const offer =
      "Nothing is offered: too few were lost to fit points and to judge them, or the points fitted do not tell who leaves.";
    return { offer, kept: offer };
  }
  const { passed }: BacktestGate = derived.judged.gate;
  const called = passed ? "and are called risk" : "and stay signals: the newer dates do not pass";
  return {
    keep: { points: derived.points, proven: passed },
    offer: `With --accept the points of your own hold from now on ${called}.`,
    kept: `From now on the points of your own hold ${called}.`,
  };
}

/** Better than chance on what they were not fitted on. */
function worksAtAll({ auc }: Backtest): boolean {
  return auc !== null && auc > 0.5;
}

/** Whatever counts otherwise now is worked out anew by the service. */
async function keep(
  context: CliContext,
  database: Database,
  workspaceId: number,
  kept: NonNullable<Verdict["keep"]>,
): Promise<void> {
  await inWork(context, database, async ({ transaction, now }) => {
    const provenOn = kept.proven ? now.toISOString().slice(0, 10) : null;
    const points = kept.points && { "churn.points": { ...kept.points } };
    await setAsOperator(transaction, workspaceId, { "churn.provenOn": provenOn, ...points }, now);
    await markAllSignals(transaction, workspaceId);
  });
}
