/** An invitation is due: decide by the gates, then ask, wait, or leave it, in one transaction. */
import type { Workspace } from "../commands/command.ts";
import type { Engine, Work } from "../engine.ts";
import { languageFor, textsFor } from "../locales/index.ts";
import { type Chat, handlerNames, readChat } from "../store/chats.ts";
import { askedBefore, keepDecision } from "../store/decisions.ts";
import { planDelivery } from "../store/deliveries.ts";
import { type Invitation, lockInvitation, updateInvitation } from "../store/invitations.ts";
import { externalIdOf, type Person, readPerson } from "../store/people.ts";
import { inTransaction } from "../store/transaction.ts";
import { readWorkspace } from "../store/workspaces.ts";
import { begin } from "../surveys/conversation.ts";
import { newConversation, startAgain } from "../surveys/conversation-state.ts";
import { sayMessage, type Talk } from "../surveys/messages.ts";
import type { Survey } from "../surveys/survey.ts";
import { type Candidate, type Decision, decide } from "./gates.ts";

/** An invitation that nobody answered ends after this long. */
const EXPIRES_AFTER_MS = 7 * 24 * 60 * 60 * 1000;

/** Works on a due invitation; running it twice has one effect. */
export async function runAskJob(
  engine: Engine,
  data: { workspaceId: number; invitationId: string },
): Promise<void> {
  const wake = await inTransaction(engine.db, async (transaction) => {
    const work: Work = { transaction, now: engine.clock.now(), wake: new Set() };
    const invitation = await lockInvitation(transaction, data.workspaceId, data.invitationId);
    const due = invitation?.dueAt ?? 0;
    // A job of an earlier plan: the one for the new time is on its way.
    if (invitation?.state === "planned" && due <= work.now.getTime()) {
      await askOrWait(engine, work, data.workspaceId, invitation, { impatient: false });
    }
    engine.reach("ask.before_commit");
    return work.wake;
  });
  engine.reach("ask.after_commit");
  for (const name of wake) engine.jobs.wake(name);
}

/**
 * Decides about a planned, locked invitation and does what was decided. `impatient`: a lead wants
 * it now, so what would only wait does not wait; what is suppressed stays so.
 */
export async function askOrWait(
  engine: Engine,
  work: Work,
  workspaceId: number,
  invitation: Invitation,
  { impatient }: { impatient: boolean },
): Promise<Decision> {
  const { transaction, now } = work;
  const person = await readPerson(transaction, workspaceId, invitation.personId);
  const chat =
    invitation.chatId === null
      ? undefined
      : await readChat(transaction, workspaceId, invitation.chatId);
  const { survey } = invitation;
  if (person === undefined || survey === undefined) {
    await updateInvitation(transaction, workspaceId, invitation.id, {
      state: "cancelled",
      stateReason: survey === undefined ? "unknown-survey-version" : "person-gone",
    });
    return { verdict: "suppress", gate: "survey", reason: "survey-off" };
  }
  const candidate = await candidateFor(work, workspaceId, {
    person,
    ...(chat === undefined ? {} : { chat }),
    closing: invitation.closing ?? 0,
    surveyOn: invitation.surveyOn,
    invitationId: invitation.id,
  });
  const decided = decide(candidate, now.getTime());
  const decision: Decision =
    impatient && decided.verdict === "defer" ? { verdict: "ask" } : decided;
  await keepDecision(transaction, workspaceId, invitation.id, decision, now);
  await carryOut(engine, work, workspaceId, { invitation, person, survey, chat, decision });
  return decision;
}

/** The facts that the gates look at, as they are now. */
export async function candidateFor(
  work: Work,
  workspaceId: number,
  about: {
    person: Person;
    chat?: Chat;
    closing: number;
    surveyOn: boolean;
    invitationId: string | null;
  },
): Promise<Candidate> {
  const { person, chat } = about;
  const before = await askedBefore(
    work.transaction,
    workspaceId,
    person.id,
    chat?.id ?? null,
    about.invitationId,
  );
  return {
    person: {
      role: person.role,
      bot: person.bot,
      test: person.test,
      consent: person.consent,
      pausedUntil: person.pausedUntil,
    },
    surveyOn: about.surveyOn,
    lastAskedAt: before.lastAskedAt,
    ...(chat === undefined
      ? {}
      : {
          chat: {
            open: chat.state === "open",
            closings: chat.closings,
            closing: about.closing,
            closedAt: chat.closed_at?.getTime() ?? work.now.getTime(),
            closeReason: chat.close_reason ?? "manual",
            humanReplied: chat.first_replied_at !== null,
            customerMessages: chat.customer_messages,
            customerCharacters: chat.customer_characters,
            alreadyAsked: before.chatAsked,
          },
        }),
  };
}

async function carryOut(
  engine: Engine,
  work: Work,
  workspaceId: number,
  about: {
    invitation: Invitation;
    person: Person;
    survey: Survey;
    chat: Chat | undefined;
    decision: Decision;
  },
): Promise<void> {
  const { invitation, decision } = about;
  switch (decision.verdict) {
    case "suppress":
      return updateInvitation(work.transaction, workspaceId, invitation.id, {
        state: decision.reason === "reopened" ? "cancelled" : "suppressed",
        stateReason: decision.reason,
      });
    case "defer": {
      const dueAt = new Date(decision.until);
      await updateInvitation(work.transaction, workspaceId, invitation.id, {
        dueAt,
        stateReason: decision.reason,
      });
      return engine.jobs.enqueue(
        work.transaction,
        "ask",
        { workspaceId, invitationId: invitation.id },
        dueAt,
      );
    }
    case "ask":
      return ask(engine, work, workspaceId, about);
  }
}

async function ask(
  engine: Engine,
  work: Work,
  workspaceId: number,
  about: { invitation: Invitation; person: Person; survey: Survey; chat: Chat | undefined },
): Promise<void> {
  const { transaction, now } = work;
  const { invitation, person, survey, chat } = about;
  const workspace = await readWorkspace(transaction, workspaceId);
  const userId = await externalIdOf(transaction, workspaceId, invitation.connectionId, person.id);
  if (userId === undefined) {
    return updateInvitation(transaction, workspaceId, invitation.id, {
      state: "undeliverable",
      stateReason: "no-identity-on-connection",
    });
  }
  const before = invitation.conversation;
  const fresh = before === undefined ? newConversation() : startAgain(before);
  const turn = fresh.turn + 1;
  const first = survey.definition.questions[0]?.key ?? "";
  const conversation = { ...fresh, turn, places: { ...fresh.places, [first]: turn } };
  const talk = await talkAbout(engine, work, workspace, { invitation, person, survey, chat });
  const message = sayMessage(talk, conversation, begin(survey.definition));
  if (message === undefined) return;
  await updateInvitation(transaction, workspaceId, invitation.id, {
    state: "asked",
    stateReason: null,
    conversation,
    askedAt: now,
    expiresAt: new Date(now.getTime() + EXPIRES_AFTER_MS),
  });
  const deliveryId = await planDelivery(transaction, {
    workspaceId,
    connectionId: invitation.connectionId,
    key: `talk:${invitation.id}:${turn}`,
    purpose: "ask",
    invitationId: invitation.id,
    personId: person.id,
    address: { kind: "direct", userId },
    message,
  });
  if (deliveryId === undefined) return;
  await engine.jobs.enqueue(transaction, "deliver", { workspaceId, deliveryId });
  work.wake.add("deliver");
}

async function talkAbout(
  engine: Engine,
  work: Work,
  workspace: Workspace,
  about: { invitation: Invitation; person: Person; survey: Survey; chat: Chat | undefined },
): Promise<Talk> {
  const { invitation, person, survey, chat } = about;
  const language = languageFor(person.locale ?? workspace.locale);
  return {
    survey: survey.definition,
    language,
    company: workspace.name,
    workspaceId: workspace.id,
    invitationId: invitation.id,
    tokens: engine.tokens,
    ...(chat === undefined ? {} : { about: await aboutChat(work, workspace.id, chat, language) }),
  };
}

async function aboutChat(
  work: Work,
  workspaceId: number,
  chat: Chat,
  language: ReturnType<typeof languageFor>,
): Promise<string> {
  const texts = textsFor(language);
  const names = await handlerNames(work.transaction, workspaceId, chat.id, chat.closings);
  const agents = new Intl.ListFormat(language, { type: "conjunction" }).format(names);
  const channel = chat.channel ?? "";
  return names.length === 0
    ? texts.text("ask.about.chat", { channel })
    : texts.text("ask.about.chat.with", { channel, agents });
}
