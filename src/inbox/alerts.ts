/** The leads learn of a low score at once, and of everything that is added to it. */
import type { Engine, Work } from "../engine.ts";
import { languageFor, textsFor } from "../locales/index.ts";
import type { Message, Part } from "../platform.ts";
import { readAnswers } from "../store/answers.ts";
import { type Chat, handlerNames } from "../store/chats.ts";
import { planDelivery } from "../store/deliveries.ts";
import { newId } from "../store/ids.ts";
import { type Conversation, type Effect, firstLevel } from "../surveys/conversation.ts";
import { scoreLabel } from "../surveys/messages.ts";
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
  const deliveryId = await planDelivery(work.transaction, {
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
  if (deliveryId !== undefined) {
    await engine.jobs.enqueue(work.transaction, "deliver", { workspaceId, deliveryId });
    work.wake.add("deliver");
  }
  return { ...state, alerted: true };
}

async function alertMessage(work: Work, { step, survey, chat, state }: Told): Promise<Message> {
  const { workspace } = step.connection;
  const language = languageFor(workspace.locale);
  const texts = textsFor(language);
  const { metric, questions } = survey.definition;
  const answers = await readAnswers(work.transaction, workspace.id, step.invitation.id);
  const score = answers.get(questions[0]?.key ?? "")?.score ?? null;
  const person = step.person.name;
  const metricName = texts.text(`metric.${metric}.name`);
  const answer = score === null ? "" : scoreLabel(texts, metric, score);
  const low = firstLevel(survey.definition, state.answers) === "low";
  const heading =
    score === null
      ? texts.text("alert.withdrawn", { person, metric: metricName })
      : texts.text(low ? "alert.low" : "alert.changed", { person, answer, metric: metricName });
  const words = answers.get(WHY)?.text ?? null;
  const parts: Part[] = [
    { kind: "heading", text: heading },
    ...(words === null ? [] : [{ kind: "quote", text: words, by: person } as const]),
  ];
  const rows: [string, string][] = [];
  if (chat !== undefined) {
    const names = await handlerNames(
      work.transaction,
      workspace.id,
      chat.id,
      step.invitation.closing ?? 0,
    );
    if (chat.channel !== null) rows.push([texts.text("alert.chat"), chat.channel]);
    if (names.length > 0) rows.push([texts.text("alert.agents"), names.join(", ")]);
    if (chat.team !== null) rows.push([texts.text("alert.team"), chat.team]);
  }
  const contact = answers.get(CONTACT)?.choice;
  if (contact === "yes" || contact === "no") {
    rows.push([texts.text("alert.contact"), texts.text(`ask.contact.${contact}`)]);
  }
  if (rows.length > 0) parts.push({ kind: "facts", rows });
  if (chat?.url) {
    parts.push({ kind: "link", link: { label: texts.text("alert.open-chat"), url: chat.url } });
  }
  return { summary: heading, parts, locale: language };
}
