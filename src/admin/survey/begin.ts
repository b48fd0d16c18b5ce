/** How a draft of a survey begins: by what it is to find out, or with a survey that there is. */

import { type Texts, textsFor } from "../../locales/index.ts";
import type { Form, Message, Reply } from "../../platform.ts";
import { openDrafts, updateDraft } from "../../store/drafts.ts";
import { listKeptSurveys, readKeptSurvey } from "../../store/survey-versions.ts";
import type { SurveyDefinition } from "../../surveys/survey.ts";
import { adminButton, adminToken } from "../admin-action.ts";
import { beginDraft, type DraftContext, draftButton } from "../draft-kind.ts";
import { nameFields, ownFields } from "./about-forms.ts";
import { draftOf, readSurveyDraft, type SurveyDraft } from "./content.ts";
import { actions, card, clip, drawingOf, text } from "./drawing.ts";
import { loadFacts } from "./facts.ts";
import type { Written } from "./form-fields.ts";
import { editorCard } from "./screen.ts";
import { keyProblem, readKey, type Values } from "./submit.ts";
import { ownQuestion, readOwn } from "./submit-added.ts";
import { fromTemplate, proposedKey, type Template, templates, usualTrigger } from "./templates.ts";

/** What it is to find out. */
export function beginCard(context: Pick<DraftContext, "engine" | "reader">): Message {
  const texts = textsFor(context.reader.language);
  // All of them open a form: a list of both kinds would be told apart by numbers on some platforms.
  const options = templates.map((template) =>
    adminButton(context, {
      ...{ label: texts.text(`survey.template.${template}`), opens: "form" },
      ...{ action: "sv-new", value: template },
    }),
  );
  const copy = adminButton(context, {
    ...{ label: texts.text("survey.template.copy"), action: "sv-from" },
  });
  return card(
    { texts },
    texts.text("survey.begin.title"),
    text(texts.text("survey.begin.how")),
    [{ kind: "choices", options, pick: texts.text("survey.begin.pick") }],
    actions(copy),
  );
}

/** Which survey is copied. */
export async function copyCard(context: DraftContext): Promise<Message> {
  const texts = textsFor(context.reader.language);
  const surveys = await listKeptSurveys(context.db, context.reader.workspace.id);
  const options = surveys
    .filter(({ definition, trigger }) => definition !== undefined && trigger !== "recovery")
    .slice(0, 25)
    .map(({ key }) =>
      adminButton(context, { label: key, action: "sv-copy", value: key, opens: "form" }),
    );
  return card({ texts }, texts.text("survey.template.copy"), [
    { kind: "choices", options, pick: texts.text("survey.list.pick") },
  ]);
}

/** What a new survey is made from. */
export type Source =
  | { readonly kind: "template"; readonly template: Template }
  | { readonly kind: "copy"; readonly key: string };

export function templateOf(value: string | undefined): Source | undefined {
  const template = templates.find((each) => each === value);
  return template && { kind: "template", template };
}

/** The form with its key and what asks it; of an own question also its words. */
export async function nameForm(
  context: DraftContext,
  source: Source,
  written?: Written,
): Promise<Form> {
  const { reader } = context;
  const texts = textsFor(reader.language);
  const { taken, trigger } = await around(context, source);
  const wanted = source.kind === "copy" ? source.key : source.template;
  const key = proposedKey(wanted, taken);
  const own = source.kind === "template" && source.template === "own";
  const drawing = { texts, language: reader.language };
  const [action, value] =
    source.kind === "copy" ? ["sv-copied", source.key] : ["sv-made", source.template];
  return {
    title: texts.text("survey.form.name"),
    submit: { label: texts.text("survey.form.go-on"), token: adminToken(context, action, value) },
    fields: [
      ...nameFields(drawing, { key, trigger }, written),
      ...(own ? ownFields(drawing, written) : []),
    ],
  };
}

/** Keys that are taken, by surveys and by drafts of this admin. */
export async function takenNames({
  db,
  reader: { workspace, person },
}: Pick<DraftContext, "db" | "reader">): Promise<ReadonlySet<string>> {
  const surveys = await listKeptSurveys(db, workspace.id);
  const drafts = await openDrafts(db, workspace.id, person.id);
  const drafted = drafts.flatMap(({ kind, content }) =>
    kind === "survey" ? (readSurveyDraft(content)?.key ?? []) : [],
  );
  return new Set([...surveys.map(({ key }) => key), ...drafted]);
}

async function around({ db, reader }: DraftContext, source: Source) {
  const copied =
    source.kind === "copy" ? await readKeptSurvey(db, reader.workspace.id, source.key) : undefined;
  const usual = source.kind === "template" ? usualTrigger(source.template) : "schedule";
  return {
    taken: await takenNames({ db, reader }),
    trigger: copied?.trigger ?? usual,
    copied: copied?.definition,
  };
}

/** The form was sent: the draft begins, or the form says what is wrong. */
export async function beginNew(
  context: DraftContext,
  source: Source,
  values: Values,
): Promise<Reply> {
  const texts = textsFor(context.reader.language);
  const { taken, trigger: usual, copied } = await around(context, source);
  const key = readKey(values);
  const problem = keyProblem(texts, key, taken);
  const made = definitionOf(context, source, { values, copied, texts });
  const problems = {
    ...(problem === undefined ? {} : { key: problem }),
    ...("problems" in made ? made.problems : {}),
  };
  if ("problems" in made || problem !== undefined)
    return { kind: "form", form: await nameForm(context, source, { values, problems }) };
  const asked = values.trigger === "chat" || values.trigger === "schedule" ? values.trigger : usual;
  const content = draftOf(key, asked, made.definition);
  return { kind: "update", message: await begun(context, { about: "", base: null, content }) };
}

function definitionOf(
  { reader }: DraftContext,
  source: Source,
  { values, copied, texts }: { values: Values; copied: SurveyDefinition | undefined; texts: Texts },
): { readonly definition: SurveyDefinition } | { readonly problems: Values } {
  if (source.kind === "copy")
    return copied === undefined
      ? { problems: { key: texts.text("survey.begin.gone") } }
      : { definition: copied };
  const { template } = source;
  if (template !== "own") return { definition: fromTemplate(template, reader.workspace.name) };
  const own = readOwn(texts, reader.language, values);
  return "problems" in own
    ? own
    : { definition: { questions: [ownQuestion(reader.language, own, "choice")] } };
}

async function begun(
  context: DraftContext,
  made: { readonly about: string; readonly base: number | null; readonly content: SurveyDraft },
): Promise<Message> {
  const draft = await beginDraft(context, { kind: "survey", ...made });
  return editorCard(drawingOf(context, draft.id), draft, await loadFacts(context, draft));
}

/**
 * A draft on the latest version; one of this admin that is open is offered first, unless it is to begin
 * `anew`. `undefined` when there is no such survey, or none that can be read here.
 */
export async function beginEdit(
  context: DraftContext,
  key: string,
  { anew = false }: { readonly anew?: boolean } = {},
): Promise<Message | undefined> {
  const { db, reader, now } = context;
  const { id: workspaceId } = reader.workspace;
  const survey = await readKeptSurvey(db, workspaceId, key);
  if (survey?.definition === undefined) return undefined;
  const drafts = await openDrafts(db, workspaceId, reader.person.id);
  const mine = drafts.filter((each) => each.kind === "survey" && each.about === key);
  const [open] = mine;
  if (open !== undefined && !anew) return goOnCard(context, key, open.id);
  for (const { id } of mine) await updateDraft(db, workspaceId, id, { state: "dropped" }, now);
  const content = draftOf(key, survey.trigger, survey.definition);
  return begun(context, { about: key, base: survey.version, content });
}

/** Somebody began one already. */
function goOnCard(context: DraftContext, key: string, draftId: string): Message {
  const texts = textsFor(context.reader.language);
  return card(
    { texts },
    texts.text("survey.card.title", { key: clip(key, 20) }),
    text(texts.text("survey.begin.open")),
    actions(
      draftButton(context, draftId, { label: texts.text("survey.begin.go-on"), action: "main" }),
      adminButton(context, {
        ...{ label: texts.text("survey.begin.anew"), action: "sv-again", value: key },
        tone: "danger",
      }),
    ),
  );
}
