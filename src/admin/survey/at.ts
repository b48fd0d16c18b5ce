/** A press of a survey's draft, and what most presses lead to. */
import type { Work } from "../../engine.ts";
import type { Form, Message } from "../../platform.ts";
import { type Question, questionOf } from "../../surveys/survey.ts";
import type { DraftContext, DraftPress, DraftStep } from "../draft-kind.ts";
import type { SurveyDraft } from "./content.ts";
import { type Drawing, drawingOf } from "./drawing.ts";
import { loadFacts } from "./facts.ts";
import type { Written } from "./form-fields.ts";
import { editorCard } from "./screen.ts";
import type { Submitted } from "./submit.ts";

/** Where a press stands: who, which draft, what. */
export interface At extends DraftPress<SurveyDraft> {
  readonly context: DraftContext & { readonly work: Work };
  readonly drawing: Drawing;
}

export function atPress(context: At["context"], press: DraftPress<SurveyDraft>): At {
  return { ...press, context, drawing: drawingOf(context, press.draft.id) };
}

export function shown(message: Message): DraftStep {
  return { reply: { kind: "update", message } };
}

function opened(form: Form): DraftStep {
  return { reply: { kind: "form", form } };
}

/** Keeps the content, and shows what comes next of it. */
export async function kept(
  at: At,
  content: SurveyDraft,
  next: (at: At) => Promise<DraftStep>,
): Promise<DraftStep> {
  const step = await next({ ...at, draft: { ...at.draft, content } });
  return { ...step, update: { content, ...step.update } };
}

export async function mainCard(at: At): Promise<DraftStep> {
  const facts = await loadFacts(at.context, at.draft);
  return shown(editorCard(at.drawing, at.draft, facts));
}

/** What a press does. */
export type Handler = (at: At) => Promise<DraftStep>;

/** The question that the button names. */
export function questionIn({ draft, value }: At): Question | undefined {
  return questionOf(draft.content.definition, value ?? "");
}

/** The form, or the content that was written in it; with problems the same form once more. */
export function submitted(
  at: At,
  open: (written?: Written) => Form,
  read: (values: Readonly<Record<string, string>>) => Submitted,
  next: (at: At) => Promise<DraftStep>,
): Promise<DraftStep> {
  const { values } = at;
  if (values === undefined) return Promise.resolve(opened(open()));
  const made = read(values);
  if ("problems" in made) return Promise.resolve(opened(open({ values, problems: made.problems })));
  return kept(at, made.content, next);
}
