/** The recovery check: some time after a case was solved, is it right now, and the metric again. */
import { type TextKey, textsFor } from "../locales/index.ts";
import type { MetricName } from "../metrics/metric.ts";
import { SCORE, type StandardSurvey, WHY } from "./parts.ts";
import { wordingFrom } from "./survey.ts";

/** Metrics that a case can be about and that have words of ours. */
export const recoveryMetrics = ["nps", "ces", "csat"] as const satisfies readonly MetricName[];
export type RecoveryMetric = (typeof recoveryMetrics)[number];

/** Key of the question whether it is right now. */
export const RIGHT = "right";

/**
 * The check beside one metric. It is scored by whether it is right now; whoever says yes is asked for
 * no words. Its own answers open no cases: they belong to the one that it is about.
 */
export function recoverySurvey(metric: RecoveryMetric, company: string): StandardSurvey {
  const wording = (key: TextKey) =>
    wordingFrom((language) => textsFor(language).text(key, { company }));
  return {
    key: `recovery-${metric}`,
    trigger: "recovery",
    definition: {
      metric: "resolution",
      cases: false,
      questions: [
        {
          kind: "score",
          key: RIGHT,
          metric: "resolution",
          wording: wording("ask.recovery.question"),
        },
        { kind: "score", key: SCORE, metric, wording: wording(`ask.${metric}.question`) },
        {
          kind: "open",
          key: WHY,
          unlessHigh: true,
          wordings: {
            high: wording(`ask.${metric}.why.high`),
            middle: wording("ask.recovery.why.middle"),
            low: wording("ask.recovery.why.low"),
          },
        },
      ],
    },
  };
}
