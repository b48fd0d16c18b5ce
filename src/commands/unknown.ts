/** The answer to a word that means nothing here: the nearest one, and examples. */
import { type Language, textsFor } from "../locales/index.ts";
import type { Reply } from "../platform.ts";
import { nearest } from "./nearest.ts";

const MAX_SHOWN = 40;

/** `word` is shown as the person's own: a quote, never markup. */
export function unknownWord(
  language: Language,
  word: string,
  known: readonly string[],
  examples: string,
): Reply {
  const texts = textsFor(language);
  const near = nearest(word, known);
  const problem = texts.text("command.unknown");
  return {
    kind: "message",
    message: {
      summary: problem,
      parts: [
        { kind: "text", text: problem },
        { kind: "quote", text: word.slice(0, MAX_SHOWN) },
        ...(near === undefined
          ? []
          : [
              {
                kind: "text",
                text: texts.text("command.unknown.nearest", { nearest: near }),
              } as const,
            ]),
        { kind: "note", text: texts.text("command.examples", { examples }) },
      ],
      locale: language,
    },
  };
}
