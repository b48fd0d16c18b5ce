/** What the lines and points of a chart mean: a sample of each before its words. Pure. */
import type { Reference } from "./inputs.ts";
import type { Pen } from "./pen.ts";
import { type Block, type Ink, line, type Mark, type Point, rule } from "./scene.ts";
import { INNER_WIDTH, LINE_HEIGHT, lineStyles, looks, PADDING, WIDTH } from "./theme.ts";

/** One thing to explain: a line, or a point of a form. */
export interface LegendEntry {
  readonly label: string;
  readonly sample: (at: Point) => Mark[];
  readonly sampleWidth: number;
  /** True: it does not stand beside the one before. */
  readonly ownRow?: boolean;
}

const SAMPLE = 24;
const SAMPLE_GAP = 7;
const ENTRY_GAP = 18;

/** A line as a sample. */
export function lineEntry(label: string, ink: Ink): LegendEntry {
  return {
    label,
    sample: ([x, y]) => [rule([x, y], [x + SAMPLE, y], ink)],
    sampleWidth: SAMPLE,
  };
}

/** The lines that a chart is held against; those that it has not are left out. */
export function referenceEntries(
  references: Readonly<Partial<Record<keyof typeof lineStyles, Reference | undefined>>>,
): LegendEntry[] {
  const names = ["target", "versus", "whole"] as const;
  return names.flatMap((name) => {
    const label = references[name]?.label ?? "";
    return label === "" ? [] : [lineEntry(label, lineStyles[name])];
  });
}

/** Entries side by side, in as many rows as they need. */
export function legend(entries: readonly LegendEntry[], top: number, pen: Pen): Block {
  const marks: Mark[] = [];
  const { size } = looks.small;
  const height = size * LINE_HEIGHT + 1;
  let x = PADDING;
  let y = top + height / 2;
  for (const { label, sample, sampleWidth, ownRow = false } of entries) {
    const before = sampleWidth + SAMPLE_GAP;
    const text = pen.cut(label, INNER_WIDTH - before, size);
    const width = before + pen.widthOf(text, size);
    if (x > PADDING && (ownRow || x + width > WIDTH - PADDING)) {
      x = PADDING;
      y += height;
    }
    marks.push(...sample([x, y]), ...line(text, [x + before, y], looks.tick));
    x += width + ENTRY_GAP;
  }
  return { marks, bottom: entries.length === 0 ? top : y + height / 2 };
}
