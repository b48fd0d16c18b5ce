/** Scene → SVG text in which every word is an outline: no font is needed to show it. Pure. */
import type { Ink, Mark, Point, Scene, TextMark } from "./scene.ts";
import type { Typeface } from "./typeface.ts";

export function svgOf({ width, height, marks }: Scene, typeface: Typeface): string {
  const size = `width="${width}" height="${height}"`;
  const drawn = marks.map((mark) => elementOf(mark, typeface));
  return `<svg xmlns="http://www.w3.org/2000/svg" ${size}>${drawn.join("")}</svg>`;
}

function elementOf(mark: Mark, typeface: Typeface): string {
  switch (mark.kind) {
    case "text":
      return outlineText(mark, typeface);
    case "box": {
      const { left, top, width, height, radius = 0 } = mark;
      const place = attributes({ x: left, y: top, width, height, rx: radius });
      return `<rect ${place} ${inkOf(mark)}/>`;
    }
    case "dot":
      return `<circle ${attributes({ cx: mark.x, cy: mark.y, r: mark.radius })} ${inkOf(mark)}/>`;
    case "path":
      return `<path d="${pathOf(mark.points)}${mark.fill === undefined ? "" : "Z"}" ${inkOf(mark)}/>`;
  }
}

function attributes(values: Readonly<Record<string, number>>): string {
  return Object.entries(values)
    .map(([name, value]) => `${name}="${round(value)}"`)
    .join(" ");
}

function inkOf({ fill = "none", stroke, thickness = 1, dash }: Ink): string {
  if (stroke === undefined) return `fill="${fill}"`;
  const dashes = dash === undefined ? "" : ` stroke-dasharray="${dash.join(" ")}"`;
  return `fill="${fill}" stroke="${stroke}" stroke-width="${thickness}" stroke-linejoin="round"${dashes}`;
}

function pathOf(points: readonly Point[]): string {
  return points.map(([x, y], i) => `${i === 0 ? "M" : "L"}${round(x)} ${round(y)}`).join("");
}

/** Half the height of capitals and digits in ems: puts the middle of a line where it is wanted. */
const HALF_CAPITAL = 0.365;

function outlineText(mark: TextMark, typeface: Typeface): string {
  const { text, size, colour, bold, align } = mark;
  const scale = size / typeface.unitsPerEm;
  const { glyphs, width } = typeface.outline(text);
  const x = mark.x - { left: 0, center: width / 2, right: width }[align] * scale;
  const y = mark.y + HALF_CAPITAL * size;
  const paths = glyphs.map(
    (glyph) => `<path transform="translate(${glyph.x})" d="${glyph.path}"/>`,
  );
  const stroke = bold === 0 ? "" : ` stroke="${colour}" stroke-width="${round(bold / scale)}"`;
  const moved = `translate(${round(x)} ${round(y)}) scale(${scale} ${-scale})`;
  return `<g transform="${moved}" fill="${colour}"${stroke}>${paths.join("")}</g>`;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
