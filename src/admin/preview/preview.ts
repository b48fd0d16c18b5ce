/** How a survey will look, before anybody is asked. */
import type { Language } from "../../locales/index.ts";
import type { Option, Part } from "../../platform.ts";
import type { SurveyPlatform } from "../../surveys/check/check.ts";
import type { SurveyDefinition } from "../../surveys/survey.ts";
import type { PreviewView } from "./view.ts";

export interface PreviewRequest {
  readonly definition: SurveyDefinition;
  readonly company: string;
  readonly platforms: readonly SurveyPlatform[];
  readonly view: PreviewView;
  /** Of whoever looks at it: for our own words around it. */
  readonly reader: Language;
  /** False where none can be shown: then it is told in words. */
  readonly pictures: boolean;
  /** Makes the buttons that show another view; `word` goes into a token and comes back to readView. */
  readonly button: (label: string, word: string) => Option;
}

/** Parts for a card: the picture (or words) of each platform, what does not fit, buttons to look at more. */
export async function previewSurvey(_request: PreviewRequest): Promise<readonly Part[]> {
  return [];
}
