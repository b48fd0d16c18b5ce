/** From what the conversation wants to say to messages with buttons, in the person's language. */
import { type TextKey, textsFor } from "../locales/index.ts";
import { metrics } from "../metrics/registry.ts";
import type { Message, Option, Part } from "../platform.ts";
import type { Conversation, Say } from "./conversation-state.ts";
import { npsHint, scaleEnds, stepLabel } from "./labels.ts";
import { shownOptions } from "./order.ts";
import {
  type ChoiceQuestion,
  chosenOption,
  type Question,
  questionOf,
  type Wording,
} from "./survey.ts";
import {
  button,
  menu,
  questionWords,
  saidTo,
  type Talk,
  token,
  wishButton,
  wordsFor,
  writeButton,
} from "./talk.ts";

/** Puts several sayings into one message; `undefined` when there is nothing to say. */
export function sayMessage(
  talk: Talk,
  state: Conversation,
  says: readonly Say[],
): Message | undefined {
  const parts = says.flatMap((say) => partsOf(talk, state, say));
  const first = parts.find((part) => part.kind === "text" || part.kind === "heading");
  if (parts.length === 0) return undefined;
  const summary = first?.text ?? textsFor(talk.language).text("ask.menu");
  // A notification shows nothing but the summary: it says what the question is about, too.
  const named =
    talk.about !== undefined &&
    parts.some((part) => part.kind === "note" && part.text === talk.about);
  return {
    summary: named ? `${talk.about} · ${summary}` : summary,
    parts,
    locale: talk.language,
  };
}

function partsOf(talk: Talk, state: Conversation, say: Say): Part[] {
  const texts = textsFor(talk.language);
  switch (say.kind) {
    case "question":
      return questionParts(talk, state, say.question, say.again);
    case "answered":
      return answeredParts(talk, say);
    case "wrote":
      return wroteParts(talk, state, say);
    case "noted":
      return [
        {
          kind: "text",
          text: texts.text(notedKey(talk, say), {
            answer: answerLabel(talk, say.question, say.value),
          }),
        },
        ...(say.comment === undefined ? [] : [{ kind: "quote", text: say.comment } as const]),
        { kind: "actions", options: [takeBack(talk, say.question)] },
      ];
    case "thanks":
      return [{ kind: "text", text: thanks(talk, say) }];
    case "notice": {
      const general = say.notice === "declined" && talk.general === true;
      const key: TextKey = general ? "talk.notice.declined.general" : `talk.notice.${say.notice}`;
      const { laterAt: when = "", pausedUntil: day = "" } = talk;
      return [{ kind: "text", text: texts.text(key, { when, day }) }];
    }
  }
}

function questionParts(
  talk: Talk,
  state: Conversation,
  key: string,
  again: SayOf<"question">["again"],
): Part[] {
  const question = questionOf(talk.survey, key);
  if (question === undefined) return [];
  const texts = textsFor(talk.language);
  const words = questionWords(talk, state, question);
  const asked = again === "reminder" ? texts.text("ask.reminder", { question: words }) : words;
  const wording: Part = { kind: "text", text: asked };
  const first = talk.survey.questions[0]?.key === key;
  const begins = first && (again === undefined || again === "reminder");
  const apology = (apologyKey: TextKey): Part[] =>
    again === "unclear" ? [{ kind: "text", text: texts.text(apologyKey) }] : [];
  switch (question.kind) {
    case "score":
      return [
        ...(begins ? aboutParts(talk) : []),
        ...apology("ask.again.score"),
        wording,
        scalePart(talk, question),
        ...(first ? [menu(talk)] : []),
        ...(begins ? [hint(talk)] : []),
      ];
    case "choice":
      return [
        ...(begins ? aboutParts(talk) : []),
        ...apology("ask.again.option"),
        wording,
        optionsPart(talk, question),
        first ? menu(talk) : skipAction(talk, key),
        ...(begins ? [hint(talk)] : []),
      ];
    case "open":
      return [wording, openHint(talk), openActions(talk, key)];
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
        ...contactNote(talk),
      ];
  }
}

function thanks(talk: Talk, said: SayOf<"thanks">): string {
  const key = thanksKey(talk, said);
  const own = key === `talk.thanks.${said.level}` ? talk.survey.thanks : undefined;
  return own === undefined ? textsFor(talk.language).text(key) : saidTo(talk, own[said.level]);
}

/** Who learns of an answer is part of the thanks: under "only totals" nobody sees it alone. */
function thanksKey({ promise, survey }: Talk, { contact, level, complaint }: SayOf<"thanks">) {
  if (contact) return "talk.thanks.contact";
  // Who gave a low score was asked whether somebody may get back to them.
  const asked = level === "low" && survey.metric !== undefined;
  if (complaint && !asked) return "case.complaint.passed";
  if (promise === "named") return `talk.thanks.${level}` as const;
  return level === "low" ? "talk.thanks.totals.low" : "talk.thanks.totals";
}

/** Several words of ours within a sentence of ours need to be told apart. */
function notedKey({ survey }: Talk, { question }: SayOf<"noted">): TextKey {
  const asked = questionOf(survey, question);
  return asked?.kind === "choice" ? "ask.noted.option" : "ask.noted";
}

/** What was read out of words: all of it is undone, or only what was not said first. */
function takeBack(talk: Talk, question: string): Option {
  return talk.survey.questions[0]?.key === question
    ? button(talk, "ask.undo", { verb: "undo" })
    : button(talk, "ask.change", { verb: "change", question });
}

/** Whoever lets somebody get back to them gives up being one of many: they are told before. */
function contactNote({ promise, language, company }: Talk): Part[] {
  if (promise === "named") return [];
  return [{ kind: "note", text: textsFor(language).text("ask.contact.totals", { company }) }];
}

function aboutParts({ about, chatUrl, language }: Talk): Part[] {
  const label = textsFor(language).text("ask.open-chat");
  return [
    ...(about === undefined ? [] : [{ kind: "note", text: about } as const]),
    ...(chatUrl === undefined ? [] : [{ kind: "link", link: { label, url: chatUrl } } as const]),
  ];
}

/** Whoever is asked where others read along is told so before they answer. */
function hint({ place, language, company, promise, introduces = false }: Talk): Part {
  const totals = promise === "totals" ? ".totals" : "";
  const here = place.kind === "direct" ? "" : ".here";
  const first = introduces ? ".first" : "";
  const key =
    place.kind === "chat" ? "ask.hint.thread" : (`ask.hint${totals}${here}${first}` as const);
  return { kind: "note", text: textsFor(language).text(key, { company }) };
}

/** Where others write too, or we are not told what is written, only the form takes a comment. */
function openHint({ place, language, promise }: Talk): Part {
  const texts = textsFor(language);
  const how =
    place.kind === "direct"
      ? texts.text("ask.open.hint")
      : texts.text("ask.open.hint.here", { write: texts.text("ask.write") });
  const text = promise === "named" ? how : `${how} ${texts.text("ask.open.hint.totals")}`;
  return { kind: "note", text };
}

function skipAction(talk: Talk, key: string): Part {
  return { kind: "actions", options: [wishButton(talk, "ask.skip", "skip", key)] };
}

function openActions(talk: Talk, key: string): Part {
  const write = writeButton(talk, "ask.write", key);
  return { kind: "actions", options: [write, wishButton(talk, "ask.skip", "skip", key)] };
}

/** An eleven-point scale is a row of numbers with labelled ends; shorter ones are labelled fully. */
function scalePart(talk: Talk, question: Extract<Question, { kind: "score" }>): Part {
  const texts = textsFor(talk.language);
  const { metric, key } = question;
  const read = (words: Wording) => wordsFor(talk, words);
  const ends = scaleEnds(texts, question, read);
  const options = metrics[metric].displayed.map((score) => ({
    label: stepLabel(texts, question, score, read),
    token: token(talk, { verb: "answer", question: key, value: String(score) }),
    ...(metric === "nps" ? { hint: npsHint(texts, score, ends) } : {}),
  }));
  return metric === "nps" ? { kind: "scale", options, ...ends } : { kind: "choices", options };
}

/** A list to pick from where there are many: it says so by itself. */
function optionsPart(talk: Talk, question: ChoiceQuestion): Part {
  const options = shownOptions(question, talk.invitationId).map(({ key: value, wording }) => ({
    label: wordsFor(talk, wording),
    token: token(talk, { verb: "answer", question: question.key, value }),
  }));
  return { kind: "choices", options, pick: textsFor(talk.language).text("ask.pick") };
}

function answerLabel(talk: Talk, key: string, value: number | string): string {
  const texts = textsFor(talk.language);
  const question = questionOf(talk.survey, key);
  if (question?.kind === "score" && typeof value === "number") {
    const label = stepLabel(texts, question, value, (words) => wordsFor(talk, words));
    return label === String(value) || question.metric === "resolution"
      ? label
      : `${value} · ${label}`;
  }
  const chosen = chosenOption(question, value);
  if (chosen !== undefined) return wordsFor(talk, chosen.wording);
  return texts.text(value === "yes" ? "ask.contact.yes" : "ask.contact.no");
}

function answeredParts(talk: Talk, said: SayOf<"answered">): Part[] {
  const { question: key, value, settled = false } = said;
  const texts = textsFor(talk.language);
  const question = questionOf(talk.survey, key);
  const wording =
    question === undefined || question.kind === "open" ? [] : [saidTo(talk, question.wording)];
  return [
    ...wording.map((text) => ({ kind: "note", text }) as const),
    { kind: "text", text: texts.text("ask.answered", { answer: answerLabel(talk, key, value) }) },
    ...changeBy(settled, button(talk, "ask.change", { verb: "change", question: key })),
  ];
}

function wroteParts(talk: Talk, state: Conversation, said: SayOf<"wrote">): Part[] {
  const { question: key, text: words, settled = false } = said;
  const texts = textsFor(talk.language);
  const question = questionOf(talk.survey, key);
  return [
    ...(question === undefined
      ? []
      : [{ kind: "note", text: questionWords(talk, state, question) } as const]),
    { kind: "text", text: texts.text("ask.wrote") },
    { kind: "quote", text: words },
    ...changeBy(settled, writeButton(talk, "ask.change", key)),
  ];
}

type SayOf<K extends Say["kind"]> = Extract<Say, { kind: K }>;

function changeBy(settled: boolean, option: Option): Part[] {
  return settled ? [] : [{ kind: "actions", options: [option] }];
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
