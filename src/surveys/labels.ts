/** What scores are called to people. */
import type { TextKey, Texts } from "../locales/index.ts";
import type { MetricName } from "../metrics/metric.ts";
import { metrics } from "../metrics/registry.ts";
import type { ScoreQuestion, Wording } from "./survey.ts";

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

/** A wording as somebody reads it. */
type Reads = (words: Wording) => string;

interface Ends {
  readonly low: string;
  readonly high: string;
}

/** What the ends of a scale are called where a question has no words of its own for them. */
export function usualEnds(texts: Texts, metric: MetricName): Ends {
  if (metric === "nps")
    return { low: texts.text("scale.nps.low"), high: texts.text("scale.nps.high") };
  const { min, max } = metrics[metric].scale;
  return { low: scoreLabel(texts, metric, min), high: scoreLabel(texts, metric, max) };
}

/** What the ends of a scale are called to whoever is asked this. */
export function scaleEnds(texts: Texts, { metric, ends }: ScoreQuestion, read: Reads): Ends {
  if (ends === undefined) return usualEnds(texts, metric);
  return { low: read(ends.low), high: read(ends.high) };
}

/** What a score is called to whoever is asked this: its ends may have words of their own. */
export function stepLabel(
  texts: Texts,
  question: ScoreQuestion,
  score: number,
  read: Reads,
): string {
  const { metric } = question;
  const { min, max } = metrics[metric].scale;
  if (metric === "nps" || (score !== min && score !== max)) return scoreLabel(texts, metric, score);
  return scaleEnds(texts, question, read)[score === min ? "low" : "high"];
}

/** What a screen reader says of a button of the eleven-point scale. */
export function npsHint(
  texts: Texts,
  score: number,
  ends: { readonly low: string; readonly high: string },
): string {
  const hint = texts.text("scale.nps.hint", { score });
  if (score === 0) return `${hint}, ${ends.low}`;
  return score === 10 ? `${hint}, ${ends.high}` : hint;
}
