/** Saving a draft: what will change is said first, then it is made in one place (admin/apply.ts). */
import type { Change } from "../../configuration/change.ts";
import { changeParts, sayChanges } from "../../configuration/say-change.ts";
import type { Message } from "../../platform.ts";
import { listKeptSurveys } from "../../store/survey-versions.ts";
import { beginsSeries } from "../../surveys/series.ts";
import { readDefinition } from "../../surveys/survey.ts";
import { applyFromChat } from "../apply.ts";
import type { DraftStep } from "../draft-kind.ts";
import { type At, shown } from "./at.ts";
import type { OpenSurveyDraft } from "./content.ts";
import { actions, card, type Drawing, note, type SurveyFacts, text } from "./drawing.ts";
import { loadFacts } from "./facts.ts";
import { findingParts } from "./findings.ts";
import { editorCard } from "./screen.ts";

/** What saving it changes. */
function changesOf({ content, base }: OpenSurveyDraft): readonly Change[] {
  const { key, trigger, definition } = content;
  return [{ kind: "survey", key, trigger, definition, base }];
}

/** Before it is saved: what changes, and what becomes of the figures. Pure. */
function saveScreen(
  drawing: Drawing,
  draft: OpenSurveyDraft,
  facts: SurveyFacts,
  before: Parameters<typeof sayChanges>[2],
): Message {
  const { texts, button } = drawing;
  const { content, base } = draft;
  const errors = facts.findings.filter(({ level }) => level === "error");
  const back = button(texts.text("survey.edit.back"), "main");
  if (errors.length > 0 || readDefinition(content.definition) === undefined) {
    const title = texts.text("survey.save.not-yet");
    const more = errors.length === 0 ? text(texts.text("survey.save.words-missing")) : [];
    return card(drawing, title, more, findingParts(drawing, errors), actions(back));
  }
  const said = sayChanges(texts, changesOf(draft), before, new Map());
  const was = facts.saved?.definition;
  const series = base !== null && was !== undefined && beginsSeries(was, content.definition);
  const yes = texts.text(series ? "survey.save.series.yes" : "survey.save.yes");
  return card(
    drawing,
    texts.text("survey.save.title", { key: content.key }),
    said.length === 0 ? text(texts.text("change.applied.nothing")) : changeParts(said),
    series ? text(texts.text("survey.save.series")) : [],
    base === null ? text(texts.text("survey.save.new")) : [],
    facts.findings.length > 0
      ? note(texts.text("survey.save.warnings", { n: facts.findings.length }))
      : [],
    actions(button(yes, "save-sure"), back),
  );
}

export async function pressSave(at: At): Promise<DraftStep> {
  const { context, draft } = at;
  const facts = await loadFacts(context, draft);
  const surveys = await listKeptSurveys(context.db, context.reader.workspace.id);
  const before = {
    surveys: new Map(surveys.map(({ key, definition }) => [key, { definition }] as const)),
    schedules: new Map(),
  };
  return shown(saveScreen(at.drawing, draft, facts, before));
}

export async function saveSure(at: At): Promise<DraftStep> {
  const { context, draft } = at;
  const facts = await loadFacts(context, draft);
  const { definition } = draft.content;
  const wrong = facts.findings.some(({ level }) => level === "error");
  if (wrong || readDefinition(definition) === undefined)
    return shown(editorCard(at.drawing, draft, facts));
  const made = await applyFromChat(context, changesOf(draft), { origin: "chat", draft });
  const { message, update } = made;
  return {
    ...(update === undefined ? {} : { update }),
    reply: { kind: "update", message },
  };
}
