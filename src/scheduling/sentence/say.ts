/** Questions about a sentence in the reader's language. Pure. */
import type { Texts } from "../../locales/index.ts";
import { sayProblem, sayScheduleField } from "../definition/say-problem.ts";
import type { Choice, Question } from "./reading.ts";

/** The question itself; "none" stands for what is not known. */
export function sayQuestion(texts: Texts, { code, text, params, problem }: Question): string {
  if (problem !== undefined) {
    const field = sayScheduleField(texts, problem.path);
    return texts.text("sentence.ask.does-not-fit", { field, problem: sayProblem(texts, problem) });
  }
  const { near = "", ...others } = params;
  const said = { said: text, near: near === "" ? "none" : near, ...others };
  return texts.text(`sentence.ask.${code}`, said);
}

/** What a choice is called: the words that it puts in, or that hold; none: what was asked about is left out. */
export function sayChoice(texts: Texts, { words, keeps = words }: Choice): string {
  return keeps === "" ? texts.text("sentence.leave-out") : keeps;
}
