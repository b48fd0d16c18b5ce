/** An open question answered in a form: opened by its button, submitted as a comment. */
import type { Engine, Work } from "../engine.ts";
import { languageOf } from "../language-of.ts";
import { textsFor } from "../locales/index.ts";
import { lineReply } from "../messages.ts";
import type { Reply } from "../platform.ts";
import { readAnswers } from "../store/answers.ts";
import { COMMENT_FIELD, commentForm } from "../surveys/comment-form.ts";
import { refuse } from "../surveys/conversation.ts";
import type { TokenContent } from "../surveys/tokens.ts";
import { countGraphemes, MAX_TEXT_GRAPHEMES } from "../surveys/words.ts";
import { type Step, takeStep, talkOf } from "./conversation-step.ts";
import { rightsInWords } from "./rights.ts";

/**
 * What was said is shown to be written anew up to this length in characters, which fits the form of
 * every platform; longer words stay, and those of the form are added.
 */
const MAX_PREFILLED = 3000;

/** Whose form it is. */
type Presser = Omit<Step, "input">;

/** The form, or what was written in it. */
export async function onCommentForm(
  engine: Engine,
  work: Work,
  presser: Presser,
  content: TokenContent,
  values: Readonly<Record<string, string>> | undefined,
): Promise<Reply> {
  const { question = "", value } = content;
  if (content.verb === "write" || values === undefined) {
    return open(engine, work, presser, question);
  }
  const language = languageOf(presser.connection, presser.person);
  const texts = textsFor(language);
  const text = values[COMMENT_FIELD] ?? "";
  if (text === "") return lineReply(language, texts.text("ask.form.empty"));
  if (countGraphemes(text) > MAX_TEXT_GRAPHEMES) {
    const limit = MAX_TEXT_GRAPHEMES;
    return lineReply(language, texts.text("talk.notice.too-long", { limit }));
  }
  const { connection, person } = presser;
  const right = await rightsInWords(engine, work, connection, { person, text });
  if (right !== undefined) return right;
  const input = { kind: "words", text, form: question, replaces: value === "replace" } as const;
  return takeStep(engine, work, { ...presser, input });
}

/** Nobody writes in vain: what would not be taken any more is refused before. */
async function open(
  engine: Engine,
  work: Work,
  presser: Presser,
  question: string,
): Promise<Reply> {
  const { connection, person, invitation } = presser;
  const language = languageOf(connection, person);
  const texts = textsFor(language);
  const { survey, conversation } = invitation;
  if (survey === undefined || conversation === undefined) {
    return lineReply(language, texts.text("talk.notice.unknown-version"));
  }
  const refusal = refuse(
    survey.definition,
    conversation,
    { kind: "comment", text: "" },
    { now: work.now.getTime(), expiresAt: invitation.expiresAt ?? 0 },
  );
  if (refusal !== undefined) {
    return lineReply(language, texts.text(`talk.notice.${refusal}`, { when: "" }));
  }
  const answers = await readAnswers(work.transaction, connection.workspace.id, invitation.id);
  const said = answers.get(question)?.text ?? undefined;
  const before = said !== undefined && said.length <= MAX_PREFILLED ? said : undefined;
  const talk = await talkOf(engine, work, presser, survey.definition);
  const form = commentForm(talk, conversation, question, before);
  return form === undefined
    ? lineReply(language, texts.text("talk.notice.closed"))
    : { kind: "form", form };
}
