/** A digest as one card, complete as text. Pure but for the picture, which is drawn elsewhere. */
import { countText, scoreText } from "../charts/numbers.ts";
import { caseRows } from "../commands/cases-card.ts";
import { commentQuote } from "../commands/comment-quote.ts";
import { sayMoment } from "../commands/moment.ts";
import type { CardPicture } from "../commands/summary/card.ts";
import { changeText, targetText } from "../commands/summary/change.ts";
import { namedAnswer } from "../commands/summary/figures.ts";
import { formatFor } from "../commands/summary/format.ts";
import { scoreLine } from "../commands/summary/headline.ts";
import type { Figures } from "../commands/summary/load.ts";
import { periodLabel } from "../commands/view/period.ts";
import { type Language, type Texts, textsFor } from "../locales/index.ts";
import { COMPARED_FROM, isEarly } from "../metrics/ladder.ts";
import { metrics } from "../metrics/registry.ts";
import type { Message, Part } from "../platform.ts";
import { REASON, STAY } from "../surveys/scheduled.ts";
import { wordsIn } from "../surveys/survey.ts";
import { type Digest, isEmpty } from "./digest.ts";
import { COUNTED_UP_TO, type Upcoming } from "./upcoming.ts";

/** So many schedules are named. */
const UPCOMING = 8;

/** The card in a language; with nothing to say it is one line. */
export function digestCard(digest: Digest, language: Language, picture?: CardPicture): Message {
  const texts = textsFor(language);
  const period = periodLabel(digest.period, language);
  if (isEmpty(digest)) {
    const text = texts.text("digest.nothing", { period });
    return { summary: text, parts: [{ kind: "text", text }], locale: language };
  }
  const title = `${texts.text("digest.title")} · ${period}`;
  const scores = digest.figures.map((each) => scoreLine(each, language));
  return {
    summary: [title, ...scores.slice(0, 1), casesText(digest, texts)].join(" · "),
    parts: [
      { kind: "heading", text: title },
      ...digest.figures.flatMap((each) => metricParts(each, language, texts)),
      ...(digest.figures.length === 0 ? [text(texts.text("digest.no-answers"))] : []),
      ...(digest.promise === "totals" ? [note(texts.text("summary.promise.totals"))] : []),
      ...(picture === "missing" ? [note(texts.text("summary.picture.missing"))] : []),
      ...(typeof picture === "object" ? [{ kind: "picture", picture } as const] : []),
      ...factParts(digest, texts),
      ...chosenParts(digest, texts),
      ...caseParts(digest, texts),
      ...commentParts(digest, texts),
      ...upcomingParts(digest, texts),
    ],
    locale: language,
  };
}

/** Score, range, answers and the week before; then how sure the difference is. */
function metricParts(figures: Figures, language: Language, texts: Texts): Part[] {
  const { metric, summary } = figures;
  const format = formatFor(metric, language);
  const said = { loaded: figures, language, texts, format };
  const change = isEarly(summary.n)
    ? texts.text("summary.early", { needed: COMPARED_FROM })
    : changeText(said);
  const notes = [change ?? [], targetText(said) ?? []].flat();
  return [text(scoreLine(figures, language)), ...notes.map(note)];
}

function factParts({ response, coverage }: Digest, texts: Texts): Part[] {
  const share = (part: number, of: number) =>
    scoreText((100 * part) / of, "percent", of, texts.language);
  const { reached, answered } = response;
  const { eligible, asked } = coverage;
  const rate = () =>
    texts.text("digest.response", { rate: share(answered, reached), answered, reached });
  const covered = () =>
    texts.text("digest.coverage.of", { rate: share(asked, eligible), asked, eligible });
  const rows = [
    ...(reached === 0 ? [] : [[texts.text("summary.facts.rate"), rate()] as const]),
    ...(eligible === 0 ? [] : [[texts.text("digest.coverage"), covered()] as const]),
  ];
  return rows.length === 0 ? [] : [{ kind: "facts", rows }];
}

/** Who plans to stay, then why people left or might: "Too expensive 2 · Other 1". */
function chosenParts({ chosen }: Digest, texts: Texts): Part[] {
  const told = [
    { kind: "churn", question: STAY, label: "digest.chosen.stay" },
    { kind: "churn", question: REASON, label: "digest.chosen.reason" },
    { kind: "exit", question: REASON, label: "digest.chosen.exit" },
  ] as const;
  const rows = told.flatMap(({ kind, question, label }) => {
    const options = chosen.filter((each) => each.kind === kind && each.question === question);
    const each = options.map(
      (each) =>
        `${wordsIn(each.wording, texts.language, each)} ${countText(each.n, texts.language)}`,
    );
    return each.length === 0 ? [] : [[texts.text(label), each.join(" · ")] as const];
  });
  return rows.length === 0 ? [] : [{ kind: "facts", rows }];
}

function caseParts({ cases, overdue, now, workspace }: Digest, texts: Texts): Part[] {
  const rows = caseRows(texts, overdue, now, workspace.timeZone);
  return [
    text(casesText({ cases }, texts)),
    ...(rows.length === 0 ? [] : [{ kind: "facts", rows } as const]),
  ];
}

function casesText({ cases }: Pick<Digest, "cases">, texts: Texts): string {
  const { open, overdue } = cases;
  return texts.text("cases.line", { open, overdue });
}

function commentParts({ comments }: Digest, texts: Texts): Part[] {
  if (comments.length === 0) return [];
  return [
    text(texts.text("digest.comments", { n: comments.length })),
    ...comments.map((comment) =>
      commentQuote(texts, namedAnswer(texts, metrics[comment.metric], comment.score), comment),
    ),
  ];
}

function upcomingParts({ upcoming, workspace, stopped }: Digest, texts: Texts): Part[] {
  if (stopped === true) return [text(texts.text("stop.is"))];
  if (upcoming.length === 0) return [];
  const rows = upcoming
    .slice(0, UPCOMING)
    .map((each) => [each.name, sayUpcoming(each, texts, workspace.timeZone)] as const);
  const more = upcoming.length - rows.length;
  return [
    text(texts.text("digest.upcoming")),
    { kind: "facts", rows },
    ...(more > 0 ? [note(texts.text("digest.upcoming.more", { n: more }))] : []),
  ];
}

function sayUpcoming(upcoming: Upcoming, texts: Texts, timeZone: string): string {
  if (upcoming.kind === "at") return sayMoment(upcoming.at, "moment", texts.language, timeZone);
  const { people: n } = upcoming;
  return n < COUNTED_UP_TO
    ? texts.text("digest.upcoming.people", { n })
    : texts.text("digest.upcoming.many", { n: countText(COUNTED_UP_TO, texts.language) });
}

function text(said: string): Part {
  return { kind: "text", text: said };
}

function note(said: string): Part {
  return { kind: "note", text: said };
}
