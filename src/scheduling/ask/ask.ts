/**
 * Questions that are due: everything that is due of one human is decided together, the most important
 * first, and asked, made to wait, or left, in one transaction.
 */
import { doWork, type Engine, type Work } from "../../engine.ts";
import type { Address } from "../../platform.ts";
import { readCandidates, type Subject } from "../../store/candidates.ts";
import { addCaseEvent } from "../../store/case-events.ts";
import { readChat } from "../../store/chats.ts";
import { lockSharedDays } from "../../store/deciding.ts";
import { keepDecisions } from "../../store/decisions.ts";
import {
  findPlanned,
  type Invitation,
  type InvitationChange,
  lockDue,
  updateInvitation,
} from "../../store/invitations.ts";
import { lockHumans } from "../../store/merges.ts";
import { readPerson } from "../../store/people.ts";
import { sameHuman } from "../../store/same-human.ts";
import type { Candidate, Decision } from "../gates/candidate.ts";
import { decide } from "../gates/gates.ts";
import { type Asking, ask } from "./asking.ts";
import { inTurn } from "./in-turn.ts";
import { type Quiet, type QuietUntil, quietNow } from "./quiet.ts";

interface AskJob {
  readonly workspaceId: number;
  readonly invitationId: string;
}

/**
 * Works on what is due of the human behind an invitation; running it twice has one effect.
 * `quietUntil` asks the platform whether they want to be disturbed, before anything is locked.
 */
export async function runAskJob(
  engine: Engine,
  { workspaceId, invitationId }: AskJob,
  quietUntil?: QuietUntil,
): Promise<void> {
  const personId = await findPlanned(engine.db, workspaceId, invitationId);
  if (personId === undefined) return;
  const quiet = quietUntil && (await quietNow(engine, workspaceId, personId, quietUntil));
  await doWork(engine, async (work) => {
    await askHuman(engine, work, workspaceId, { personId, quiet });
    engine.reach("ask.before_commit");
  });
  engine.reach("ask.after_commit");
}

/** One decision about a human at a time: the first that passes is asked, the others hear of it. */
async function askHuman(
  engine: Engine,
  work: Work,
  workspaceId: number,
  { personId, quiet }: { personId: string; quiet: Quiet | undefined },
): Promise<void> {
  const { transaction, now } = work;
  const people = await lockHuman(work, workspaceId, personId);
  // A job of an earlier plan finds nothing: the one for the new time is on its way. Without a time it
  // waits for the next contact.
  const due = await lockDue(transaction, workspaceId, people, now);
  for (const invitation of inTurn(due, (each) => each)) {
    const known = quiet?.invitationId === invitation.id ? { quietUntil: quiet.until } : {};
    await decideAndDo(engine, work, workspaceId, invitation, { impatient: false, ...known });
  }
}

/** All rows of a human, in one order from the first on: two who begin at different rows take turns. */
async function lockHuman(
  { transaction }: Work,
  workspaceId: number,
  personId: string,
): Promise<string[]> {
  const known = await sameHuman(transaction, workspaceId, personId);
  const rows = await lockHumans(transaction, workspaceId, known);
  return rows.map(({ id }) => id);
}

interface How {
  /** A lead wants it now: what would only wait does not wait; what is suppressed stays so. */
  readonly impatient: boolean;
  /** Where the person is just now, when that is not where questions are asked as a rule. */
  readonly at?: Address;
  /** Until when they do not want to be disturbed, in epoch milliseconds. */
  readonly quietUntil?: number;
}

/** Decides about a planned, locked invitation and does what was decided. */
export async function askOrWait(
  engine: Engine,
  work: Work,
  workspaceId: number,
  invitation: Invitation,
  how: How,
): Promise<Decision> {
  // Of two questions at the same instant one waits its turn.
  await lockHuman(work, workspaceId, invitation.personId);
  return decideAndDo(engine, work, workspaceId, invitation, how);
}

async function decideAndDo(
  engine: Engine,
  work: Work,
  workspaceId: number,
  invitation: Invitation,
  how: How,
): Promise<Decision> {
  const { transaction, now } = work;
  const { survey, scheduleId } = invitation;
  const person = await readPerson(transaction, workspaceId, invitation.personId);
  if (scheduleId !== null) await lockSharedDays(transaction, workspaceId, [scheduleId]);
  const candidate = await candidateOf(work, workspaceId, invitation, how);
  if (person === undefined || survey === undefined || candidate === undefined) {
    await updateInvitation(transaction, workspaceId, invitation.id, {
      state: "cancelled",
      stateReason: survey === undefined ? "unknown-survey-version" : "person-gone",
    });
    return { verdict: "suppress", gate: "survey", reason: "survey-off" };
  }
  const decision = hurried(decide(candidate, now.getTime()), how.impatient);
  const again = decision.verdict === "defer" && invitation.stateReason === decision.reason;
  const decided = { invitationId: invitation.id, decision, again };
  await keepDecisions(transaction, workspaceId, [decided], now);
  await carryOut(engine, work, { workspaceId, invitation, person, survey }, { decision, how });
  return decision;
}

/** Somebody wants it now, unless nobody at all is asked. */
function hurried(decision: Decision, impatient: boolean): Decision {
  const waits = decision.verdict === "defer" && decision.gate !== "stopped";
  return impatient && waits ? { verdict: "ask" } : decision;
}

async function candidateOf(
  { transaction, now }: Work,
  workspaceId: number,
  invitation: Invitation,
  { at, quietUntil }: How,
): Promise<Candidate | undefined> {
  const present = at === undefined ? {} : { present: true };
  const subject = { ...subjectOf(invitation), ...present, quietUntil: quietUntil ?? null };
  const [candidate] = await readCandidates(transaction, workspaceId, [subject], now);
  return candidate;
}

/** What a decision about an invitation is about. */
export function subjectOf(invitation: Invitation): Subject {
  return {
    personId: invitation.personId,
    kind: invitation.kind,
    invitationId: invitation.id,
    surveyId: invitation.survey?.id ?? null,
    connectionId: invitation.connectionId,
    scheduleId: invitation.scheduleId,
    reasonKey: invitation.reasonKey,
    chatId: invitation.chatId,
    closing: invitation.closing,
    slotAt: invitation.slotAt,
    expiresAt: invitation.expiresAt,
    // "Later" is a time that they chose themselves.
    present: invitation.stateReason === "later",
  };
}

async function carryOut(
  engine: Engine,
  work: Work,
  about: Omit<Asking, "chat">,
  { decision, how }: { decision: Decision; how: How },
): Promise<void> {
  const { transaction, now } = work;
  const { workspaceId, invitation } = about;
  const change = changeOf(decision, now);
  if (change !== undefined) await updateInvitation(transaction, workspaceId, invitation.id, change);
  if (decision.verdict !== "ask") return;
  const chat =
    invitation.chatId === null
      ? undefined
      : await readChat(transaction, workspaceId, invitation.chatId);
  await ask(engine, work, { ...about, chat }, how.at);
  if (invitation.caseId === null) return;
  const asked = { kind: "recovery-asked", invitationId: invitation.id } as const;
  await addCaseEvent(transaction, workspaceId, invitation.caseId, now, asked);
}

/** What becomes of an invitation by a decision; what is asked changes by asking. */
export function changeOf(decision: Decision, now: Date): InvitationChange | undefined {
  switch (decision.verdict) {
    case "ask":
      return decision.slotAt === undefined ? undefined : { slotAt: new Date(decision.slotAt) };
    case "defer":
      return {
        dueAt: new Date(decision.until),
        stateReason: decision.reason,
        ...(decision.slotAt === undefined ? {} : { slotAt: new Date(decision.slotAt) }),
      };
    case "suppress":
      return { state: endOf(decision), stateReason: decision.reason, finishedAt: now };
  }
}

function endOf({ reason, expires }: Extract<Decision, { verdict: "suppress" }>) {
  if (expires === true) return "expired";
  if (reason === "unknown-there") return "undeliverable";
  return reason === "reopened" ? "cancelled" : "suppressed";
}
