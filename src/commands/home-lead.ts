/** The page of leads and admins: the week of each metric, and who was unhappy lately. */
import { textsFor } from "../locales/index.ts";
import { parsePeriod } from "../metrics/period-text.ts";
import { metrics } from "../metrics/registry.ts";
import { rightsActions } from "../people/rights.ts";
import type { Message, Part } from "../platform.ts";
import { answeredMetrics, type LowScore, readLowScores } from "../store/home.ts";
import type { WhoReads } from "../store/schema.ts";
import { readSettings } from "../store/settings.ts";
import { isSetUp } from "../store/setup-facts.ts";
import type { CommandContext, ReadContext, Reader } from "./command.ts";
import { commentQuote } from "./comment-quote.ts";
import { scopeOf } from "./scope.ts";
import { namedAnswer } from "./summary/figures.ts";
import { asideLine, scoreLine, standIn } from "./summary/headline.ts";
import { type Figures, loadFigures } from "./summary/load.ts";
import { trendLine } from "./summary/sparkline.ts";
import { filterLabel } from "./view/filter.ts";
import { periodLabel } from "./view/period.ts";

const WEEK_MS = 7 * 24 * 60 * 60 * 1000;
const LOW_SCORES = 10;
const EXAMPLES = "/nps month · /feedback week · /aftertalk";

/** Reads which metrics there are, what was answered to them, and the low scores. */
export async function leadHome(
  context: ReadContext & Pick<CommandContext, "tokens">,
  reader: Reader,
): Promise<Message> {
  const { db, clock, tokens } = context;
  const { workspace, language } = reader;
  const texts = textsFor(language);
  const now = clock.now();
  const week = parsePeriod("week", { now, timeZone: workspace.timeZone });
  if (!week.ok) throw new Error("there is no week any more");
  const since = new Date(now.getTime() - WEEK_MS);
  const { filter } = await scopeOf(db, reader);
  // One more than is shown tells whether there are more.
  const lowScores = { workspaceId: workspace.id, since, limit: LOW_SCORES + 1, filter };
  const [{ promise }, names, low, setUp] = await Promise.all([
    readSettings(db, workspace.id),
    answeredMetrics(db, workspace.id),
    readLowScores(db, lowScores),
    reader.person.role === "admin" ? isSetUp(db, workspace.id) : true,
  ]);
  const summaries =
    names.length === 0 ? [] : await loadFigures(context, workspace, names, week.period, filter);
  const title = [
    workspace.name,
    ...[filterLabel(filter, language) ?? []].flat(),
    periodLabel(week.period, language),
  ].join(" · ");
  const hint = texts.text("home.lead.hint", { examples: EXAMPLES });
  return {
    summary: title,
    parts: [
      { kind: "heading", text: title },
      ...(setUp ? [] : [{ kind: "text", text: texts.text("setup.hint") } as const]),
      ...(summaries.length === 0
        ? [{ kind: "text", text: texts.text("home.lead.empty") } as const]
        : [
            ...summaries.flatMap((each) => metricParts(each, reader)),
            ...lowParts(low, reader, promise),
          ]),
      { kind: "note", text: hint },
      rightsActions(tokens, reader),
    ],
    locale: language,
  };
}

function metricParts(summary: Figures, { language }: Pick<Reader, "language">): Part[] {
  const beside = standIn(summary, language);
  const trend = trendLine(summary, language);
  return [
    { kind: "text", text: scoreLine(summary, language) },
    { kind: "note", text: asideLine(summary, language) },
    ...(beside === undefined ? [] : [{ kind: "note", text: beside } as const]),
    ...(trend === undefined ? [] : [{ kind: "note", text: trend } as const]),
  ];
}

function lowParts(scores: readonly LowScore[], { language }: Reader, promise: WhoReads): Part[] {
  const texts = textsFor(language);
  const shown = scores.slice(0, LOW_SCORES);
  const heading: Part = { kind: "heading", text: texts.text("home.lead.low") };
  if (promise === "totals" && shown.length === 0)
    return [heading, { kind: "text", text: texts.text("home.lead.totals") }];
  if (shown.length === 0)
    return [heading, { kind: "text", text: texts.text("home.lead.low.none") }];
  const more = texts.text("home.lead.low.more", { n: shown.length });
  return [
    heading,
    ...shown.flatMap((score) => lowPart(score, language)),
    ...(scores.length > shown.length ? [{ kind: "note", text: more } as const] : []),
  ];
}

function lowPart(low: LowScore, language: Reader["language"]): Part[] {
  const texts = textsFor(language);
  const { metric, score, text, person, chatUrl } = low;
  const answer = namedAnswer(texts, metrics[metric], score);
  if (text !== null) return [commentQuote(texts, answer, { ...low, text })];
  const label = texts.text("summary.comment.open");
  return [
    { kind: "text", text: person === null ? answer : `${person} · ${answer}` },
    ...(chatUrl === null ? [] : [{ kind: "link", link: { label, url: chatUrl } } as const]),
  ];
}
