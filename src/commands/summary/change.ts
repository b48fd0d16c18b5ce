/** Whether a score changed, what it would take to tell, and whether it is where it should be. */
import type { Language } from "../../locales/index.ts";
import { COMPARED_FROM, isEarly } from "../../metrics/ladder.ts";
import type { Part } from "../../platform.ts";
import { sayMoment } from "../moment.ts";
import type { Card } from "./figures.ts";
import { comparedLabel } from "./headline.ts";
import type { Figures } from "./load.ts";

/** What the words about figures are made from. */
export type Said = Omit<Card, "loaded"> & { readonly loaded: Figures };

/** The verdict in words, and what it would take to have one; then the same people, and the target. */
export function changeParts(card: Said): Part[] {
  const text = changeText(card);
  const target = targetText(card);
  return [
    ...(text === undefined ? [] : [{ kind: "text", text } as const]),
    ...tooFewOf(card),
    ...wordingOf(card),
    ...neededOf(card),
    ...pairedOf(card),
    ...(target === undefined ? [] : [{ kind: "text", text: target } as const]),
  ];
}

/** "Up against last week: +9 (95 % range +2 to +16, p 0.012)"; nothing where nothing is compared. */
export function changeText({ loaded, language, texts, format }: Said): string | undefined {
  const { change, previous, n, shown } = loaded.summary;
  if (change === null || previous === null || !shown || !previous.shown) return undefined;
  // The headline says so.
  if (change.verdict === "too-few") return undefined;
  const before = comparedLabel(loaded, language);
  const least = Math.min(n, previous.n);
  const difference = (value: number) => format.difference(value, least);
  return texts.text(change.p === null ? "summary.change" : "summary.change.p", {
    verdict: change.verdict,
    before,
    difference: inUnit({ loaded, texts, format }, change.difference, least),
    low: difference(change.range[0]),
    high: difference(change.range[1]),
    p: change.p === null ? "" : format.p(change.p),
  });
}

/** What a comparison takes, where the headline says that there is none and no note says why. */
function tooFewOf({ loaded, texts }: Said): Part[] {
  const { change, n, shown, previous } = loaded.summary;
  if (change?.verdict !== "too-few" || !shown || !previous?.shown || isEarly(n)) return [];
  return [note(texts.text("summary.change.too-few", { needed: COMPARED_FROM }))];
}

/** "Target +40: not reached", with how many more answers would tell where it cannot be told. */
export function targetText({ loaded, texts, format }: Said): string | undefined {
  const { target, shown } = loaded.summary;
  if (target === null) return undefined;
  const said = texts.text("summary.target", {
    target: targetScore({ loaded, format }) ?? "",
    verdict: target.verdict.replaceAll("-", ""),
  });
  // How many more tells something of what there is.
  if (target.verdict !== "unknown" || !target.more || !shown) return said;
  return texts.text("summary.target.more", { said, n: about(target.more) });
}

/** "+40"; undefined where there is no target. */
export function targetScore({
  loaded,
  format,
}: Pick<Said, "loaded" | "format">): string | undefined {
  const { target } = loaded.summary;
  if (target === null) return undefined;
  // As it was set: with a decimal only when it has one.
  return format.score(target.value, Number.isInteger(target.value) ? 1 : Number.POSITIVE_INFINITY);
}

/** A difference of scores with its unit: "+9", "+9 percentage points". */
function inUnit(
  { loaded, texts, format }: Pick<Said, "loaded" | "texts" | "format">,
  value: number,
  n: number,
): string {
  const number = format.difference(value, n);
  return loaded.metric.unit === "points"
    ? number
    : texts.text("summary.points-of-percent", { number });
}

function neededOf({ loaded, texts }: Said): Part[] {
  const { needed, change, shown, previous } = loaded.summary;
  // The number follows from the answers: with too few it would tell them.
  if (!needed || change?.verdict !== "no-clear-change" || !shown || !previous?.shown) return [];
  const { more, each } = needed;
  // Only a period that goes on can get more answers.
  if (loaded.now.period.running && more !== null) {
    return [note(texts.text("summary.needed.more", { n: about(more) }))];
  }
  if (each === null) return [note(texts.text("summary.needed.never"))];
  return [note(texts.text("summary.needed.each", { n: about(each) }))];
}

function pairedOf({ loaded, texts, format }: Said): Part[] {
  const { paired, shown } = loaded.summary;
  if (paired === null || !shown) return [];
  const { n, difference, range, verdict } = paired;
  const text = texts.text("summary.paired", {
    n,
    difference: inUnit({ loaded, texts, format }, difference, n),
    low: format.difference(range[0], n),
    high: format.difference(range[1], n),
    verdict,
  });
  return [{ kind: "text", text }];
}

/** Why two periods are not compared, and what is left out of this one. */
function wordingOf({ loaded, language, texts }: Said): Part[] {
  const { notCompared, otherWording, previous, shown } = loaded.summary;
  const compared = notCompared !== null && shown && previous?.shown === true;
  const before = comparedLabel(loaded, language);
  return [
    ...(compared
      ? [note(texts.text("summary.wording.compared", { before, on: dayOf(loaded, language) }))]
      : []),
    ...(otherWording > 0
      ? [note(texts.text("summary.wording.left-out", { n: otherWording }))]
      : []),
  ];
}

function dayOf({ wordingSince, now }: Figures, language: Language): string {
  return wordingSince ? sayMoment(wordingSince, "day", language, now.period.timeZone) : "none";
}

/** A forecast with three exact digits would promise too much. */
function about(answers: number): number {
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(answers)) - 1);
  return unit * Math.ceil(answers / unit);
}

function note(text: string): Part {
  return { kind: "note", text };
}
