/** Where everything of a picture goes: one part below the other, words cut to their places. Pure. */
import { countText, shortCountText } from "./numbers.ts";
import type { SummaryPicture } from "./picture.ts";
import {
  axisMargins,
  fontSizes,
  GUTTER,
  INNER_WIDTH,
  LINE_HEIGHT,
  PADDING,
  WIDTH,
} from "./theme.ts";
import { cutToWidth, type Measure, thinOut, widestOf, wrapToWidth } from "./words.ts";

/** One line of words. `x` is its beginning, middle or end as `align` says, `y` its middle. */
export interface Line {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly align: "left" | "center" | "right";
  readonly look: "title" | "quiet" | "heading" | "small";
}

/** The rectangle of a chart without its labels. */
interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Where a chart goes and what is written below its bars or points. */
export interface ChartPlace {
  readonly box: Box;
  /** One for each bar or point; they may have line breaks, or be empty for lack of room. */
  readonly labels: readonly string[];
  /** The numbers of answers, likewise. */
  readonly counts: { readonly texts: readonly string[]; readonly fontSize: number };
}

/** A part of the picture. Without a chart its lines say that there is nothing to show. */
interface Section {
  readonly lines: readonly Line[];
  readonly chart: ChartPlace | null;
  readonly bottom: number;
}

/** All in CSS pixels. */
export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly lines: readonly Line[];
  readonly distribution: ChartPlace | null;
  readonly trend: ChartPlace | null;
}

const BARS_HEIGHT = 84;
const TREND_HEIGHT = 120;
/** From a heading to its chart: room for the number over the highest bar or the newest point. */
const NUMBER_GAP = 33;
const SECTION_GAP = 16;
const LONGEST_TREND_LABEL = 72;
const SUBTITLE_LINES = 3;
/** The least distance between neighbouring labels. */
const LABEL_GAP = 6;

/** Lays a picture out. The height follows from how many lines the words need. */
export function layOut(input: SummaryPicture, measure: Measure): Layout {
  const head = placeHead(input, measure);
  const distribution = placeDistribution(input, head.bottom + SECTION_GAP, measure);
  const trend = placeTrend(input, distribution.bottom + SECTION_GAP, measure);
  return {
    width: WIDTH,
    height: Math.ceil(trend.bottom + PADDING / 2),
    lines: [...head.lines, ...distribution.lines, ...trend.lines],
    distribution: distribution.chart,
    trend: trend.chart,
  };
}

function placeHead({ title, subtitle }: SummaryPicture, measure: Measure): Section {
  const lines: Line[] = [];
  let y = PADDING - 4;
  const add = (text: string, look: "title" | "quiet", height: number) => {
    lines.push({ text, x: PADDING, y: y + height / 2, align: "left", look });
    y += height;
  };
  const fitted = cutToWidth(title, INNER_WIDTH, fontSizes.title, measure);
  if (fitted !== "") add(fitted, "title", fontSizes.title * LINE_HEIGHT);
  const rows = { width: INNER_WIDTH, size: fontSizes.quiet, lines: SUBTITLE_LINES };
  for (const line of wrapToWidth(subtitle, rows, measure)) {
    add(line, "quiet", fontSizes.quiet * LINE_HEIGHT);
  }
  return { lines, chart: null, bottom: y };
}

function placeDistribution(
  { distribution, labels: texts, language }: SummaryPicture,
  top: number,
  measure: Measure,
): Section {
  const heading = placeHeading(texts.distribution, top, measure);
  if (distribution.every(({ count }) => count <= 0)) return nothingBelow(heading, texts.noData);
  const box = boxBelow(heading, PADDING, BARS_HEIGHT);
  const slot = box.width / distribution.length - LABEL_GAP;
  const rows = { width: slot, size: fontSizes.label, lines: 2 };
  const labels = distribution.map(({ label }) => wrapToWidth(label, rows, measure).join("\n"));
  const deepest = Math.max(1, ...labels.map((label) => label.split("\n").length));
  const counts = distribution.map(({ count }) => shortCountText(count, language));
  const shrink = Math.min(1, (slot + LABEL_GAP / 2) / widestOf(counts, fontSizes.label, measure));
  const answers: Line = {
    ...heading,
    text: cutToWidth(texts.answers, INNER_WIDTH / 2, fontSizes.heading, measure),
    x: WIDTH - PADDING,
    align: "right",
  };
  return {
    lines: [heading, answers],
    chart: {
      box,
      labels,
      counts: { texts: counts, fontSize: Math.floor(fontSizes.label * shrink) },
    },
    bottom: bottomOf(box) + axisMargins.label + deepest * fontSizes.label * LINE_HEIGHT,
  };
}

function placeTrend(
  { trend, labels: texts, language }: SummaryPicture,
  top: number,
  measure: Measure,
): Section {
  const heading = placeHeading(texts.trend, top, measure);
  if (trend.every(({ score }) => score === null)) return nothingBelow(heading, texts.noData);
  const box = boxBelow(heading, PADDING + GUTTER, TREND_HEIGHT);
  const size = fontSizes.small;
  const labels = trend.map(({ label }) => cutToWidth(label, LONGEST_TREND_LABEL, size, measure));
  const counts = trend.map(({ n }) => countText(n, language));
  const row = { width: box.width, size, gap: LABEL_GAP };
  const caption: Line = {
    text: "n",
    x: box.left - axisMargins.label,
    y: bottomOf(box) + axisMargins.counts + size / 2,
    align: "right",
    look: "small",
  };
  return {
    lines: [heading, caption],
    chart: {
      box,
      labels: thinOut(labels, row, measure),
      counts: { texts: thinOut(counts, row, measure), fontSize: size },
    },
    bottom: bottomOf(box) + axisMargins.counts + size * LINE_HEIGHT,
  };
}

function placeHeading(text: string, top: number, measure: Measure): Line {
  return {
    text: cutToWidth(text, INNER_WIDTH / 2, fontSizes.heading, measure),
    x: PADDING,
    y: top + (fontSizes.heading * LINE_HEIGHT) / 2,
    align: "left",
    look: "heading",
  };
}

function boxBelow(heading: Line, left: number, height: number): Box {
  return { left, top: heading.y + NUMBER_GAP, width: WIDTH - PADDING - left, height };
}

function bottomOf({ top, height }: Box): number {
  return top + height;
}

function nothingBelow(heading: Line, text: string): Section {
  const y = heading.y + fontSizes.quiet * LINE_HEIGHT + 2;
  const line: Line = { text, x: PADDING, y, align: "left", look: "quiet" };
  return { lines: [heading, line], chart: null, bottom: y + fontSizes.quiet };
}
