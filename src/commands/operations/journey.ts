/** `/journey csat month`: each touchpoint beside all others, and how whole journeys are remembered. */
import { drawCut } from "../../charts/picture.ts";
import { type Language, textsFor } from "../../locales/index.ts";
import { type CutLine, type CutTable, cutTable } from "../../metrics/cut-table.ts";
import { filterNames } from "../../metrics/filter.ts";
import { answersIn } from "../../metrics/histogram.ts";
import { COMPARED_FROM } from "../../metrics/ladder.ts";
import { type Metric, type MetricName, metricNames } from "../../metrics/metric.ts";
import { type PeakEndSummary, summarisePeakEnd } from "../../metrics/peak-end.ts";
import { metrics } from "../../metrics/registry.ts";
import type { Facts } from "../../metrics/summary.ts";
import { readAllFacts } from "../../store/all-facts.ts";
import type { WhoReads } from "../../store/schema.ts";
import { readSettings } from "../../store/settings.ts";
import { readJourneys } from "../../store/touchpoints.ts";
import type { ReadContext, Reader } from "../command.ts";
import { rowName } from "../summary/cut.ts";
import { type LoadedCut, loadCut } from "../summary/cut-load.ts";
import { formatFor } from "../summary/format.ts";
import { periodLabel } from "../view/period.ts";
import type { View } from "../view.ts";
import { journeyCard, lineText, scoreLine } from "./journey-card.ts";
import { createOperation } from "./operation.ts";
import { headingOf, periodJson, shownParts } from "./words.ts";

const BY = "touchpoint";

export interface LoadedJourney {
  readonly view: View;
  readonly workspace: string;
  readonly metric: Metric;
  readonly promise: WhoReads;
  readonly whole: Facts;
  readonly table: CutTable;
  /** By touchpoint: of the closed chats worth asking about, how many were. */
  readonly coverage: LoadedCut["coverage"];
  /** Null where the steps of the scale are no numbers, or nobody may be seen alone. */
  readonly journeys: PeakEndSummary | null;
}

async function load(
  { db, clock }: ReadContext,
  { workspace }: Reader,
  view: View,
): Promise<LoadedJourney> {
  const { promise } = await readSettings(db, workspace.id);
  const { period, filter } = view;
  const about = { workspaceId: workspace.id, promise, filter, now: clock.now() };
  const flag = metricNames.find((name) => view.flags.includes(name));
  const names = flag === undefined ? metricNames : [flag];
  const all = await readAllFacts(db, { ...about, names, periods: [period] });
  const name = flag ?? mostAnswered(all);
  const whole = all.get(name)?.[0];
  if (whole === undefined) throw new Error("a period was read without its facts");
  const metric = metrics[name];
  const question = { ...about, metric };
  const { facts, coverage } = await loadCut(db, question, { by: BY, period, before: null });
  const rows = facts === "totals" ? [] : facts.rows;
  const compare = new Intl.Collator().compare;
  const isCounted = promise === "named" && metric.name !== "resolution";
  return {
    ...{ view, workspace: workspace.name, metric, promise, whole, coverage },
    table: cutTable(metric, { by: BY, rows }, { now: whole, before: null }, compare),
    journeys: isCounted
      ? summarisePeakEnd(await readJourneys(db, { ...question, period }), metric.scale)
      : null,
  };
}

/** Of as many answers the first in the usual order. */
function mostAnswered(all: ReadonlyMap<MetricName, readonly Facts[]>): MetricName {
  const answers = (name: MetricName) => {
    const [facts] = all.get(name) ?? [];
    return facts === undefined ? 0 : answersIn(facts.histogram);
  };
  return metricNames.reduce((most, name) => (answers(name) > answers(most) ? name : most));
}

function draw(loaded: LoadedJourney, language: Language) {
  const { metric, table, view, workspace } = loaded;
  const { first, last, rest } = shownParts(table);
  const lines = [...first, ...last, ...rest];
  if (lines.length === 0) return undefined;
  const texts = textsFor(language);
  const format = formatFor(metric, language);
  const name = (line: CutLine) => rowName(line, { by: BY }, texts);
  const title = `${texts.text("journey.title")} · ${texts.text(`metric.${metric.name}.headline`)}`;
  return drawCut({
    title,
    subtitle: [workspace, periodLabel(view.period, language)].join(" · "),
    language,
    unit: metric.unit,
    domain: metric.domain,
    rows: lines.map((line) => {
      const { score, range, n, early } = line;
      return { label: name(line), score, range, n, early };
    }),
    labels: {
      early: texts.text("summary.cut.not-ranked", { needed: COMPARED_FROM }),
      noData: texts.text("summary.no-data"),
    },
    alt: [
      headingOf(texts, title, view),
      scoreLine(texts, loaded),
      ...lines.map((line) => `${name(line)}: ${lineText(texts, loaded, format, line)}`),
    ].join("\n"),
  });
}

function json({ view, metric, whole, table, coverage, journeys, promise }: LoadedJourney) {
  const line = ({ value, label, n, score, range, early, responseRate, others }: CutLine) => ({
    ...{ touchpoint: value, label, n, score, range, early, responseRate },
    coverage: coverage.get(value) ?? null,
    others,
  });
  return {
    period: periodJson(view.period),
    metric: metric.name,
    promise,
    n: answersIn(whole.histogram),
    otherWording: whole.otherWording,
    touchpoints: [...table.ranked, ...table.early].map(line),
    hidden: table.hidden.map(({ value, label }) => ({ touchpoint: value, label })),
    journeys,
  };
}

export const journey = createOperation<LoadedJourney>({
  name: "journey",
  grammar: { flags: metricNames, filters: filterNames },
  ofParts: true,
  load,
  card: journeyCard,
  draw,
  json,
});
