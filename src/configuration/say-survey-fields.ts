/** A survey field by field, in plain words. Pure. */
import type { Texts } from "../locales/index.ts";
import type { SurveyDefinition } from "../surveys/survey.ts";
import type { SaidRow } from "./say-change.ts";

export function saySurveyFields(
  _texts: Texts,
  _before: SurveyDefinition | undefined,
  _after: SurveyDefinition,
): SaidRow[] {
  return [];
}
