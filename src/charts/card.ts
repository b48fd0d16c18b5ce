/** What every picture has: the card it lies on, title and subtitle, its parts below each other. Pure. */
import type { PictureCard } from "./inputs.ts";
import type { Pen } from "./pen.ts";
import { type Block, type Box, line, type Mark, paragraph, type Scene } from "./scene.ts";
import { colours, GUTTER, INNER_WIDTH, LINE_HEIGHT, looks, PADDING, WIDTH } from "./theme.ts";

const SECTION_GAP = 16;
const SUBTITLE_LINES = 3;

/** A part of a card: what it draws from `top` down. */
export type Section = (top: number, pen: Pen) => Block;

/** The picture of a card; its height follows from what is on it. */
export function cardScene(
  { title, subtitle }: PictureCard,
  sections: readonly Section[],
  pen: Pen,
): Scene {
  const above = head(title, subtitle, pen);
  const { marks, bottom } = stack(sections, above.bottom, pen);
  const height = Math.ceil(bottom + PADDING / 2);
  return { width: WIDTH, height, marks: [...sheet(height), ...above.marks, ...marks] };
}

/** Parts one below the other. */
function stack(sections: readonly Section[], top: number, pen: Pen): Block {
  const marks: Mark[] = [];
  let bottom = top;
  for (const section of sections) {
    const block = section(bottom + SECTION_GAP, pen);
    marks.push(...block.marks);
    bottom = block.bottom;
  }
  return { marks, bottom };
}

/** An opaque sheet with an edge, for clients of any colour. */
function sheet(height: number): Mark[] {
  const inner = { left: 0.5, top: 0.5, width: WIDTH - 1, height: height - 1 };
  return [
    { kind: "box", left: 0, top: 0, width: WIDTH, height, fill: colours.card },
    { kind: "box", ...inner, stroke: colours.edge },
  ];
}

function head(title: string, subtitle: string, pen: Pen): Block {
  const fitted = pen.cut(title, INNER_WIDTH, looks.title.size);
  const room = { width: INNER_WIDTH, size: looks.quiet.size, lines: SUBTITLE_LINES };
  const top = PADDING - 4;
  const first = paragraph(fitted === "" ? [] : [fitted], [PADDING, top], looks.title);
  const second = paragraph(pen.wrap(subtitle, room), [PADDING, first.bottom], looks.quiet);
  return { marks: [...first.marks, ...second.marks], bottom: second.bottom };
}

/** The heading of a part, with words at the right end of its line. */
export function heading(text: string, top: number, pen: Pen, beside = ""): Block {
  const { size } = looks.heading;
  const width = INNER_WIDTH / 2 - LINE_HEIGHT;
  const y = top + (size * LINE_HEIGHT) / 2;
  return {
    marks: [
      ...line(pen.cut(text, width, size), [PADDING, y], looks.heading),
      ...line(pen.cut(beside, width, size), [WIDTH - PADDING, y], looks.heading, "right"),
    ],
    bottom: top + size * LINE_HEIGHT,
  };
}

/** In place of a chart that has nothing to show. */
export function nothing(text: string, top: number, pen: Pen): Block {
  const room = { width: INNER_WIDTH, size: looks.quiet.size, lines: 2 };
  return paragraph(pen.wrap(text, room), [PADDING, top], looks.quiet);
}

/** Where a chart with a vertical axis goes. */
export function plotBox(top: number, height: number): Box {
  return { left: PADDING + GUTTER, top, width: INNER_WIDTH - GUTTER, height };
}
