/** Looks at a picture before it is pixels: what is where. */
import { composeScene, type PictureRequest } from "../../src/charts/compose.ts";
import { createPen, type Pen } from "../../src/charts/pen.ts";
import type { Box, Mark, Scene, TextMark } from "../../src/charts/scene.ts";
import { sharedTypeface } from "../../src/charts/typeface.ts";

const pen: Pen = createPen(await sharedTypeface());

/** Where everything of a picture goes. */
export function sceneOf(request: PictureRequest): Scene {
  return composeScene(request, pen);
}

/** The lines of words, in the order in which they are drawn. */
export function textsIn({ marks }: Pick<Scene, "marks">): TextMark[] {
  return marks.filter((mark) => mark.kind === "text");
}

/** The lines of words as plain texts. */
export function wordsIn(scene: Scene): string[] {
  return textsIn(scene).map(({ text }) => text);
}

/** The marks of one kind that have all these properties. */
export function marksIn<K extends Mark["kind"]>(
  { marks }: Scene,
  kind: K,
  like: Partial<Extract<Mark, { kind: K }>> = {},
): Extract<Mark, { kind: K }>[] {
  const wanted = Object.entries(like).map(
    ([name, value]) => [name, JSON.stringify(value)] as const,
  );
  return marks.filter(
    (mark): mark is Extract<Mark, { kind: K }> =>
      mark.kind === kind &&
      wanted.every(([name, value]) => JSON.stringify(Reflect.get(mark, name)) === value),
  );
}

/** The rectangle around a mark, without the thickness of lines. */
export function boxOf(mark: Mark): Box {
  switch (mark.kind) {
    case "text": {
      const width = pen.widthOf(mark.text, mark.size);
      const before = { left: 0, center: width / 2, right: width }[mark.align];
      return { left: mark.x - before, top: mark.y - mark.size / 2, width, height: mark.size };
    }
    case "dot": {
      const { x, y, radius } = mark;
      return { left: x - radius, top: y - radius, width: 2 * radius, height: 2 * radius };
    }
    case "box":
      return mark;
    case "path": {
      const xs = mark.points.map(([x]) => x);
      const ys = mark.points.map(([, y]) => y);
      const [left, top] = [Math.min(...xs), Math.min(...ys)];
      return { left, top, width: Math.max(...xs) - left, height: Math.max(...ys) - top };
    }
  }
}

/** Pairs of words that lie on each other. */
export function overlapsIn(scene: Scene): string[] {
  const texts = textsIn(scene).map((mark) => ({ ...boxOf(mark), text: mark.text }));
  return texts.flatMap((one, i) =>
    texts
      .slice(i + 1)
      .filter((other) => touch(one, other))
      .map((other) => `"${one.text}" lies on "${other.text}"`),
  );
}

function touch(one: Box, other: Box): boolean {
  const apart = (from: number, size: number, next: number) => from + size <= next + 0.01;
  return !(
    apart(one.left, one.width, other.left) ||
    apart(other.left, other.width, one.left) ||
    apart(one.top, one.height, other.top) ||
    apart(other.top, other.height, one.top)
  );
}

/** Marks that are not wholly on the card, or nowhere at all. */
export function strayMarksIn({ marks, width, height }: Scene): Mark[] {
  return marks.filter((mark) => {
    const box = boxOf(mark);
    return !(
      box.left >= 0 &&
      box.top >= 0 &&
      box.left + box.width <= width &&
      box.top + box.height <= height
    );
  });
}
