/** Languages of a file's texts that nobody would ever be asked in, because of how they are written. Pure. */
import { languages } from "../../locales/index.ts";
import { surveyTexts } from "../../surveys/check/survey-texts.ts";
import type { SurveyDefinition } from "../../surveys/survey.ts";
import type { Found } from "./filed.ts";

const named = new Intl.DisplayNames(["en"], { type: "language", fallback: "none" });

/** Paths as those of a survey's texts, as words. */
export function tagProblems(
  definition: SurveyDefinition,
): (Omit<Found, "path"> & { readonly path: string; readonly tag: string })[] {
  return surveyTexts(definition).flatMap(({ path, words }) =>
    Object.keys(words).flatMap((tag) => {
      const message = wrongTag(tag);
      return message === undefined
        ? []
        : [{ path, tag, message, at: "key" as const, level: "warning" as const }];
    }),
  );
}

function wrongTag(tag: string): string | undefined {
  const nobody = "nobody is found by this language";
  const canonical = canonicalOf(tag);
  if (canonical === undefined)
    return `${nobody}: a tag as ${languages.join(", ")}, de or pt-BR stands here`;
  return canonical === tag ? undefined : `${nobody}: write it as ${canonical}`;
}

/** How people's languages are kept; `undefined` for what is none. */
function canonicalOf(tag: string): string | undefined {
  try {
    const [canonical] = Intl.getCanonicalLocales(tag.replaceAll("_", "-"));
    return canonical !== undefined && named.of(canonical) !== undefined ? canonical : undefined;
  } catch {
    return undefined;
  }
}
