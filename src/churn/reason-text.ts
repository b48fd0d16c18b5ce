/** The reasons of signals in words. */
import type { Texts } from "../locales/index.ts";
import type { ChurnReason } from "../metrics/churn-reasons.ts";

/** One reason as a short sentence without its full stop. No names, no words of anybody. */
export function reasonText(texts: Texts, { reason, params }: ChurnReason): string {
  const said =
    "metric" in params ? { ...params, metric: texts.text(`metric.${params.metric}.name`) } : params;
  return texts.text(`signal.reason.${reason}`, said);
}
