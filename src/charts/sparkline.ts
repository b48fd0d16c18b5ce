/** A trend in one line of text, for readers and places without pictures. Pure. */
import type { Range, Unit } from "../metrics/metric.ts";
import { scaleFor } from "./scale.ts";

const BLOCKS = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"] as const;

/** A period without a score: nobody answered, or too few to show one. */
const GAP = "·";

/** The line, and how many periods it stands for. */
export interface Sparkline {
  readonly line: string;
  readonly periods: number;
}

/**
 * Scores, oldest first, as block characters; null is a gap, gaps before the first score are left
 * out. Undefined below two scores: one is no trend. Heights are those of the picture's axis, which
 * shows at least a quarter of what the score can be: noise stays flat, and a high bar is a high
 * score. For points zero is on the axis too.
 */
export function sparkline(
  scores: readonly (number | null)[],
  unit: Unit,
  domain: Range,
): Sparkline | undefined {
  const known = scores.filter((score) => score !== null);
  if (known.length < 2) return undefined;
  const { min, max } = scaleFor(known, unit, domain);
  const shown = scores.slice(scores.findIndex((score) => score !== null));
  const line = shown.map((score) => {
    if (score === null) return GAP;
    const height = Math.floor(((score - min) / (max - min)) * BLOCKS.length);
    return BLOCKS[Math.min(height, BLOCKS.length - 1)] ?? GAP;
  });
  return { line: line.join(""), periods: shown.length };
}
