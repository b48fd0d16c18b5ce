/** The rows of a cut in the promised shape. Pure; nothing is rounded. */
import type { CutLine, CutTable } from "./cut-table.ts";
import type { Cut } from "./filter.ts";
import type { Metric } from "./metric.ts";
import type { ScoreStep } from "./score-steps.ts";
import { mutable } from "./summary.ts";
import type { Summary, SummaryCut } from "./summary-contract.ts";

/** Chats worth asking about, and those of them that were asked about, by the value of a row. */
export type CoverageByValue = ReadonlyMap<string, NonNullable<Summary["coverage"]>>;

/** An answer can have several tags, and several agents. */
export function overlaps(by: Cut): boolean {
  return by === "tag" || by === "agent";
}

/** `by` with the rows that may be shown; by score there are steps instead. */
export function summaryCut(
  metric: Metric,
  by: Cut,
  table: CutTable,
  { steps, coverage }: { readonly steps: readonly ScoreStep[]; readonly coverage: CoverageByValue },
): SummaryCut {
  const { ranked, early, hidden } = table;
  return {
    by,
    rows: [
      ...[...ranked, ...early].map((line) => rowOf(line, coverage)),
      ...hidden.map((row): SummaryCut["rows"][number] => ({ ...row, ...nothingShown })),
    ],
    steps: steps.map(({ score, n, share, range, change }) => ({
      score: metric.stepName(score),
      n,
      share,
      range: [...range],
      change: change && mutable(change),
    })),
    overlaps: overlaps(by),
  };
}

const nothingShown = {
  ...{ hidden: true, n: null, weight: null, score: null, range: null, early: false },
  ...{ responseRate: null, coverage: null, others: null, change: null },
};

function rowOf(line: CutLine, coverage: CoverageByValue): SummaryCut["rows"][number] {
  const { value, label, n, weight, score, range, early, responseRate, others, change } = line;
  return {
    ...{ value, label, hidden: false, n, weight, score, early, responseRate },
    range: [...range],
    coverage: coverage.get(value) ?? null,
    others: others && mutable(others),
    change: change && mutable(change),
  };
}
