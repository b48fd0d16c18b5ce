/** What all messages of one invitation have in common, and the buttons in them. */
import { type Language, type TextKey, textsFor } from "../locales/index.ts";
import type { Address, Message, Option, Part } from "../platform.ts";
import type { WhoReads } from "../store/schema.ts";
import type { Conversation, Wish } from "./conversation-state.ts";
import { firstLevel } from "./next-step.ts";
import { fillIn, type Names } from "./placeholders.ts";
import { type Question, type SurveyDefinition, type Wording, wordsIn } from "./survey.ts";
import { NO_INVITATION, type TokenContent, type Tokens } from "./tokens.ts";

/** What the messages of one invitation have in common. */
export interface Talk {
  readonly survey: SurveyDefinition;
  readonly language: Language;
  /** The person's own language, which may be one that only the survey is worded in. */
  readonly tag?: string;
  readonly company: string;
  /** Whom it is about, where the survey names them. */
  readonly names?: Omit<Names, "company">;
  readonly workspaceId: number;
  readonly invitationId: string;
  readonly tokens: Tokens;
  /** Who reads the answers. */
  readonly promise: WhoReads;
  /** The first question under this promise: who reads the answer is said in full. */
  readonly introduces?: boolean;
  /** Where it is said: only in a direct message is what is written next an answer in words. */
  readonly place: Address;
  /** Said above the first question: which chat this is about. */
  readonly about?: string;
  /** Opens that chat, when the first question is asked somewhere else. */
  readonly chatUrl?: string;
  /** It is about no chat. */
  readonly general?: boolean;
  /** When "later" will be, in the person's language. */
  readonly laterAt?: string;
  /** The day until which nothing is asked, in the person's language. */
  readonly pausedUntil?: string;
}

/** A question as it is worded for this person now. */
export function questionWords(talk: Talk, state: Conversation, question: Question): string {
  return saidTo(
    talk,
    question.kind === "open"
      ? question.wordings[firstLevel(talk.survey, state.answers)]
      : question.wording,
  );
}

/** A wording as this person reads it: in a language of theirs, with the names that it leaves open. */
export function saidTo(talk: Talk, words: Wording): string {
  const { company, names } = talk;
  return fillIn(wordsFor(talk, words), { ...names, company });
}

/** The words of a survey may be in a language that we do not speak ourselves. */
export function wordsFor(
  { language, tag, survey }: Pick<Talk, "language" | "tag" | "survey">,
  words: Wording,
): string {
  return wordsIn(words, tag || language, survey);
}

/** Not now, not for a while, never, and what is kept: five entries are what Slack's menu holds. */
export function menu(talk: Talk): Part {
  const texts = textsFor(talk.language);
  const wishes = ["later", "decline", "pause", "stop"] as const;
  return {
    kind: "menu",
    label: texts.text("ask.menu"),
    options: [
      ...wishes.map((wish) => wishButton(talk, `ask.menu.${wish}`, wish)),
      { label: texts.text("rights.menu.label"), token: rightsToken(talk) },
    ],
  };
}

/** It is about whoever presses, whatever was asked. */
function rightsToken({ tokens, workspaceId }: Talk): string {
  return tokens.sign({ workspaceId, invitationId: NO_INVITATION, verb: "rights", value: "menu" });
}

export function wishButton(talk: Talk, key: TextKey, wish: Wish, question?: string): Option {
  return button(talk, key, {
    verb: "wish",
    value: wish,
    ...(question === undefined ? {} : { question }),
  });
}

export function writeButton(talk: Talk, key: TextKey, question: string): Option {
  return { ...button(talk, key, { verb: "write", question }), opens: "form" };
}

/** Of a question that stands where others read along: it names its person, and says nothing more. */
export function opener(talk: Talk, person: string): Exclude<Message["opener"], undefined> {
  return {
    says: textsFor(talk.language).text("ask.opener.says", { person }),
    option: button(talk, "ask.opener.button", { verb: "show" }),
  };
}

type ButtonContent = Pick<TokenContent, "verb" | "question" | "value">;

export function button(talk: Talk, key: TextKey, content: ButtonContent): Option {
  return { label: textsFor(talk.language).text(key), token: token(talk, content) };
}

export function token(talk: Talk, content: ButtonContent): string {
  return talk.tokens.sign({
    workspaceId: talk.workspaceId,
    invitationId: talk.invitationId,
    ...content,
  });
}
