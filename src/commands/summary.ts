/** `/nps week` and its siblings: read, put on a card, add the picture. */
import { drawCut, drawSummary } from "../charts/picture.ts";
import { type Language, textsFor } from "../locales/index.ts";
import { lineMessage } from "../messages.ts";
import { cuts, filterNames } from "../metrics/filter.ts";
import type { MetricName } from "../metrics/metric.ts";
import { metrics } from "../metrics/registry.ts";
import type { Message } from "../platform.ts";
import { type Command, figureRoles, type ReadContext, type Reader } from "./command.ts";
import { shareButton } from "./share-button.ts";
import { crossesTables, isHiddenRow, picksOwn, singleRefusal } from "./single-answers.ts";
import { type CardPicture, summaryCard } from "./summary/card.ts";
import { cutPicture } from "./summary/cut-picture.ts";
import { type LoadedSummary, loadView } from "./summary/load.ts";
import { summaryPicture } from "./summary/picture.ts";
import { type Grammar, readView, type View } from "./view.ts";

/** A period, what it is compared with, a cut and filters. */
const summaryGrammar: Grammar = { cuts, filters: filterNames, versus: true };

/** A summary with the view that it is of, or why there is none. */
export type ReadSummary =
  | { readonly ok: true; readonly loaded: LoadedSummary; readonly view: View }
  | { readonly ok: false; readonly refusal: Message };

/** The summary of `month by team vs same last year`. No period means this week. */
export async function loadSummary(
  context: ReadContext,
  reader: Reader,
  metric: MetricName,
  text: string,
): Promise<ReadSummary> {
  const read = await readView(context, reader, text, summaryGrammar);
  if (!read.ok) return read;
  const { view } = read;
  const { language, workspace } = reader;
  if (crossesTables(view)) return { ok: false, refusal: singleRefusal(language) };
  const loaded = await loadView(context, workspace, metric, view);
  if (loaded === undefined) {
    const text = textsFor(language).text("summary.totals.filter");
    return { ok: false, refusal: lineMessage(language, text) };
  }
  if (!picksOwn(view)) return { ok: true, loaded, view };
  const { db, clock } = context;
  const question = { workspaceId: workspace.id, metric: metrics[metric], now: clock.now() };
  if (await isHiddenRow(db, question, view)) return { ok: false, refusal: singleRefusal(language) };
  // In other periods it may be a row that is hidden.
  return { ok: true, loaded: { ...loaded, trend: [] }, view };
}

/** The slash command of a metric. */
export function createSummaryCommand(metric: MetricName): Command {
  return {
    name: metric,
    roles: figureRoles,
    grammar: summaryGrammar,
    async run(context, request) {
      const { language, text, pictures } = request;
      const read = await loadSummary(context, request, metric, text);
      if (!read.ok) return { kind: "message", message: read.refusal };
      const { loaded, view } = read;
      const [picture, actions] = await Promise.all([
        pictures ? drawPicture(loaded, language) : undefined,
        shareButton(context, request, metric, view),
      ]);
      return { kind: "message", message: summaryCard(loaded, language, { picture, actions }) };
    },
  };
}

/** The picture; "missing" when it cannot be drawn here: a card without it still says everything. */
export async function drawPicture(loaded: LoadedSummary, language: Language): Promise<CardPicture> {
  const ofCut = loaded.cut && cutPicture({ ...loaded, cut: loaded.cut }, language);
  const ofWhole = loaded.cut === undefined ? summaryPicture(loaded, language) : undefined;
  try {
    if (ofCut !== undefined) return await drawCut(ofCut);
    return ofWhole && (await drawSummary(ofWhole));
  } catch {
    return "missing";
  }
}
