/** How much of something fits. Pure. */

/** The largest number from `low` to `high` that passes; `low` is taken for granted. */
export function mostThat(passes: (n: number) => boolean, low: number, high: number): number {
  let [best, tooMuch] = [low, high + 1];
  while (tooMuch - best > 1) {
    const middle = Math.floor((best + tooMuch) / 2);
    if (passes(middle)) best = middle;
    else tooMuch = middle;
  }
  return best;
}
