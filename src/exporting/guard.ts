/**
 * Cells that no spreadsheet takes for a formula: what might be one gets an apostrophe in front, and an
 * import takes it off again. Pure.
 */

/**
 * How a formula begins, or what a spreadsheet may throw away to find one: = + - @ and their full-width
 * twins, tab, line breaks and NUL (OWASP, "CSV Injection"); also behind spaces, and behind apostrophes,
 * so that a guarded cell is guarded once more and every text comes back as it was.
 */
const DANGEROUS = /^[\s']*[=+\-@\t\r\n\0＝＋－＠]/;

/** The text as a cell of a spreadsheet. */
export function guarded(text: string): string {
  return DANGEROUS.test(text) ? `'${text}` : text;
}

/** What {@link guarded} was given. */
export function unguarded(cell: string): string {
  return cell.startsWith("'") && DANGEROUS.test(cell) ? cell.slice(1) : cell;
}
