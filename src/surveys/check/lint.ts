/** What could be asked better: each question in each language by the words of that language. Pure. */
import { type Language, languages } from "../../locales/index.ts";
import type { SurveyDefinition } from "../survey.ts";
import { betterWording } from "./better.ts";
import type { SurveyFinding } from "./finding.ts";
import { markupFindings } from "./markup.ts";
import { type SurveyText, surveyTexts } from "./survey-texts.ts";
import { lintWords } from "./words/index.ts";
import type { LintRule } from "./words/words.ts";

/** What the words of one question bring with them. */
export interface WordsFinding {
  readonly code: SurveyFinding["code"];
  readonly params: SurveyFinding["params"];
  readonly rule?: LintRule;
}

/** Everything that the words of a question have, each kind of it once. */
export function lintText(text: SurveyText, words: string, language: Language): WordsFinding[] {
  const { question } = text;
  if (text.kind !== "question" || question === undefined) return [];
  const { rules, fits, lowIsGood, highIsBad } = lintWords[language];
  const isClosed = question.kind !== "open";
  const found: WordsFinding[] = rules.flatMap((rule) => {
    const [said] = (rule.closed && !isClosed ? null : rule.find.exec(words)) ?? [];
    return said === undefined ? [] : [{ code: rule.code, params: { said: said.trim() }, rule }];
  });
  const flipped = lowIsGood.exec(words) ?? highIsBad.exec(words);
  if (flipped !== null) found.push({ code: "scale-flipped", params: { said: flipped[0] } });
  if (!/\p{L}/u.test(withoutNames(words))) found.push({ code: "no-words", params: {} });
  const long = tooLong(words, language);
  if (long !== undefined) found.push({ code: "too-long", params: long });
  const fit = question.kind === "score" ? fits[question.metric] : undefined;
  if (question.kind === "score" && fit !== undefined && !fit.test(words))
    found.push({ code: "not-its-metric", params: { metric: question.metric } });
  return found.filter((each, i) => found.findIndex(({ code }) => code === each.code) === i);
}

/** Warnings about all of it. */
export function lintSurvey(
  definition: SurveyDefinition,
  spoken: readonly Language[],
): SurveyFinding[] {
  const texts = surveyTexts(definition);
  return [
    ...texts.flatMap((text) => [
      ...textFindings(definition, text),
      ...sameInAll(text),
      ...endFindings(text),
      ...markupFindings(text),
    ]),
    ...untranslated(texts, spoken),
  ];
}

function textFindings(definition: SurveyDefinition, text: SurveyText): SurveyFinding[] {
  return languages.flatMap((language) => {
    const words = text.words[language];
    if (words === undefined) return [];
    const found = lintText(text, words, language);
    if (found.length === 0) return [];
    const better = betterWording(definition, text, { words, language, found });
    return found.map(({ code, params }) => ({
      ...{ level: "warning" as const, path: text.path, language, code, params },
      ...(better === undefined ? {} : { better }),
    }));
  });
}

/** No language has usual words as long as that. */
const A_WORD = 12;

function tooLong(words: string, language: Language): Record<string, number> | undefined {
  const { longest } = lintWords[language];
  const inSigns = language.startsWith("zh");
  const units = inSigns ? /\p{Script=Han}/gu : /[\p{L}\p{N}]+(?:['’-][\p{L}\p{N}]+)*/gu;
  // What is written without spaces, or in another script, counts by its length.
  const n = Math.max(words.match(units)?.length ?? 0, Math.ceil(words.length / A_WORD));
  const sentences = words.split(/[.!?。！？]+(?:\s|$|(?=\p{Script=Han}))/u);
  const many = sentences.filter((each) => /\p{L}/u.test(each)).length;
  return n > longest || many > 2 ? { n, longest, sentences: many } : undefined;
}

/** The same words in two languages that are no two scripts of one: pasted, not translated. */
function sameInAll({ kind, path, words }: SurveyText): SurveyFinding[] {
  if (kind === "option") return [];
  const known = languages.filter((language) => hasLetters(words[language]));
  const pasted = known.find((language) =>
    known.some(
      (other) =>
        languages.indexOf(other) < languages.indexOf(language) &&
        words[other]?.trim() === words[language]?.trim() &&
        !(other.startsWith("zh") && language.startsWith("zh")),
    ),
  );
  if (pasted === undefined) return [];
  const params = { language: pasted };
  return [{ level: "warning", path, language: pasted, code: "same-in-all-languages", params }];
}

/** More than a name or a number. */
function hasLetters(words = ""): boolean {
  return (withoutNames(words).match(/\p{L}/gu)?.length ?? 0) > 3;
}

function withoutNames(words: string): string {
  return words.replace(/\{[^}]*\}/gu, "");
}

/** Ends that lack a language of their question, or say the opposite of what they are. */
function endFindings(text: SurveyText): SurveyFinding[] {
  const { question, kind, path } = text;
  if (kind !== "question" || question?.kind !== "score" || question.ends === undefined) return [];
  const { low, high } = question.ends;
  const at = (end: "low" | "high") => path.replace(/wording$/u, `ends.${end}`);
  const level = "warning" as const;
  return languages.flatMap((language): SurveyFinding[] => {
    const [least, most] = [low[language], high[language]];
    if (text.words[language] === undefined) return [];
    const without = least === undefined ? "low" : most === undefined ? "high" : undefined;
    if (without !== undefined)
      return [{ level, path: at(without), language, code: "ends-missing", params: { language } }];
    if (!isFlipped(least ?? "", most ?? "", language)) return [];
    const params = { said: least ?? "" };
    return [
      { level, path: at("low"), language, code: "scale-flipped", params, better: most ?? "" },
    ];
  });
}

function isFlipped(low: string, high: string, language: Language): boolean {
  const { good, bad } = lintWords[language];
  const isBad = (words: string) => bad.test(words);
  const isGood = (words: string) => good.test(words) && !isBad(words);
  return (isGood(low) && !isGood(high)) || (isBad(high) && !isBad(low));
}

/** Languages of people here that it is not, or not wholly, worded in: each is told once. */
function untranslated(texts: readonly SurveyText[], spoken: readonly Language[]): SurveyFinding[] {
  return spoken.flatMap((language): SurveyFinding[] => {
    const missing = texts.filter(({ words }) => words[language] === undefined);
    const [first] = missing;
    if (first === undefined) return [];
    const params = { language, n: missing.length, all: texts.length };
    return [{ level: "warning", path: first.path, language, code: "not-translated", params }];
  });
}
