/** Coverage as a card: what became of the chats, and who is outside of what chance explains. */
import { countText, scoreText } from "../charts/numbers.ts";
import { isTextKey, type Language, type TextKey, type Texts, textsFor } from "../locales/index.ts";
import type { WatchedUnit } from "../metrics/funnel-coverage.ts";
import { isShown, SHOWN_FROM } from "../metrics/ladder.ts";
import { wilson } from "../metrics/range.ts";
import type { Message, Part } from "../platform.ts";
import { MIN_CHARACTERS, MIN_MESSAGES } from "../scheduling/gates/gates.ts";
import type { CoverageCounts, CoverageRow } from "../store/coverage.ts";

/** So many units of a table are listed; the rest is counted. */
const MOST_UNITS = 10;

/** A table of units. */
export interface CoverageTable {
  readonly by: "team" | "agent" | "channel" | "touchpoint" | "platform";
  readonly units: readonly WatchedUnit<CoverageRow>[];
}

/** Everything that the card shows. */
export interface LoadedCoverage {
  /** "Coverage · last week · team Billing". */
  readonly title: string;
  readonly whole: CoverageCounts;
  readonly tables: readonly CoverageTable[];
}

export function coverageCard(loaded: LoadedCoverage, language: Language): Message {
  const { title, whole, tables } = loaded;
  const texts = textsFor(language);
  if (!isShown(whole.closed + whole.leftOpen)) {
    const key = whole.closed + whole.leftOpen === 0 ? "coverage.nothing" : "coverage.too-few";
    const text = texts.text(key, { needed: SHOWN_FROM });
    return {
      summary: `${title}: ${text}`,
      parts: [
        { kind: "heading", text: title },
        { kind: "text", text },
      ],
      locale: language,
    };
  }
  const line = texts.text("coverage.line", { share: shareText(whole, language) });
  return {
    summary: `${title}: ${line}`,
    parts: [
      { kind: "heading", text: title },
      { kind: "text", text: line },
      ...(whole.waiting > 0 ? [note(texts.text("coverage.waiting", { n: whole.waiting }))] : []),
      ...facts(askedRows(whole, texts)),
      ...facts(pastRows(whole, texts)),
      ...tables.flatMap((table) => tableParts(table, texts)),
      ...(tables.some(({ units }) => units.some(({ flags }) => flags.length > 0))
        ? [note(texts.text("coverage.not-why"))]
        : []),
      note(texts.text("coverage.note")),
    ],
    locale: language,
  };
}

/** "63 of 90 (70%, 95 % range 60% to 79%)"; without a share where there is nothing to ask about. */
export function shareText(
  { asked, eligible }: Pick<CoverageCounts, "asked" | "eligible">,
  language: Language,
): string {
  const texts = textsFor(language);
  const range = wilson({ hits: asked, n: eligible });
  if (range === null) return texts.text("coverage.share.none");
  const percent = (value: number) => scoreText(value, "percent", eligible, language);
  const [low, high] = [percent(range[0]), percent(range[1])];
  const rate = percent((100 * asked) / eligible);
  return texts.text("coverage.share", { asked, eligible, rate, low, high });
}

type Row = readonly [string, string];

function askedRows(whole: CoverageCounts, texts: Texts): Row[] {
  const n = (count: number) => countText(count, texts.language);
  const why = Object.entries(whole.unasked)
    .sort(([, a], [, b]) => b - a)
    .map(([reason, count]) => `${n(count)}: ${reasonText(reason, texts)}`);
  return [
    [texts.text("coverage.closed"), n(whole.closed)],
    [texts.text("coverage.eligible"), n(whole.eligible)],
    [texts.text("coverage.asked"), n(whole.asked)],
    ...(whole.byHand > 0 ? [[texts.text("coverage.by-hand"), n(whole.byHand)] as const] : []),
    ...(why.length > 0 ? [[texts.text("coverage.unasked"), why.join("\n")] as const] : []),
  ];
}

/** Every way past the question that somebody of the team has. */
function pastRows(whole: CoverageCounts, texts: Texts): Row[] {
  const ways = [
    ["coverage.spam", whole.spam],
    ["coverage.inactive", whole.inactive],
    ["coverage.too-short", whole.tooShort],
    ["coverage.no-human-reply", whole.noHumanReply],
    ["coverage.reopened", whole.reopened],
    ["coverage.left-open", whole.leftOpen],
  ] as const satisfies readonly (readonly [TextKey, number])[];
  return ways.flatMap(([key, count]): Row[] =>
    count === 0 ? [] : [[texts.text(key), countText(count, texts.language)]],
  );
}

function reasonText(reason: string, texts: Texts): string {
  const key = `gate.reason.${reason}`;
  if (reason === "not-planned" || !isTextKey(key))
    return texts.text(reason === "not-planned" ? "coverage.not-planned" : "coverage.other");
  return texts.text(key, { messages: MIN_MESSAGES, characters: MIN_CHARACTERS });
}

function tableParts({ by, units }: CoverageTable, texts: Texts): Part[] {
  const shown = units.filter(({ hidden }) => !hidden);
  const hidden = units.filter((each) => each.hidden && each.unit.closed > 0).length;
  // Whoever is out of the ordinary is listed, however many others there are.
  const listed = shown.filter(({ flags }, i) => i < MOST_UNITS || flags.length > 0);
  const more = shown.length - listed.length + hidden;
  if (listed.length === 0) return [];
  return [
    { kind: "text", text: texts.text("coverage.by", { by }) },
    { kind: "facts", rows: listed.map((each) => unitRow(each, by, texts)) },
    ...listed.flatMap((each) => flagParts(each, by, texts)),
    ...(more > 0 ? [note(texts.text("coverage.more", { n: more, needed: SHOWN_FROM }))] : []),
  ];
}

function unitRow(
  { unit, flags }: WatchedUnit<CoverageRow>,
  by: CoverageTable["by"],
  texts: Texts,
): Row {
  const share = shareText(unit, texts.language);
  return [nameOf(unit, by, texts), flags.length === 0 ? share : `⚠ ${share}`];
}

function flagParts(
  { unit, flags }: WatchedUnit<CoverageRow>,
  by: CoverageTable["by"],
  texts: Texts,
): Part[] {
  if (flags.length === 0) return [];
  const list = new Intl.ListFormat(texts.language, { type: "conjunction" });
  const what = list.format(flags.map((flag) => texts.text(`coverage.flag.${flag}`)));
  const name = nameOf(unit, by, texts);
  return [{ kind: "text", text: `⚠ ${texts.text("coverage.outside", { name, what })}` }];
}

function nameOf({ value, label }: CoverageRow, by: CoverageTable["by"], texts: Texts): string {
  return value === "" ? texts.text("coverage.none", { by }) : label;
}

function facts(rows: readonly Row[]): Part[] {
  return rows.length === 0 ? [] : [{ kind: "facts", rows }];
}

function note(text: string): Part {
  return { kind: "note", text };
}
