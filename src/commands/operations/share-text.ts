/** A share of something in words, and how it changed. */
import { scoreText } from "../../charts/numbers.ts";
import type { Texts } from "../../locales/index.ts";
import { COMPARED_FROM, isShown, SHOWN_FROM } from "../../metrics/ladder.ts";
import { compareShares, type Share } from "../../metrics/response.ts";
import type { Part } from "../../platform.ts";
import { versusLabel } from "../view/period.ts";
import type { View } from "../view.ts";
import { note, percentWithRange, signedPoints, text } from "./words.ts";

/** "45 % (95 % range 30 % to 60 %) · 20 of 44", or that it is of too few. */
export function shareText(texts: Texts, { hits, n, rate, range }: Share): string {
  if (rate === null || range === null) return texts.text("cases.none");
  if (!isShown(n)) return tooFewText(texts, n);
  return texts.text("operation.of", { value: percentWithRange(texts, rate, range, n), hits, n });
}

export function tooFewText(texts: Texts, n: number): string {
  return texts.text("cases.too-few", { n, needed: SHOWN_FROM });
}

/** How it was in the period that it is compared with, and whether the difference is clear. */
export function shareChange(
  texts: Texts,
  view: Pick<View, "period" | "before" | "versus">,
  now: Share,
  before: Share,
): Part[] {
  const change = compareShares(now, before);
  const against = versusLabel(view, texts.language);
  if (before.rate === null) return [note(texts.text("operation.before.none", { before: against }))];
  if (change === null || !isShown(now.n) || !isShown(before.n)) {
    return [note(texts.text("operation.before.few", { before: against, n: before.n }))];
  }
  const value = scoreText(before.rate, "percent", before.n, texts.language);
  const then = texts.text("operation.before", { before: against, value, n: before.n });
  if (change.verdict === "too-few") {
    const few = { needed: COMPARED_FROM, n: now.n, nBefore: before.n };
    return [note(`${then} · ${texts.text("operation.compare.few", few)}`)];
  }
  const points = (each: number) => signedPoints(texts, each, Math.min(now.n, before.n));
  const said = texts.text("summary.change", {
    verdict: change.verdict,
    before: against,
    difference: texts.text("summary.points-of-percent", { number: points(change.difference) }),
    low: points(change.range[0]),
    high: points(change.range[1]),
  });
  return [text(said), note(then)];
}
