/** ECharts option → SVG text in which every word is an outline: no font is needed to show it. */
import type { EChartsOption } from "echarts";
import type { Typeface } from "./typeface.ts";

/**
 * Draws an option. ECharts is loaded at the first call; it has no canvas to measure words with, so
 * it asks the font that they are drawn with. Sizes in CSS pixels.
 */
export async function drawSvg(
  option: EChartsOption,
  { width, height }: { readonly width: number; readonly height: number },
  typeface: Typeface,
): Promise<string> {
  const { init, setPlatformAPI } = await import("echarts/dist/echarts.esm.min");
  setPlatformAPI({
    measureText: (text, font) => ({ width: typeface.widthOf(text, fontSizeIn(font ?? "")) }),
  });
  const chart = init(null, null, { renderer: "svg", ssr: true, width, height });
  try {
    chart.setOption(option);
    return outlineTexts(chart.renderToSVGString(), typeface);
  } finally {
    chart.dispose(); // otherwise its timers keep the process alive
  }
}

/** ECharts writes `<text attributes>content</text>` and escapes `<` in the content. */
const TEXT_ELEMENT = /<text ([^>]*)>([^<]*)<\/text>/g;

/** Replaces every text element by the outlines of its characters. */
function outlineTexts(svg: string, typeface: Typeface): string {
  return svg.replaceAll(TEXT_ELEMENT, (_element, attributes: string, content: string) =>
    outlineText(attributesIn(attributes), unescapeXml(content), typeface),
  );
}

/** Half the height of capitals and digits in ems: puts the middle of a line where it is wanted. */
const HALF_CAPITAL = 0.365;

function outlineText(
  attributes: ReadonlyMap<string, string>,
  text: string,
  typeface: Typeface,
): string {
  const size = fontSizeIn(attributes.get("style") ?? "");
  const scale = size / typeface.unitsPerEm;
  const { glyphs, width } = typeface.outline(text);
  const shift = { middle: width / 2, end: width }[attributes.get("text-anchor") ?? ""] ?? 0;
  const x = Number(attributes.get("x") ?? 0) - shift * scale;
  const y = Number(attributes.get("y") ?? 0) + HALF_CAPITAL * size;
  const paths = glyphs.map(
    (glyph) => `<path transform="translate(${glyph.x})" d="${glyph.path}"/>`,
  );
  const moved = `${attributes.get("transform") ?? ""} translate(${round(x)} ${round(y)})`.trim();
  const open = `<g transform="${moved} scale(${scale} ${-scale})"`;
  const fill = `${open} fill="${attributes.get("fill") ?? "#000"}">${paths.join("")}</g>`;
  const stroke = attributes.get("stroke");
  if (stroke === undefined) return fill;
  const strokeWidth = Number(attributes.get("stroke-width") ?? 1) / scale;
  const halo = `fill="none" stroke="${stroke}" stroke-width="${strokeWidth}" stroke-linejoin="round"`;
  return `${open} ${halo}>${paths.join("")}</g>${fill}`;
}

function attributesIn(text: string): Map<string, string> {
  const found = text.matchAll(/([\w:-]+)="([^"]*)"/g);
  return new Map(Array.from(found, ([, name = "", value = ""]) => [name, value]));
}

const entities = new Map([
  ["&amp;", "&"],
  ["&lt;", "<"],
  ["&gt;", ">"],
  ["&quot;", '"'],
  ["&#39;", "'"],
]);

function unescapeXml(text: string): string {
  return text.replaceAll(/&(?:amp|lt|gt|quot|#39);/g, (entity) => entities.get(entity) ?? entity);
}

/** From a CSS font or style such as `font-size:13px`; 12 when it says none, as in ECharts. */
function fontSizeIn(css: string): number {
  return Number(/([\d.]+)px/.exec(css)?.[1] ?? 12);
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
