/** The forms of a survey's draft; opened again with what is wrong, they hold all that was written. Pure. */
import { languageName } from "../../locales/language-name.ts";
import { type Level, type MetricName, metricNames } from "../../metrics/metric.ts";
import type { Form, FormField } from "../../platform.ts";
import type { SurveyFinding } from "../../surveys/check/finding.ts";
import { placeholders } from "../../surveys/placeholders.ts";
import {
  type ChoiceQuestion,
  type Question,
  type SurveyDefinition,
  wordsIn,
} from "../../surveys/survey.ts";
import { ownFields } from "./about-forms.ts";
import type { OpenSurveyDraft } from "./content.ts";
import { clip, type Drawing } from "./drawing.ts";
import { afterWord, askedWhen, possibleAsked, wordsOfQuestion } from "./edits.ts";
import { findingAt } from "./findings.ts";
import { field, form, MAX_LINES, pagesOf, type Written } from "./form-fields.ts";
import { MAX_OPTION, MAX_OPTIONS } from "./options.ts";

/** A field has so many choices at most. */
const CHOICES = 10;

const LEVEL_WORDS = { high: "h", middle: "m", low: "l" } as const;

/** Action of the form with the words of a question (or, beginning with t, of the thanks). */
export function wordsAction(level: Level | undefined, page: number, of: "w" | "t" = "w"): string {
  return `${of}${level === undefined ? "n" : LEVEL_WORDS[level]}${page}`;
}

export interface WordsAction {
  readonly of: "w" | "t";
  readonly level: Level | undefined;
  readonly page: number;
}

export function readWordsAction(action: string): WordsAction | undefined {
  const [, of, letter, page] = /^([wt])([nhml])(\d)$/u.exec(action) ?? [];
  if ((of !== "w" && of !== "t") || page === undefined) return undefined;
  const level = (["high", "middle", "low"] as const).find((each) => LEVEL_WORDS[each] === letter);
  return { of, level, page: Number(page) };
}

/**
 * The words of a question, or of the thanks where there is no question, in the languages of a page; what
 * was found in them stands at its field.
 */
export function wordsForm(
  drawing: Drawing,
  { content }: OpenSurveyDraft,
  what: WordsAction & {
    readonly question?: Question;
    readonly findings: readonly SurveyFinding[];
  },
  written?: Written,
): Form {
  const { texts, language } = drawing;
  const { question, level, page, of, findings } = what;
  const path = pathOf(content.definition, question, level ?? "middle");
  const thanks = content.definition.thanks?.[level ?? "middle"];
  const words = question === undefined ? (thanks ?? {}) : wordsOfQuestion(question, level);
  const fields = (pagesOf(content.languages)[page] ?? []).map((each) => {
    const hint = findingAt(texts, findings, path, each);
    return field(written, {
      ...{ name: each, label: languageName(each, language), multiline: true },
      ...(hint === undefined ? {} : { hint }),
      value: words[each] ?? "",
    });
  });
  const title =
    level === undefined
      ? texts.text("survey.form.words")
      : texts.text(`survey.form.words.${level}`);
  const notice = texts.text("survey.form.words.notice", placeholderParams);
  return form(drawing, title, [wordsAction(level, page, of), question?.key], fields, notice);
}

/** Where the words stand that a form has. */
function pathOf(
  { questions }: SurveyDefinition,
  question: Question | undefined,
  level: Level,
): string {
  if (question === undefined) return `thanks.${level}`;
  const at = `questions.${questions.findIndex(({ key }) => key === question.key)}`;
  return question.kind === "open" ? `${at}.wordings.${level}` : `${at}.wording`;
}

/** Between curly brackets in a wording: they are no parameters of our own text. */
const placeholderParams = { names: placeholders.map((each) => `{${each}}`).join(" ") };

/** The options of a choice, one a line, in the languages of a page. */
export function optionsForm(
  drawing: Drawing,
  { content }: OpenSurveyDraft,
  { question, page }: { readonly question: ChoiceQuestion; readonly page: number },
  written?: Written,
): Form {
  const { texts, language } = drawing;
  const fields = (pagesOf(content.languages)[page] ?? []).map((each) =>
    field(written, {
      ...{ name: each, label: languageName(each, language), multiline: true, maxLength: MAX_LINES },
      value: question.options
        .map(({ wording }) => wording[each] ?? "")
        .join("\n")
        .trim(),
    }),
  );
  const notice = texts.text("survey.form.options.notice", { n: MAX_OPTIONS, long: MAX_OPTION });
  const title = texts.text("survey.form.options");
  return form(drawing, title, [`op${page}`, question.key], fields, notice);
}

/** Which first answers are good and poor ones. */
export function levelsForm(
  drawing: Drawing,
  survey: SurveyDefinition,
  question: ChoiceQuestion,
): Form {
  const { texts, language } = drawing;
  const choices = question.options.slice(0, CHOICES).map(({ key, wording }) => ({
    ...{ value: key, label: clip(wordsIn(wording, language, survey), MAX_OPTION) || key },
  }));
  const chosen = (level: Level) =>
    question.options.flatMap((option) => (option.level === level ? option.key : [])).join(",");
  const fields = (["high", "low"] as const).map((level) =>
    field(undefined, {
      ...{ name: level, label: texts.text(`survey.form.levels.${level}`), choices, many: true },
      value: chosen(level),
    }),
  );
  const notice = texts.text("survey.form.levels.notice");
  return form(drawing, texts.text("survey.form.levels"), ["lv", question.key], fields, notice);
}

/** When a question is asked, and in which order its options stand. */
export function whenForm(drawing: Drawing, survey: SurveyDefinition, question: Question): Form {
  const { texts } = drawing;
  const first = survey.questions[0]?.key === question.key;
  const asked = possibleAsked(question).map((value) => ({
    ...{ value, label: texts.text(`survey.asked.${value}`) },
  }));
  const after = afterChoices(drawing, survey, question);
  const when = field(undefined, {
    ...{ name: "when", label: texts.text("survey.form.when"), required: true, choices: asked },
    value: askedWhen(question),
  });
  const onlyAfter = question.kind === "open" ? question.onlyAfter : undefined;
  const only = field(undefined, {
    ...{ name: "after", label: texts.text("survey.form.after"), required: true, choices: after },
    value: onlyAfter === undefined ? ANY : afterWord(onlyAfter),
  });
  const fields = [
    ...(first ? [] : [when]),
    ...(after.length > 1 ? [only] : []),
    ...(question.kind === "choice" ? [orderField(drawing, question)] : []),
  ];
  return form(drawing, texts.text("survey.form.when.title"), ["wh", question.key], fields);
}

/** Stands for any answer where an open question may wait for one. */
const ANY = "any";

function orderField({ texts }: Drawing, { order }: ChoiceQuestion): FormField {
  const choices = (["given", "shuffled"] as const).map((value) => ({
    ...{ value, label: texts.text(`survey.options.order.${value}`) },
  }));
  const label = texts.text("survey.form.order");
  return field(undefined, { ...{ name: "order", label, required: true, choices }, value: order });
}

/** Answers to the choices before it: an open question may be asked only after one of them. */
function afterChoices({ texts, language }: Drawing, survey: SurveyDefinition, question: Question) {
  if (question.kind !== "open") return [];
  const at = survey.questions.findIndex(({ key }) => key === question.key);
  const before = survey.questions.slice(0, at).flatMap((each) =>
    each.kind !== "choice"
      ? []
      : each.options.map(({ key, wording }) => ({
          value: afterWord({ question: each.key, option: key }),
          label: clip(wordsIn(wording, language, survey), MAX_OPTION) || key,
        })),
  );
  return [{ value: ANY, label: texts.text("survey.form.after.any") }, ...before].slice(0, CHOICES);
}

/** What is needed of a question that is added. */
export function addForm(
  drawing: Drawing,
  { content }: OpenSurveyDraft,
  kind: Question["kind"],
  written?: Written,
): Form {
  const { texts } = drawing;
  const title = texts.text("survey.edit.add");
  if (kind === "score") {
    const fields = [metricField(drawing, content.definition, written)];
    return form(drawing, title, ["new", kind], fields, texts.text("survey.form.score.notice"));
  }
  if (kind === "choice") {
    return form(drawing, title, ["new", kind], ownFields(drawing, written));
  }
  const [page = []] = pagesOf(content.languages);
  const fields = page.map((each) =>
    field(written, { name: each, label: languageName(each, drawing.language), multiline: true }),
  );
  const notice = texts.text("survey.form.words.notice", placeholderParams);
  return form(drawing, title, ["new", kind], fields, notice);
}

/** Those that it does not ask yet. */
export function freeMetrics({ questions }: SurveyDefinition): MetricName[] {
  const asked = questions.flatMap((each) => (each.kind === "score" ? each.metric : []));
  return metricNames.filter((each) => !asked.includes(each));
}

export function metricField(
  { texts }: Drawing,
  survey: SurveyDefinition,
  written?: Written,
): FormField {
  const choices = freeMetrics(survey).map((value) => ({
    ...{ value, label: texts.text(`survey.template.${value}`) },
  }));
  const label = texts.text("survey.form.metric");
  return field(written, { name: "metric", label, required: true, choices });
}
