/** A summary as a picture: distribution above, trend below. */
import type { Language } from "../locales/index.ts";
import type { Level, Range, Unit } from "../metrics/metric.ts";
import type { Picture } from "../platform.ts";
import { layOut } from "./layout.ts";
import { summaryOption } from "./option.ts";
import { rasterize } from "./png.ts";
import { drawSvg } from "./svg.ts";
import { sharedTypeface } from "./typeface.ts";
import { cleanText, replaceMissing } from "./words.ts";

/** What a picture shows. Texts are in the reader's language, cut where they are too long. */
export interface SummaryPicture {
  readonly title: string;
  readonly subtitle: string;
  /** For numbers. */
  readonly language: Language;
  readonly unit: Unit;
  /** The smallest and the largest value that the score can have. */
  readonly domain: Range;
  /** Bars from left to right. */
  readonly distribution: readonly {
    readonly label: string;
    readonly count: number;
    readonly group: Level;
  }[];
  /** Periods, oldest first. A null score is a gap: nobody answered, or too few to show. */
  readonly trend: readonly {
    readonly label: string;
    readonly score: number | null;
    readonly range: Range | null;
    readonly n: number;
    readonly running: boolean;
  }[];
  readonly labels: {
    readonly distribution: string;
    readonly trend: string;
    /** Beside the heading of the distribution, such as "52 answers". */
    readonly answers: string;
    /** In place of a chart that has nothing to show. */
    readonly noData: string;
  };
  /** The text that says the same as the picture; it is passed through. */
  readonly alt: string;
  /** The trend in one line of text; it is passed through. */
  readonly sparkline?: string;
}

/**
 * Draws a summary at twice the pixel density. The first call loads the tools, some tenths of a
 * second; the same input gives the same bytes. Rejects only when a tool cannot be loaded here: a
 * summary without its picture is still a summary.
 */
export async function drawSummary(input: SummaryPicture): Promise<Picture> {
  const { alt, sparkline } = input;
  const { svg, width, height } = await summarySvg(input);
  const line = sparkline === undefined ? {} : { sparkline };
  return { png: await rasterize(svg), width, height, alt, ...line };
}

/** The first half of {@link drawSummary}: an SVG without fonts, sizes in CSS pixels. */
export async function summarySvg(
  input: SummaryPicture,
): Promise<{ svg: string; width: number; height: number }> {
  const typeface = await sharedTypeface();
  const drawable = cleanWords(input, (text) => replaceMissing(cleanText(text), typeface.has));
  const layout = layOut(drawable, typeface.widthOf);
  const svg = await drawSvg(summaryOption(drawable, layout), layout, typeface);
  return { svg, width: layout.width, height: layout.height };
}

function cleanWords(input: SummaryPicture, clean: (text: string) => string): SummaryPicture {
  const { distribution, trend, labels } = input;
  const cleanLabel = <T extends { readonly label: string }>(each: T): T => ({
    ...each,
    label: clean(each.label),
  });
  return {
    ...input,
    title: clean(input.title),
    subtitle: clean(input.subtitle),
    distribution: distribution.map(cleanLabel),
    trend: trend.map(cleanLabel),
    labels: {
      distribution: clean(labels.distribution),
      trend: clean(labels.trend),
      answers: clean(labels.answers),
      noData: clean(labels.noData),
    },
  };
}
