/** The bars: how often each score was given, with the counts above them. Pure. */
import { slots } from "./axis.ts";
import { heading, nothing } from "./card.ts";
import type { SummaryPicture } from "./inputs.ts";
import { shortCountText } from "./numbers.ts";
import type { Pen } from "./pen.ts";
import {
  type Block,
  type Box,
  bottomOf,
  line,
  type Mark,
  paragraph,
  rightOf,
  rule,
} from "./scene.ts";
import {
  colours,
  groupColours,
  INNER_WIDTH,
  LABEL_GAP,
  LABEL_MARGIN,
  looks,
  PADDING,
} from "./theme.ts";

const HEIGHT = 84;
const WIDEST_BAR = 44;
/** Of a bar's slot. */
const BAR_SHARE = 0.7;
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
  const box = { left: PADDING, top: head.bottom + COUNT_GAP, width: INNER_WIDTH, height: HEIGHT };
  const names = nameRow(distribution, box, pen);
  const ground = rule([box.left, bottomOf(box)], [rightOf(box), bottomOf(box)], {
    stroke: colours.zero,
  });
  const bars = columns(input, box, pen);
  return { marks: [...head.marks, ...bars, ground, ...names.marks], bottom: names.bottom };
}

function columns({ distribution, language }: SummaryPicture, box: Box, pen: Pen): Mark[] {
  const middle = slots(distribution.length, box);
  const slot = box.width / distribution.length;
  const width = Math.min(WIDEST_BAR, slot * BAR_SHARE);
  const highest = Math.max(...distribution.map(({ count }) => count));
  const counts = distribution.map(({ count }) => shortCountText(count, language));
  const size = sizeFor(counts, slot - LABEL_GAP / 2, pen);
  return distribution.flatMap(({ count, group }, i) => {
    const height = (box.height * Math.max(0, count)) / highest;
    const place = { left: middle(i) - width / 2, top: bottomOf(box) - height, width, height };
    const { fill, edge: stroke } = groupColours[group];
    const colour = count > 0 ? colours.text : colours.quiet;
    const at = [middle(i), place.top - 5 - size / 2] as const;
    const bar: Mark = { kind: "box", ...place, fill, stroke, radius: Math.min(3, height / 2) };
    return [
      ...(count > 0 ? [bar] : []),
      ...line(counts[i] ?? "", at, { ...looks.label, size, colour }, "center"),
    ];
  });
}

/** The largest size up to the usual one at which all fit. */
function sizeFor(texts: readonly string[], width: number, pen: Pen): number {
  const { size } = looks.label;
  const widest = Math.max(...texts.map((text) => pen.widthOf(text, size)));
  return Math.floor(size * Math.min(1, width / widest));
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
