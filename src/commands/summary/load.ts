/** Everything that a summary is shown from: what belongs together is read at once. */
import { type Filter, isOfTeams } from "../../metrics/filter.ts";
import { answersIn } from "../../metrics/histogram.ts";
import type { Metric, MetricName } from "../../metrics/metric.ts";
import type { Period } from "../../metrics/period.ts";
import { previousPeriod } from "../../metrics/period-steps.ts";
import { metrics } from "../../metrics/registry.ts";
import { type Beside, type Facts, summarise } from "../../metrics/summary.ts";
import type { Summary } from "../../metrics/summary-contract.ts";
import { readAllFacts } from "../../store/all-facts.ts";
import { type Comment, readComments } from "../../store/comments.ts";
import { promiseChanged } from "../../store/promises.ts";
import type { Db, WhoReads } from "../../store/schema.ts";
import type { Question } from "../../store/scored-questions.ts";
import { readSettings } from "../../store/settings.ts";
import { readFacts } from "../../store/summaries.ts";
import { readTotalWords } from "../../store/totals.ts";
import type { Workspace } from "../../store/workspaces.ts";
import type { ReadContext } from "../command.ts";
import type { View } from "../view.ts";
import { populationOf, readBeside } from "./beside.ts";
import { type CasesBeside, readCasesBeside } from "./cases.ts";
import { type LoadedCut, loadCut, withCut } from "./cut-load.ts";
import { periodsOf, type ReadPeriods, splitFacts } from "./periods.ts";

/** How many comments a summary quotes. */
const COMMENTS = 5;

/** The figures that a summary is shown from. */
export interface Figures {
  readonly metric: Metric;
  readonly workspace: string;
  /** Nothing is left out without it. */
  readonly filter?: Filter;
  readonly now: Facts;
  /** Null when it is compared with nothing. */
  readonly before: Facts | null;
  /** The promised shape, for machines. */
  readonly summary: Summary;
  /** Oldest first; empty beside a cut. */
  readonly trend: readonly Facts[];
  /** When the wording that is counted began, where that matters for what is shown. */
  readonly wordingSince?: Date | null;
}

/** Everything that a summary is shown from. */
export interface LoadedSummary extends Figures {
  readonly comments: readonly Comment[];
  /** What people wrote whom nobody may see alone: without names, scores and order. */
  readonly words: readonly string[];
  readonly cases?: CasesBeside;
  readonly cut?: LoadedCut;
  /** False: nothing on the card may tell a single answer. */
  readonly singleAnswers: boolean;
}

/** What of a view the figures depend on. */
export type SummaryView = Pick<View, "period" | "before" | "versus" | "filter" | "scope" | "by">;

/**
 * The summary of a view. Undefined where it cannot be narrowed down like that: of answers that are seen
 * only in totals nothing but a team can be picked (metrics/batches.ts).
 */
export async function loadView(
  context: ReadContext,
  workspace: Workspace,
  metricName: MetricName,
  view: SummaryView,
): Promise<LoadedSummary | undefined> {
  const { db, clock } = context;
  const about = { workspaceId: workspace.id, period: view.period, filter: view.filter };
  const now = clock.now();
  const metric = metrics[metricName];
  const [{ promise, targets }, changed] = await Promise.all([
    readSettings(db, workspace.id),
    promiseChanged(db, workspace.id),
  ]);
  if (promise === "totals" && !isOfTeams(view.filter)) return undefined;
  const question = { workspaceId: workspace.id, metric, filter: view.filter, now, promise };
  const periods = periodsOf(view, now);
  const single = view.scope.singleAnswers;
  const [facts, underOtherPromise, said, cases, cut] = await Promise.all([
    readFacts(db, { ...question, periods: periods.all }),
    changed ? countOther(db, question, view.period) : 0,
    single ? readSaid(db, question, view.period) : nothingSaid,
    isOfTeams(view.filter) ? readCasesBeside(db, { ...about, now }) : undefined,
    view.by && loadCut(db, question, { period: view.period, before: view.before, by: view.by }),
  ]);
  const read = splitFacts(periods, facts);
  const { wordingSince, ...beside } = await readBeside(db, question, read);
  const target = targets[metricName];
  const given = { promise, underOtherPromise, versus: view.versus, target, ...beside };
  const figures = figuresOf(metric, workspace, read, given);
  const loaded = { ...figures, ...said, filter: view.filter, wordingSince, singleAnswers: single };
  return {
    ...(cut === undefined ? loaded : { ...loaded, ...withCut(loaded, cut) }),
    ...(cases === undefined ? {} : { cases }),
  };
}

/** The figures of several metrics at a glance: the period and the one before. */
export async function loadFigures(
  { db, clock }: ReadContext,
  workspace: Workspace,
  names: readonly MetricName[],
  period: Period,
  filter: Filter = {},
): Promise<Figures[]> {
  const now = clock.now();
  const before = previousPeriod(period, now);
  const periods = periodsOf({ period, before, versus: "before" }, now);
  const { promise, targets } = await readSettings(db, workspace.id);
  const about = { workspaceId: workspace.id, names, promise, filter, now };
  const all = await readAllFacts(db, { ...about, periods: periods.all });
  return Promise.all(
    names.map(async (name) => {
      const metric = metrics[name];
      const read = splitFacts(periods, all.get(name) ?? []);
      // Whatever the card, one score has one range.
      const population = await populationOf(db, { ...about, metric }, read.now);
      return figuresOf(metric, workspace, read, { promise, target: targets[name], population });
    }),
  );
}

function figuresOf(
  metric: Metric,
  { name }: Workspace,
  read: ReadPeriods,
  given: Partial<Beside>,
): Figures {
  const summary = summarise(metric, read.now, read.before, given);
  return { metric, workspace: name, ...read, summary };
}

/** Whose answers, under the promise that holds now. */
type Asked = Question & { readonly now: Date; readonly promise: WhoReads };

/** How many answers of the period were given under the other promise. */
async function countOther(db: Db, question: Asked, period: Period): Promise<number> {
  const other = question.promise === "named" ? "totals" : "named";
  if (other === "totals" && !isOfTeams(question.filter ?? {})) return 0;
  const [facts] = await readFacts(db, { ...question, promise: other, periods: [period] });
  return facts === undefined ? 0 : answersIn(facts.histogram);
}

const nothingSaid = { comments: [], words: [] };

/** What people wrote: with names, or in whole batches. */
async function readSaid(
  db: Db,
  { metric, promise, ...about }: Asked,
  period: Period,
): Promise<Pick<LoadedSummary, "comments" | "words">> {
  if (promise === "totals") {
    const [words = []] = await readTotalWords(db, { ...about, period, metrics: [metric.name] });
    return { comments: [], words };
  }
  const of = { ...about, period, metrics: [metric], limit: COMMENTS };
  return { comments: await readComments(db, of), words: [] };
}
