/** The leads learn of a low score at once, and of everything that is added to it. */
import type { Engine, Work } from "../engine.ts";
import { languageOf } from "../language-of.ts";
import { type Texts, textsFor } from "../locales/index.ts";
import { post } from "../outbox/post.ts";
import type { Message, Part } from "../platform.ts";
import { readAnswers } from "../store/answers.ts";
import type { Chat } from "../store/chats.ts";
import { handlerNames } from "../store/handlers.ts";
import { newId } from "../store/ids.ts";
import type { Conversation, Effect } from "../surveys/conversation-state.ts";
import { scoreLabel } from "../surveys/labels.ts";
import { firstLevel } from "../surveys/next-step.ts";
import { CONTACT, WHY } from "../surveys/standard.ts";
import type { Survey } from "../surveys/survey.ts";
import type { Step } from "./conversation-step.ts";

/** What an alert tells about. */
interface Told {
  readonly step: Step;
  readonly survey: Survey;
  readonly chat: Chat | undefined;
  readonly state: Conversation;
}

/** Sends or updates the alert when this step concerns a low score; gives the state to keep. */
export async function alertLeads(
  engine: Engine,
  work: Work,
  told: Told & { readonly effects: readonly Effect[] },
): Promise<Conversation> {
  const { step, survey, state, effects } = told;
  const low = firstLevel(survey.definition, state.answers) === "low";
  const news = effects.some((effect) => ["answer", "comment", "withdraw"].includes(effect.kind));
  if (!news || (!low && !state.alerted)) return state;
  const workspaceId = step.connection.workspace.id;
  const first = `alert:${step.invitation.id}`;
  await post(engine, work, {
    workspaceId,
    connectionId: step.connection.id,
    key: state.alerted ? `edit:${newId()}` : first,
    purpose: "alert",
    invitationId: step.invitation.id,
    personId: step.person.id,
    address: { kind: "leads" },
    message: await alertMessage(work, told),
    ...(state.alerted ? { replaces: first } : {}),
  });
  return { ...state, alerted: true };
}

type Answers = Awaited<ReturnType<typeof readAnswers>>;

async function alertMessage(work: Work, told: Told): Promise<Message> {
  const { step, chat } = told;
  const { workspace } = step.connection;
  const language = languageOf(step.connection);
  const texts = textsFor(language);
  const answers = await readAnswers(work.transaction, workspace.id, step.invitation.id);
  const agents =
    chat === undefined
      ? []
      : await handlerNames(work.transaction, workspace.id, chat.id, step.invitation.closing ?? 0);
  const heading = alertHeading(texts, told, answers);
  const words = answers.get(WHY)?.text ?? null;
  const rows = alertFacts(texts, chat, agents, answers.get(CONTACT)?.choice ?? null);
  const parts: Part[] = [{ kind: "heading", text: heading }];
  if (words !== null) parts.push({ kind: "quote", text: words, by: step.person.name });
  if (rows.length > 0) parts.push({ kind: "facts", rows });
  if (chat?.url) {
    parts.push({ kind: "link", link: { label: texts.text("alert.open-chat"), url: chat.url } });
  }
  return { summary: heading, parts, locale: language };
}

function alertHeading(texts: Texts, { step, survey, state }: Told, answers: Answers): string {
  const { metric, questions } = survey.definition;
  const score = answers.get(questions[0]?.key ?? "")?.score ?? null;
  const facts = { person: step.person.name, metric: texts.text(`metric.${metric}.name`) };
  if (score === null) return texts.text("alert.withdrawn", facts);
  const low = firstLevel(survey.definition, state.answers) === "low";
  const answer = scoreLabel(texts, metric, score);
  return texts.text(low ? "alert.low" : "alert.changed", { ...facts, answer });
}

function alertFacts(
  texts: Texts,
  chat: Chat | undefined,
  agents: readonly string[],
  contact: string | null,
): [string, string][] {
  const rows: [string, string][] = [];
  if (chat?.channel) rows.push([texts.text("alert.chat"), chat.channel]);
  if (agents.length > 0) rows.push([texts.text("alert.agents"), agents.join(", ")]);
  if (chat?.team) rows.push([texts.text("alert.team"), chat.team]);
  if (contact === "yes" || contact === "no") {
    rows.push([texts.text("alert.contact"), texts.text(`ask.contact.${contact}`)]);
  }
  return rows;
}
