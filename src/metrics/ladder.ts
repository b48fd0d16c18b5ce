/** The display ladder: what a number of answers allows to be shown. */

/** Fewer answers show no score at all. */
export const SHOWN_FROM = 5;

/** Fewer answers are an early signal: no arrow, no ranking, no verdict on a change. */
export const COMPARED_FROM = 30;

/** True when a score of `n` answers may be shown. */
export function isShown(n: number): boolean {
  return n >= SHOWN_FROM;
}

/** True when a score of `n` answers is shown, but only as an early signal. */
export function isEarly(n: number): boolean {
  return isShown(n) && n < COMPARED_FROM;
}

/** True when `n` answers may be compared with another period. */
export function isComparable(n: number): boolean {
  return n >= COMPARED_FROM;
}

/**
 * Which cells of a table stay hidden beside a total that is shown: those of fewer than five answers,
 * and as many of the smallest others as it takes that whoever subtracts the shown ones from the total
 * is left with at least two cells and at least five answers. `ns` are answers by cell, `total` those of
 * the whole table: more than the sum where some are in no cell, fewer where cells overlap. An empty
 * cell has nothing to hide.
 */
export function hideComplement(ns: readonly number[], total: number = sum(ns)): boolean[] {
  const hidden = ns.map((n) => n > 0 && !isShown(n));
  const elsewhere = Math.max(0, total - sum(ns));
  const bySize = ns.map((_, i) => i).toSorted((a, b) => (ns[a] ?? 0) - (ns[b] ?? 0));
  for (const i of bySize) {
    if (isSafe(ns, hidden, { elsewhere, total })) break;
    if (ns[i] !== 0) hidden[i] = true;
  }
  return hidden;
}

/** True when nothing follows from what is shown. */
function isSafe(
  ns: readonly number[],
  hidden: readonly boolean[],
  { elsewhere, total }: { readonly elsewhere: number; readonly total: number },
): boolean {
  const covered = ns.filter((_, i) => hidden[i]);
  const left = sum(covered) + elsewhere;
  const cells = covered.length + (elsewhere > 0 ? 1 : 0);
  // Cells that overlap hide less than their sum says.
  const apart = total - (sum(ns) - sum(covered));
  const alone = covered.length > 0 && cells === 1;
  return left === 0 || (!alone && isShown(left) && (apart <= 0 || isShown(apart)));
}

function sum(ns: readonly number[]): number {
  return ns.reduce((all, n) => all + n, 0);
}
