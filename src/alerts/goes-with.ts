/** What a change of a score goes together with: whose own score moved, and whose share did. Pure. */
import type { CutFacts, CutRow } from "../metrics/cut.ts";
import type { Cut } from "../metrics/filter.ts";
import { answersIn } from "../metrics/histogram.ts";
import { isComparable, isShown } from "../metrics/ladder.ts";
import type { Metric } from "../metrics/metric.ts";
import { newcombe } from "../metrics/range.ts";
import { ALERT_Z } from "../metrics/sigma.ts";

/** So many of each sort are told. */
const MOST = 2;

/** A part of the answers that moved with the whole. */
export type Companion = { readonly by: Cut; readonly label: string; readonly n: number } & (
  | { readonly kind: "score"; readonly difference: number }
  /** In percent of all answers. */
  | { readonly kind: "share"; readonly now: number; readonly before: number }
);

/** Of cuts with the facts of now and before: the parts that moved the most in the same direction. */
export function goesWith(
  metric: Metric,
  direction: "up" | "down",
  cuts: readonly CutFacts[],
): Companion[] {
  const sign = direction === "up" ? 1 : -1;
  const all = cuts.flatMap(({ by, rows }) => {
    const total = [sum(rows, 0), sum(rows, 1)] as const;
    // A cut with one part says nothing about where.
    const parts = rows.filter(({ answers }) => (answers[0] ?? 0) + (answers[1] ?? 0) > 0);
    if (parts.length < 2) return [];
    return parts.flatMap((row) =>
      row.value === "" ? [] : companionsOf(metric, sign, by, row, total),
    );
  });
  const scores = all
    .flatMap((each) => (each.kind === "score" ? [each] : []))
    .sort((a, b) => sign * (b.difference - a.difference));
  const shares = all
    .flatMap((each) => (each.kind === "share" ? [each] : []))
    .sort((a, b) => Math.abs(b.now - b.before) - Math.abs(a.now - a.before));
  return [...scores.slice(0, MOST), ...shares.slice(0, MOST)];
}

function companionsOf(
  metric: Metric,
  sign: number,
  by: Cut,
  { label, facts, answers }: CutRow,
  total: readonly [number, number],
): Companion[] {
  const [n = 0, nBefore = 0] = answers;
  const scores = facts.map(({ histogram }) => metric.score(histogram));
  const [now = null, before = null] = scores;
  const found: Companion[] = [];
  if (isComparable(n) && isComparable(nBefore) && now !== null && before !== null) {
    const difference = now - before;
    if (sign * difference > 0) found.push({ kind: "score", by, label, n, difference });
  }
  if (isShown(Math.max(n, nBefore))) {
    const shift = newcombe(
      { hits: Math.min(n, total[0]), n: total[0] },
      { hits: Math.min(nBefore, total[1]), n: total[1] },
      ALERT_Z,
    );
    if (shift !== null && (shift.range[0] > 0 || shift.range[1] < 0)) {
      const share = (part: number, of: number) => (100 * part) / of;
      found.push({
        ...{ kind: "share", by, label, n },
        now: share(n, total[0]),
        before: share(nBefore, total[1]),
      });
    }
  }
  return found;
}

/** Answers in all parts; of tags, of which an answer may have two, a little more than there are. */
function sum(rows: readonly CutRow[], period: number): number {
  return rows.reduce((all, { facts, answers }) => {
    const counted = facts[period];
    return all + (answers[period] ?? (counted ? answersIn(counted.histogram) : 0));
  }, 0);
}
