/** Snapshots of everybody on past dates, for the back-test. */
import { type ChurnSnapshot, churnSnapshot, snapshotDates } from "../metrics/churn-backtest.ts";
import { humansAfter } from "../store/backtest.ts";
import { readChurnHistories } from "../store/churn-history.ts";
import type { Db } from "../store/schema.ts";
import type { Workspace } from "../store/workspaces.ts";
import { churnCalendar } from "./tend.ts";

const BATCH = 500;

export interface Snapshots {
  readonly dates: readonly number[];
  readonly all: readonly ChurnSnapshot[];
  readonly people: number;
  /** How many customers were lost on these dates: people of one account are one. */
  readonly lostCustomers: number;
}

export interface LookBack {
  readonly now: Date;
  readonly months: number;
  readonly silentDays: number;
  readonly signal: AbortSignal;
  readonly onProgress?: (people: number) => void;
}

/** Takes them batch by batch; reads only. Ends with the signal's reason when it is aborted. */
export async function takeSnapshots(
  db: Db,
  workspace: Workspace,
  { now, months, silentDays, signal, onProgress }: LookBack,
): Promise<Snapshots> {
  const dates = snapshotDates(now.getTime(), months);
  const calendars = dates.map((at) => churnCalendar(workspace, new Date(at), silentDays));
  const all: ChurnSnapshot[] = [];
  const lost = new Set<string>();
  let people = 0;
  let seen = 0;
  for (let after: string | null = null; dates.length > 0; ) {
    signal.throwIfAborted();
    const humans = await humansAfter(db, workspace.id, after, BATCH);
    for (const [id, history] of await readChurnHistories(db, workspace.id, humans)) {
      if (!history.customer) continue;
      const own = dates.flatMap((at, i) => {
        const calendar = calendars[i];
        return (calendar && churnSnapshot(history, at, calendar)) ?? [];
      });
      all.push(...own);
      people += own.length > 0 ? 1 : 0;
      if (own.some((each) => each.lost)) lost.add(history.accountId ?? id);
    }
    seen += humans.length;
    onProgress?.(seen);
    if (humans.length < BATCH) break;
    after = humans.at(-1) ?? null;
  }
  return { dates, all, people, lostCustomers: lost.size };
}
