/** What was found, in the words of whoever reads it. */
import type { TextKey, Texts } from "../../locales/index.ts";
import { languageName } from "../../locales/language-name.ts";
import type { SurveyFinding } from "./finding.ts";

/** Where, what, and why it matters, in a sentence or two. The better wording is not in it. */
export function sayFinding(texts: Texts, finding: SurveyFinding): string {
  const { language, path } = finding;
  const said = sayWhat(texts, finding);
  const where = placeWords(texts, path);
  if (where === undefined || language === undefined) return said;
  return texts.text("check.line", { where, what: said, language: languageWords(texts, language) });
}

/** What and why without the place: whoever reads it looks at that. */
export function sayWhat(texts: Texts, { code, params }: SurveyFinding): string {
  const { metric, meant } = params;
  return texts.text(`check.${code}`, {
    ...params,
    ...(meant === "" ? { meant: "none" } : {}),
    ...(typeof metric === "string" ? { metric: metric.toUpperCase() } : {}),
  });
}

/** "Question 2, after a low answer". */
function placeWords(texts: Texts, path: string): string | undefined {
  const [group, index, part, which] = path.split(".");
  if (group === "thanks") return texts.text("check.where.thanks", { level: index ?? "" });
  if (group !== "questions") return undefined;
  const n = Number(index) + 1;
  switch (part) {
    case "wordings":
      return texts.text("check.where.open", { n, level: which ?? "" });
    case "options":
      return texts.text("check.where.option", { n, option: Number(which) + 1 });
    case "ends":
      return texts.text("check.where.end", { n, end: which ?? "" });
    default:
      return texts.text("check.where.question" satisfies TextKey, { n });
  }
}

/** A language by its name in the reader's. */
export function languageWords(texts: Texts, language: string): string {
  return languageName(language, texts.language);
}
