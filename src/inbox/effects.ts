/** What a step of a conversation leaves behind: answers, the invitation's state, consent, alerts. */
import { keepRecovery } from "../cases/recovery-answer.ts";
import type { Engine, Work } from "../engine.ts";
import { languageOf } from "../language-of.ts";
import { metrics } from "../metrics/registry.ts";
import { changeConsent } from "../people/consent.ts";
import { inviteToQuote } from "../people/quote.ts";
import {
  type AnswerContext,
  type AnswerValue,
  keepAnswer,
  withdrawAnswers,
} from "../store/answers.ts";
import { type Chat, readChat } from "../store/chats.ts";
import { type InvitationChange, updateInvitation } from "../store/invitations.ts";
import { markSignals } from "../store/signals.ts";
import type { Conversation, Effect } from "../surveys/conversation-state.ts";
import { questionOf, type Survey } from "../surveys/survey.ts";
import { alertLeads } from "./alerts.ts";
import type { Step } from "./conversation-step.ts";

/** A step that was decided and is now to be kept. */
interface Decided {
  readonly step: Step;
  readonly survey: Survey;
  readonly effects: readonly Effect[];
  readonly state: Conversation;
  /** When "later" is, if that was the wish. */
  readonly laterAt: Date | undefined;
  /** When the pause ends, if that was the wish. */
  readonly until: Date | undefined;
}

/** Keeps everything that the step causes and tells the leads of a low score. */
export async function keepStep(engine: Engine, work: Work, decided: Decided): Promise<void> {
  const { step, survey, effects } = decided;
  const { invitation } = step;
  const workspaceId = step.connection.workspace.id;
  const chat =
    invitation.chatId === null
      ? undefined
      : await readChat(work.transaction, workspaceId, invitation.chatId);
  let change: InvitationChange = {};
  for (const effect of effects) {
    change = { ...change, ...(await keepEffect(engine, work, { ...decided, chat }, effect)) };
  }
  const state = mayBeNamed(decided)
    ? await alertLeads(engine, work, { ...decided, chat })
    : decided.state;
  const { person, connection } = step;
  const told = { workspaceId, invitation, person, survey: survey.definition, state, effects };
  await keepRecovery(engine, work, told);
  await inviteToQuote(engine, work, { ...told, connection, at: step.at });
  if (state !== invitation.conversation) change = { ...change, conversation: state };
  // Asked elsewhere, answered to us: the talk goes on where the person is.
  if (step.at.kind === "direct" && invitation.address !== null) {
    change = { ...change, address: null };
  }
  if (Object.keys(change).length > 0) {
    await updateInvitation(work.transaction, workspaceId, invitation.id, change);
  }
}

/**
 * Whether the team may learn who answered: under "only totals" not unless the person lets somebody
 * get back to them, which the question says.
 */
function mayBeNamed({ step, survey, state }: Decided): boolean {
  if (step.invitation.promise === "named") return true;
  return survey.definition.questions.some(
    ({ key, kind }) => kind === "yes-no" && state.answers[key] === "yes",
  );
}

async function keepEffect(
  engine: Engine,
  work: Work,
  decided: Decided & { readonly chat: Chat | undefined },
  effect: Effect,
): Promise<InvitationChange> {
  const { step, survey, state } = decided;
  const { transaction, now } = work;
  const workspaceId = step.connection.workspace.id;
  const context = contextOf(step, survey, decided.chat);
  switch (effect.kind) {
    case "answer": {
      await keepAnswer(transaction, context, effect.question, answerValue(survey, effect), now);
      const first = effect.question === survey.definition.questions[0]?.key;
      if (!first || state.scoredAt === null) return {};
      // Whoever answers was reached, whatever the platform could tell of the delivery.
      const answeredAt = new Date(state.scoredAt);
      return { state: "answered", stateReason: null, answeredAt, reachedAt: now };
    }
    case "comment": {
      const { text, replaces = false } = effect;
      const words: AnswerValue = { kind: "text", text, replaces };
      await keepAnswer(transaction, context, effect.question, words, now);
      return {};
    }
    case "withdraw":
      await withdrawAnswers(transaction, workspaceId, step.invitation.id, now);
      await markSignals(transaction, workspaceId, [step.person.id]);
      // Whoever answered once has seen it.
      return { state: "asked", answeredAt: null, finishedAt: null, remindAt: null };
    case "finish":
      return { finishedAt: now };
    case "decline":
      return { state: "declined", stateReason: "declined", finishedAt: now };
    case "snooze":
      return snooze(engine, work, step, decided.laterAt ?? now);
    case "consent":
      await changeConsent(work, workspaceId, step.person, effect.consent, decided.until);
      return {};
  }
}

async function snooze(
  engine: Engine,
  work: Work,
  step: Step,
  dueAt: Date,
): Promise<InvitationChange> {
  const workspaceId = step.connection.workspace.id;
  const job = { workspaceId, invitationId: step.invitation.id };
  await engine.jobs.enqueue(work.transaction, "ask", job, dueAt);
  return {
    state: "planned",
    stateReason: "later",
    dueAt,
  };
}

function contextOf(step: Step, survey: Survey, chat: Chat | undefined): AnswerContext {
  const { connection, invitation, person } = step;
  return {
    workspaceId: connection.workspace.id,
    invitationId: invitation.id,
    surveyId: survey.id,
    surveyVersion: survey.version,
    promise: invitation.promise,
    personId: person.id,
    chatId: invitation.chatId,
    closing: invitation.closing,
    platform: connection.ref.platform,
    channel: chat?.channel ?? null,
    team: chat?.team ?? null,
    touchpoint: chat?.touchpoint ?? null,
    tags: chat?.tags ?? [],
    language: languageOf(connection, person),
    askedAt: invitation.askedAt === null ? null : new Date(invitation.askedAt),
  };
}

function answerValue(survey: Survey, effect: Extract<Effect, { kind: "answer" }>): AnswerValue {
  const question = questionOf(survey.definition, effect.question);
  if (question?.kind === "score" && typeof effect.value === "number") {
    const { metric } = question;
    return { kind: "score", metric, scale: metrics[metric].scale, score: effect.value };
  }
  return { kind: "choice", choice: String(effect.value) };
}
