/** Figures of a workspace by time and part, as the text of a file, piece by piece. */
import type { CutRow } from "../metrics/cut.ts";
import type { Cut } from "../metrics/filter.ts";
import { answersIn } from "../metrics/histogram.ts";
import { hideComplement, isShown } from "../metrics/ladder.ts";
import type { MetricName } from "../metrics/metric.ts";
import type { Period } from "../metrics/period.ts";
import { metrics } from "../metrics/registry.ts";
import type { Facts } from "../metrics/summary.ts";
import { readCutFacts } from "../store/cut-facts.ts";
import { readAnsweredRange } from "../store/export-range.ts";
import type { Db } from "../store/schema.ts";
import { readFacts } from "../store/summaries.ts";
import type { Workspace } from "../store/workspaces.ts";
import { periodsBetween, type SummaryStep } from "./days.ts";
import { type ExportRow, type Format, headText, rowsText } from "./format.ts";
import { type SummaryPart, summaryColumns, summaryRow } from "./summary-row.ts";

export interface ExportSummaryOptions {
  readonly workspace: Pick<Workspace, "id" | "timeZone">;
  readonly names: readonly MetricName[];
  readonly every: SummaryStep;
  readonly by: Cut | undefined;
  readonly from: Date | undefined;
  readonly until: Date | undefined;
  readonly now: Date;
  readonly format: Format;
  readonly bom: boolean;
  /** Told how many rows were written so far. */
  readonly onProgress?: (rows: number) => void;
}

/** Periods that are read at once. */
const AT_ONCE = 26;

const promises = ["named", "totals"] as const;

/** Pieces of the file: each period as a whole, then its parts. Periods without anything are no rows. */
export async function* exportedSummary(
  db: Db,
  options: ExportSummaryOptions,
): AsyncGenerator<string> {
  const { names, format, bom, onProgress } = options;
  yield headText(format, summaryColumns, bom);
  const periods = await periodsOf(db, options);
  let count = 0;
  for (const name of names) {
    for (const promise of promises) {
      for (let at = 0; at < periods.length; at += AT_ONCE) {
        const some = periods.slice(at, at + AT_ONCE);
        const rows = await rowsOf(db, options, { name, promise, periods: some });
        yield rowsText(format, summaryColumns, rows);
        count += rows.length;
        onProgress?.(count);
      }
    }
  }
}

async function periodsOf(
  db: Db,
  { workspace, every, from, until, now }: ExportSummaryOptions,
): Promise<Period[]> {
  const range = await readAnsweredRange(db, workspace.id);
  if (range === undefined) return [];
  const first = new Date(Math.max(range.first.getTime(), from?.getTime() ?? 0));
  const end = Math.min(range.last.getTime() + 1, until?.getTime() ?? Number.POSITIVE_INFINITY);
  const context = { now, timeZone: workspace.timeZone };
  return periodsBetween(every, { from: first, until: new Date(end) }, context);
}

interface Some {
  readonly name: MetricName;
  readonly promise: (typeof promises)[number];
  readonly periods: readonly Period[];
}

async function rowsOf(
  db: Db,
  { workspace, by, now }: ExportSummaryOptions,
  { name, promise, periods }: Some,
): Promise<ExportRow[]> {
  const metric = metrics[name];
  const question = { workspaceId: workspace.id, metric, promise, periods, now };
  const whole = await readFacts(db, question);
  const cut = by === undefined ? undefined : await readCutFacts(db, { ...question, by });
  return whole.flatMap((facts, i) => {
    const all = answersIn(facts.histogram);
    const about = { metric, promise } as const;
    const parts: SummaryPart[] = [
      { ...about, facts, shown: isShown(all), answers: all, cut: "", group: "", groupId: "" },
      ...(cut === undefined ? [] : partsOf(cut.rows, i, all, { ...about, cut: cut.by })),
    ];
    return parts.filter(isSomething).map(summaryRow);
  });
}

/** The rows of a cut in one period. */
function partsOf(
  rows: readonly CutRow[],
  i: number,
  total: number,
  about: Pick<SummaryPart, "metric" | "promise" | "cut">,
): SummaryPart[] {
  const answers = rows.map((row) => row.answers[i] ?? 0);
  const hidden = hideComplement(answers, total);
  return rows.flatMap(({ facts, label, value }, j) => {
    const own: Facts | undefined = facts[i];
    if (own === undefined) return [];
    const n = answers[j] ?? 0;
    const shown = hidden[j] !== true && isShown(n);
    return [{ ...about, facts: own, shown, answers: n, group: label, groupId: value }];
  });
}

function isSomething({ facts, answers }: SummaryPart): boolean {
  return answers > 0 || facts.asking.asked > 0 || facts.otherWording > 0;
}
