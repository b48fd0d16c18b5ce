/** What is done with the other parts of a draft: order, thanks, languages, what counts, and dropping it. */
import { languages } from "../../locales/index.ts";
import { languageName } from "../../locales/language-name.ts";
import type { Message } from "../../platform.ts";
import { listKeptSurveys } from "../../store/survey-versions.ts";
import { fallbackOf } from "../../surveys/fallback.ts";
import type { DraftStep } from "../draft-kind.ts";
import { aboutForm, languageForm } from "./about-forms.ts";
import { type At, type Handler, kept, mainCard, questionIn, shown, submitted } from "./at.ts";
import type { SurveyDraft } from "./content.ts";
import { questionLine } from "./drawing.ts";
import { movedUp, usualThanks, withoutLanguage, withRemoved } from "./edits.ts";
import { languagesScreen, orderScreen, sureScreen, thanksScreen } from "./part-screens.ts";
import { submitAbout, submitLanguage } from "./submit.ts";

export const partHandlers: readonly (readonly [string, Handler])[] = [
  ["ord", async (at) => shown(orderScreen(at.drawing, at.draft))],
  ["up", moveUp],
  ["rm", askRemove],
  ["rm-sure", remove],
  ["th", async (at) => shown(thanksScreen(at.drawing, at.draft))],
  ["th-own", ownThanks],
  ["th-usual", noThanks],
  ["lang", async (at) => shown(languagesScreen(at.drawing, at.draft))],
  ["la", addLanguage],
  ["fb", chooseFallback],
  ["lr", askRemoveLanguage],
  ["lr-sure", removeLanguage],
  ["about", pressAbout],
  ["drop", askDrop],
  ["drop-sure", drop],
];

function changed(at: At, definition: SurveyDraft["definition"], screen: (at: At) => Message) {
  const content = { ...at.draft.content, definition };
  return kept(at, content, async (after) => shown(screen(after)));
}

function moveUp(at: At): Promise<DraftStep> {
  const moved = movedUp(at.draft.content.definition, at.value ?? "");
  return changed(at, moved, (after) => orderScreen(after.drawing, after.draft));
}

async function askRemove(at: At): Promise<DraftStep> {
  const question = questionIn(at);
  const { texts } = at.drawing;
  if (question === undefined) return mainCard(at);
  const words = questionLine(at.drawing, at.draft.content.definition, question, 100);
  return shown(
    sureScreen(at.drawing, {
      title: texts.text("survey.question.remove"),
      what: texts.text("survey.remove.sure", { words }),
      yes: [texts.text("survey.remove.yes"), "rm-sure", question.key],
      back: ["q", question.key],
    }),
  );
}

async function remove(at: At): Promise<DraftStep> {
  const { content } = at.draft;
  const [first] = content.definition.questions;
  // The first question says what the survey measures.
  if (at.value === undefined || first?.key === at.value) return mainCard(at);
  const definition = withRemoved(content.definition, at.value);
  return kept(at, { ...content, definition }, mainCard);
}

function ownThanks(at: At): Promise<DraftStep> {
  const { content } = at.draft;
  const thanks = content.definition.thanks ?? usualThanks(content.languages);
  const definition = { ...content.definition, thanks };
  return changed(at, definition, (after) => thanksScreen(after.drawing, after.draft));
}

function noThanks(at: At): Promise<DraftStep> {
  const { thanks: _, ...definition } = at.draft.content.definition;
  return changed(at, definition, (after) => thanksScreen(after.drawing, after.draft));
}

function addLanguage(at: At): Promise<DraftStep> {
  return submitted(
    at,
    (written) => languageForm(at.drawing, written),
    (values) => submitLanguage(at.drawing.texts, at.draft.content, values),
    async (after) => shown(languagesScreen(after.drawing, after.draft)),
  );
}

/** Of its languages one that we speak: what stands around its words is in that language, too. */
async function chooseFallback(at: At): Promise<DraftStep> {
  const { content } = at.draft;
  const tag = languages.find((each) => each === content.languages[Number(at.value)]);
  if (tag === undefined) return shown(languagesScreen(at.drawing, at.draft));
  const definition = { ...content.definition, fallback: tag };
  return changed(at, definition, (after) => languagesScreen(after.drawing, after.draft));
}

function languageAt({ draft, value }: At): string | undefined {
  const { languages } = draft.content;
  return languages.length < 2 ? undefined : languages[Number(value)];
}

async function askRemoveLanguage(at: At): Promise<DraftStep> {
  const tag = languageAt(at);
  const { texts, language } = at.drawing;
  if (tag === undefined) return shown(languagesScreen(at.drawing, at.draft));
  const name = languageName(tag, language);
  const { definition } = at.draft.content;
  const next = fallbackOf(withoutLanguage(definition, tag));
  const moves = fallbackOf(definition) === tag && next !== undefined;
  return shown(
    sureScreen(at.drawing, {
      title: texts.text("survey.edit.languages"),
      what: texts.text("survey.languages.sure", {
        language: name,
        next: moves ? languageName(next, language) : "none",
      }),
      yes: [texts.text("survey.languages.remove", { language: name }), "lr-sure", at.value],
      back: ["lang"],
    }),
  );
}

async function removeLanguage(at: At): Promise<DraftStep> {
  const tag = languageAt(at);
  const { content } = at.draft;
  if (tag === undefined) return shown(languagesScreen(at.drawing, at.draft));
  const left = content.languages.filter((each) => each !== tag);
  const definition = withoutLanguage(content.definition, tag);
  return kept(at, { ...content, languages: left, definition }, async (after) =>
    shown(languagesScreen(after.drawing, after.draft)),
  );
}

async function pressAbout(at: At): Promise<DraftStep> {
  const { drawing, draft, context } = at;
  const surveys = await listKeptSurveys(context.db, context.reader.workspace.id);
  const keys = new Set(surveys.map(({ key }) => key));
  const isNew = draft.base === null;
  return submitted(
    at,
    (written) => aboutForm(drawing, draft, written),
    (values) => submitAbout(drawing.texts, draft.content, values, { isNew, keys }),
    mainCard,
  );
}

async function askDrop(at: At): Promise<DraftStep> {
  const { texts } = at.drawing;
  return shown(
    sureScreen(at.drawing, {
      title: texts.text("survey.edit.drop"),
      what: texts.text("survey.drop.sure"),
      yes: [texts.text("survey.drop.yes"), "drop-sure"],
    }),
  );
}

async function drop(at: At): Promise<DraftStep> {
  const { texts } = at.drawing;
  const said = texts.text("survey.dropped");
  const message = {
    ...{ summary: said, locale: texts.language },
    parts: [{ kind: "text", text: said } as const],
  };
  return { update: { state: "dropped" }, reply: { kind: "update", message } };
}
