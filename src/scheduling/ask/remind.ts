/** One reminder to the silent: the question once more, where it was asked. */
import { doWork, type Engine, type Work } from "../../engine.ts";
import { post } from "../../outbox/post.ts";
import { readCandidates } from "../../store/candidates.ts";
import { readChat } from "../../store/chats.ts";
import { lockInvitation, updateInvitation } from "../../store/invitations.ts";
import { externalIdOf, readPerson } from "../../store/people.ts";
import {
  claimReminders,
  type DueReminder,
  keepReminders,
  type ReminderOutcome,
  workspacesToRemind,
} from "../../store/reminders.ts";
import { sayMessage } from "../../surveys/messages.ts";
import { opener } from "../../surveys/talk.ts";
import { talkAt } from "./asking.ts";
import { decideReminder } from "./remind-rules.ts";

/** So many are claimed at once: whoever answers just then waits for no longer than these take. */
const BATCH = 20;
/** So many turns of every workspace in a minute: the next minute goes on. */
const TURNS = 25;
/** What went wrong is tried again after so long. */
const AGAIN_MS = 60 * 60 * 1000;

/**
 * Reminds everybody whose reminder is due; safe on several instances. Workspaces take turns, so that
 * one with many keeps no other waiting. Gives how many were reminded.
 */
export async function remindDue(engine: Engine): Promise<number> {
  let reminded = 0;
  let open = await workspacesToRemind(engine.db, engine.clock.now());
  for (let turn = 0; turn < TURNS && open.length > 0; turn += 1) {
    const more: number[] = [];
    for (const workspaceId of open) {
      const done = await remindSome(engine, workspaceId);
      reminded += done.reminded;
      if (done.claimed === BATCH) more.push(workspaceId);
    }
    open = more;
  }
  if (reminded > 0) engine.log.info({ reminded }, "people were reminded of a question");
  return reminded;
}

interface Done {
  readonly claimed: number;
  readonly reminded: number;
}

/** A batch in one transaction; when one of them fails, each by itself, and that one later. */
async function remindSome(engine: Engine, workspaceId: number): Promise<Done> {
  let claimed: readonly string[] = [];
  try {
    return await doWork(engine, async (work) => {
      const due = await claimReminders(work.transaction, workspaceId, {
        now: work.now,
        limit: BATCH,
      });
      claimed = due.map(({ invitationId }) => invitationId);
      const reminded = await remindAll(engine, work, workspaceId, due);
      return { claimed: due.length, reminded };
    });
  } catch (error) {
    if (claimed.length === 0) throw error;
    let reminded = 0;
    for (const id of claimed) reminded += await remindOne(engine, workspaceId, id);
    return { claimed: claimed.length, reminded };
  }
}

async function remindOne(engine: Engine, workspaceId: number, id: string): Promise<number> {
  try {
    return await doWork(engine, async (work) => {
      const { transaction, now } = work;
      const due = await claimReminders(transaction, workspaceId, { now, limit: 1, only: [id] });
      return remindAll(engine, work, workspaceId, due);
    });
  } catch (error) {
    engine.log.warn({ error, invitation: id }, "a reminder will be tried again");
    await doWork(engine, ({ transaction, now }) => {
      const until = new Date(now.getTime() + AGAIN_MS);
      return keepReminders(
        transaction,
        workspaceId,
        [{ invitationId: id, kind: "waits", until }],
        now,
      );
    });
    return 0;
  }
}

/** What was claimed: decided by the facts as they are now, and said or left. */
async function remindAll(
  engine: Engine,
  work: Work,
  workspaceId: number,
  due: readonly DueReminder[],
): Promise<number> {
  const { transaction, now } = work;
  const subjects = due.map(({ subject }) => subject);
  const candidates = await readCandidates(transaction, workspaceId, subjects, now);
  const outcomes: ReminderOutcome[] = [];
  for (const [i, question] of due.entries()) {
    const { invitationId } = question;
    const decision = decideReminder({ ...question, candidate: candidates[i] }, now.getTime());
    if (decision.verdict === "wait") {
      outcomes.push({ invitationId, kind: "waits", until: new Date(decision.until) });
    } else if (decision.verdict === "leave") {
      outcomes.push({ invitationId, kind: "left", reason: decision.reason });
    } else {
      const said = await remind(engine, work, workspaceId, invitationId);
      outcomes.push(
        said
          ? { invitationId, kind: "reminded" }
          : { invitationId, kind: "left", reason: "unknown-there" },
      );
    }
  }
  await keepReminders(transaction, workspaceId, outcomes, now);
  if (due.length > 0) engine.reach("remind.before_commit");
  return outcomes.filter(({ kind }) => kind === "reminded").length;
}

/** Says it where it was asked; false when it cannot be said there any more. */
async function remind(
  engine: Engine,
  work: Work,
  workspaceId: number,
  invitationId: string,
): Promise<boolean> {
  const { transaction } = work;
  const invitation = await lockInvitation(transaction, workspaceId, invitationId);
  if (invitation?.survey === undefined || invitation.conversation === undefined) return false;
  const { survey, conversation, personId, connectionId, chatId } = invitation;
  const person = await readPerson(transaction, workspaceId, personId);
  const userId = await externalIdOf(transaction, workspaceId, connectionId, personId);
  const first = survey.definition.questions[0]?.key;
  if (person === undefined || userId === undefined || first === undefined) return false;
  const chat = chatId === null ? undefined : await readChat(transaction, workspaceId, chatId);
  const place = invitation.address ?? ({ kind: "direct", userId } as const);
  const asking = { workspaceId, invitation, person, survey, chat };
  const talk = await talkAt(engine, work, asking, place);
  const turn = conversation.turn + 1;
  const state = { ...conversation, turn, places: { ...conversation.places, [first]: turn } };
  const message = sayMessage(talk, state, [
    { kind: "question", question: first, again: "reminder" },
  ]);
  if (message === undefined) return false;
  // What is written next belongs to the reminder; the buttons of both work.
  await updateInvitation(transaction, workspaceId, invitationId, { conversation: state });
  await post(engine, work, {
    workspaceId,
    connectionId,
    key: `talk:${invitationId}:${turn}`,
    purpose: "remind",
    invitationId,
    personId,
    address: place,
    message: place.kind === "whisper" ? { ...message, opener: opener(talk, person.name) } : message,
  });
  return true;
}
