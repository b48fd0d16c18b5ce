/** What is wrong with a survey before it is saved, and what could be asked better. Pure. */
import type { Language } from "../../locales/index.ts";
import type { Message, Outline } from "../../platform.ts";
import { fallbackOf } from "../fallback.ts";
import { placeholders, placeholdersIn, unknownIn } from "../placeholders.ts";
import { readDefinition, type SurveyDefinition } from "../survey.ts";
import type { SurveyFinding } from "./finding.ts";
import { misfits } from "./limits.ts";
import { lintSurvey } from "./lint.ts";
import { type SurveyText, surveyTexts } from "./survey-texts.ts";

/** A platform on which it will be asked. */
export interface SurveyPlatform {
  /** As people call it: "Acme Chat". */
  readonly label: string;
  readonly outline: (message: Message) => Outline;
}

export interface CheckedAgainst {
  readonly platforms: readonly SurveyPlatform[];
  /** Which people here speak. */
  readonly languages: readonly Language[];
  readonly company: string;
  /** What asks it: only where a chat came before there is somebody who handled it. */
  readonly trigger: "chat" | "schedule" | "recovery";
}

/** Errors first, then warnings, each in the order in which people read the survey. */
export function checkSurvey(
  definition: SurveyDefinition,
  { platforms, languages: spoken, company, trigger }: CheckedAgainst,
): readonly SurveyFinding[] {
  if (readDefinition(definition) === undefined)
    return [{ level: "error", path: "", code: "not-askable", params: {} }];
  return [
    ...withoutFallback(definition),
    ...surveyTexts(definition).flatMap((text) => placeholderErrors(text, trigger)),
    ...misfits({ definition, company, platforms }),
    ...lintSurvey(definition, spoken),
  ];
}

/** It would be half in one language and half in another. */
function withoutFallback(definition: SurveyDefinition): SurveyFinding[] {
  const language = fallbackOf(definition);
  if (language === undefined) return [];
  const missing = surveyTexts(definition).filter(({ words }) => words[language] === undefined);
  return missing.map(({ path }) => ({
    ...{ level: "error", path, language, code: "no-fallback", params: { language } },
  }));
}

/** Labels have no room for a name, and what was chosen is told without the person it was said to. */
function placeholderErrors(
  { path, words, kind }: SurveyText,
  trigger: CheckedAgainst["trigger"],
): SurveyFinding[] {
  const level = "error" as const;
  return Object.entries(words).flatMap(([language, said]): SurveyFinding[] => {
    const known = placeholdersIn(said);
    const isLabel = kind === "option" || kind === "end";
    return [
      ...unknownIn(said).map(({ word, meant }): SurveyFinding => {
        const params = { word, meant: meant ?? "", all: placeholders.join(", ") };
        return { level, path, language, code: "unknown-placeholder", params };
      }),
      ...(isLabel ? known : []).map((word): SurveyFinding => {
        return { level, path, language, code: "placeholder-in-label", params: { word } };
      }),
      ...(trigger !== "chat" && !isLabel && known.includes("agent")
        ? [{ level, path, language, code: "agent-without-chat" as const, params: {} }]
        : []),
    ];
  });
}
