/** The card of a case: who was unhappy, what they said, who is at it, until when. */
import { languageOf } from "../language-of.ts";
import { type Texts, textsFor } from "../locales/index.ts";
import { metrics } from "../metrics/registry.ts";
import type { Message, Part } from "../platform.ts";
import {
  type CaseNames,
  readCaseNames,
  readToldAnswers,
  readToldWords,
  type ToldAnswer,
} from "../store/case-card.ts";
import type { Case } from "../store/cases.ts";
import { type Chat, readChat } from "../store/chats.ts";
import type { Connection } from "../store/connections.ts";
import { handlerNames } from "../store/handlers.ts";
import type { Db } from "../store/schema.ts";
import { readSettings } from "../store/settings.ts";
import { scoreLabel } from "../surveys/labels.ts";
import { CONTACT } from "../surveys/parts.ts";
import { wordsIn } from "../surveys/survey.ts";
import type { Tokens } from "../surveys/tokens.ts";
import { cardButtons } from "./card-buttons.ts";
import { stateRows } from "./card-state.ts";

/** So many words of earlier answers are told beside the newest. */
const TOLD_QUOTES = 3;

/** Everything that the card tells. */
interface CardFacts {
  readonly names: CaseNames;
  readonly answers: readonly ToldAnswer[];
  readonly words: readonly { readonly text: string; readonly by: string | null }[];
  readonly chat: Chat | undefined;
  readonly agents: readonly string[];
}

/** The card as it stands now. `mark`: what its buttons carry when it is a copy for one reader. */
export async function cardMessage(
  { db, tokens, now }: { readonly db: Db; readonly tokens: Tokens; readonly now: Date },
  connection: Connection,
  c: Case,
  mark?: string,
): Promise<Message> {
  const { workspace } = connection;
  const language = languageOf(connection);
  const texts = textsFor(language);
  const facts = await readFacts(db, workspace.id, c);
  const { cases } = await readSettings(db, workspace.id);
  const { heading, tellsScore } = headingOf(texts, c, facts);
  const state = { now, timeZone: workspace.timeZone, escalateTo: cases.escalateTo };
  const told = factRows(texts, c, facts, tellsScore);
  const rows = [...told, ...stateRows(texts, c, facts.names, state)];
  const options = cardButtons(tokens, workspace.id, c, texts, mark);
  const parts: Part[] = [
    { kind: "heading", text: heading },
    ...quotes(facts),
    { kind: "facts", rows },
    ...(facts.chat?.url ? [openChat(texts, facts.chat.url)] : []),
    ...(options.length === 0 ? [] : [{ kind: "actions", options } as const]),
  ];
  return { summary: heading, parts, locale: language };
}

async function readFacts(db: Db, workspaceId: number, c: Case): Promise<CardFacts> {
  const answers = await readToldAnswers(db, workspaceId, c.id, CONTACT);
  const chat = c.chatId === null ? undefined : await readChat(db, workspaceId, c.chatId);
  return {
    names: await readCaseNames(db, workspaceId, c),
    answers: answers.map(asPromised),
    words: await readToldWords(db, workspaceId, c.id),
    chat,
    agents: chat === undefined ? [] : await handlerNames(db, workspaceId, chat.id, chat.closings),
  };
}

/** Who was promised totals is seen with what they answered only as long as they want to be called back. */
function asPromised(answer: ToldAnswer): ToldAnswer {
  return isOpenly(answer) ? answer : { ...answer, score: null, chosen: [], text: null };
}

function isOpenly({ promise, contact }: ToldAnswer): boolean {
  return promise === "named" || contact === "yes";
}

/** Why there is a case, in the words of its newest answer; `tellsScore`: what they gave is in it. */
function headingOf(
  texts: Texts,
  c: Case,
  { names, answers }: CardFacts,
): { readonly heading: string; readonly tellsScore: boolean } {
  const person = names.person ?? texts.text("case.nobody");
  const says = (heading: string, tellsScore = true) => ({ heading, tellsScore });
  const answer = answers.find(({ invitationId }) => invitationId === c.invitationId);
  const { metric = null, score = null } = answer ?? {};
  if (answer !== undefined && metric !== null && isOpenly(answer)) {
    const facts = { person, metric: texts.text(`metric.${metric}.name`) };
    const low = score !== null && metrics[metric].levelOf(score) === "low";
    const said = score === null ? "" : scoreLabel(texts, metric, score);
    if (low) return says(texts.text("alert.low", { ...facts, answer: said }));
    if (c.cause === "low-score") {
      return score === null
        ? says(texts.text("alert.withdrawn", facts))
        : says(texts.text("alert.changed", { ...facts, answer: said }));
    }
  }
  const cause = c.cause === "low-score" ? "contact" : c.cause;
  return says(texts.text(`case.heading.${cause}`, { person }), false);
}

function quotes({ names, answers, words }: CardFacts): Part[] {
  const told = [
    ...words,
    ...answers.flatMap(({ text }) => (text === null ? [] : [{ text, by: names.person }])),
  ];
  return told.slice(-TOLD_QUOTES).map(({ text, by }) => ({
    kind: "quote",
    text,
    ...(by === null ? {} : { by }),
  }));
}

function factRows(
  texts: Texts,
  c: Case,
  { names, answers, chat, agents }: CardFacts,
  tellsScore: boolean,
): [string, string][] {
  const rows: [string, string][] = [];
  if (names.account !== null) rows.push([texts.text("case.fact.account"), names.account]);
  const scores = answers.flatMap(({ metric, score }) =>
    score === null || metric === null
      ? []
      : [`${scoreLabel(texts, metric, score)} (${texts.text(`metric.${metric}.name`)})`],
  );
  const chosen = answers.flatMap((answer) =>
    answer.chosen.map((words) => wordsIn(words.wording, texts.language, words)),
  );
  if (scores.length + chosen.length > (tellsScore ? 1 : 0))
    rows.push([texts.text("case.fact.answers"), [...scores, ...chosen].join(" · ")]);
  if (chat?.channel) rows.push([texts.text("alert.chat"), chat.channel]);
  if (agents.length > 0) rows.push([texts.text("alert.agents"), agents.join(", ")]);
  const team = chat?.team ?? c.team;
  if (team) rows.push([texts.text("alert.team"), team]);
  const contact = answers.findLast((answer) => answer.contact !== null)?.contact;
  if (contact === "yes" || contact === "no") {
    rows.push([texts.text("alert.contact"), texts.text(`ask.contact.${contact}`)]);
  }
  const before = earlier(texts, names);
  if (before !== "") rows.push([texts.text("case.fact.before"), before]);
  return rows;
}

function earlier(texts: Texts, { earlierCases, earlierScores }: CaseNames): string {
  const scores = earlierScores.map(({ metric, score }) => scoreLabel(texts, metric, score));
  return [
    ...(earlierCases > 0 ? [texts.text("case.fact.before.cases", { n: earlierCases })] : []),
    ...(scores.length > 0
      ? [texts.text("case.fact.before.scores", { n: scores.length, scores: scores.join(", ") })]
      : []),
  ].join(" · ");
}

function openChat(texts: Texts, url: string): Part {
  return { kind: "link", link: { label: texts.text("alert.open-chat"), url } };
}
