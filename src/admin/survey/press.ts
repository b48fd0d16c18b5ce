/** What a button or a form of a survey's draft does. */
import { withWords } from "../../surveys/check/survey-texts.ts";
import type { DraftStep } from "../draft-kind.ts";
import { type At, type Handler, kept, mainCard, questionIn, shown, submitted } from "./at.ts";
import { withEndsTurned, withoutEnds, withQuestion } from "./edits.ts";
import { endsForm, readEndsAction, submitEnds } from "./ends.ts";
import { loadFacts, takenKeys } from "./facts.ts";
import { findingId } from "./findings.ts";
import { addForm, levelsForm, optionsForm, readWordsAction, whenForm, wordsForm } from "./forms.ts";
import { addScreen, thanksScreen } from "./part-screens.ts";
import { pressMeasure } from "./press-measure.ts";
import { partHandlers } from "./press-parts.ts";
import { pressPending } from "./press-pending.ts";
import { pressPreview } from "./press-preview.ts";
import { pressTry } from "./press-try.ts";
import { questionScreen } from "./question-screen.ts";
import { pressSave, saveSure } from "./save.ts";
import { submitWhen, submitWords } from "./submit.ts";
import { submitAdded } from "./submit-added.ts";
import { submitLevels, submitOptions } from "./submit-options.ts";

export async function pressSurvey(at: At): Promise<DraftStep> {
  const { action, draft } = at;
  const pending = pressPending(at);
  if (pending !== undefined) return pending;
  // While an answer is unclear nothing else is done with it but dropping it.
  if (draft.content.pending !== undefined && !action.startsWith("drop")) return mainCard(at);
  const words = readWordsAction(action);
  if (words !== undefined) return pressWords(at, words);
  const ends = readEndsAction(action);
  if (ends !== undefined) return pressEnds(at, ends);
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
  ["en-usual", usualEndsAgain],
  ["ms", pressMeasure],
  ["lv", pressLevels],
  ["wh", pressWhen],
  ...partHandlers,
  ["pv", pressPreview],
  ["try", pressTry],
  ["save", pressSave],
  ["save-sure", saveSure],
]);

async function questionAgain(at: At, key = at.value): Promise<DraftStep> {
  const facts = await loadFacts(at.context, at.draft);
  const screen = questionScreen(at.drawing, at.draft, facts, key);
  return screen === undefined ? mainCard(at) : shown(screen);
}

async function pressWords(
  at: At,
  words: NonNullable<ReturnType<typeof readWordsAction>>,
): Promise<DraftStep> {
  const { drawing, draft } = at;
  const question = questionIn(at);
  if (words.of === "w" && question === undefined) return mainCard(at);
  const { findings } = await loadFacts(at.context, draft);
  const what = { ...words, findings, ...(question === undefined ? {} : { question }) };
  return submitted(
    at,
    (written) => wordsForm(drawing, draft, what, written),
    (values) => submitWords(drawing.texts, draft.content, { ...words, key: at.value }, values),
    words.of === "t"
      ? async (after) => shown(thanksScreen(after.drawing, after.draft))
      : (after) => questionAgain(after),
  );
}

async function pressEnds(at: At, page: number): Promise<DraftStep> {
  const { drawing, draft, context } = at;
  const question = questionIn(at);
  if (question?.kind !== "score") return mainCard(at);
  const { findings } = await loadFacts(context, draft);
  return submitted(
    at,
    (written) => endsForm(drawing, draft, { question, page, findings }, written),
    (values) => submitEnds(drawing.texts, draft.content, { question, page }, values),
    (after) => questionAgain(after),
  );
}

async function usualEndsAgain(at: At): Promise<DraftStep> {
  const { content } = at.draft;
  const definition = withQuestion(content.definition, at.value ?? "", (question) =>
    question.kind === "score" ? withoutEnds(question) : question,
  );
  return kept(at, { ...content, definition }, (after) => questionAgain(after));
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
    () => levelsForm(at.drawing, at.draft.content.definition, question),
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
  const { path, language, better, code } = finding;
  const { content } = at.draft;
  if (language === undefined) return mainCard(at);
  const [, index = "", part] = path.split(".");
  const turned = code === "scale-flipped" && part === "ends";
  const { key = "" } = content.definition.questions[Number(index)] ?? {};
  const definition = turned
    ? withQuestion(content.definition, key, (question) => withEndsTurned(question, language))
    : withWords(content.definition, path, language, better);
  return kept(at, { ...content, definition }, mainCard);
}
