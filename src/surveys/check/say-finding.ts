/** What was found, in the words of whoever reads it. */
import type { Texts } from "../../locales/index.ts";
import type { SurveyFinding } from "./finding.ts";

/** One sentence: where, what, and why it matters. The better wording is not in it. */
export function sayFinding(_texts: Texts, finding: SurveyFinding): string {
  return finding.code;
}
