/** Saving a draft: what will change is said first, then it is made in one place (admin/apply.ts). */
import type { Change } from "../../configuration/change.ts";
import type { Configuration } from "../../configuration/configuration.ts";
import { changeParts, sayChanges } from "../../configuration/say-change.ts";
import type { Message } from "../../platform.ts";
import { readConfiguration } from "../../store/read-configuration.ts";
import { seriesBreak } from "../../surveys/series.ts";
import { readDefinition } from "../../surveys/survey.ts";
import { applyFromChat } from "../apply.ts";
import type { DraftStep } from "../draft-kind.ts";
import { type At, shown } from "./at.ts";
import type { OpenSurveyDraft } from "./content.ts";
import { actions, card, type Drawing, note, type SurveyFacts, text } from "./drawing.ts";
import { loadFacts } from "./facts.ts";
import { findingParts } from "./findings.ts";
import { replaceChanges, replaceParts } from "./replace.ts";
import { editorCard } from "./screen.ts";

/** What saving it changes. */
function changesOf({ content, base }: OpenSurveyDraft, now: Configuration): readonly Change[] {
  const { key, trigger, definition } = content;
  return [{ kind: "survey", key, trigger, definition, base }, ...replaceChanges(content, now)];
}

/** Before it is saved: what changes, and what becomes of the figures. Pure. */
function saveScreen(
  drawing: Drawing,
  draft: OpenSurveyDraft,
  facts: SurveyFacts,
  now: Configuration,
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
  const changes = changesOf(draft, now);
  const said = sayChanges(texts, changes, now, new Map());
  const on = changes.some((change) => change.kind === "survey-state");
  const was = facts.saved?.definition;
  const what =
    base === null || was === undefined ? undefined : seriesBreak(was, content.definition);
  const plain = content.replaces === undefined ? "survey.save.yes" : "survey.save.replace.yes";
  const yes = texts.text(what === undefined ? plain : "survey.save.series.yes");
  return card(
    drawing,
    texts.text("survey.save.title", { key: content.key }),
    said.length === 0 ? text(texts.text("change.applied.nothing")) : changeParts(said),
    what === undefined ? [] : text(texts.text("survey.save.series", { what })),
    replaceParts(texts, content, now),
    base === null && !on ? text(texts.text("survey.save.new")) : [],
    facts.findings.length > 0
      ? note(texts.text("survey.save.warnings", { n: facts.findings.length }))
      : [],
    actions(button(yes, "save-sure"), back),
  );
}

export async function pressSave(at: At): Promise<DraftStep> {
  const { context, draft } = at;
  const facts = await loadFacts(context, draft);
  const now = await readConfiguration(context.db, context.reader.workspace.id);
  return shown(saveScreen(at.drawing, draft, facts, now));
}

export async function saveSure(at: At): Promise<DraftStep> {
  const { context, draft } = at;
  const facts = await loadFacts(context, draft);
  const { definition } = draft.content;
  const wrong = facts.findings.some(({ level }) => level === "error");
  if (wrong || readDefinition(definition) === undefined)
    return shown(editorCard(at.drawing, draft, facts));
  const now = await readConfiguration(context.db, context.reader.workspace.id);
  const made = await applyFromChat(context, changesOf(draft, now), { origin: "chat", draft });
  const { message, update } = made;
  return {
    ...(update === undefined ? {} : { update }),
    reply: { kind: "update", message },
  };
}
