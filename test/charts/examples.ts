/** Pictures to draw in tests, and a way to look at what was drawn. */
import { Resvg } from "@resvg/resvg-js";
import type { SummaryPicture } from "../../src/charts/picture.ts";
import type { Picture } from "../../src/platform.ts";

type Point = SummaryPicture["trend"][number];

/** A score with a range of ±20 around it, or a gap. */
export function point(score: number | null, more: Partial<Point> = {}): Point {
  const range = score === null ? null : ([score - 20, score + 20] as const);
  return { label: "W", score, range, n: 40, running: false, ...more };
}

/** An NPS week with 52 answers and twelve weeks before it. */
export const week: SummaryPicture = {
  title: "NPS +31",
  subtitle: "95 % range +9 to +50",
  language: "en",
  unit: "points",
  domain: [-100, 100],
  distribution: [2, 0, 1, 1, 2, 3, 1, 6, 10, 12, 14].map((count, score) => ({
    label: String(score),
    count,
    group: score < 7 ? "low" : score < 9 ? "middle" : "high",
  })),
  trend: [12, 18, 25, 21, 33, 30, 8, -4, 15, 22, 21, 31].map((score) => point(score)),
  labels: {
    distribution: "Distribution",
    trend: "Last 12 weeks",
    answers: "52 answers",
    noData: "No answers yet",
  },
  alt: "NPS +31, 52 answers",
};

/** A rectangle in CSS pixels. */
export interface Area {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Counts the device pixels of a colour such as `#0b5cab` in a part of a picture. */
export function pixelsOf(picture: Picture, colour: string, area: Area): number {
  const pixels = pixelsIn(picture);
  const wanted = Buffer.from(`${colour.slice(1)}ff`, "hex").readUInt32BE();
  let found = 0;
  for (let y = Math.round(area.top * 2); y < (area.top + area.height) * 2; y += 1) {
    for (let x = Math.round(area.left * 2); x < (area.left + area.width) * 2; x += 1) {
      if (pixels.readUInt32BE((y * picture.width * 2 + x) * 4) === wanted) found += 1;
    }
  }
  return found;
}

const decoded = new WeakMap<Picture, Buffer>();

/** RGBA of every device pixel, row by row. */
function pixelsIn(picture: Picture): Buffer {
  const known = decoded.get(picture);
  if (known !== undefined) return known;
  const data = Buffer.from(picture.png).toString("base64");
  const size = `width="${picture.width * 2}" height="${picture.height * 2}"`;
  const image = `<image ${size} href="data:image/png;base64,${data}"/>`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" ${size}>${image}</svg>`;
  const { pixels } = new Resvg(svg, { font: { loadSystemFonts: false } }).render();
  decoded.set(picture, pixels);
  return pixels;
}
