/** `/nps week` and its siblings: read, put on a card, add the picture. */
import { drawSummary } from "../charts/picture.ts";
import type { Language } from "../locales/index.ts";
import type { Filter } from "../metrics/filter.ts";
import { answersIn } from "../metrics/histogram.ts";
import type { Metric, MetricName } from "../metrics/metric.ts";
import type { Period } from "../metrics/period.ts";
import { previousPeriod, trendPeriods } from "../metrics/period-steps.ts";
import { type ParsedPeriod, parsePeriod } from "../metrics/period-text.ts";
import { metrics } from "../metrics/registry.ts";
import { type Facts, summarise } from "../metrics/summary.ts";
import type { Summary } from "../metrics/summary-contract.ts";
import type { Message } from "../platform.ts";
import { type Comment, readComments } from "../store/comments.ts";
import { promiseChanged } from "../store/promises.ts";
import type { WhoReads } from "../store/schema.ts";
import type { Question } from "../store/scored-questions.ts";
import { readSettings } from "../store/settings.ts";
import { readFacts } from "../store/summaries.ts";
import { readTotalWords } from "../store/totals.ts";
import type { Workspace } from "../store/workspaces.ts";
import { type Command, type ReadContext, readerRoles } from "./command.ts";
import { filterRefusal, type ReadFilter, readFilter } from "./filter.ts";
import { shareButton } from "./share-button.ts";
import { type CardPicture, summaryCard } from "./summary-card.ts";
import { type CasesBeside, readCasesBeside } from "./summary-cases.ts";
import { periodRefusal } from "./summary-period.ts";
import { summaryPicture } from "./summary-picture.ts";

/** How many comments a summary quotes. */
const COMMENTS = 5;

/** How many periods a trend shows. */
const TREND = 12;

/** The figures that a summary is shown from. */
export interface Figures {
  readonly metric: Metric;
  readonly workspace: string;
  /** Nothing is left out without it. */
  readonly filter?: Filter;
  readonly now: Facts;
  /** Null for all time. */
  readonly before: Facts | null;
  /** The promised shape, for machines. */
  readonly summary: Summary;
  /** Oldest first. */
  readonly trend: readonly Facts[];
}

/** Everything that a summary is shown from. */
export interface LoadedSummary extends Figures {
  readonly ok: true;
  readonly comments: readonly Comment[];
  /** What people wrote whom nobody may see alone: without names, scores and order. */
  readonly words: readonly string[];
  readonly cases?: CasesBeside;
}

/** Why a text asks for nothing that there is. */
type Refused = Extract<ParsedPeriod | ReadFilter, { ok: false }>;

/** The summary of `month team:Billing`, or what is wrong with it. No period means this week. */
export async function loadSummary(
  context: ReadContext,
  workspace: Workspace,
  metricName: MetricName,
  text: string,
): Promise<LoadedSummary | Refused> {
  const { timeZone } = workspace;
  const read = await readFilter(context.db, workspace.id, text);
  if (!read.ok) return read;
  const parsed = parsePeriod(read.rest, { now: context.clock.now(), timeZone });
  if (!parsed.ok) return parsed;
  return loadPeriod(context, workspace, metricName, parsed.period, read.filter);
}

/** The answer to a text that asks for nothing that there is. */
export function summaryRefusal(
  refused: Refused,
  about: { language: Language; now: Date; timeZone: string },
): Message {
  return refused.problem === "no-such-team"
    ? filterRefusal(refused, about.language)
    : periodRefusal(refused, about);
}

/** The summary of a resolved period. */
export async function loadPeriod(
  context: ReadContext,
  workspace: Workspace,
  metricName: MetricName,
  period: Period,
  filter: Filter,
): Promise<LoadedSummary> {
  const about = { workspaceId: workspace.id, period, filter };
  const now = context.clock.now();
  const [figures, cases] = await Promise.all([
    loadFigures(context, workspace, metricName, period, filter),
    readCasesBeside(context.db, { ...about, now }),
  ]);
  if (figures.summary.promise === "totals") {
    const [words = []] = await readTotalWords(context.db, { ...about, metrics: [metricName], now });
    return { ok: true, ...figures, comments: [], words, cases };
  }
  const of = { ...about, metrics: [metrics[metricName]], limit: COMMENTS };
  return { ok: true, ...figures, comments: await readComments(context.db, of), words: [], cases };
}

/** A summary as far as it is figures: one statement. */
export async function loadFigures(
  { db, clock }: ReadContext,
  workspace: Workspace,
  metricName: MetricName,
  period: Period,
  filter: Filter = {},
): Promise<Figures> {
  const now = clock.now();
  const metric = metrics[metricName];
  const previous = previousPeriod(period, now);
  const trend = trendPeriods(period, TREND, now);
  // The trend of a period ends with it and the one before; all time stands beside its months.
  const periods = previous ? trend : [...trend, period];
  const { promise } = await readSettings(db, workspace.id);
  const question = { workspaceId: workspace.id, metric, filter, now };
  const [facts, underOtherPromise] = await Promise.all([
    readFacts(db, { ...question, promise, periods }),
    countOther(db, { ...question, promise, period }),
  ]);
  const present = facts.at(-1);
  const before = (previous && facts.at(-2)) ?? null;
  if (present === undefined) throw new Error("a period was read without its facts");
  return {
    metric,
    workspace: workspace.name,
    filter,
    now: present,
    before,
    summary: summarise(metric, present, before, { promise, underOtherPromise }),
    trend: facts.slice(0, trend.length),
  };
}

/** How many answers of the period were given under the other promise. */
async function countOther(
  db: ReadContext["db"],
  { promise, period, ...question }: Question & { period: Period; now: Date; promise: WhoReads },
): Promise<number> {
  if (!(await promiseChanged(db, question.workspaceId))) return 0;
  const other = promise === "named" ? "totals" : "named";
  const [facts] = await readFacts(db, { ...question, promise: other, periods: [period] });
  return facts === undefined ? 0 : answersIn(facts.histogram);
}

/** The slash command of a metric. */
export function createSummaryCommand(metric: MetricName): Command {
  return {
    name: metric,
    roles: readerRoles,
    async run(context, request) {
      const { workspace, language, text, pictures } = request;
      const loaded = await loadSummary(context, workspace, metric, text);
      if (!loaded.ok) {
        const { timeZone } = workspace;
        const about = { language, now: context.clock.now(), timeZone };
        return { kind: "message", message: summaryRefusal(loaded, about) };
      }
      const picture = pictures ? await drawPicture(loaded, language) : undefined;
      const actions = shareButton(context.tokens, request, loaded);
      return { kind: "message", message: summaryCard(loaded, language, { picture, actions }) };
    },
  };
}

/** The picture; "missing" when it cannot be drawn here: a card without it still says everything. */
export async function drawPicture(loaded: LoadedSummary, language: Language): Promise<CardPicture> {
  const picture = summaryPicture(loaded, language);
  if (picture === undefined) return undefined;
  try {
    return await drawSummary(picture);
  } catch {
    return "missing";
  }
}
