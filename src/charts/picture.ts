/**
 * Pictures: numbers and words in, PNG out. All of them are drawn at twice the pixel density in a
 * thread of its own, which the first one starts; the same input gives the same bytes. Each rejects
 * when it cannot be drawn here: a card without its picture still says everything.
 */
import type { Picture } from "../platform.ts";
import type { PictureRequest } from "./compose.ts";
import { createDrawingThread } from "./drawing-thread.ts";
import type {
  BarsPicture,
  CutPicture,
  DriversPicture,
  FirstReplyPicture,
  OutlinesPicture,
  OverviewPicture,
  SummaryPicture,
} from "./inputs.ts";

export type * from "./inputs.ts";
export { MOST_ROWS } from "./inputs.ts";

/** A summary: distribution above, trend below. */
export function drawSummary(input: SummaryPicture): Promise<Picture> {
  return draw({ kind: "summary", input });
}

/** A score by team, channel or whatever it is cut by. */
export function drawCut(input: CutPicture): Promise<Picture> {
  return draw({ kind: "cut", input });
}

/** How long until the first reply. */
export function drawFirstReply(input: FirstReplyPicture): Promise<Picture> {
  return draw({ kind: "first-reply", input });
}

/** What goes together with a score. */
export function drawDrivers(input: DriversPicture): Promise<Picture> {
  return draw({ kind: "drivers", input });
}

/** A bar for each row. */
export function drawBars(input: BarsPicture): Promise<Picture> {
  return draw({ kind: "bars", input });
}

/** Every metric on one card. */
export function drawOverview(input: OverviewPicture): Promise<Picture> {
  return draw({ kind: "overview", input });
}

/** Messages as they will look on each platform. */
export function drawOutlines(input: OutlinesPicture): Promise<Picture> {
  return draw({ kind: "outlines", input });
}

const thread = createDrawingThread();

async function draw(request: PictureRequest): Promise<Picture> {
  const { alt, sparkline } = request.input;
  const drawn = await thread.draw(request);
  return { ...drawn, alt, ...(sparkline === undefined ? {} : { sparkline }) };
}
