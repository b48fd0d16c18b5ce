/** "Ask for feedback": somebody of the team wants the customer of a chat asked now. */
import type { Engine, Work } from "../engine.ts";
import { languageOf } from "../language-of.ts";
import { textsFor } from "../locales/index.ts";
import { lineReply } from "../messages.ts";
import { meetPerson } from "../people/meet.ts";
import type { EventOf, Reply } from "../platform.ts";
import { askOrWait } from "../scheduling/ask/ask.ts";
import type { Decision } from "../scheduling/gates/gates.ts";
import { audit } from "../store/audit.ts";
import { lockKnownChat } from "../store/chats.ts";
import type { Connection } from "../store/connections.ts";
import { type Invitation, lockByHand, updateInvitation } from "../store/invitations.ts";
import type { Person } from "../store/people.ts";
import { planInvitation } from "../store/planned.ts";
import { type Subject, subjectOf } from "./plan.ts";
import { planReply, willNotAsk } from "./plan-reply.ts";
import { isTeam } from "./who-may.ts";

/**
 * Plans and asks at once, through all gates but those that look at the chat's state. An open chat
 * may be asked about; a chat that was asked about is not asked about again.
 */
export async function askByHand(
  engine: Engine,
  work: Work,
  connection: Connection,
  event: EventOf<"chat-command">,
): Promise<Reply> {
  const { transaction } = work;
  const workspaceId = connection.workspace.id;
  // The lock makes a closing at the same instant wait: one of the two asks, the other finds it so.
  const chat = await lockKnownChat(transaction, workspaceId, connection.id, event.chat);
  const by = await meetPerson(work, workspaceId, connection.id, event.from);
  const language = languageOf(connection, by);
  const texts = textsFor(language);
  if (!isTeam(by)) return lineReply(language, texts.text("chat.ask.not-allowed"));
  if (chat === undefined) return lineReply(language, texts.text("chat.unknown"));
  const subject = await subjectOf(work, connection, chat.id);
  if ("why" in subject) return lineReply(language, texts.text(subject.why));
  const invitation = await plan(work, connection, subject);
  if (invitation === undefined) return lineReply(language, texts.text("plan.no-customer"));
  await audit(transaction, workspaceId, work.now, {
    actor: by.id,
    action: "invitation.by-hand",
    target: invitation.id,
  });
  const decision = await decideNow(engine, work, workspaceId, invitation);
  return told(engine, work, connection, { by, subject, invitation, decision });
}

/** The invitation for this closing state of the chat, locked: a new one, or the one that is there. */
async function plan(
  { transaction, now }: Work,
  connection: Connection,
  { chat, customer, survey }: Subject,
): Promise<Invitation | undefined> {
  const { id, workspace } = connection;
  const about = { personId: customer.id, chatId: chat.id, closing: chat.closings };
  await planInvitation(transaction, {
    ...about,
    workspaceId: workspace.id,
    survey,
    connectionId: id,
    dueAt: now,
    now,
    kind: "manual",
    state: "planned",
    language: languageOf(connection, customer),
  });
  return lockByHand(transaction, workspace.id, about);
}

const OVER = new Set(["asked", "answered", "declined", "expired"]);

async function decideNow(
  engine: Engine,
  work: Work,
  workspaceId: number,
  invitation: Invitation,
): Promise<Decision> {
  const waitedInVain = invitation.state === "expired" && invitation.expiresAt === null;
  if (OVER.has(invitation.state) && !waitedInVain) {
    return { verdict: "suppress", gate: "duplicate", reason: "chat-asked-already" };
  }
  // What stood in the way last time may be gone.
  if (invitation.state !== "planned") {
    const again = { state: "planned", stateReason: null, dueAt: work.now } as const;
    const change = { ...again, finishedAt: null };
    await updateInvitation(work.transaction, workspaceId, invitation.id, change);
  }
  return askOrWait(engine, work, workspaceId, invitation, { impatient: false });
}

function told(
  engine: Engine,
  work: Work,
  connection: Connection,
  about: { by: Person; subject: Subject; invitation: Invitation; decision: Decision },
): Reply {
  const { by, subject, invitation, decision } = about;
  const { customer } = subject;
  const language = languageOf(connection, by);
  switch (decision.verdict) {
    case "ask":
      return lineReply(
        language,
        textsFor(language).text("plan.asked-now", { person: customer.name }),
      );
    case "suppress":
      return willNotAsk(language, customer.name, decision);
    case "defer": {
      const dueAt = new Date(decision.until);
      const invitationId = invitation.id;
      const planned = { kind: "planned", customer, decision, dueAt, invitationId } as const;
      return planReply(engine, work, connection, by, planned);
    }
  }
}
