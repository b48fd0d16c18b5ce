/** Answers to a choice of which it is not plain what they are: each is asked about. Pure. */
import type { Message } from "../../platform.ts";
import { type ChoiceOption, wordsIn } from "../../surveys/survey.ts";
import type { SurveyDraft } from "./content.ts";
import { actions, card, clip, type Drawing, text } from "./drawing.ts";
import { missingOptions, unclearRow } from "./options.ts";

/** The options of the question whose lines are unclear. */
export function pendingOptions({ definition, pending }: SurveyDraft): readonly ChoiceOption[] {
  const question = definition.questions.find(({ key }) => key === pending?.question);
  return question?.kind === "choice" ? question.options : [];
}

export function pendingScreen(drawing: Drawing, content: SurveyDraft): Message {
  const { texts, language, button } = drawing;
  const before = pendingOptions(content);
  const rows = content.pending?.rows ?? [];
  const row = unclearRow(before, rows);
  const words = row === undefined ? "" : wordsIn(row.words, language, content.definition);
  const options = [
    ...missingOptions(before, rows).map((option) => {
      const was = clip(wordsIn(option.wording, language, content.definition), 50);
      return button(texts.text("survey.options.same", { was }), "same", option.key);
    }),
    button(texts.text("survey.options.new"), "fresh"),
  ];
  return card(
    drawing,
    texts.text("survey.options.unclear.title"),
    [{ kind: "quote", text: words }],
    text(texts.text("survey.options.unclear")),
    [{ kind: "choices", options, pick: texts.text("ask.pick") }],
    actions(button(texts.text("survey.options.undo"), "unclear-no")),
  );
}
