/** Messages as they will look on each platform, a phone wide, one below the other. Pure. */
import type { OutlineBlock, OutlineLook } from "../platform/outline.ts";
import { cardScene, heading, type Section } from "./card.ts";
import type { OutlinesPicture } from "./inputs.ts";
import type { Pen } from "./pen.ts";
import { type Block, line, type Mark, paragraph, type Scene } from "./scene.ts";
import { colours, INNER_WIDTH, type Look, looks, PADDING } from "./theme.ts";

const INSET = 12;
const ROOM = INNER_WIDTH - 2 * INSET;
const LEFT = PADDING + INSET;
const GAP = 8;
const BUTTON = 30;
const MOST_LINES = 30;

const textLooks: Readonly<Record<OutlineLook, Look>> = {
  heading: looks.score,
  bold: { ...looks.label, size: 15, bold: 0.5 },
  plain: { ...looks.label, size: 15 },
  small: looks.small,
  quote: { ...looks.label, colour: colours.quiet },
};

export function outlinesScene(input: OutlinesPicture, pen: Pen): Scene {
  const sections = input.cards.flatMap(({ label, messages }): Section[] => [
    ...(label === "" ? [] : [(top: number) => heading(label, top, pen)]),
    ...messages.map((blocks) => (top: number) => bubble(blocks, top, pen)),
  ]);
  return cardScene(input, sections, pen);
}

/** One message on its own sheet. */
function bubble(blocks: readonly OutlineBlock[], top: number, pen: Pen): Block {
  const marks: Mark[] = [];
  let bottom = top + INSET;
  for (const block of blocks) {
    const drawn = drawBlock(block, bottom, pen);
    marks.push(...drawn.marks);
    bottom = drawn.bottom + GAP;
  }
  bottom += INSET - GAP;
  const sheet = { left: PADDING, top, width: INNER_WIDTH, height: bottom - top };
  const edge: Mark = { kind: "box", ...sheet, radius: 10, fill: "#ffffff", stroke: colours.edge };
  return { marks: [edge, ...marks], bottom };
}

function drawBlock(block: OutlineBlock, top: number, pen: Pen): Block {
  switch (block.kind) {
    case "text": {
      const look = textLooks[block.look];
      const room = { width: ROOM, size: look.size, lines: MOST_LINES };
      const lines = block.text.split("\n").flatMap((each) => pen.wrap(each, room));
      return paragraph(lines, [LEFT, top], look);
    }
    case "buttons":
      return buttonRows(block.labels, top, pen);
    case "list":
      return block.open
        ? buttonRows(block.options, top, pen, "○ ")
        : buttonRows([block.prompt || "…"], top, pen);
    case "picture":
      return buttonRows([block.alt], top, pen);
  }
}

/** Beside each other as far as there is room, as on a phone. */
function buttonRows(labels: readonly string[], top: number, pen: Pen, before = ""): Block {
  const { size } = looks.label;
  const marks: Mark[] = [];
  let [x, y] = [LEFT, top];
  for (const label of labels) {
    const text = pen.cut(before + label, ROOM - 2 * INSET, size);
    const width = Math.max(pen.widthOf(text, size) + 2 * INSET, BUTTON);
    if (x > LEFT && x + width > LEFT + ROOM) [x, y] = [LEFT, y + BUTTON + GAP];
    const box = { left: x, top: y, width, height: BUTTON };
    marks.push({ kind: "box", ...box, radius: 6, fill: colours.card, stroke: colours.zero });
    marks.push(...line(text, [x + width / 2, y + BUTTON / 2], looks.label, "center"));
    x += width + GAP;
  }
  return { marks, bottom: labels.length === 0 ? top : y + BUTTON };
}
