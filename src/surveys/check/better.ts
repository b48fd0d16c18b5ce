/** A better wording in the place of one in which something was found. Pure. */
import { isTextKey, type Language, textsFor } from "../../locales/index.ts";
import type { SurveyDefinition } from "../survey.ts";
import { lintText, type WordsFinding } from "./lint.ts";
import type { SurveyText } from "./survey-texts.ts";

interface Found {
  readonly words: string;
  readonly language: Language;
  readonly found: readonly WordsFinding[];
}

/** The same sentence without what was found, or our own for the metric: the first with nothing in it. */
export function betterWording(
  definition: SurveyDefinition,
  text: SurveyText,
  { words, language, found }: Found,
): string | undefined {
  const candidates = [without(words, found), template(definition, text, language)];
  return candidates.find(
    (each) => each !== undefined && each !== words && lintText(text, each, language).length === 0,
  );
}

/** Only where each of them says what to put in its place: else half of it would stay. */
function without(words: string, found: readonly WordsFinding[]): string | undefined {
  let better = words;
  for (const { rule } of found) {
    if (rule?.instead === undefined) return undefined;
    better = better.replace(rule.find, rule.instead);
  }
  const tidy = better
    .replace(/\s+/gu, " ")
    .replace(/\s+([?？!.,，。])/gu, "$1")
    .replace(/[,，]+(?=[?？.。])/gu, "")
    .trim();
  const ended =
    /[?？.。!！吗嗎]$/u.test(tidy) || !/[?？]$/u.test(words) ? tidy : `${tidy}${words.at(-1)}`;
  return ended.charAt(0).toUpperCase() + ended.slice(1);
}

/** Our own question of its metric, with the company's name left open. */
function template(
  { metric }: SurveyDefinition,
  { question, after }: SurveyText,
  language: Language,
): string | undefined {
  const company = "{company}";
  if (question?.kind === "score") return ours(`ask.${question.metric}.question`, language, company);
  if (question?.kind !== "open" || after === undefined) return undefined;
  const why = metric === undefined ? "nps" : metric;
  return (
    ours(`ask.${why}.why.${after}`, language, company) ??
    ours(`ask.${why}.why.low`, language, company) ??
    ours(`ask.nps.why.${after}`, language, company)
  );
}

function ours(key: string, language: Language, company: string): string | undefined {
  return isTextKey(key) ? textsFor(language).text(key, { company }) : undefined;
}
