/** What happens in a support chat: it is counted, closed, planned for, opened again. */
import type { Engine, Work } from "../engine.ts";
import { type Language, languageFor, textsFor } from "../locales/index.ts";
import { lineReply } from "../messages.ts";
import type { PlatformEvent, Reply } from "../platform.ts";
import { candidateFor } from "../scheduling/ask.ts";
import { type Decision, decide, MIN_CHARACTERS, MIN_MESSAGES } from "../scheduling/gates.ts";
import {
  type Chat,
  closeChat,
  countCustomerMessage,
  countHandlerMessage,
  lockChat,
  readChat,
  reopenChat,
} from "../store/chats.ts";
import type { Connection } from "../store/connections.ts";
import { keepDecision } from "../store/decisions.ts";
import { planInvitation } from "../store/invitations.ts";
import { ensurePerson, type Person, readPerson } from "../store/people.ts";
import { cancelPlanned } from "../store/planned.ts";
import { afterChatSurvey } from "../store/surveys.ts";
import { sayWhen } from "../surveys/when.ts";
import { countGraphemes } from "../surveys/words.ts";

type Event<K extends PlatformEvent["kind"]> = Extract<PlatformEvent, { kind: K }>;

const nothing: Reply = { kind: "nothing" };

/** A message in a support chat. Only its length is kept. */
export async function onChatMessage(
  work: Work,
  connection: Connection,
  event: Event<"chat-message">,
): Promise<Reply> {
  const { transaction } = work;
  const workspaceId = connection.workspace.id;
  const person = await ensurePerson(transaction, workspaceId, connection.id, event.from);
  const chat = await lockChat(transaction, workspaceId, connection.id, event.chat, event.at);
  if (person.role === "customer" && !person.bot) {
    const characters = countGraphemes(event.text);
    await countCustomerMessage(transaction, workspaceId, chat.id, person.id, characters, event.at);
    return chat.state === "closed" ? reopen(work, connection, chat, person) : nothing;
  }
  const human = !person.bot && event.public;
  await countHandlerMessage(transaction, workspaceId, chat.id, person.id, human, event.at);
  return nothing;
}

/** A chat was opened again: what was planned about it and not asked yet is cancelled. */
export async function onChatReopened(
  work: Work,
  connection: Connection,
  event: Event<"chat-reopened">,
): Promise<Reply> {
  const { transaction } = work;
  const workspaceId = connection.workspace.id;
  const person = await ensurePerson(transaction, workspaceId, connection.id, event.by);
  const chat = await lockChat(transaction, workspaceId, connection.id, event.chat, event.at);
  return chat.state === "closed" ? reopen(work, connection, chat, person) : nothing;
}

async function reopen(work: Work, connection: Connection, chat: Chat, by: Person): Promise<Reply> {
  const workspaceId = connection.workspace.id;
  await reopenChat(work.transaction, workspaceId, chat.id);
  const cancelled = await cancelPlanned(work.transaction, workspaceId, chat.id, "reopened");
  if (cancelled === 0 || (by.role === "customer" && !connection.settings.rehearsal)) return nothing;
  const language = languageFor(by.locale ?? connection.workspace.locale);
  return lineReply(language, textsFor(language).text("plan.cancelled"));
}

/** A chat was closed: its handlers are frozen, and a question is planned if the gates allow one. */
export async function onChatClosed(
  engine: Engine,
  work: Work,
  connection: Connection,
  event: Event<"chat-closed">,
): Promise<Reply> {
  const { transaction } = work;
  const workspaceId = connection.workspace.id;
  const by = await ensurePerson(transaction, workspaceId, connection.id, event.by);
  const chat = await lockChat(transaction, workspaceId, connection.id, event.chat, event.at);
  if (chat.state === "closed") return nothing;
  const closing = await closeChat(transaction, workspaceId, chat.id, event.reason, event.at);
  const reply = await plan(engine, work, connection, chat.id, closing, by);
  // Customers need not know what was planned about them.
  return by.role === "customer" && !connection.settings.rehearsal ? nothing : reply;
}

async function plan(
  engine: Engine,
  work: Work,
  connection: Connection,
  chatId: string,
  closing: number,
  by: Person,
): Promise<Reply> {
  const { transaction, now } = work;
  const { workspace, settings } = connection;
  const language = languageFor(by.locale ?? workspace.locale);
  const texts = textsFor(language);
  const chat = await readChat(transaction, workspace.id, chatId);
  const survey = await afterChatSurvey(transaction, workspace.id);
  if (survey === undefined) return lineReply(language, texts.text("plan.no-survey"));
  const customerId = chat?.customer_id ?? undefined;
  const customer =
    customerId === undefined ? undefined : await readPerson(transaction, workspace.id, customerId);
  if (chat === undefined || customer === undefined)
    return lineReply(language, texts.text("plan.no-customer"));

  const candidate = await candidateFor(work, workspace.id, {
    person: customer,
    chat,
    closing,
    surveyOn: true,
    invitationId: null,
  });
  const decision = decide(candidate, now.getTime());
  const delayed = now.getTime() + settings.askDelaySeconds * 1000;
  const dueAt = new Date(
    decision.verdict === "defer" ? Math.max(decision.until, delayed) : delayed,
  );
  const suppressed = decision.verdict === "suppress";
  const invitationId = await planInvitation(transaction, {
    workspaceId: workspace.id,
    survey,
    personId: customer.id,
    connectionId: connection.id,
    chatId,
    closing,
    dueAt,
    state: suppressed ? "suppressed" : "planned",
    ...(decision.verdict === "ask" ? {} : { reason: decision.reason }),
    language: languageFor(customer.locale ?? workspace.locale),
  });
  if (invitationId === undefined) return nothing;
  // A plain "ask" is decided again, and kept, when the time has come.
  if (decision.verdict !== "ask") {
    await keepDecision(transaction, workspace.id, invitationId, decision, now);
  }
  if (!suppressed) {
    const job = { workspaceId: workspace.id, invitationId };
    await engine.jobs.enqueue(transaction, "ask", job, dueAt);
  }
  return planned(engine, work, connection, { customer, decision, dueAt, invitationId, language });
}

/** Tells whoever closed the chat what will happen and why. */
function planned(
  engine: Engine,
  work: Work,
  connection: Connection,
  about: {
    customer: Person;
    decision: Decision;
    dueAt: Date;
    invitationId: string;
    language: Language;
  },
): Reply {
  const { customer, decision, dueAt, invitationId, language } = about;
  const { workspace } = connection;
  const person = customer.name;
  const texts = textsFor(language);
  if (decision.verdict === "suppress") {
    const reason = reasonText(language, decision);
    return lineReply(language, texts.text("plan.will-not-ask", { person, reason }));
  }
  const when = sayWhen(dueAt, work.now, language, workspace.timeZone);
  const text =
    decision.verdict === "ask"
      ? texts.text("plan.will-ask", { person, when })
      : texts.text("plan.will-ask-deferred", {
          person,
          when,
          reason: reasonText(language, decision),
        });
  const token = engine.tokens.sign({ workspaceId: workspace.id, invitationId, verb: "ask-now" });
  return {
    kind: "message",
    message: {
      summary: text,
      parts: [
        { kind: "text", text },
        { kind: "actions", options: [{ label: texts.text("plan.ask-now"), token }] },
      ],
      locale: language,
    },
  };
}

/** The reason of a gate in plain words. */
export function reasonText(
  language: Language,
  decision: Exclude<Decision, { verdict: "ask" }>,
): string {
  return textsFor(language).text(`gate.reason.${decision.reason}`, {
    messages: MIN_MESSAGES,
    characters: MIN_CHARACTERS,
  });
}
