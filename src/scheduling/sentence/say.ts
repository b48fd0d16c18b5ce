/** Questions about a sentence in the reader's language. Pure. */
import type { Texts } from "../../locales/index.ts";
import type { Choice, Question } from "./reading.ts";

/** The question itself; "none" stands for what is not known. */
export function sayQuestion(texts: Texts, { code, text, params }: Question): string {
  const { near = "", ...others } = params;
  const said = { said: text, near: near === "" ? "none" : near, ...others };
  return texts.text(`sentence.ask.${code}`, said);
}

/** The words of a choice; none: what was asked about is left out. */
export function sayChoice(texts: Texts, { words }: Choice): string {
  return words === "" ? texts.text("sentence.leave-out") : words;
}
