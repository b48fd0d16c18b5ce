/** The card of a survey's draft: all of it at a glance, what is wrong with it, and what can be done. Pure. */
import { languageName } from "../../locales/language-name.ts";
import type { Message, Option, Part } from "../../platform.ts";
import type { OpenSurveyDraft } from "./content.ts";
import {
  actions,
  card,
  type Drawing,
  kindName,
  listOf,
  note,
  questionLine,
  type SurveyFacts,
  text,
} from "./drawing.ts";
import { MAX_QUESTIONS } from "./edits.ts";
import { findingParts } from "./findings.ts";
import { pendingScreen } from "./pending-screen.ts";
import { sayAsked } from "./say-asked.ts";

/** The draft as it stands; while an answer of a choice is unclear, the question what it is. */
export function editorCard(
  drawing: Drawing,
  draft: OpenSurveyDraft,
  facts: SurveyFacts,
  said: readonly string[] = [],
): Message {
  if (draft.content.pending !== undefined) return pendingScreen(drawing, draft.content);
  const { texts } = drawing;
  const { key, replaces } = draft.content;
  const title =
    draft.base === null
      ? texts.text("survey.edit.title.new", { key })
      : texts.text("survey.edit.title", { key, version: draft.base });
  return card(
    drawing,
    title,
    said.flatMap(text),
    note(statusLine(drawing, draft, facts)),
    replaces === undefined ? [] : text(texts.text("survey.edit.replaces", { key: replaces })),
    meanwhile(drawing, draft, facts),
    questionParts(drawing, draft),
    note(restLine(drawing, draft)),
    findingParts(drawing, facts.findings),
    partsList(drawing, draft),
    actions(...mainButtons(drawing)),
  );
}

function statusLine({ texts, language }: Drawing, draft: OpenSurveyDraft, facts: SurveyFacts) {
  const state = texts.text(`change.state.${facts.saved?.state ?? "paused"}`);
  const asked =
    facts.schedules.length === 0
      ? texts.text(`survey.trigger.${draft.content.trigger}`)
      : texts.text("survey.card.schedules", { names: listOf(facts.schedules, language) });
  const now = draft.base === null ? texts.text("survey.edit.not-saved") : state;
  return [now, asked].join(" · ");
}

/** Somebody else is at it too, or was faster. */
function meanwhile(
  { texts, language }: Drawing,
  draft: OpenSurveyDraft,
  facts: SurveyFacts,
): Part[] {
  const { saved, others, savedBy } = facts;
  const newer = saved !== undefined && saved.version !== draft.base;
  const names = listOf(others, language);
  return [
    ...(newer
      ? text(texts.text("survey.edit.newer", { name: savedBy, version: saved.version }))
      : []),
    ...(others.length > 0 ? text(texts.text("survey.edit.others", { names })) : []),
  ];
}

function questionParts(drawing: Drawing, { content: { definition } }: OpenSurveyDraft): Part[] {
  const { texts } = drawing;
  return definition.questions.flatMap((question, i): Part[] => [
    ...text(`${i + 1}. ${questionLine(drawing, definition, question)}`),
    ...note([kindName(texts, question), sayAsked(texts, definition, question)].join(" · ")),
  ]);
}

function restLine({ texts, language }: Drawing, { content }: OpenSurveyDraft): string {
  const names = listOf(
    content.languages.map((each) => languageName(each, language)),
    language,
  );
  const { thanks, cases, apart } = content.definition;
  return [
    texts.text("survey.edit.languages-line", { names }),
    texts.text(thanks === undefined ? "survey.thanks.usual" : "survey.thanks.own"),
    ...(apart === true ? [texts.text("survey.edit.apart-line")] : []),
    ...(cases === false ? [texts.text("survey.edit.no-cases-line")] : []),
  ].join(" · ");
}

/** Every question and every other part, to be opened. */
function partsList(drawing: Drawing, { content }: OpenSurveyDraft): Part[] {
  const { texts, button } = drawing;
  const { questions } = content.definition;
  const options: Option[] = [
    ...questions.map((question, i) =>
      button(
        `${i + 1}. ${questionLine(drawing, content.definition, question, 60)}`,
        "q",
        question.key,
      ),
    ),
    ...(questions.length < MAX_QUESTIONS ? [button(texts.text("survey.edit.add"), "add")] : []),
    ...(questions.length > 2 ? [button(texts.text("survey.edit.order"), "ord")] : []),
    button(texts.text("survey.edit.thanks"), "th"),
    button(texts.text("survey.edit.languages"), "lang"),
  ];
  return [{ kind: "choices", options, pick: texts.text("survey.edit.open") }];
}

function mainButtons({ texts, button }: Drawing): Option[] {
  return [
    button(texts.text("survey.edit.save"), "save"),
    button(texts.text("survey.edit.preview"), "pv"),
    button(texts.text("survey.edit.try"), "try"),
    button(texts.text("survey.edit.about"), "about", undefined, { opens: "form" }),
    button(texts.text("survey.edit.drop"), "drop"),
  ];
}
