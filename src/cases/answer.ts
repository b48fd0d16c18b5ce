/** What a customer says to the team in their case. */
import type { Engine, Work } from "../engine.ts";
import { languageOf } from "../language-of.ts";
import { textsFor } from "../locales/index.ts";
import { lineReply } from "../messages.ts";
import type { Reply } from "../platform.ts";
import { addCaseEvent } from "../store/case-events.ts";
import { humanOf } from "../store/case-people.ts";
import { type Case, lockCase, readCaseInTalk, updateCase } from "../store/cases.ts";
import type { Connection } from "../store/connections.ts";
import { type Person, readPerson } from "../store/people.ts";
import { REOPENS_MS, type WordsFacts, whereWordsGo } from "./case.ts";
import { waitingAgain } from "./open.ts";
import { reopenCase } from "./reopen.ts";
import { noteTo, postCard, tell } from "./thread.ts";

/** The case that a direct message belongs to; `undefined`: it is about a question, or about nothing. */
export async function caseOfWords(
  { transaction, now }: Work,
  workspaceId: number,
  person: Pick<Person, "id">,
  question: WordsFacts["question"],
): Promise<string | undefined> {
  const humanId = await humanOf(transaction, workspaceId, person.id);
  if (humanId === undefined) return undefined;
  const since = new Date(now.getTime() - REOPENS_MS);
  const c = await readCaseInTalk(transaction, workspaceId, humanId, since);
  const goes = whereWordsGo({ lastReplyAt: c?.lastRepliedAt ?? null, question });
  return goes === "case" ? c?.id : undefined;
}

/**
 * Passes words of the customer to the thread and to whoever has the case; a case that was closed not
 * long ago is open again. `undefined` when it was closed too long ago.
 */
export async function answerInCase(
  engine: Engine,
  work: Work,
  connection: Connection,
  { person, caseId, text }: { person: Person; caseId: string; text: string },
): Promise<Reply | undefined> {
  const { transaction, now } = work;
  const workspaceId = connection.workspace.id;
  const found = await lockCase(transaction, workspaceId, caseId);
  if (found === undefined || !takesAnswers(found, now)) return undefined;
  const reopened = await reopenCase(work, workspaceId, found);
  const event = { kind: "answered", actorId: person.id, text } as const;
  await addCaseEvent(transaction, workspaceId, reopened.id, now, event);
  const waiting = await waitingAgain(work, workspaceId, reopened, now);
  const c = await updateCase(transaction, workspaceId, reopened.id, waiting);
  await postCard(engine, work, workspaceId, c);
  const again = found.state === "closed";
  const known = !again && isAnsweredTo(found);
  await tellAnswer(engine, work, workspaceId, c, { person, text, again, known });
  const owner =
    c.ownerId === null ? undefined : await readPerson(transaction, workspaceId, c.ownerId);
  const texts = textsFor(languageOf(connection, person));
  const line =
    owner === undefined
      ? texts.text("case.answer.passed")
      : texts.text("case.answer.passed.to", { person: owner.name });
  return lineReply(texts.language, line);
}

function takesAnswers({ state, closedAt, humanId }: Case, now: Date): boolean {
  if (humanId === null) return false;
  return state !== "closed" || (closedAt !== null && now.getTime() - closedAt < REOPENS_MS);
}

/** The customer had the last word already: whoever has the case was told so. */
function isAnsweredTo({ state, waitingSince, lastRepliedAt }: Case): boolean {
  return state === "open" && waitingSince !== null && waitingSince > (lastRepliedAt ?? 0);
}

async function tellAnswer(
  engine: Engine,
  work: Work,
  workspaceId: number,
  c: Case,
  { person, text, again, known }: { person: Person; text: string; again: boolean; known: boolean },
): Promise<void> {
  await tell(engine, work, workspaceId, c, {
    key: again ? "case.told.answered-again" : "case.told.answered",
    params: { person: person.name },
    quote: { text, by: person.name },
  });
  if (c.ownerId === null || known) return;
  await noteTo(engine, work, workspaceId, c, c.ownerId, "case.note.answered");
}
