/** The rows of a summary that is cut: read, and put into order. */

import type { CutFacts, CutRow } from "../../metrics/cut.ts";
import { type CutTable, cutTable } from "../../metrics/cut-table.ts";
import type { Cut } from "../../metrics/filter.ts";
import type { Period } from "../../metrics/period.ts";
import { type ScoreStep, scoreSteps } from "../../metrics/score-steps.ts";
import type { Summary } from "../../metrics/summary-contract.ts";
import { type CoverageByValue, summaryCut } from "../../metrics/summary-cut.ts";
import { readHandlingFacts } from "../../store/attribution.ts";
import { readCoverageFigures } from "../../store/coverage.ts";
import { readCutFacts } from "../../store/cut-facts.ts";
import type { Db, WhoReads } from "../../store/schema.ts";
import type { Question } from "../../store/scored-questions.ts";
import { COVERED_UP_TO } from "./beside.ts";
import type { Figures } from "./load.ts";

/** What `by …` shows. */
export interface LoadedCut {
  readonly by: Cut;
  readonly table: CutTable;
  /** By score. */
  readonly steps: readonly ScoreStep[];
  readonly coverage: CoverageByValue;
  /** By agent: people alone, bots alone, and both. */
  readonly handling: CutTable;
  /** Why there is nothing of it: people were promised that only totals are seen. */
  readonly refused?: "totals";
}

/** Rows as they were read. */
interface ReadCut {
  readonly by: Cut;
  readonly facts: CutFacts | "totals";
  readonly coverage: CoverageByValue;
  /** By agent. */
  readonly handling?: readonly CutRow[];
}

const noCoverage: CoverageByValue = new Map();

/** A score is cut from the whole; batches are of one team, so that there are no other parts of them. */
export async function loadCut(
  db: Db,
  question: Question & { readonly now: Date; readonly promise: WhoReads },
  {
    by,
    period,
    before,
  }: { readonly by: Cut; readonly period: Period; readonly before: Period | null },
): Promise<ReadCut> {
  if (by === "score") return { by, facts: { by, rows: [] }, coverage: noCoverage };
  if (question.promise === "totals" && by !== "team")
    return { by, facts: "totals", coverage: noCoverage };
  const periods = before === null ? [period] : [before, period];
  const { workspaceId, now, filter } = question;
  const about = { workspaceId, now, period, by, ...(filter && { filter }) };
  const [facts, handling] = await Promise.all([
    readCutFacts(db, { ...question, by, periods }),
    by === "agent" ? readHandlingFacts(db, { ...question, periods }) : [],
  ]);
  const asked = facts.rows.reduce((sum, row) => sum + (row.facts.at(-1)?.asking.asked ?? 0), 0);
  const covered = asked > COVERED_UP_TO ? [] : await readCoverageFigures(db, about);
  const coverage = covered
    .filter(({ eligible }) => eligible > 0)
    .map(({ value, asked, eligible }) => [value, { asked, eligible }] as const);
  return { by, facts, handling, coverage: new Map(coverage) };
}

/** The rows in order, also in the promised shape. */
export function withCut(
  { metric, now, before, summary }: Pick<Figures, "metric" | "now" | "before" | "summary">,
  { by, facts, coverage, handling = [] }: ReadCut,
): { readonly summary: Summary; readonly cut: LoadedCut } {
  const rows = facts === "totals" ? [] : facts.rows;
  const ordered = (of: readonly CutRow[]) =>
    cutTable(metric, { by, rows: of }, { now, before }, new Intl.Collator().compare);
  const table = ordered(rows);
  const comparable = before !== null && before.epoch === now.epoch;
  const steps =
    by === "score" ? scoreSteps(metric, now.histogram, comparable ? before.histogram : null) : [];
  return {
    summary: { ...summary, cut: summaryCut(metric, by, table, { steps, coverage }) },
    cut: {
      ...{ by, table, steps, coverage, handling: ordered(handling) },
      ...(facts === "totals" ? { refused: "totals" } : {}),
    },
  };
}
