/** `/response week by team`: of those who were reached, how many answered. */
import { drawBars, drawCut } from "../../charts/picture.ts";
import { type Language, type Texts, textsFor } from "../../locales/index.ts";
import { type Arranged, arrange } from "../../metrics/arrange.ts";
import { filterNames } from "../../metrics/filter.ts";
import { COMPARED_FROM } from "../../metrics/ladder.ts";
import {
  compareShares,
  type ResponseSummary,
  type ShareChange,
  summariseResponse,
} from "../../metrics/response.ts";
import { scheduleKinds } from "../../scheduling/definition/schedule.ts";
import { type CoverageCounts, readCoverage } from "../../store/coverage.ts";
import { type ResponseCut, readResponses, responseCuts } from "../../store/responses.ts";
import type { ReadContext, Reader } from "../command.ts";
import { periodLabel } from "../view/period.ts";
import type { View } from "../view.ts";
import { createOperation, type OperationParts } from "./operation.ts";
import { responseCard, responseLine } from "./response-card.ts";
import { headingOf, partLabel, periodJson, shownParts } from "./words.ts";

/** A part with its figures. */
export interface ResponsePart extends ResponseSummary {
  readonly value: string;
  readonly label: string;
  /** Those who were reached and whose time to answer is over. */
  readonly n: number;
}

export interface LoadedResponse {
  readonly view: View;
  readonly workspace: string;
  readonly whole: ResponseSummary;
  readonly before: ResponseSummary | null;
  readonly change: ShareChange | null;
  readonly coverage: Pick<CoverageCounts, "asked" | "eligible">;
  /** What people were asked for: kinds of surveys; or the parts of the cut. */
  readonly parts: Arranged<ResponsePart>;
}

async function load(
  { db, clock }: ReadContext,
  { workspace, language }: Reader,
  view: View,
): Promise<LoadedResponse> {
  const { period, before, filter } = view;
  const by = responseCuts.find((cut) => cut === view.by);
  const about = { workspaceId: workspace.id, now: clock.now(), filter };
  const periods = before === null ? [period] : [period, before];
  const [[whole], rows, coverage] = await Promise.all([
    readResponses(db, { ...about, periods }),
    readResponses(db, { ...about, periods: [period], by: by ?? "kind" }),
    readCoverage(db, { ...about, period }),
  ]);
  const [now, then] = (whole?.counts ?? []).map(summariseResponse);
  if (now === undefined) throw new Error("a period was read without its counts");
  const parts = rows.flatMap(({ value, counts: [counts] }): ResponsePart[] => {
    if (counts === undefined) return [];
    const summary = summariseResponse(counts);
    const label = by === undefined ? kindLabel(textsFor(language), value) : value;
    return [{ value, label, n: counts.closedReached, ...summary }];
  });
  // Kinds that stand apart are in no total, so nothing can be told by subtracting from it.
  const total = by === undefined ? sum(parts) : now.counts.closedReached;
  return {
    ...{ view, workspace: workspace.name, whole: now, before: then ?? null, coverage },
    change: then === undefined ? null : compareShares(now.response, then.response),
    parts: arrange(parts, total, (a, b) => (b.response.rate ?? 0) - (a.response.rate ?? 0)),
  };
}

function sum(parts: readonly ResponsePart[]): number {
  return parts.reduce((all, { n }) => all + n, 0);
}

const kinds = [...scheduleKinds, "manual", "recovery", "import", "sample"] as const;

function kindLabel(texts: Texts, value: string): string {
  const kind = kinds.find((each) => each === value);
  return texts.text(`response.kind.${kind ?? "forgotten"}`);
}

function draw(loaded: LoadedResponse, language: Language) {
  const { view, parts, whole, workspace } = loaded;
  const texts = textsFor(language);
  const { first, last, rest } = shownParts(parts);
  const all = [...first, ...last, ...rest].filter(({ shown }) => shown);
  if (all.length === 0 || !whole.shown) return undefined;
  const line = responseLine(texts, whole);
  const shared = {
    title: texts.text("response.title"),
    subtitle: [workspace, periodLabel(view.period, language)].join(" · "),
    language,
    unit: "percent" as const,
    alt: [
      headingOf(texts, texts.text("response.title"), view),
      line,
      ...all.map((part) => `${partLabel(texts, view.by, part)}: ${responseLine(texts, part)}`),
    ].join("\n"),
  };
  const noData = texts.text("summary.no-data");
  const bars = all.map((part) => ({
    label: partLabel(texts, view.by, part),
    ...{ range: part.response.range, n: part.n, early: part.early },
    value: part.response.rate,
  }));
  if (view.by === undefined) return drawBars({ ...shared, bars, labels: { noData } });
  return drawCut({
    ...shared,
    domain: [0, 100],
    rows: bars.map(({ value, ...row }) => ({ ...row, score: value })),
    labels: { early: texts.text("operation.early", { needed: COMPARED_FROM }), noData },
  });
}

function json({ view, whole, before, change, coverage, parts }: LoadedResponse) {
  const part = ({ value, label, ...summary }: ResponsePart) => ({
    value,
    label,
    ...figures(summary),
  });
  return {
    period: periodJson(view.period),
    ...figures(whole),
    coverage: { asked: coverage.asked, eligible: coverage.eligible },
    previous: view.before && before && { period: periodJson(view.before), ...figures(before) },
    change,
    by: view.by ?? "kind",
    parts: [...parts.ranked, ...parts.early].map(part),
    hidden: parts.hidden.map(({ value, label }) => ({ value, label })),
  };
}

function figures({ counts, response, completion, shown, early }: ResponseSummary) {
  return { counts, response, completion, shown, early };
}

const parts: OperationParts<LoadedResponse> = {
  name: "response",
  grammar: {
    cuts: responseCuts satisfies readonly ResponseCut[],
    filters: filterNames,
    versus: true,
  },
  load,
  card: responseCard,
  draw,
  json,
};

export const response = createOperation(parts);
