/** `/cx month`: every metric on one card, with what belongs beside the scores. */
import { drawOverview } from "../../charts/picture.ts";
import { type ContactRate, contactRate } from "../../metrics/contact-rate.ts";
import type { CutRow } from "../../metrics/cut.ts";
import { filterNames, isOfTeams, keepsAll } from "../../metrics/filter.ts";
import { type Metric, metricNames } from "../../metrics/metric.ts";
import { metrics } from "../../metrics/registry.ts";
import { type ResponseSummary, summariseResponse } from "../../metrics/response.ts";
import { summarise } from "../../metrics/summary.ts";
import { readAllFacts } from "../../store/all-facts.ts";
import { readHandlingFacts } from "../../store/attribution.ts";
import { type CasesNow, readCasesNow } from "../../store/case-figures.ts";
import { readContacts } from "../../store/contacts.ts";
import { type CoverageCounts, readCoverage } from "../../store/coverage.ts";
import { readResponses } from "../../store/responses.ts";
import type { Db, WhoReads } from "../../store/schema.ts";
import { readSettings } from "../../store/settings.ts";
import type { ReadContext, Reader } from "../command.ts";
import { populationOf } from "../summary/beside.ts";
import type { Figures } from "../summary/load.ts";
import { periodsOf, splitFacts } from "../summary/periods.ts";
import type { View } from "../view.ts";
import { cxCard } from "./cx-card.ts";
import { overviewPicture } from "./cx-picture.ts";
import { type LoadedFirstReplies, loadFirstReplies } from "./first-reply.ts";
import { createOperation } from "./operation.ts";
import { periodJson } from "./words.ts";

/** Everything that the card says. What is not for its reader, or not there, is undefined. */
export interface LoadedCx {
  readonly view: View;
  readonly workspace: string;
  readonly promise: WhoReads;
  /** Of metrics that somebody answered in one of the periods shown, in the usual order. */
  readonly figures: readonly Figures[];
  /** Of the metric with the most answers: by people alone, bots alone, and both. */
  readonly handled: { readonly metric: Metric; readonly rows: readonly CutRow[] } | undefined;
  readonly response: ResponseSummary | undefined;
  readonly coverage: CoverageCounts | undefined;
  readonly firstReplies: LoadedFirstReplies;
  readonly cases: CasesNow | undefined;
  readonly contacts: ContactRate | undefined;
}

async function load(context: ReadContext, reader: Reader, view: View): Promise<LoadedCx> {
  const { db, clock } = context;
  const { workspace } = reader;
  const { period, filter, scope } = view;
  const about = { workspaceId: workspace.id, now: clock.now(), filter };
  const { promise, targets } = await readSettings(db, workspace.id);
  const own = scope.sees === "own";
  const [figures, [responses], firstReplies, coverage, cases, contacts] = await Promise.all([
    readFigures(db, { ...about, promise, targets, workspace: workspace.name }, view),
    readResponses(db, { ...about, periods: [period] }),
    loadFirstReplies(context, reader, view),
    own ? undefined : readCoverage(db, { ...about, period }),
    !own && isOfTeams(filter) ? readCasesNow(db, { ...about, mine: [] }) : undefined,
    // Orders are of all customers: no part of the contacts can be held against them.
    scope.sees === "everything" && keepsAll(filter)
      ? readContacts(db, { ...about, period, by: "channel" })
      : undefined,
  ]);
  const most = figures.toSorted((a, b) => b.summary.n - a.summary.n)[0]?.metric;
  const asked = { ...about, promise, periods: [period] };
  const handled = most && (await readHandlingFacts(db, { ...asked, metric: most }));
  const [counts] = responses?.counts ?? [];
  const rate = contacts && contactRate(contacts);
  return {
    ...{ view, workspace: workspace.name, promise, figures, firstReplies, coverage, cases },
    handled: most && handled && { metric: most, rows: handled },
    response: counts && summariseResponse(counts),
    contacts: rate === undefined || rate.orders === 0 ? undefined : rate,
  };
}

interface About {
  readonly workspaceId: number;
  readonly workspace: string;
  readonly now: Date;
  readonly promise: WhoReads;
  readonly targets: Awaited<ReturnType<typeof readSettings>>["targets"];
}

/** All metrics and periods in one statement. */
async function readFigures(db: Db, given: About, view: View): Promise<Figures[]> {
  const { workspaceId, workspace, now, promise, targets } = given;
  const { filter, versus } = view;
  // Batches are of everybody or of a team: nothing else can be picked out of them.
  if (promise === "totals" && !isOfTeams(filter)) return [];
  const periods = periodsOf(view, now);
  const about = { workspaceId, names: metricNames, filter, promise, now };
  const all = await readAllFacts(db, { ...about, periods: periods.all });
  const figures = await Promise.all(
    metricNames.map(async (name): Promise<Figures> => {
      const metric = metrics[name];
      const read = splitFacts(periods, all.get(name) ?? []);
      // Whatever the card, one score has one range.
      const population = await populationOf(db, { ...about, metric }, read.now);
      const beside = { promise, versus, target: targets[name], population };
      const summary = summarise(metric, read.now, read.before, beside);
      return { metric, workspace, filter, ...read, summary };
    }),
  );
  return figures.filter(({ summary }) => summary.n > 0 || (summary.previous?.n ?? 0) > 0);
}

function json({ view, figures, response, coverage, cases, contacts, firstReplies }: LoadedCx) {
  return {
    period: periodJson(view.period),
    metrics: figures.map(({ summary }) => summary),
    response: response ?? null,
    coverage: coverage ?? null,
    firstReply: firstReplies.whole,
    cases: cases ?? null,
    contacts: contacts ?? null,
  };
}

/** The command, and the same for the command line. */
export const cx = createOperation<LoadedCx>({
  name: "cx",
  grammar: { filters: filterNames, versus: true },
  ofParts: true,
  load,
  card: cxCard,
  draw(loaded, language) {
    const picture = overviewPicture(loaded, language);
    return picture && drawOverview(picture);
  },
  json,
});
