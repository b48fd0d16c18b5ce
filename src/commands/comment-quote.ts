/** A customer's comment as every card quotes it. */
import type { Texts } from "../locales/index.ts";
import type { Part } from "../platform.ts";
import type { Comment } from "../store/comments.ts";
import { cleanText } from "../surveys/words.ts";
import { marksIn } from "./feedback/marks.ts";

/** A quoted comment is cut after this many characters; the whole of it is one click away. */
const COMMENT_LENGTH = 300;

/** The words literally, with who said them beside which answer, and the way to the chat. */
export function commentQuote(
  texts: Texts,
  answer: string,
  { text, person, chatUrl }: Pick<Comment, "text" | "person" | "chatUrl">,
  /** Folded words that were searched for. */
  terms: readonly string[] = [],
): Part {
  const short = shortened(text);
  const marks = marksIn(short, terms);
  return {
    kind: "quote",
    text: short,
    ...(marks.length === 0 ? {} : { marks }),
    by: person === null ? answer : `${person} · ${answer}`,
    ...(chatUrl === null
      ? {}
      : { link: { label: texts.text("summary.comment.open"), url: chatUrl } }),
  };
}

/** A person's words, cut where they are long, with a mark that tells so. */
export function shortened(text: string): string {
  const short = cleanText(text, COMMENT_LENGTH);
  return short.length < text.trim().length ? `${short}…` : short;
}
