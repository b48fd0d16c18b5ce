/** The clockwork's part in signals: those whose facts have changed, or whose time has come, are worked out. */
import { Temporal } from "temporal-polyfill";
import type { Engine } from "../engine.ts";
import { type ChurnCalendar, churnFactsNow } from "../metrics/churn-facts.ts";
import { type ChurnPoints, churnPointsOf } from "../metrics/churn-reasons.ts";
import { churnSignals, DAY_MS } from "../metrics/churn-signals.ts";
import { type HumanHistory, readChurnHistories } from "../store/churn-history.ts";
import { readSettings } from "../store/settings.ts";
import {
  claimSignals,
  dropAbsorbedSignals,
  type FreshSignals,
  keepSignals,
  type Lease,
} from "../store/signals.ts";
import { listWorkspaces, type Workspace } from "../store/workspaces.ts";

/** So many at once; so often in one run, the rest a minute later. */
const BATCH = 500;
const BATCHES = 20;
/** Whoever claimed a batch and died has it no longer than this. */
const LEASE_MS = 5 * 60_000;
/** Looked at again after so long in any case: whatever was missed heals. */
const AGAIN_MS = 7 * DAY_MS;

/**
 * Works out what is due in every workspace. Safe on several instances at once: each human is taken by
 * one. A workspace that fails does not keep the others from theirs.
 */
export async function tendSignals(engine: Pick<Engine, "db" | "clock">): Promise<void> {
  let failure: unknown;
  for (const workspace of await listWorkspaces(engine.db)) {
    try {
      await tendWorkspace(engine, workspace);
    } catch (error) {
      failure ??= error;
    }
  }
  if (failure !== undefined) throw failure;
}

async function tendWorkspace(
  { db, clock }: Pick<Engine, "db" | "clock">,
  workspace: Workspace,
): Promise<void> {
  const workspaceId = workspace.id;
  await dropAbsorbedSignals(db, workspaceId);
  for (let batch = 0; batch < BATCHES; batch += 1) {
    const now = clock.now();
    const lease: Lease = { workspaceId, now, until: new Date(now.getTime() + LEASE_MS) };
    const humans = await claimSignals(db, lease, BATCH);
    if (humans.length === 0) return;
    const { churn } = await readSettings(db, workspaceId);
    const points = churnPointsOf(churn.points);
    const histories = await readChurnHistories(db, workspaceId, humans);
    const calendar = churnCalendar(workspace, now, churn.silentDays);
    const fresh = humans.map((id) => signalsOf(id, histories.get(id), now, calendar, points));
    await keepSignals(db, lease, fresh);
    if (humans.length < BATCH) return;
  }
}

/** How a workspace counts days at a time. */
export function churnCalendar(
  { timeZone }: Pick<Workspace, "timeZone">,
  at: Date,
  silentDays: number,
): ChurnCalendar {
  const instant = Temporal.Instant.fromEpochMilliseconds(at.getTime());
  const { offsetNanoseconds } = instant.toZonedDateTimeISO(timeZone);
  return { utcOffsetMs: offsetNanoseconds / 1e6, silentDays };
}

function signalsOf(
  humanId: string,
  history: HumanHistory | undefined,
  now: Date,
  calendar: ChurnCalendar,
  points: ChurnPoints,
): FreshSignals {
  const at = now.getTime();
  const again = at + AGAIN_MS;
  if (history === undefined || !history.customer) {
    return { humanId, points: 0, tier: "low", reasons: [], dueAt: again };
  }
  const signals = churnSignals(churnFactsNow(history, at, calendar), at, points);
  const leaves = history.leftAt !== null && history.leftAt > at ? history.leftAt : again;
  return { humanId, ...signals, dueAt: Math.min(signals.dueAt ?? again, leaves, again) };
}
