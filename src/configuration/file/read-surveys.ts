/** The surveys of a file. Pure. */
import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import { languages, textsFor } from "../../locales/index.ts";
import { checkSurvey, type SurveyPlatform } from "../../surveys/check/check.ts";
import type { FindingCode } from "../../surveys/check/finding.ts";
import { sayFinding } from "../../surveys/check/say-finding.ts";
import { surveyTexts } from "../../surveys/check/survey-texts.ts";
import { type SurveyDefinition, surveySchema } from "../../surveys/survey.ts";
import { type FiledSurvey, type Found, isFields, itemsOf, type KnownToFile } from "./filed.ts";
import { tagProblems } from "./language-tags.ts";
import { checkShape } from "./shape.ts";
import type { FieldProblem } from "./yaml-document.ts";

export const surveyStates = ["on", "paused", "archived"] as const;
const surveyTriggers = ["chat", "schedule", "recovery"] as const;

const head = z.object({
  key: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, {
    error: "lower-case letters, digits and hyphens, at most 40",
  }),
  state: z.enum(surveyStates).optional(),
  trigger: z.enum(surveyTriggers).optional(),
});

/** A survey as it stands in a file. */
export const filedSurveySchema = z.object({ ...head.shape, ...surveySchema.shape });

/** The surveys of a list, and what is wrong with them. */
export function readFiledSurveys(
  written: unknown,
  known: KnownToFile | undefined,
  platforms: readonly SurveyPlatform[],
): { readonly surveys: readonly FiledSurvey[]; readonly found: readonly Found[] } {
  if (!Array.isArray(written)) {
    const message = "it must be a list of surveys, each beginning with `- key:`";
    return { surveys: [], found: [{ path: ["surveys"], message }] };
  }
  const surveys: FiledSurvey[] = [];
  const found: Found[] = [];
  const keys = new Set<string>();
  for (const [index, entry] of itemsOf(written)) {
    const key = isFields(entry) && typeof entry.key === "string" ? entry.key : undefined;
    const { survey, problems } = readEntry(entry);
    const all: Found[] = [...problems];
    if (key !== undefined && keys.has(key)) {
      all.push({ path: ["key"], message: "there are two of this key: give one another" });
    }
    if (key !== undefined) keys.add(key);
    if (survey !== undefined) {
      all.push(
        ...meaningProblems(survey, known, platforms),
        ...afterChatsTwice(survey, surveys, known),
      );
      surveys.push(survey);
    }
    const about = `survey ${key ?? `number ${index + 1}`}`;
    for (const problem of all) {
      found.push({ ...problem, path: ["surveys", index, ...problem.path], about, depth: 2 });
    }
  }
  return { surveys, found };
}

/** Of those after chats one is on at a time. */
function afterChatsTwice(
  survey: FiledSurvey,
  before: readonly FiledSurvey[],
  known: KnownToFile | undefined,
): Found[] {
  const isAskedAfterChats = ({ key, trigger, state }: FiledSurvey) =>
    state === "on" && (known?.now.surveys.get(key)?.trigger ?? trigger) === "chat";
  const other = isAskedAfterChats(survey) ? before.find(isAskedAfterChats) : undefined;
  if (other === undefined) return [];
  const message = `one survey is asked after chats, and ${other.key} is on: pause one of them`;
  return [{ path: ["state"], message }];
}

function readEntry(entry: unknown): {
  readonly survey?: FiledSurvey;
  readonly problems: readonly FieldProblem[];
} {
  if (!isFields(entry)) {
    return { problems: [{ path: [], message: "a survey begins with `- key:`" }] };
  }
  const { key, state, trigger, ...definition } = entry;
  const named = checkShape(head, { key, state, trigger });
  const asked = checkShape(surveySchema, definition);
  const problems = [
    ...("problems" in named ? named.problems : []),
    ...("problems" in asked ? asked.problems.map(byLanguage) : []),
  ];
  if ("problems" in named || "problems" in asked) return { problems };
  const { value } = named;
  const survey = { key: value.key, state: value.state, trigger: value.trigger };
  return { survey: { ...survey, definition: asked.value }, problems };
}

const wordings: readonly PropertyKey[] = ["wording", "high", "middle", "low"];

/** `wording: How likely?`: in which language? */
function byLanguage(problem: FieldProblem): FieldProblem {
  const isWording = wordings.includes(problem.path.at(-1) ?? "");
  if (!isWording || problem.message !== "it must be a group of fields") return problem;
  return { ...problem, message: "words stand behind their language, as in { en: How likely? }" };
}

const texts = textsFor("en");

/** Who was asked is counted by survey: another metric in its place would count them as asked for that. */
function otherMetric(now: SurveyDefinition | undefined, { metric }: SurveyDefinition): Found[] {
  if (now === undefined || now.metric === metric) return [];
  const measures = now.metric === undefined ? "as it is, without a metric" : now.metric;
  const message = `it stays ${measures}: a survey that measures something else needs another key`;
  return [{ path: ["metric"], message }];
}

const onPlatforms: readonly FindingCode[] = ["too-long-there", "label-too-long-there"];

function meaningProblems(
  survey: FiledSurvey,
  known: KnownToFile | undefined,
  platforms: readonly SurveyPlatform[],
): Found[] {
  const { definition } = survey;
  const now = known?.now.surveys.get(survey.key);
  const trigger = now?.trigger ?? survey.trigger ?? "schedule";
  const other = survey.trigger !== undefined && survey.trigger !== trigger;
  const isSo = isDeepStrictEqual(now?.definition, definition);
  const company = known?.company ?? "";
  // Which languages people speak is not asked here: one that is begun has to be whole.
  const words = surveyTexts(definition).flatMap((text) => Object.keys(text.words));
  const begun = languages.filter((language) => words.includes(language));
  const against = { platforms, languages: begun, company, trigger };
  const findings = checkSurvey(definition, against);
  return [
    ...(other
      ? [
          {
            path: ["trigger"],
            message: `it stays ${trigger}: a survey that is asked otherwise needs another key`,
          },
        ]
      : []),
    ...otherMetric(now?.definition, definition),
    ...tagProblems(definition).map(({ path, tag, ...problem }): Found => {
      return { ...problem, path: [...pathOf(path), tag] };
    }),
    ...findings.map((finding): Found => {
      const better = finding.better === undefined ? "" : ` Better: “${finding.better}”`;
      const { path, language, level, code } = finding;
      // Where it will be asked is not known without a database.
      const maybe = known === undefined && onPlatforms.includes(code);
      return {
        path: [...pathOf(path), ...(language === undefined ? [] : [language])],
        message: `${sayFinding(texts, finding)}${better}`,
        ...(level === "warning" || isSo || maybe ? { level: "warning" } : {}),
      };
    }),
  ];
}

/** "questions.0.wording" as keys and places. */
function pathOf(path: string): (string | number)[] {
  if (path === "") return [];
  return path.split(".").map((key) => (/^\d+$/.test(key) ? Number(key) : key));
}
