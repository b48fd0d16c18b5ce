/** From what the conversation wants to say to messages with buttons, in the person's language. */
import type { Language, TextKey, Texts } from "../locales/index.ts";
import { textsFor } from "../locales/index.ts";
import type { MetricName } from "../metrics/metric.ts";
import { metrics } from "../metrics/registry.ts";
import type { Message, Option, Part } from "../platform.ts";

import type { Conversation, Say, Wish } from "./conversation-state.ts";
import { firstLevel } from "./next-step.ts";
import { type Question, questionOf, type SurveyDefinition, wordsIn } from "./survey.ts";
import type { TokenContent, Tokens } from "./tokens.ts";

/** What the messages of one invitation have in common. */
export interface Talk {
  readonly survey: SurveyDefinition;
  readonly language: Language;
  readonly company: string;
  readonly workspaceId: number;
  readonly invitationId: string;
  readonly tokens: Tokens;
  /** Said above the first question: which chat this is about. */
  readonly about?: string;
  /** When "later" will be, in the person's language. */
  readonly laterAt?: string;
}

/** Puts several sayings into one message; `undefined` when there is nothing to say. */
export function sayMessage(
  talk: Talk,
  state: Conversation,
  says: readonly Say[],
): Message | undefined {
  const parts = says.flatMap((say) => partsOf(talk, state, say));
  const first = parts.find((part) => part.kind === "text" || part.kind === "heading");
  if (parts.length === 0) return undefined;
  return {
    summary: first?.text ?? textsFor(talk.language).text("ask.menu"),
    parts,
    locale: talk.language,
  };
}

function partsOf(talk: Talk, state: Conversation, say: Say): Part[] {
  const texts = textsFor(talk.language);
  switch (say.kind) {
    case "question":
      return questionParts(talk, state, say.question, say.again ?? false);
    case "answered":
      return answeredParts(talk, say.question, say.value);
    case "noted":
      return [
        {
          kind: "text",
          text: texts.text("ask.noted", { answer: answerLabel(talk, say.question, say.value) }),
        },
        ...(say.comment === undefined ? [] : [{ kind: "quote", text: say.comment } as const]),
        { kind: "actions", options: [button(talk, "ask.undo", { verb: "undo" })] },
      ];
    case "thanks":
      return [
        {
          kind: "text",
          text: texts.text(say.contact ? "talk.thanks.contact" : `talk.thanks.${say.level}`),
        },
      ];
    case "notice": {
      const key: TextKey = `talk.notice.${say.notice}`;
      return [{ kind: "text", text: texts.text(key, { when: talk.laterAt ?? "" }) }];
    }
  }
}

function questionParts(talk: Talk, state: Conversation, key: string, again: boolean): Part[] {
  const question = questionOf(talk.survey, key);
  if (question === undefined) return [];
  const texts = textsFor(talk.language);
  const wording: Part = { kind: "text", text: questionWords(talk, state, question) };
  const first = talk.survey.questions[0]?.key === key;
  const apology = (apologyKey: TextKey): Part[] =>
    again ? [{ kind: "text", text: texts.text(apologyKey) }] : [];
  switch (question.kind) {
    case "score":
      return [
        ...(first && !again && talk.about !== undefined
          ? [{ kind: "note", text: talk.about } as const]
          : []),
        ...apology("ask.again.score"),
        wording,
        scalePart(talk, key, question.metric),
        ...(first ? [menu(talk)] : []),
        ...(first && !again
          ? [{ kind: "note", text: texts.text("ask.hint", { company: talk.company }) } as const]
          : []),
      ];
    case "open":
      return [
        wording,
        { kind: "note", text: texts.text("ask.open.hint") },
        { kind: "actions", options: [wishButton(talk, "ask.skip", "skip", key)] },
      ];
    case "yes-no":
      return [
        ...apology("ask.again.choice"),
        wording,
        {
          kind: "choices",
          options: (["yes", "no"] as const).map((value) =>
            button(talk, `ask.contact.${value}`, { verb: "answer", question: key, value }),
          ),
        },
      ];
  }
}

function questionWords(talk: Talk, state: Conversation, question: Question): string {
  return question.kind === "open"
    ? wordsIn(question.wordings[firstLevel(talk.survey, state.answers)], talk.language)
    : wordsIn(question.wording, talk.language);
}

/** An eleven-point scale is a row of numbers with labelled ends; shorter ones are labelled fully. */
function scalePart(talk: Talk, question: string, metric: MetricName): Part {
  const texts = textsFor(talk.language);
  const options = metrics[metric].displayed.map((score) => ({
    label: scoreLabel(texts, metric, score),
    token: token(talk, { verb: "answer", question, value: String(score) }),
    ...(metric === "nps" ? { hint: npsHint(texts, score) } : {}),
  }));
  if (metric !== "nps") return { kind: "choices", options };
  return {
    kind: "scale",
    options,
    low: texts.text("scale.nps.low"),
    high: texts.text("scale.nps.high"),
  };
}

function npsHint(texts: Texts, score: number): string {
  const hint = texts.text("scale.nps.hint", { score });
  if (score === 0) return `${hint}, ${texts.text("scale.nps.low")}`;
  return score === 10 ? `${hint}, ${texts.text("scale.nps.high")}` : hint;
}

/** What a stored score is called to people: "9", "Agree", "Partly". */
export function scoreLabel(texts: Texts, metric: MetricName, score: number): string {
  if (metric === "nps") return String(score);
  const key = `scale.${metric}.${score}`;
  return isScaleKey(key) ? texts.text(key) : String(score);
}

type ScaleKey = Extract<TextKey, `scale.${string}`>;

function isScaleKey(key: string): key is ScaleKey {
  return /^scale\.(ces\.[1-7]|(csat|expectation|emotion)\.[1-5]|resolution\.[0-2])$/.test(key);
}

function answerLabel(talk: Talk, key: string, value: number | string): string {
  const texts = textsFor(talk.language);
  const question = questionOf(talk.survey, key);
  if (question?.kind === "score" && typeof value === "number") {
    const label = scoreLabel(texts, question.metric, value);
    return label === String(value) || question.metric === "resolution"
      ? label
      : `${value} · ${label}`;
  }
  return texts.text(value === "yes" ? "ask.contact.yes" : "ask.contact.no");
}

function answeredParts(talk: Talk, key: string, value: number | string): Part[] {
  const texts = textsFor(talk.language);
  const question = questionOf(talk.survey, key);
  const wording =
    question === undefined || question.kind === "open"
      ? []
      : [wordsIn(question.wording, talk.language)];
  return [
    ...wording.map((text) => ({ kind: "note", text }) as const),
    { kind: "text", text: texts.text("ask.answered", { answer: answerLabel(talk, key, value) }) },
    { kind: "actions", options: [button(talk, "ask.change", { verb: "change", question: key })] },
  ];
}

/** What stands in the place of a question that was skipped. */
export function skippedMessage(talk: Talk, state: Conversation, key: string): Message | undefined {
  const question = questionOf(talk.survey, key);
  if (question === undefined) return undefined;
  const text = questionWords(talk, state, question);
  const note = textsFor(talk.language).text("ask.skipped");
  return {
    summary: text,
    parts: [
      { kind: "text", text },
      { kind: "note", text: note },
    ],
    locale: talk.language,
  };
}

function menu(talk: Talk): Part {
  const texts = textsFor(talk.language);
  const wishes = ["later", "decline", "pause", "stop"] as const;
  return {
    kind: "menu",
    label: texts.text("ask.menu"),
    options: wishes.map((wish) => wishButton(talk, `ask.menu.${wish}`, wish)),
  };
}

function wishButton(talk: Talk, key: TextKey, wish: Wish, question?: string): Option {
  return button(talk, key, {
    verb: "wish",
    value: wish,
    ...(question === undefined ? {} : { question }),
  });
}

type ButtonContent = Pick<TokenContent, "verb" | "question" | "value">;

function button(talk: Talk, key: TextKey, content: ButtonContent): Option {
  return { label: textsFor(talk.language).text(key), token: token(talk, content) };
}

function token(talk: Talk, content: ButtonContent): string {
  return talk.tokens.sign({
    workspaceId: talk.workspaceId,
    invitationId: talk.invitationId,
    ...content,
  });
}
