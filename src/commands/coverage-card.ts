/** Coverage as a card: what became of the chats, and who is outside of what chance explains. */
import { countText, scoreText } from "../charts/numbers.ts";
import { isTextKey, type Language, type TextKey, type Texts, textsFor } from "../locales/index.ts";
import type { WatchedUnit } from "../metrics/funnel-coverage.ts";
import { isShown, SHOWN_FROM } from "../metrics/ladder.ts";
import { wilson } from "../metrics/range.ts";
import type { Message, Part } from "../platform.ts";
import { MIN_CHARACTERS, MIN_MESSAGES } from "../scheduling/gates/gates.ts";
import type { CoverageCounts, CoverageRow } from "../store/coverage.ts";

/** So many units of a table are listed, of several tables fewer; the rest is counted. */
const MOST_UNITS = 10;
const MOST_OF_SEVERAL = 6;

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
      ...tables.flatMap((table) => tableParts(table, tables.length > 1, texts)),
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

/** Every way past the question that somebody of the team has: of all, of a unit, and how often. */
const pastWays = [
  ["coverage.spam", "coverage.way.spam", ({ spam }) => spam],
  ["coverage.inactive", "coverage.way.inactive", ({ inactive }) => inactive],
  ["coverage.too-short", "coverage.way.too-short", ({ tooShort }) => tooShort],
  ["coverage.no-human-reply", "coverage.way.no-human-reply", ({ noHumanReply }) => noHumanReply],
  ["coverage.reopened", "coverage.way.reopened", ({ reopened }) => reopened],
  ["coverage.left-open", "coverage.way.left-open", ({ leftOpen }) => leftOpen],
] as const satisfies readonly (readonly [TextKey, TextKey, (counts: CoverageCounts) => number])[];

function pastRows(whole: CoverageCounts, texts: Texts): Row[] {
  return pastWays.flatMap(([key, , of]): Row[] =>
    of(whole) === 0 ? [] : [[texts.text(key), countText(of(whole), texts.language)]],
  );
}

function reasonText(reason: string, texts: Texts): string {
  const key = `gate.reason.${reason}`;
  if (reason === "not-planned" || !isTextKey(key))
    return texts.text(reason === "not-planned" ? "coverage.not-planned" : "coverage.other");
  return texts.text(key, { messages: MIN_MESSAGES, characters: MIN_CHARACTERS });
}

function tableParts({ by, units }: CoverageTable, isOneOfSeveral: boolean, texts: Texts): Part[] {
  const most = isOneOfSeveral ? MOST_OF_SEVERAL : MOST_UNITS;
  // Whoever may pick chats is always seen with what became of them.
  const withWays = by === "agent" || !isOneOfSeveral;

  const shown = units.filter(({ hidden }) => !hidden);
  const hidden = units.filter((each) => each.hidden && each.unit.closed > 0).length;
  // Whoever is out of the ordinary is listed, however many others there are.
  const listed = shown.filter(({ flags }, i) => i < most || flags.length > 0);
  const more = shown.length - listed.length + hidden;
  if (listed.length === 0) return [];
  return [
    { kind: "text", text: texts.text("coverage.by", { by }) },
    { kind: "facts", rows: listed.map((each) => unitRow(each, { by, withWays }, texts)) },
    ...listed.flatMap((each) => flagParts(each, by, texts)),
    ...(more > 0 ? [note(texts.text("coverage.more", { n: more, needed: SHOWN_FROM }))] : []),
  ];
}

function unitRow(
  { unit, flags }: WatchedUnit<CoverageRow>,
  { by, withWays }: { readonly by: CoverageTable["by"]; readonly withWays: boolean },
  texts: Texts,
): Row {
  const share = shareText(unit, texts.language);
  const ways = withWays ? waysText(unit, texts) : "";
  const lines = [flags.length === 0 ? share : `⚠ ${share}`, ways];
  return [nameOf(unit, by, texts), lines.filter((line) => line !== "").join("\n")];
}

/** "Past the question: spam 3 · silence 2": every way that chats of a unit took past it. */
function waysText(unit: CoverageRow, texts: Texts): string {
  const ways = pastWays.flatMap(([, key, of]) =>
    of(unit) === 0 ? [] : [texts.text(key, { n: of(unit) })],
  );
  if (ways.length === 0) return "";
  return texts.text("coverage.ways", { ways: ways.join(" · ") });
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
