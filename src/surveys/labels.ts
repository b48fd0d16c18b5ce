/** What scores are called to people. */
import type { TextKey, Texts } from "../locales/index.ts";
import type { MetricName } from "../metrics/metric.ts";
import { metrics } from "../metrics/registry.ts";
import type { Question, Wording } from "./survey.ts";

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

type ScoreQuestion = Extract<Question, { kind: "score" }>;

/** A wording as somebody reads it. */
type Reads = (words: Wording) => string;

/** What the ends of an eleven-point scale are called; shorter ones have words for each step. */
export function scaleEnds(
  texts: Texts,
  { ends }: ScoreQuestion,
  read: Reads,
): { readonly low: string; readonly high: string } {
  return ends === undefined
    ? { low: texts.text("scale.nps.low"), high: texts.text("scale.nps.high") }
    : { low: read(ends.low), high: read(ends.high) };
}

/** What a score is called to whoever is asked this: its ends may have words of their own. */
export function stepLabel(
  texts: Texts,
  question: ScoreQuestion,
  score: number,
  read: Reads,
): string {
  const { metric, ends } = question;
  const { min, max } = metrics[metric].scale;
  if (ends === undefined || metric === "nps" || (score !== min && score !== max))
    return scoreLabel(texts, metric, score);
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
