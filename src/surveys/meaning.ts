/** From a person's words to what they mean, given the question that waits for them. Pure. */
import type { Language } from "../locales/index.ts";
import { scoreCode } from "../metrics/registry.ts";
import type { Wish } from "./conversation-state.ts";
import { shownOptions } from "./order.ts";
import { understandOption, understandReply, understandWords, understandYesNo } from "./reply.ts";
import type { ChoiceQuestion, Question } from "./survey.ts";

/** What a button or a reply in words comes down to. */
export type Meaning =
  | {
      readonly kind: "answer";
      readonly question: string;
      readonly value: number | string;
      /** True when it was read out of words: it is confirmed back. */
      readonly inWords?: boolean;
      /** What the person said beside the score. */
      readonly comment?: string;
    }
  | {
      readonly kind: "wish";
      readonly wish: Wish;
      readonly question?: string;
      readonly when?: string;
    }
  | { readonly kind: "change"; readonly question: string }
  | { readonly kind: "undo" }
  | { readonly kind: "comment"; readonly text: string }
  | { readonly kind: "unclear" };

/** Who replies: in which language, and by what the options that they see are mixed. */
interface Reader {
  readonly language: Language;
  readonly seed: string;
}

/** What `text` means as a reply to `question`. */
export function meaningOf(
  question: Question | undefined,
  text: string,
  { language, seed }: Reader,
): Meaning {
  if (question === undefined) return { kind: "unclear" };
  switch (question.kind) {
    case "score":
      return scoreMeaning(question, text, language);
    case "open":
      return wordsMeaning(text, language);
    case "yes-no":
      return yesNoMeaning(question.key, text, language);
    case "choice":
      return optionMeaning(question, text, { language, seed });
  }
}

function scoreMeaning(
  question: Extract<Question, { kind: "score" }>,
  text: string,
  language: Language,
): Meaning {
  const understood = understandReply({ metric: question.metric, text, language });
  switch (understood.kind) {
    case "score":
      return {
        kind: "answer",
        question: question.key,
        value: scoreCode(question.metric, understood.score),
        inWords: true,
        ...(understood.comment === undefined ? {} : { comment: understood.comment }),
      };
    case "comment":
      return { kind: "comment", text: understood.comment };
    case "unclear":
      return { kind: "unclear" };
    default:
      return wishMeaning(understood);
  }
}

function wordsMeaning(text: string, language: Language): Meaning {
  const understood = understandWords({ text, language });
  switch (understood.kind) {
    case "comment":
      return { kind: "comment", text: understood.comment };
    case "unclear":
      return { kind: "unclear" };
    case "decline":
      return { kind: "wish", wish: "skip" };
    default:
      return wishMeaning(understood);
  }
}

function wishMeaning(wish: { kind: Wish; when?: string }): Meaning {
  return { kind: "wish", wish: wish.kind, ...(wish.when === undefined ? {} : { when: wish.when }) };
}

function yesNoMeaning(question: string, text: string, language: Language): Meaning {
  const understood = understandYesNo({ text, language });
  switch (understood.kind) {
    case "yes":
    case "no":
      return {
        kind: "answer",
        question,
        value: understood.kind,
        ...(understood.comment === undefined ? {} : { comment: understood.comment }),
      };
    case "unclear":
      // "Only if it is Kim" is neither, but worth keeping.
      return /\p{L}/u.test(text) ? { kind: "comment", text } : { kind: "unclear" };
    default:
      return wishMeaning(understood);
  }
}

function optionMeaning(
  question: ChoiceQuestion,
  text: string,
  { language, seed }: Reader,
): Meaning {
  const options = shownOptions(question, seed).map(({ key, wording }) => ({
    key,
    words: Object.values(wording),
  }));
  const understood = understandOption({ text, language, options });
  switch (understood.kind) {
    case "option":
      return {
        kind: "answer",
        question: question.key,
        value: understood.option,
        inWords: true,
        ...(understood.comment === undefined ? {} : { comment: understood.comment }),
      };
    case "comment":
      return { kind: "comment", text: understood.comment };
    case "unclear":
      return { kind: "unclear" };
    default:
      return wishMeaning(understood);
  }
}
