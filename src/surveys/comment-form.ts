/** Open questions as a form, for whoever is not in a conversation with us just now. */
import { textsFor } from "../locales/index.ts";
import type { Form } from "../platform.ts";
import type { Conversation } from "./conversation-state.ts";
import { questionOf } from "./survey.ts";
import { questionWords, type Talk, token } from "./talk.ts";
import { MAX_TEXT_GRAPHEMES } from "./words.ts";

/** Name of the form's one field. */
export const COMMENT_FIELD = "text";

/** The form of an open question; `before` is what was said already, to be written anew. */
export function commentForm(
  talk: Talk,
  state: Conversation,
  key: string,
  before: string | undefined,
): Form | undefined {
  const question = questionOf(talk.survey, key);
  if (question?.kind !== "open") return undefined;
  const texts = textsFor(talk.language);
  const value = before === undefined ? "add" : "replace";
  return {
    title: texts.text("ask.form.title"),
    submit: {
      label: texts.text("ask.form.send"),
      token: token(talk, { verb: "comment", question: key, value }),
    },
    fields: [
      {
        name: COMMENT_FIELD,
        label: questionWords(talk, state, question),
        multiline: true,
        required: true,
        maxLength: MAX_TEXT_GRAPHEMES,
        ...(before === undefined ? {} : { value: before }),
      },
    ],
  };
}
