/** The week that is over against the four weeks before it: what changed beyond chance. */

import type { CutFacts } from "../metrics/cut.ts";
import type { Cut, Filter } from "../metrics/filter.ts";
import { answersIn } from "../metrics/histogram.ts";
import { type Metric, type MetricName, metricNames } from "../metrics/metric.ts";
import { dayOf, type Period, periodOf } from "../metrics/period.ts";
import { metrics } from "../metrics/registry.ts";
import { type Shift, shiftOf } from "../metrics/sigma.ts";
import type { Facts } from "../metrics/summary.ts";
import { readAllFacts } from "../store/all-facts.ts";
import { readComments } from "../store/comments.ts";
import { readCutFacts } from "../store/cut-facts.ts";
import type { Db, WhoReads } from "../store/schema.ts";
import { type Companion, goesWith } from "./goes-with.ts";

/** A week is held against so many days before it. */
const DAYS_BEFORE = 28;

/** Among so many comments those beside a low score are counted. */
const COMMENTS = 500;

const cutsBeside: readonly Cut[] = ["channel", "tag", "touchpoint", "platform", "language"];

/** A change that is told. */
export interface Alert extends Shift {
  readonly metric: Metric;
  /** Empty: everybody. */
  readonly team: string;
  readonly now: Facts;
  readonly before: Facts;
  readonly with: readonly Companion[];
  /** Comments beside a low score in the week. */
  readonly lowComments: number;
}

export interface AlertsAbout {
  readonly workspaceId: number;
  readonly promise: WhoReads;
  readonly week: Period;
  readonly now: Date;
}

/** The four weeks before a week. */
function weeksBefore({ start, timeZone }: Period, now: Date): Period {
  const until = dayOf(start, timeZone);
  const first = until.subtract({ days: DAYS_BEFORE });
  return periodOf({ kind: "days", step: { days: DAYS_BEFORE }, first, until }, { now, timeZone });
}

/**
 * Of everybody first, then of each team, metrics in their usual order. Answers under "only totals"
 * are looked at as a whole and not cut: a part of a batch is never shown.
 */
export async function findAlerts(db: Db, about: AlertsAbout): Promise<Alert[]> {
  const periods = [about.week, weeksBefore(about.week, about.now)];
  const all = await readAllFacts(db, { ...about, names: metricNames, periods });
  const found: Alert[] = [];
  for (const name of metricNames) {
    const facts = all.get(name) ?? [];
    // Whoever has nothing to compare as a whole has nothing by team.
    if (facts.length < 2 || facts.some(({ histogram }) => answersIn(histogram) === 0)) continue;
    found.push(...(await changesOf(db, { ...about, periods }, name, facts)));
  }
  return found;
}

type Compared = AlertsAbout & { readonly periods: readonly Period[] };

async function changesOf(
  db: Db,
  about: Compared,
  name: MetricName,
  facts: readonly Facts[],
): Promise<Alert[]> {
  const metric = metrics[name];
  const found: Alert[] = [];
  const add = async (team: string, its: readonly Facts[], teams: CutFacts | undefined) => {
    const shift = shiftIn(metric, its);
    const [now, before] = its;
    if (shift === undefined || now === undefined || before === undefined) return;
    const beside = await readBeside(db, about, { metric, team, shift, teams });
    found.push({ ...shift, metric, team, now, before, ...beside });
  };
  const question = { ...about, metric };
  const teams =
    about.promise === "totals" ? undefined : await readCutFacts(db, { ...question, by: "team" });
  await add("", facts, teams);
  for (const row of teams?.rows ?? [])
    if (row.value !== "") await add(row.value, row.facts, undefined);
  return found;
}

/** A changed wording alarms nobody: answers to two wordings are not compared. */
function shiftIn(metric: Metric, [now, before]: readonly Facts[]): Shift | undefined {
  if (now === undefined || before === undefined || now.epoch !== before.epoch) return undefined;
  return shiftOf(metric, now.histogram, before.histogram);
}

async function readBeside(
  db: Db,
  { promise, week, ...about }: Compared,
  {
    metric,
    team,
    shift,
    teams,
  }: { metric: Metric; team: string; shift: Shift; teams: CutFacts | undefined },
): Promise<Pick<Alert, "with" | "lowComments">> {
  if (promise === "totals") return { with: [], lowComments: 0 };
  const filter: Filter = team === "" ? {} : { team: { values: [team], label: team } };
  const cuts: CutFacts[] = teams === undefined ? [] : [teams];
  for (const by of cutsBeside) cuts.push(await readCutFacts(db, { ...about, metric, filter, by }));
  const { workspaceId } = about;
  const of = { workspaceId, metrics: [metric], period: week, filter, limit: COMMENTS };
  const comments = await readComments(db, of);
  const low = comments.filter(({ score }) => metric.levelOf(score) === "low").length;
  return { with: goesWith(metric, shift.direction, cuts), lowComments: low };
}
