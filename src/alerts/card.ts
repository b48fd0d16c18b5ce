/** What changed beyond chance, as one card for the leads' channel. Pure. */
import { countText, scoreText } from "../charts/numbers.ts";
import { formatFor } from "../commands/summary/format.ts";
import { quoted } from "../commands/view/filter.ts";
import { periodLabel } from "../commands/view/period.ts";
import { type Language, type Texts, textsFor } from "../locales/index.ts";
import { answersIn } from "../metrics/histogram.ts";
import { dayOf, type Period } from "../metrics/period.ts";
import type { Message, Part } from "../platform.ts";
import type { Alert } from "./find.ts";
import type { Companion } from "./goes-with.ts";

/** So many changes are told in full; the others are named. */
const MOST = 6;

export function alertCard(alerts: readonly Alert[], week: Period, language: Language): Message {
  const texts = textsFor(language);
  const title = texts.text("alert.title", {
    week: periodLabel({ ...week, running: false }, language),
  });
  const lines = alerts.map((alert) => changeLine(alert, texts));
  const rest = alerts.length - MOST;
  return {
    summary: [title, ...lines.slice(0, 2)].join(" · "),
    parts: [
      { kind: "heading", text: title },
      ...alerts
        .slice(0, MOST)
        .flatMap((alert, i) => alertParts(alert, lines[i] ?? "", week, texts)),
      ...(rest > 0 ? [note(texts.text("alert.more", { n: rest }))] : []),
      note(texts.text("alert.note")),
    ],
    locale: language,
  };
}

function alertParts(alert: Alert, line: string, week: Period, texts: Texts): Part[] {
  const companions = alert.with.map((each) => companionText(alert, each, texts));
  const { lowComments: n } = alert;
  return [
    { kind: "text", text: line },
    ...(companions.length === 0
      ? []
      : [note(texts.text("alert.with", { what: companions.join(" · ") }))]),
    ...(n > 0 ? [note(texts.text("alert.comments", { n }))] : []),
    note(texts.text("alert.see", { words: wordsFor(alert, week) })),
  ];
}

/** "NPS, team Billing: down, +12 (n 80) against +35 in the four weeks before (n 310)". */
function changeLine({ metric, team, direction, range, now, before }: Alert, texts: Texts): string {
  const format = formatFor(metric, texts.language);
  const [n, nBefore] = [answersIn(now.histogram), answersIn(before.histogram)];
  const name = texts.text(`metric.${metric.name}.name`);
  const least = Math.min(n, nBefore);
  return texts.text("alert.line", {
    name: team === "" ? name : `${name}, ${texts.text("filter.team", { team })}`,
    direction,
    score: format.score(metric.score(now.histogram) ?? 0, n),
    before: format.score(metric.score(before.histogram) ?? 0, nBefore),
    n: countText(n, texts.language),
    nBefore: countText(nBefore, texts.language),
    low: format.difference(range[0], least),
    high: format.difference(range[1], least),
  });
}

function companionText({ metric }: Alert, companion: Companion, texts: Texts): string {
  const { by, label, n } = companion;
  const what = texts.text(`filter.${by === "score" ? "tag" : by}`, { name: label, team: label });
  if (companion.kind === "score") {
    const difference = formatFor(metric, texts.language).difference(companion.difference, n);
    return texts.text("alert.with.score", { what, difference, n: countText(n, texts.language) });
  }
  const percent = (value: number) => scoreText(value, "percent", 100, texts.language);
  const [now, before] = [percent(companion.now), percent(companion.before)];
  return texts.text("alert.with.share", { what, now, before });
}

/** What to type for all of it. */
function wordsFor({ metric, team }: Alert, { start, end, timeZone }: Period): string {
  const last = dayOf(new Date(end.getTime() - 1), timeZone);
  const days = `${dayOf(start, timeZone)}..${last}`;
  const of = team === "" ? "" : ` team:${quoted(team)}`;
  return `/${metric.name} ${days}${of} · /feedback ${days}${of}`;
}

function note(text: string): Part {
  return { kind: "note", text };
}
