/**
 * What a survey measures: the metric of its first question. Whom a survey asked is counted for what it
 * measures, so a saved one measures the same for good: with another metric it is a survey of its own,
 * which takes the place of the first when it is saved (replace.ts). Pure.
 */
import type { Texts } from "../../locales/index.ts";
import { type Level, type MetricName, metricNames } from "../../metrics/metric.ts";
import type { Form } from "../../platform.ts";
import type { Question, SurveyDefinition } from "../../surveys/survey.ts";
import { keyField } from "./about-forms.ts";
import type { OpenSurveyDraft, SurveyDraft } from "./content.ts";
import type { Drawing } from "./drawing.ts";
import { MAX_QUESTIONS, questionKey, scoreQuestion, withoutEnds } from "./edits.ts";
import { choiceField, form, type Written } from "./form-fields.ts";
import { freeMetrics, metricField } from "./forms.ts";
import { keyProblem, readKey, type Submitted, type Values } from "./submit.ts";
import { fromTemplate } from "./templates.ts";

/** Whether something else can be measured; a recovery check is about whether it is right now. */
export function canMeasure({ definition, trigger }: SurveyDraft): boolean {
  const { questions } = definition;
  const room = questions[0]?.kind === "score" || questions.length < MAX_QUESTIONS;
  return trigger !== "recovery" && room && freeMetrics(definition).length > 0;
}

/** Which metric, in whose words; of a saved survey also the name of the new one. */
export function measureForm(
  drawing: Drawing,
  { content, base }: OpenSurveyDraft,
  proposed: string,
  written?: Written,
): Form {
  const { texts } = drawing;
  const { definition, key } = content;
  const scored = definition.questions[0]?.kind === "score";
  const words = (["usual", "own"] as const).map(
    (each) => [each, texts.text(`survey.form.measure.${each}`)] as const,
  );
  const label = texts.text("survey.form.measure.words");
  const fields = [
    metricField(drawing, definition, written),
    ...(scored ? [choiceField(written, ["words", label], words, "usual")] : []),
    ...(base === null ? [] : [keyField(drawing, proposed, written)]),
  ];
  const title = texts.text(measureLabel(definition));
  const notice = base === null ? undefined : texts.text("survey.form.measure.notice", { key });
  return form(drawing, title, ["ms"], fields, notice);
}

/** What the button is called. */
export function measureLabel({ questions: [first] }: SurveyDefinition) {
  return first?.kind === "score" ? "survey.measure.other" : "survey.measure.begin";
}

/**
 * First of all this metric is asked: before a choice, or in the place of another score, in our words
 * (`usual`) or in those that are there. What was asked in our words about the old score is so of the new.
 */
function withMeasure(
  definition: SurveyDefinition,
  metric: MetricName,
  how: {
    readonly company: string;
    readonly languages: readonly string[];
    readonly usual: boolean;
  },
): SurveyDefinition {
  const { questions } = definition;
  const [first, ...others] = questions;
  if (first?.kind !== "score") {
    const keys = new Set(questions.map(({ key }) => key));
    const asked = scoreQuestion(metric, questionKey(metric, keys), how);
    return { ...definition, metric, questions: [asked, ...questions] };
  }
  const asked = how.usual
    ? scoreQuestion(metric, first.key, how)
    : { ...withoutEnds(first), metric };
  const was = usualWhy(first.metric, how.company);
  const is = usualWhy(metric, how.company);
  const about = others.map((each) => (each.kind === "open" ? asksWhy(each, was, is) : each));
  return { ...definition, metric, questions: [asked, ...about] };
}

type Open = Extract<Question, { kind: "open" }>;

/** What our own survey of a metric asks after its score. */
function usualWhy(metric: MetricName, company: string): Open["wordings"] | undefined {
  const { questions } = fromTemplate(metric, company);
  return questions.find((each) => each.kind === "open")?.wordings;
}

/** Words of ours are those of the other metric from now on; an admin's own stay. */
function asksWhy(question: Open, was?: Open["wordings"], is?: Open["wordings"]): Open {
  const reworded = (level: Level) =>
    Object.fromEntries(
      Object.entries(question.wordings[level]).map(([tag, words]) => {
        const ours = words === was?.[level][tag] ? is?.[level][tag] : undefined;
        return [tag, ours ?? words];
      }),
    );
  const [high, middle, low] = [reworded("high"), reworded("middle"), reworded("low")];
  return { ...question, wordings: { high, middle, low } };
}

/** `isNew`: nothing of it is saved. `keys`: that are taken. */
export function submitMeasure(
  { texts, company }: { readonly texts: Texts; readonly company: string },
  content: SurveyDraft,
  values: Values,
  { isNew, keys }: { readonly isNew: boolean; readonly keys: ReadonlySet<string> },
): Submitted {
  const { definition, languages } = content;
  const free = freeMetrics(definition);
  const metric = metricNames.find((each) => each === values.metric && free.includes(each));
  const key = isNew ? content.key : readKey(values);
  const problem = isNew ? undefined : keyProblem(texts, key, keys);
  if (metric === undefined || problem !== undefined)
    return {
      problems: {
        ...(metric === undefined ? { metric: texts.text("survey.problem.metric") } : {}),
        ...(problem === undefined ? {} : { key: problem }),
      },
    };
  const usual = values.words !== "own";
  const made = withMeasure(definition, metric, { company, languages, usual });
  const replaces = isNew ? {} : { replaces: content.key };
  return { content: { ...content, ...replaces, key, definition: made } };
}
