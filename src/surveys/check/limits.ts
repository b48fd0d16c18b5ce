/** What does not fit on a platform: each text is shown to it as it would be asked. Pure. */
import { languageFor, textsFor } from "../../locales/index.ts";
import { metrics } from "../../metrics/registry.ts";
import type { Message, Misfit, Part } from "../../platform.ts";
import { stepLabel } from "../labels.ts";
import { fillIn } from "../placeholders.ts";
import { type Question, type SurveyDefinition, type Wording, wordsIn } from "../survey.ts";
import type { SurveyPlatform } from "./check.ts";
import type { SurveyFinding } from "./finding.ts";
import { type SurveyText, surveyTexts } from "./survey-texts.ts";

/** As long as names usually are at most. */
const NAMES = { customer: "M".repeat(30), agent: "M".repeat(30), team: "M".repeat(30) };

interface Looked {
  readonly definition: SurveyDefinition;
  readonly company: string;
  readonly platforms: readonly SurveyPlatform[];
}

/** Errors for everything that some platform cuts. */
export function misfits(looked: Looked): SurveyFinding[] {
  return surveyTexts(looked.definition).flatMap((text) =>
    text.kind === "option" || text.kind === "end"
      ? []
      : Object.keys(text.words).flatMap((tag) => textMisfits(looked, text, tag)),
  );
}

function textMisfits(looked: Looked, text: SurveyText, language: string): SurveyFinding[] {
  const words = text.words[language] ?? "";
  const said = fillIn(words, { ...NAMES, company: looked.company });
  // A reminder has the question in it.
  const longest = textsFor(languageFor(language)).text("ask.reminder", { question: said });
  const controls = controlsOf(looked.definition, text.question, language);
  const asked = { kind: "text", text: text.kind === "question" ? longest : said } as const;
  const message: Message = { summary: said, locale: language, parts: [asked, ...controls] };
  return looked.platforms.flatMap(({ label: platform, outline }) =>
    outline(message).misfits.flatMap((misfit): SurveyFinding[] => {
      const place = placeOf(text, misfit);
      const is = lengthOf(message, misfit);
      if (place === undefined) return [];
      const code = misfit.what === "text" ? "too-long-there" : "label-too-long-there";
      const params = { platform, most: misfit.most, is };
      return [{ level: "error", path: place, language, code, params }];
    }),
  );
}

/** The options as they stand below the question. */
function controlsOf(
  survey: SurveyDefinition,
  question: Question | undefined,
  language: string,
): Part[] {
  const texts = textsFor(languageFor(language));
  const read = (words: Wording) => wordsIn(words, language, survey);
  const option = (label: string, i: number) => ({ label, token: `t${i}` });
  if (question?.kind === "choice") {
    const labels = question.options.map(({ wording }) => read(wording));
    return [{ kind: "choices", options: labels.map(option), pick: texts.text("ask.pick") }];
  }
  if (question?.kind !== "score" || question.metric === "nps") return [];
  const labels = metrics[question.metric].displayed.map((score) =>
    stepLabel(texts, question, score, read),
  );
  return [{ kind: "choices", options: labels.map(option) }];
}

function placeOf({ path, question }: SurveyText, { part, option }: Misfit): string | undefined {
  if (part === 0) return path;
  const at = path.replace(/\.wording$/u, "");
  if (option === undefined) return path;
  if (question?.kind === "choice") return `${at}.options.${option}.wording`;
  if (question?.kind !== "score" || question.ends === undefined) return undefined;
  const { displayed, scale } = metrics[question.metric];
  const score = displayed[option];
  if (score !== scale.min && score !== scale.max) return undefined;
  return `${at}.ends.${score === scale.min ? "low" : "high"}`;
}

function lengthOf({ parts }: Message, { part, option }: Misfit): number {
  const it = parts[part];
  if (it === undefined) return 0;
  if ("options" in it && option !== undefined) return it.options[option]?.label.length ?? 0;
  return "text" in it ? it.text.length : 0;
}
