/** The bars: how often each score was given, with the counts above them. Pure. */
import { slots } from "./axis.ts";
import { heading, nothing } from "./card.ts";
import type { SummaryPicture } from "./inputs.ts";
import { shortCountText } from "./numbers.ts";
import type { Pen } from "./pen.ts";
import { type Block, type Box, bottomOf, type Mark, paragraph, rightOf, rule } from "./scene.ts";
import {
  colours,
  groupColours,
  INNER_WIDTH,
  LABEL_GAP,
  LABEL_MARGIN,
  LINE_HEIGHT,
  looks,
  PADDING,
} from "./theme.ts";
import { widestOf } from "./words.ts";

const HEIGHT = 84;
const WIDEST_BAR = 44;
/** Of a bar's slot. */
const BAR_SHARE = 0.7;
/** A count is not printed smaller. */
const SMALLEST_COUNT = 12;
/** "123 тыс.": a language without such a space has short units. */
const BEFORE_UNIT = /\s(?=\p{L})/u;
/** From the heading to the highest bar: room for its count. */
const COUNT_GAP = 24;

/** The distribution of a summary, from its heading to the names of the scores. */
export function distributionBlock(input: SummaryPicture, top: number, pen: Pen): Block {
  const { distribution, labels } = input;
  if (distribution.every(({ count }) => count <= 0)) {
    const head = heading(labels.distribution, top, pen);
    const empty = nothing(labels.noData, head.bottom, pen);
    return { marks: [...head.marks, ...empty.marks], bottom: empty.bottom };
  }
  const head = heading(labels.distribution, top, pen, labels.answers);
  const counts = countsFor(input, pen);
  const lines = Math.max(...counts.texts.map(({ length }) => length));
  const above = COUNT_GAP + (lines - 1) * counts.size * LINE_HEIGHT;
  const box = { left: PADDING, top: head.bottom + above, width: INNER_WIDTH, height: HEIGHT };
  const names = nameRow(distribution, box, pen);
  const ground = rule([box.left, bottomOf(box)], [rightOf(box), bottomOf(box)], {
    stroke: colours.zero,
  });
  const bars = columns(input, box, counts);
  return { marks: [...head.marks, ...bars, ground, ...names.marks], bottom: names.bottom };
}

/** The counts as they are printed, in one line or two. */
interface Counts {
  readonly texts: readonly (readonly string[])[];
  readonly size: number;
}

/** At the largest size at which all fit; where even the smallest does not, units go below. */
function countsFor({ distribution, language }: SummaryPicture, pen: Pen): Counts {
  const width = INNER_WIDTH / distribution.length - LABEL_GAP / 2;
  const texts = distribution.map(({ count }) => shortCountText(count, language));
  const widest = widestOf(texts, SMALLEST_COUNT, pen.widthOf);
  if (widest > width) {
    return { texts: texts.map((text) => text.split(BEFORE_UNIT)), size: SMALLEST_COUNT };
  }
  const size = Math.min(looks.label.size, Math.floor((SMALLEST_COUNT * width) / widest));
  return { texts: texts.map((text) => [text]), size };
}

function columns({ distribution }: SummaryPicture, box: Box, { texts, size }: Counts): Mark[] {
  const middle = slots(distribution.length, box);
  const width = Math.min(WIDEST_BAR, (box.width / distribution.length) * BAR_SHARE);
  const highest = Math.max(...distribution.map(({ count }) => count));
  return distribution.flatMap(({ count, group }, i) => {
    const height = (box.height * Math.max(0, count)) / highest;
    const place = { left: middle(i) - width / 2, top: bottomOf(box) - height, width, height };
    const { fill, edge: stroke } = groupColours[group];
    const colour = count > 0 ? colours.text : colours.quiet;
    const bar: Mark = { kind: "box", ...place, fill, stroke, radius: Math.min(3, height / 2) };
    const text = texts[i] ?? [];
    const top = place.top - 2 - text.length * size * LINE_HEIGHT;
    const look = { ...looks.label, size, colour };
    return [
      ...(count > 0 ? [bar] : []),
      ...paragraph(text, [middle(i), top], look, "center").marks,
    ];
  });
}

function nameRow(distribution: SummaryPicture["distribution"], box: Box, pen: Pen): Block {
  const middle = slots(distribution.length, box);
  const { size } = looks.label;
  const room = { width: box.width / distribution.length - LABEL_GAP, size, lines: 2 };
  const top = bottomOf(box) + LABEL_MARGIN - 2;
  const names = distribution.map(({ label }, i) =>
    paragraph(pen.wrap(label, room), [middle(i), top], looks.label, "center"),
  );
  return {
    marks: names.flatMap(({ marks }) => marks),
    bottom: Math.max(...names.map(({ bottom }) => bottom)),
  };
}
