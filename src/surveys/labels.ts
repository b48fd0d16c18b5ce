/** What scores are called to people. */
import type { TextKey, Texts } from "../locales/index.ts";
import type { MetricName } from "../metrics/metric.ts";

/** What a stored score is called to people: "9", "Agree", "Partly". */
export function scoreLabel(texts: Texts, metric: MetricName, score: number): string {
  if (metric === "nps") return String(score);
  const key = `scale.${metric}.${score}`;
  return isScaleKey(key) ? texts.text(key) : String(score);
}

type ScaleKey = Extract<TextKey, `scale.${string}`>;

function isScaleKey(key: string): key is ScaleKey {
  return /^scale\.(ces\.[1-7]|(csat|expectation|emotion)\.[1-5]|resolution\.[0-2])$/.test(key);
}

/** What a screen reader says of a button of the eleven-point scale. */
export function npsHint(texts: Texts, score: number): string {
  const hint = texts.text("scale.nps.hint", { score });
  if (score === 0) return `${hint}, ${texts.text("scale.nps.low")}`;
  return score === 10 ? `${hint}, ${texts.text("scale.nps.high")}` : hint;
}
