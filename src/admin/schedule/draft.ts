/** The draft of a schedule: its card, and what its buttons and forms do. */
import { textsFor } from "../../locales/index.ts";
import { lineMessage } from "../../messages.ts";
import type { Message } from "../../platform.ts";
import { type DraftContext, type DraftPress, type DraftStep, draftKind } from "../draft-kind.ts";
import { saySchedule } from "./begin.ts";
import { readContent, type ScheduleContent, type ScheduleDraft } from "./content.ts";
import { editorCard, triggerCard } from "./editor-card.ts";
import { lookAhead } from "./look.ts";
import { pressPart } from "./press-part.ts";
import { pressSave, pressStale } from "./press-save.ts";
import { reviewOf } from "./review.ts";
import { reviewCard } from "./review-card.ts";
import { questionCard, SENTENCE_FIELD, sentenceForm } from "./sentence-card.ts";

export const scheduleDraftKind = draftKind<ScheduleContent>({
  read: readContent,
  screen: (context, draft) => draftCard(context, draft),
  press: pressSchedule,
});

/** The card as it stands, without the look ahead: that takes longer than a transaction may. */
export async function draftCard(
  context: Pick<DraftContext, "db" | "now" | "engine" | "reader">,
  draft: ScheduleDraft,
): Promise<Message> {
  const { sentence, written } = draft.content;
  if (written !== null) return reviewCard(context, await reviewOf(context, draft), undefined);
  const said = await saySchedule(context, sentence, { content: draft.content, name: draft.about });
  return questionCard(context, draft.id, sentence, said.questions);
}

type Context = Parameters<Parameters<typeof draftKind<ScheduleContent>>[0]["press"]>[0];

async function pressSchedule(
  context: Context,
  press: DraftPress<ScheduleContent>,
): Promise<DraftStep> {
  const { draft, action, value = "", values } = press;
  const update = (message: Message): DraftStep => ({ reply: { kind: "update", message } });
  switch (action) {
    case "say":
      if (values !== undefined) return sayAgain(context, press, values[SENTENCE_FIELD] ?? "");
      return {
        reply: { kind: "form", form: sentenceForm(context, draft.id, draft.content.sentence) },
      };
    case "choose":
      return choose(context, press, Number(value));
    case "edit":
      return update(editorCard(context, draft));
    case "begin":
    case "when":
      return update(triggerCard(context, draft));
    case "part":
      return pressPart(context, press);
    case "look":
      return lookAhead(context, draft, {}, press);
    case "mine":
    case "theirs":
      return pressStale(context, press);
    case "save":
    case "on":
    case "off":
    case "archive":
      return pressSave(context, press);
    case "drop": {
      const { language } = context.reader;
      const message = lineMessage(language, textsFor(language).text("schedule.dropped"));
      return { update: { state: "dropped" }, reply: { kind: "update", message } };
    }
    default:
      return update(await draftCard(context, draft));
  }
}

/** One of the answers to the question that was shown. */
async function choose(
  context: Context,
  press: DraftPress<ScheduleContent>,
  index: number,
): Promise<DraftStep> {
  const { content, about } = press.draft;
  const said = await saySchedule(context, content.sentence, { content, name: about });
  const choice = said.questions[0]?.choices[index];
  return sayAgain(context, press, choice?.sentence ?? content.sentence);
}

/** The sentence anew: understood, it is looked at; else the next question is asked. */
async function sayAgain(
  context: Context,
  press: DraftPress<ScheduleContent>,
  sentence: string,
): Promise<DraftStep> {
  const { draft } = press;
  const { content, questions } = await saySchedule(context, sentence.trim(), {
    ...{ content: draft.content, name: draft.about },
  });
  if (questions.length === 0) return lookAhead(context, draft, { content }, press);
  // What the sentence replaces is not shown beside its questions, and comes back with a form.
  const open = { ...content, written: null };
  const message = questionCard(context, draft.id, sentence.trim(), questions);
  return { update: { content: open }, reply: { kind: "update", message } };
}
