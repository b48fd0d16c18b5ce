/** "When this is solved, press the button": under the first human reply in a chat. */
import type { Engine, Work } from "../engine.ts";
import { languageOf } from "../language-of.ts";
import { type Language, textsFor } from "../locales/index.ts";
import { lineMessage, lineReply } from "../messages.ts";
import { post } from "../outbox/post.ts";
import type { Reply } from "../platform.ts";
import { type Chat, lockChatById } from "../store/chats.ts";
import type { Connection } from "../store/connections.ts";
import type { Person } from "../store/people.ts";
import { NO_INVITATION } from "../surveys/tokens.ts";
import { sayWhen } from "../surveys/when.ts";
import { closeAndPlan, type Plan } from "./plan.ts";
import { isTeam } from "./who-may.ts";

/** Puts the button into the chat, once, where the connection wants one. */
export async function offerToClose(
  engine: Engine,
  work: Work,
  connection: Connection,
  chat: Chat,
): Promise<void> {
  const { id, workspace, settings } = connection;
  if (!settings.closeButton) return;
  const language = languageOf(connection);
  const texts = textsFor(language);
  const text = texts.text("chat.close.when-solved");
  const workspaceId = workspace.id;
  const about = { workspaceId, invitationId: NO_INVITATION, chatId: chat.id };
  const token = engine.tokens.sign({ ...about, verb: "close" });
  await post(engine, work, {
    workspaceId,
    connectionId: id,
    key: `close:${chat.id}`,
    purpose: "notice",
    invitationId: null,
    personId: null,
    address: { kind: "chat", chatId: chat.external_id },
    message: {
      summary: text,
      parts: [
        { kind: "text", text },
        { kind: "actions", options: [{ label: texts.text("chat.close.button"), token }] },
      ],
      locale: language,
    },
  });
}

/** The button was pressed: the team's press closes the chat, anybody else's changes nothing. */
export async function pressClose(
  engine: Engine,
  work: Work,
  connection: Connection,
  { person, unsure, chatId }: { person: Person; unsure: boolean; chatId: string },
): Promise<Reply> {
  const own = languageOf(connection, person);
  if (!isTeam(person))
    return lineReply(own, textsFor(own).text(unsure ? "roles.unsure" : "chat.close.not-allowed"));
  const chat = await lockChatById(work.transaction, connection.workspace.id, chatId);
  if (chat === undefined || chat.connection_id !== connection.id) {
    return lineReply(own, textsFor(own).text("talk.notice.closed"));
  }
  const language = languageOf(connection);
  if (chat.state === "closed") {
    const text = textsFor(language).text("chat.close.already");
    return { kind: "update", message: lineMessage(language, text) };
  }
  const closed = { reason: "manual", at: work.now } as const;
  const plan = await closeAndPlan(engine, work, connection, chat.id, closed);
  const text = closedText(work, connection, { language, plan, person: person.name });
  return { kind: "update", message: lineMessage(language, text) };
}

/** Read by everybody in the chat: that feedback is asked, but never why somebody is not. */
function closedText(
  work: Work,
  { workspace }: Connection,
  { language, plan, person }: { language: Language; plan: Plan; person: string },
): string {
  const texts = textsFor(language);
  const asks = plan.kind === "planned" && plan.decision.verdict !== "suppress";
  if (!asks) return texts.text("chat.close.closed", { person });
  const when = sayWhen(plan.dueAt, work.now, language, workspace.timeZone);
  return texts.text("chat.close.closed.ask", { person, when });
}
