/** An invitation is due: decide by the gates, then ask, wait, or leave it, in one transaction. */
import { doWork, type Engine, type Work } from "../engine.ts";
import type { Address } from "../platform.ts";
import { readChat } from "../store/chats.ts";
import { keepDecision } from "../store/decisions.ts";
import { type Invitation, lockInvitation, updateInvitation } from "../store/invitations.ts";
import { lockPerson } from "../store/people.ts";
import { type Asking, ask } from "./asking.ts";
import { candidateFor } from "./candidate.ts";
import { type Decision, decide } from "./gates.ts";

/** Works on a due invitation; running it twice has one effect. */
export async function runAskJob(
  engine: Engine,
  data: { workspaceId: number; invitationId: string },
): Promise<void> {
  await doWork(engine, async (work) => {
    const { workspaceId, invitationId } = data;
    const invitation = await lockInvitation(work.transaction, workspaceId, invitationId);
    // A job of an earlier plan: the one for the new time is on its way. Without a time it waits for
    // the next contact.
    const due = invitation?.dueAt ?? Number.POSITIVE_INFINITY;
    if (invitation?.state === "planned" && due <= work.now.getTime()) {
      await askOrWait(engine, work, workspaceId, invitation, { impatient: false });
    }
    engine.reach("ask.before_commit");
  });
  engine.reach("ask.after_commit");
}

/**
 * Decides about a planned, locked invitation and does what was decided. `impatient`: a lead wants
 * it now, so what would only wait does not wait; what is suppressed stays so. `at`: where the person
 * is just now, when that is not where questions are asked as a rule.
 */
export async function askOrWait(
  engine: Engine,
  work: Work,
  workspaceId: number,
  invitation: Invitation,
  { impatient, at }: { impatient: boolean; at?: Address },
): Promise<Decision> {
  const { transaction, now } = work;
  // One decision about a person at a time: of two questions at the same instant one waits its turn.
  const person = await lockPerson(transaction, workspaceId, invitation.personId);
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
    byHand: invitation.kind === "manual",
    ...(invitation.kind === "recovery"
      ? { recoveryUntil: invitation.expiresAt ?? now.getTime() }
      : {}),
  });
  const decided = decide(candidate, now.getTime());
  const decision: Decision =
    impatient && decided.verdict === "defer" ? { verdict: "ask" } : decided;
  await keepDecision(transaction, workspaceId, invitation.id, decision, now);
  const asking = { workspaceId, invitation, person, survey, chat };
  await carryOut(engine, work, { ...asking, decision, at });
  return decision;
}

async function carryOut(
  engine: Engine,
  work: Work,
  { decision, at, ...asking }: Asking & { decision: Decision; at: Address | undefined },
): Promise<void> {
  const { workspaceId, invitation } = asking;
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
      return ask(engine, work, asking, at);
  }
}
