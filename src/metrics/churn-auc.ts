/** How well a number tells those who were lost from those who stayed. */

/** Somebody at a time: a number that should be higher for who will be lost, and what became of them. */
export interface Ranked {
  readonly value: number;
  readonly lost: boolean;
}

/**
 * Area under the ROC curve: how often somebody who was lost had the higher number of the two, ties
 * half (Mann and Whitney 1947). 0.5 is no better than chance; null when one of the groups is empty.
 */
export function areaUnderCurve(rows: readonly Ranked[]): number | null {
  const sorted = rows.toSorted((a, b) => a.value - b.value);
  const lost = sorted.filter((row) => row.lost).length;
  const stayed = sorted.length - lost;
  if (lost === 0 || stayed === 0) return null;
  let won = 0;
  let stayedBelow = 0;
  for (let from = 0; from < sorted.length; ) {
    let to = from;
    let lostHere = 0;
    while (to < sorted.length && sorted[to]?.value === sorted[from]?.value) {
      lostHere += sorted[to]?.lost ? 1 : 0;
      to += 1;
    }
    const stayedHere = to - from - lostHere;
    won += lostHere * (stayedBelow + stayedHere / 2);
    stayedBelow += stayedHere;
    from = to;
  }
  return won / (lost * stayed);
}
