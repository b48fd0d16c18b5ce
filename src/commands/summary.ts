/** `/nps week` and its siblings: read, put on a card, add the picture. */
import { drawSummary } from "../charts/picture.ts";
import type { Language } from "../locales/index.ts";
import type { Metric, MetricName } from "../metrics/metric.ts";
import type { Period } from "../metrics/period.ts";
import { previousPeriod, trendPeriods } from "../metrics/period-steps.ts";
import { type ParsedPeriod, parsePeriod } from "../metrics/period-text.ts";
import { metrics } from "../metrics/registry.ts";
import { type Facts, summarise } from "../metrics/summary.ts";
import type { Summary } from "../metrics/summary-contract.ts";
import { type Comment, readComments } from "../store/comments.ts";
import { readFacts } from "../store/summaries.ts";
import type { Workspace } from "../store/workspaces.ts";
import { type Command, type ReadContext, readerRoles } from "./command.ts";
import { shareButton } from "./share-button.ts";
import { type CardPicture, summaryCard } from "./summary-card.ts";
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
}

/** The summary of a period, or why the text is no period. Nothing typed means this week. */
export async function loadSummary(
  context: ReadContext,
  workspace: Workspace,
  metricName: MetricName,
  periodText: string,
): Promise<LoadedSummary | Extract<ParsedPeriod, { ok: false }>> {
  const { timeZone } = workspace;
  const parsed = parsePeriod(periodText, { now: context.clock.now(), timeZone });
  return parsed.ok ? loadPeriod(context, workspace, metricName, parsed.period) : parsed;
}

/** The summary of a resolved period. */
export async function loadPeriod(
  context: ReadContext,
  workspace: Workspace,
  metricName: MetricName,
  period: Period,
): Promise<LoadedSummary> {
  const about = { workspaceId: workspace.id, metrics: [metrics[metricName]], period };
  const [figures, comments] = await Promise.all([
    loadFigures(context, workspace, metricName, period),
    readComments(context.db, { ...about, limit: COMMENTS }),
  ]);
  return { ok: true, ...figures, comments };
}

/** A summary as far as it is figures: one statement. */
export async function loadFigures(
  { db, clock }: ReadContext,
  workspace: Workspace,
  metricName: MetricName,
  period: Period,
): Promise<Figures> {
  const now = clock.now();
  const metric = metrics[metricName];
  const previous = previousPeriod(period, now);
  const trend = trendPeriods(period, TREND, now);
  // The trend of a period ends with it and the one before; all time stands beside its months.
  const periods = previous ? trend : [...trend, period];
  const facts = await readFacts(db, { workspaceId: workspace.id, metric, periods, now });
  const present = facts.at(-1);
  const before = (previous && facts.at(-2)) ?? null;
  if (present === undefined) throw new Error("a period was read without its facts");
  return {
    metric,
    workspace: workspace.name,
    now: present,
    before,
    summary: summarise(metric, present, before),
    trend: facts.slice(0, trend.length),
  };
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
        return { kind: "message", message: periodRefusal(loaded, about) };
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
