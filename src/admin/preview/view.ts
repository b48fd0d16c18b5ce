/** Which part of a survey is looked at, in which language. Pure. */
import { type Language, languages } from "../../locales/index.ts";
import { type Level, levels } from "../../metrics/metric.ts";

/** `stage`: the first question, or what follows a first answer of that level. */
export interface PreviewView {
  readonly language: Language;
  readonly stage: "first" | Level;
}

const stages = ["first", ...levels] as const;

/** A view as a short word of a-z and hyphens, for the value of a token. */
export function viewWord({ language, stage }: PreviewView): string {
  return `${stage}-${language.toLowerCase()}`;
}

/** Undefined for anything else. */
export function readViewWord(word: string | undefined): PreviewView | undefined {
  const views = languages.flatMap((language) => stages.map((stage) => ({ language, stage })));
  return views.find((view) => viewWord(view) === word);
}
