/** A case is opened, or what happened joins the one that is open: one open case per human. */
import type { Engine, Work } from "../engine.ts";
import { addCaseEvent } from "../store/case-events.ts";
import { lockHuman } from "../store/case-people.ts";
import {
  type Case,
  type CaseCause,
  type CaseChange,
  insertCase,
  lockOpenCase,
  updateCase,
} from "../store/cases.ts";
import type { Chat } from "../store/chats.ts";
import type { Connection } from "../store/connections.ts";
import type { Person } from "../store/people.ts";
import { deadlineIn } from "./deadlines.ts";
import { postCard, tell } from "./thread.ts";

/** Whose case it is, and why. */
export interface Opening {
  /** Where the customer is written to, and in whose leads' channel the card stands. */
  readonly connection: Connection;
  readonly person: Pick<Person, "id" | "name">;
  readonly cause: CaseCause;
  /** Whose answers are told on the card. */
  readonly invitation?: { readonly id: string };
  readonly chat?: Pick<Chat, "id" | "team">;
  /** Their words, or those of whoever opens it by hand, where they stand in no answer. */
  readonly text?: string;
  /** Who opens it by hand. */
  readonly actorId?: string;
}

/** Opens a case with its card in the leads' channel; an open case of the same human is joined. */
export async function openCase(
  engine: Engine,
  work: Work,
  opening: Opening,
): Promise<{ readonly case: Case; readonly opened: boolean }> {
  const { transaction, now } = work;
  const { connection, person } = opening;
  const workspaceId = connection.workspace.id;
  const human = await lockHuman(transaction, workspaceId, person.id);
  if (human === undefined) throw new RangeError("a case is about somebody whom we know");
  const open = await lockOpenCase(transaction, workspaceId, human.humanId);
  if (open !== undefined) {
    return { case: await joinCase(engine, work, open, opening), opened: false };
  }
  const made = await insertCase(transaction, workspaceId, {
    personId: person.id,
    humanId: human.humanId,
    accountId: human.accountId,
    connectionId: connection.id,
    chatId: opening.chat?.id ?? null,
    invitationId: opening.invitation?.id ?? null,
    team: opening.chat?.team ?? null,
    cause: opening.cause,
    openedAt: now,
    ...(await deadlineIn(transaction, workspaceId, now)),
  });
  await keepOpening(work, workspaceId, made.id, "opened", opening);
  await postCard(engine, work, workspaceId, made);
  return { case: made, opened: true };
}

async function joinCase(engine: Engine, work: Work, open: Case, opening: Opening): Promise<Case> {
  const { transaction, now } = work;
  const { connection, person, invitation, chat } = opening;
  const workspaceId = connection.workspace.id;
  await keepOpening(work, workspaceId, open.id, "joined", opening);
  const joined = await updateCase(transaction, workspaceId, open.id, {
    ...(await waitingAgain(work, workspaceId, open, now)),
    // The card tells of what is newest.
    ...(invitation && { invitationId: invitation.id }),
    ...(chat && { chatId: chat.id }),
  });
  await postCard(engine, work, workspaceId, joined);
  await tell(engine, work, workspaceId, joined, {
    key: "case.told.joined",
    params: { person: person.name },
    ...(opening.text === undefined ? {} : { quote: { text: opening.text, by: person.name } }),
  });
  return joined;
}

function keepOpening(
  { transaction, now }: Work,
  workspaceId: number,
  caseId: string,
  kind: "opened" | "joined",
  { person, cause, invitation, text, actorId }: Opening,
): Promise<string> {
  return addCaseEvent(transaction, workspaceId, caseId, now, {
    kind,
    actorId: actorId ?? person.id,
    invitationId: invitation?.id ?? null,
    text: text ?? null,
    details: { cause },
  });
}

/** Somebody waits for us since `since`: the clock runs, anew if our word was the last. */
export async function waitingAgain(
  { transaction }: Work,
  workspaceId: number,
  { waitingSince, state }: Pick<Case, "waitingSince" | "state">,
  since: Date,
): Promise<CaseChange> {
  const awake = { state: "open", snoozedUntil: null } as const;
  if (waitingSince !== null && state === "open") return awake;
  const deadline = await deadlineIn(transaction, workspaceId, since);
  return { ...awake, ...deadline, waitingSince: since, remindedAt: null, escalatedAt: null };
}
