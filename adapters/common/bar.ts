/** A share as a row of characters of one width. Pure. */

/**
 * A bar is between nothing and all, whatever a division gave; halves of cells are shown. Only signs
 * of the oldest terminals are used: finer blocks are not in every font of one width.
 */
export function barOf(share: number, cells: number): string {
  const part = Number.isFinite(share) ? Math.min(1, Math.max(0, share)) : 0;
  const halves = Math.round(part * cells * 2);
  const full = Math.floor(halves / 2);
  const half = halves % 2;
  return `${"█".repeat(full)}${"▌".repeat(half)}${"░".repeat(cells - full - half)}`;
}
