/** A sentence that leaves something open: one question at a time, its answers as buttons. Pure. */
import { textsFor } from "../../locales/index.ts";
import type { Form, Message, Option } from "../../platform.ts";
import type { Question } from "../../scheduling/sentence/reading.ts";
import { sayChoice, sayQuestion } from "../../scheduling/sentence/say.ts";
import { type DraftContext, draftButton, draftToken } from "../draft-kind.ts";

type Drawing = Pick<DraftContext, "engine" | "reader">;

/** More answers than these are for whoever says it differently. */
const MOST_CHOICES = 10;
/** Longer than any sentence that is understood: nothing that was written is cut. */
const LONGEST_FIELD = 3000;
export const SENTENCE_FIELD = "sentence";

export function questionCard(
  drawing: Drawing,
  draftId: string,
  sentence: string,
  questions: readonly Question[],
): Message {
  const texts = textsFor(drawing.reader.language);
  const [question] = questions;
  const title = texts.text(sentence === "" ? "schedule.say.begin" : "schedule.say.open");
  const choices = (question?.choices ?? []).slice(0, MOST_CHOICES).map((choice, index) =>
    draftButton(drawing, draftId, {
      ...{ action: "choose", value: String(index), label: sayChoice(texts, choice) },
    }),
  );
  const more = questions.length - 1;
  return {
    summary: title,
    parts: [
      { kind: "heading", text: title },
      ...(sentence === "" ? [] : [{ kind: "quote", text: sentence } as const]),
      ...(question === undefined || sentence === ""
        ? []
        : [{ kind: "text", text: sayQuestion(texts, question) } as const]),
      ...(choices.length === 0
        ? []
        : [{ kind: "choices", options: choices, pick: texts.text("schedule.say.pick") } as const]),
      ...(more > 0
        ? [{ kind: "note", text: texts.text("schedule.say.more", { n: more }) } as const]
        : []),
      { kind: "note", text: texts.text("schedule.say.examples") },
      { kind: "actions", options: otherWays(drawing, draftId) },
    ],
    locale: texts.language,
  };
}

function otherWays(drawing: Drawing, draftId: string): Option[] {
  const texts = textsFor(drawing.reader.language);
  const button = (action: string, label: string, more: Partial<Option> = {}) =>
    draftButton(drawing, draftId, { action, label, ...more });
  return [
    button("say", texts.text("schedule.button.say"), { opens: "form" }),
    button("begin", texts.text("schedule.button.form")),
    button("drop", texts.text("schedule.button.drop")),
  ];
}

/** The sentence to be written anew, with what was written. */
export function sentenceForm(drawing: Drawing, draftId: string, sentence: string): Form {
  const texts = textsFor(drawing.reader.language);
  return {
    title: texts.text("schedule.say.title"),
    submit: {
      label: texts.text("schedule.say.read"),
      token: draftToken(drawing, draftId, "say"),
    },
    fields: [
      {
        ...{ name: SENTENCE_FIELD, label: texts.text("schedule.say.label") },
        ...{ hint: texts.text("schedule.say.hint"), multiline: true, required: true },
        maxLength: LONGEST_FIELD,
        ...(sentence === "" ? {} : { value: sentence.slice(0, LONGEST_FIELD) }),
      },
    ],
  };
}
