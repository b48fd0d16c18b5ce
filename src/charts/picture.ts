/** Pictures: numbers and words in, PNG out. */
import type { Picture } from "../platform.ts";
import type {
  BarsPicture,
  CutPicture,
  DriversPicture,
  FirstReplyPicture,
  OverviewPicture,
  SummaryPicture,
} from "./inputs.ts";
import { layOut } from "./layout.ts";
import { summaryOption } from "./option.ts";
import { rasterize } from "./png.ts";
import { drawSvg } from "./svg.ts";
import { sharedTypeface } from "./typeface.ts";
import { cleanText, replaceMissing } from "./words.ts";

export type * from "./inputs.ts";
export { MOST_ROWS } from "./inputs.ts";

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

/** A score by team, channel or whatever it is cut by. Like {@link drawSummary}. */
export async function drawCut(_input: CutPicture): Promise<Picture> {
  throw new Error("not drawn yet");
}

/** How long until the first reply. Like {@link drawSummary}. */
export async function drawFirstReply(_input: FirstReplyPicture): Promise<Picture> {
  throw new Error("not drawn yet");
}

/** What goes together with a score. Like {@link drawSummary}. */
export async function drawDrivers(_input: DriversPicture): Promise<Picture> {
  throw new Error("not drawn yet");
}

/** A bar for each row. Like {@link drawSummary}. */
export async function drawBars(_input: BarsPicture): Promise<Picture> {
  throw new Error("not drawn yet");
}

/** Every metric on one card. Like {@link drawSummary}. */
export async function drawOverview(_input: OverviewPicture): Promise<Picture> {
  throw new Error("not drawn yet");
}
