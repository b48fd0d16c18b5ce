/** Forms about a survey as a whole: what it is called, what asks it, what its answers count for. Pure. */
import { languageName } from "../../locales/language-name.ts";
import type { Form, FormField } from "../../platform.ts";
import { MAX_KEY, type OpenSurveyDraft, type SurveyDraft } from "./content.ts";
import type { Drawing } from "./drawing.ts";
import { choiceField, field, form, MAX_LINES, type Written } from "./form-fields.ts";

/** An own question with its options, in the language of whoever writes it. */
export function ownFields(
  { texts, language }: Pick<Drawing, "texts" | "language">,
  written?: Written,
) {
  const tongue = languageName(language, language);
  const question = texts.text("survey.form.own.question", { language: tongue });
  const options = texts.text("survey.form.own.options", { language: tongue });
  return [
    field(written, { name: "question", label: question, multiline: true, required: true }),
    field(written, {
      ...{ name: "options", label: options, multiline: true, required: true },
      maxLength: MAX_LINES,
    }),
  ];
}

/** Its key and what asks it, of a new one; what its answers count for. */
export function aboutForm(drawing: Drawing, draft: OpenSurveyDraft, written?: Written): Form {
  const { texts } = drawing;
  const { content } = draft;
  const { metric, apart = false, cases = true } = content.definition;
  const name = texts.text(`metric.${metric ?? "nps"}.name`);
  const counts = [
    ["with", texts.text("survey.form.counts.with", { metric: name })],
    ["apart", texts.text("survey.form.counts.apart")],
  ] as const;
  const opens = [
    ["yes", texts.text("survey.form.cases.yes")],
    ["no", texts.text("survey.form.cases.no")],
  ] as const;
  const countsLabel = texts.text("survey.form.counts");
  const casesLabel = texts.text("survey.form.cases");
  const fields = [
    ...(draft.base === null ? nameFields(drawing, content, written) : []),
    ...(metric === undefined
      ? []
      : [choiceField(written, ["counts", countsLabel], counts, apart ? "apart" : "with")]),
    choiceField(written, ["cases", casesLabel], opens, cases ? "yes" : "no"),
  ];
  return form(drawing, texts.text("survey.edit.about"), ["about"], fields);
}

/** The key of a new survey, and what asks it. */
export function nameFields(
  drawing: Pick<Drawing, "texts">,
  { key, trigger, replaces }: Pick<SurveyDraft, "key" | "trigger" | "replaces">,
  written?: Written,
): FormField[] {
  const { texts } = drawing;
  const asks = [
    ["chat", texts.text("survey.form.trigger.chat")],
    ["schedule", texts.text("survey.form.trigger.schedule")],
  ] as const;
  const asked = choiceField(written, ["trigger", texts.text("survey.form.trigger")], asks, trigger);
  // What takes the place of another survey is asked as that one is.
  const free = trigger !== "recovery" && replaces === undefined;
  return [keyField({ texts }, key, written), ...(free ? [asked] : [])];
}

export function keyField(
  { texts }: Pick<Drawing, "texts">,
  value: string,
  written?: Written,
): FormField {
  const label = texts.text("survey.form.key");
  const hint = texts.text("survey.form.key.hint", { n: MAX_KEY });
  // Longer than it may be: whoever writes too much is told so, and it is not cut unseen.
  return field(written, { ...{ name: "key", label, hint, required: true }, maxLength: 60, value });
}

/** A language by its tag. */
export function languageForm(drawing: Drawing, written?: Written): Form {
  const { texts } = drawing;
  const label = texts.text("survey.form.language");
  const hint = texts.text("survey.form.language.hint");
  const fields = [
    field(written, { ...{ name: "language", label, hint, required: true }, maxLength: 60 }),
  ];
  return form(drawing, texts.text("survey.languages.add"), ["la"], fields);
}
