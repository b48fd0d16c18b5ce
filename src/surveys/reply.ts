/**
 * How a person's own words are understood. Pure, in linear time, and careful: a score is taken only
 * when nothing else can have been meant. Words are never instructions to us. See docs/replies.md.
 */
import type { Language } from "../locales/index.ts";
import type { MetricName } from "../metrics/metric.ts";
import { metrics } from "../metrics/registry.ts";
import {
  type Choice,
  type ChoiceFound,
  consentAnswers,
  findChoice,
  resolutionAnswers,
} from "./reply/choice.ts";
import { type Clause, clausesOf } from "./reply/clauses.ts";
import { commentBeside, type Found, isComment } from "./reply/comment.ts";
import { findOption, type OptionWords } from "./reply/option.ts";
import { findScore, type ScoreFound } from "./reply/score.ts";
import { findFirmStop, findSpokenWish, findWish, isNothing, type WishFound } from "./reply/wish.ts";
import { cleanText } from "./words.ts";

export { resolveWhen } from "./reply/when.ts";

/** A longer reply is taken as a comment as it is: nobody gives a score in so many words. */
const MAX_READ_LENGTH = 2_000;

/** "–": how many people write "nothing". */
const DASH = /^\p{Pd}$/u;

/** What the person wants of us instead of answering. `when` is their own words for the time. */
type Wish =
  | { readonly kind: "later"; readonly when?: string }
  /** Not for a while: 30 days. */
  | { readonly kind: "pause" }
  /** Not this one. */
  | { readonly kind: "decline" }
  /** Never again. */
  | { readonly kind: "stop" };

interface Comment {
  readonly kind: "comment";
  readonly comment: string;
}

/** Nothing that we understand: ask again. */
interface Unclear {
  readonly kind: "unclear";
}

/** What a reply to a scored question says. Words as scores are of metric `resolution` only. */
export type Understood =
  | { readonly kind: "score"; readonly score: number | Choice; readonly comment?: string }
  | Comment
  | Wish
  | Unclear;

/** What a reply to an open question says. */
export type UnderstoodWords = Comment | Wish | Unclear;

/** What a reply to a yes-or-no question says. */
export type UnderstoodYesNo =
  | { readonly kind: "yes" | "no"; readonly comment?: string }
  | Wish
  | Unclear;

/** What a reply to a choice says: the key of an option. */
export type UnderstoodOption =
  | { readonly kind: "option"; readonly option: string; readonly comment?: string }
  | Comment
  | Wish
  | Unclear;

/** A person's reply; `language` is theirs as far as we know: all our languages are understood. */
export interface WordsGiven {
  readonly text: string;
  readonly language: Language;
}

/** A reply to a question that is scored by `metric`. */
export function understandReply(given: WordsGiven & { readonly metric: MetricName }): Understood {
  const text = cleanText(given.text);
  if (text.length > MAX_READ_LENGTH) return { kind: "comment", comment: text };
  const clauses = clausesOf(text, given.language);
  const stop = findFirmStop(clauses);
  if (stop !== undefined) return said(stop, text);
  const found = findAnswer(clauses, given.metric);
  if (found !== undefined && found !== "bad") {
    return { kind: "score", score: found.score, ...beside(text, clauses, found) };
  }
  const wish = findWish(clauses);
  if (wish !== undefined) return said(wish, text);
  const telling = found === undefined && isComment(clauses, given.metric);
  return telling ? { kind: "comment", comment: text } : { kind: "unclear" };
}

function findAnswer(
  clauses: readonly Clause[],
  metric: MetricName,
): ScoreFound | ChoiceFound | "bad" | undefined {
  if (metric === "resolution") return findChoice(clauses, resolutionAnswers);
  return findScore(clauses, { metric, scale: metrics[metric].scale });
}

/**
 * A reply to an open question: everything is the answer, "9" and "tomorrow" too, unless it is
 * nothing but a wish, or "nothing".
 */
export function understandWords(given: WordsGiven): UnderstoodWords {
  const text = cleanText(given.text);
  if (text.length > MAX_READ_LENGTH) return { kind: "comment", comment: text };
  const clauses = clausesOf(text, given.language);
  const wish = findFirmStop(clauses) ?? findSpokenWish(clauses);
  if (wish !== undefined) return said(wish, text);
  if (isNothing(clauses) || DASH.test(text)) return { kind: "decline" };
  const telling = /[\p{L}\p{N}\p{S}]/u.test(text);
  return telling ? { kind: "comment", comment: text } : { kind: "unclear" };
}

/** A reply to a yes-or-no question, such as "May someone from the team get back to you?". */
export function understandYesNo(given: WordsGiven): UnderstoodYesNo {
  const text = cleanText(given.text);
  if (text.length > MAX_READ_LENGTH) return { kind: "unclear" };
  const clauses = clausesOf(text, given.language);
  const stop = findFirmStop(clauses);
  if (stop !== undefined) return said(stop, text);
  const found = findChoice(clauses, consentAnswers);
  if (found !== undefined && found !== "bad" && found.score !== "partly") {
    return { kind: found.score, ...beside(text, clauses, found) };
  }
  const wish = findWish(clauses);
  return wish === undefined ? { kind: "unclear" } : said(wish, text);
}

/** A reply to a question with options, which are given in the order in which they are shown. */
export function understandOption(
  given: WordsGiven & { readonly options: readonly OptionWords[] },
): UnderstoodOption {
  const text = cleanText(given.text);
  if (text.length > MAX_READ_LENGTH) return { kind: "comment", comment: text };
  const clauses = clausesOf(text, given.language);
  const stop = findFirmStop(clauses);
  if (stop !== undefined) return said(stop, text);
  const found = findOption(text, clauses, given.options);
  if (found !== undefined && found !== "bad") {
    return { kind: "option", option: found.option, ...beside(text, clauses, found) };
  }
  const wish = findWish(clauses);
  if (wish !== undefined) return said(wish, text);
  const telling = found === undefined && isComment(clauses);
  return telling ? { kind: "comment", comment: text } : { kind: "unclear" };
}

function beside(
  text: string,
  clauses: readonly Clause[],
  found: Found,
): { readonly comment?: string } {
  const comment = commentBeside(text, clauses, found);
  return comment === undefined ? {} : { comment };
}

function said({ kind, when }: WishFound, text: string): Wish {
  if (kind !== "later" || when === undefined) return { kind };
  return { kind, when: text.slice(when.start, when.end) };
}
