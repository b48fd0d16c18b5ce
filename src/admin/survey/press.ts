/** What a button or a form of a survey's draft does. */
import type { Form, Message } from "../../platform.ts";
import { listKeptSurveys } from "../../store/survey-versions.ts";
import { withWords } from "../../surveys/check/survey-texts.ts";
import { type Question, questionOf } from "../../surveys/survey.ts";
import type { DraftStep } from "../draft-kind.ts";
import { aboutForm, languageForm } from "./about-forms.ts";
import { type At, kept, mainCard, opened, shown } from "./at.ts";
import type { SurveyDraft } from "./content.ts";
import { languageName, questionLine } from "./drawing.ts";
import { movedUp, usualThanks, withoutLanguage, withRemoved } from "./edits.ts";
import { loadFacts, takenKeys } from "./facts.ts";
import { findingId } from "./findings.ts";
import { addForm, levelsForm, optionsForm, readWordsAction, whenForm, wordsForm } from "./forms.ts";
import {
  addScreen,
  languagesScreen,
  orderScreen,
  sureScreen,
  thanksScreen,
} from "./part-screens.ts";
import { pressPending } from "./press-pending.ts";
import { pressPreview } from "./press-preview.ts";
import { pressTry } from "./press-try.ts";
import { questionScreen } from "./question-screen.ts";
import { pressSave, saveSure } from "./save.ts";
import {
  type Submitted,
  submitAbout,
  submitAdded,
  submitLanguage,
  submitLevels,
  submitOptions,
  submitWhen,
  submitWords,
} from "./submit.ts";

type Handler = (at: At) => Promise<DraftStep>;

export async function pressSurvey(at: At): Promise<DraftStep> {
  const { action, draft } = at;
  const pending = pressPending(at);
  if (pending !== undefined) return pending;
  // While an answer is unclear nothing else is done with it but dropping it.
  if (draft.content.pending !== undefined && !action.startsWith("drop")) return mainCard(at);
  const words = readWordsAction(action);
  if (words !== undefined) return pressWords(at, words);
  const [, page] = /^op(\d)$/u.exec(action) ?? [];
  if (page !== undefined) return pressOptions(at, Number(page));
  return (handlers.get(action) ?? mainCard)(at);
}

const handlers: ReadonlyMap<string, Handler> = new Map<string, Handler>([
  ["main", mainCard],
  ["q", (at) => questionAgain(at)],
  ["add", async (at) => shown(addScreen(at.drawing, at.draft))],
  ["new", pressNew],
  ["fix", fix],
  ["lv", pressLevels],
  ["wh", pressWhen],
  ["ord", async (at) => shown(orderScreen(at.drawing, at.draft))],
  ["up", moveUp],
  ["rm", askRemove],
  ["rm-sure", remove],
  ["th", async (at) => shown(thanksScreen(at.drawing, at.draft))],
  ["th-own", ownThanks],
  ["th-usual", noThanks],
  ["lang", async (at) => shown(languagesScreen(at.drawing, at.draft))],
  ["la", addLanguage],
  ["lr", askRemoveLanguage],
  ["lr-sure", removeLanguage],
  ["about", pressAbout],
  ["pv", pressPreview],
  ["try", pressTry],
  ["save", pressSave],
  ["save-sure", saveSure],
  ["drop", askDrop],
  ["drop-sure", drop],
]);

/** The form, or the content that was written in it; with problems the same form once more. */
function submitted(
  at: At,
  open: (written?: Parameters<typeof wordsForm>[3]) => Form,
  read: (values: Readonly<Record<string, string>>) => Submitted,
  next: (at: At) => Promise<DraftStep>,
): Promise<DraftStep> {
  const { values } = at;
  if (values === undefined) return Promise.resolve(opened(open()));
  const made = read(values);
  if ("problems" in made) return Promise.resolve(opened(open({ values, problems: made.problems })));
  return kept(at, made.content, next);
}

async function questionAgain(at: At, key = at.value): Promise<DraftStep> {
  const facts = await loadFacts(at.context, at.draft);
  const screen = questionScreen(at.drawing, at.draft, facts, key);
  return screen === undefined ? mainCard(at) : shown(screen);
}

function questionIn({ draft, value }: At): Question | undefined {
  return questionOf(draft.content.definition, value ?? "");
}

async function pressWords(
  at: At,
  words: NonNullable<ReturnType<typeof readWordsAction>>,
): Promise<DraftStep> {
  const { drawing, draft } = at;
  const question = questionIn(at);
  if (words.of === "w" && question === undefined) return mainCard(at);
  const what = { ...words, ...(question === undefined ? {} : { question }) };
  return submitted(
    at,
    (written) => wordsForm(drawing, draft, what, written),
    (values) => submitWords(drawing.texts, draft.content, { ...words, key: at.value }, values),
    words.of === "t"
      ? async (after) => shown(thanksScreen(after.drawing, after.draft))
      : (after) => questionAgain(after),
  );
}

async function pressOptions(at: At, page: number): Promise<DraftStep> {
  const { drawing, draft, context } = at;
  const question = questionIn(at);
  if (question?.kind !== "choice") return mainCard(at);
  const taken = await takenKeys(context, draft);
  return submitted(
    at,
    (written) => optionsForm(drawing, draft, { question, page }, written),
    (values) =>
      submitOptions(drawing.texts, draft.content, { key: question.key, page }, { values, taken }),
    (after) => (after.draft.content.pending === undefined ? questionAgain(after) : mainCard(after)),
  );
}

async function pressLevels(at: At): Promise<DraftStep> {
  const question = questionIn(at);
  if (question?.kind !== "choice") return mainCard(at);
  return submitted(
    at,
    () => levelsForm(at.drawing, question),
    (values) => ({ content: submitLevels(at.draft.content, question.key, values) }),
    (after) => questionAgain(after),
  );
}

async function pressWhen(at: At): Promise<DraftStep> {
  const question = questionIn(at);
  if (question === undefined) return mainCard(at);
  return submitted(
    at,
    () => whenForm(at.drawing, at.draft.content.definition, question),
    (values) => ({ content: submitWhen(at.draft.content, question.key, values) }),
    (after) => questionAgain(after),
  );
}

async function pressNew(at: At): Promise<DraftStep> {
  const { drawing, draft, context } = at;
  const kind = (["score", "open", "yes-no", "choice"] as const).find((each) => each === at.value);
  if (kind === undefined) return mainCard(at);
  const adding = {
    ...{ texts: drawing.texts, company: context.reader.workspace.name },
    taken: await takenKeys(context, draft),
  };
  return submitted(
    at,
    (written) => addForm(drawing, draft, kind, written),
    (values) => submitAdded(adding, draft.content, kind, values),
    (after) => questionAgain(after, after.draft.content.definition.questions.at(-1)?.key),
  );
}

/** The better wording in the place of what was found, if it is still to be found. */
async function fix(at: At): Promise<DraftStep> {
  const { findings } = await loadFacts(at.context, at.draft);
  const finding = findings.find((each) => findingId(each) === at.value);
  if (finding?.better === undefined) return mainCard(at);
  const { path, language, better } = finding;
  const { content } = at.draft;
  if (language === undefined) return mainCard(at);
  const definition = withWords(content.definition, path, language, better);
  return kept(at, { ...content, definition }, mainCard);
}

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
  return shown(
    sureScreen(at.drawing, {
      title: texts.text("survey.question.remove"),
      what: texts.text("survey.remove.sure", { words: questionLine(at.drawing, question, 100) }),
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

function languageAt({ draft, value }: At): string | undefined {
  const { languages } = draft.content;
  return languages.length < 2 ? undefined : languages[Number(value)];
}

async function askRemoveLanguage(at: At): Promise<DraftStep> {
  const tag = languageAt(at);
  const { texts, language } = at.drawing;
  if (tag === undefined) return shown(languagesScreen(at.drawing, at.draft));
  const name = languageName(tag, language);
  return shown(
    sureScreen(at.drawing, {
      title: texts.text("survey.edit.languages"),
      what: texts.text("survey.languages.sure", { language: name }),
      yes: [texts.text("survey.languages.remove", { language: name }), "lr-sure", at.value],
      back: ["lang"],
    }),
  );
}

async function removeLanguage(at: At): Promise<DraftStep> {
  const tag = languageAt(at);
  const { content } = at.draft;
  if (tag === undefined) return shown(languagesScreen(at.drawing, at.draft));
  const languages = content.languages.filter((each) => each !== tag);
  const definition = withoutLanguage(content.definition, tag);
  return kept(at, { ...content, languages, definition }, async (after) =>
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
