/** Words in the conversation with us that belong to a case, or make one. */
import { answerInCase, caseOfWords } from "../cases/answer.ts";
import type { WordsFacts } from "../cases/case.ts";
import { isComplaint } from "../cases/complaint.ts";
import { openCase } from "../cases/open.ts";
import type { Engine, Work } from "../engine.ts";
import { languageOf } from "../language-of.ts";
import { textsFor } from "../locales/index.ts";
import { lineReply } from "../messages.ts";
import type { Reply } from "../platform.ts";
import { humanOf } from "../store/case-people.ts";
import { lockOpenCase } from "../store/cases.ts";
import type { Connection } from "../store/connections.ts";
import type { Invitation } from "../store/invitations.ts";
import type { Person } from "../store/people.ts";
import { readSettings } from "../store/settings.ts";
import { refuse } from "../surveys/conversation.ts";
import { letOut } from "./rights.ts";

/** What came of them: nothing here when they are about the question that was asked last. */
export async function wordsForCase(
  engine: Engine,
  work: Work,
  connection: Connection,
  {
    person,
    text,
    invitation,
  }: {
    readonly person: Person;
    readonly text: string;
    /** What was asked last. */
    readonly invitation: Invitation | undefined;
  },
): Promise<Reply | undefined> {
  const question = questionOf(invitation, work.now);
  const caseId = await caseOfWords(work, connection.workspace.id, person, question);
  if (caseId !== undefined) {
    // Whoever wants out is out at once, whomever they talk to.
    const out = await letOut(engine, work, connection, { person, text });
    if (out !== undefined) return out;
    const passed = await answerInCase(engine, work, connection, { person, caseId, text });
    if (passed !== undefined) return passed;
  }
  if (question !== null && !question.over) return undefined;
  const complained = await complain(engine, work, connection, person, text);
  return complained ?? intoOpenCase(engine, work, connection, person, text);
}

/** Whoever waits to hear from the team and writes once more is heard, even before the first reply. */
async function intoOpenCase(
  engine: Engine,
  work: Work,
  connection: Connection,
  person: Person,
  text: string,
): Promise<Reply | undefined> {
  const { transaction } = work;
  const workspaceId = connection.workspace.id;
  const human = await humanOf(transaction, workspaceId, person.id);
  if (human === undefined) return undefined;
  const open = await lockOpenCase(transaction, workspaceId, human);
  if (open === undefined) return undefined;
  const { promise } = await readSettings(transaction, workspaceId);
  // Under this promise nobody is heard by name who did not ask to be.
  const asked = open.cause === "contact" || open.cause === "churn";
  if (promise === "totals" && !asked) return undefined;
  const out = await letOut(engine, work, connection, { person, text });
  return out ?? answerInCase(engine, work, connection, { person, caseId: open.id, text });
}

/** `over` when a comment would not be taken any more. */
function questionOf(invitation: Invitation | undefined, now: Date): WordsFacts["question"] {
  const { survey, conversation, askedAt, expiresAt } = invitation ?? {};
  if (survey === undefined || conversation === undefined || askedAt == null) return null;
  const times = { now: now.getTime(), expiresAt: expiresAt ?? 0 };
  const comment = { kind: "comment", text: "" } as const;
  const over = refuse(survey.definition, conversation, comment, times) !== undefined;
  return { askedAt, over };
}

/** Nobody is named who was told that only totals are seen. */
async function complain(
  engine: Engine,
  work: Work,
  connection: Connection,
  person: Person,
  text: string,
): Promise<Reply | undefined> {
  if (person.role !== "customer" || person.bot || !isComplaint(text)) return undefined;
  const { promise } = await readSettings(work.transaction, connection.workspace.id);
  if (promise === "totals") return undefined;
  await openCase(engine, work, { connection, person, cause: "complaint", text });
  const language = languageOf(connection, person);
  return lineReply(language, textsFor(language).text("case.complaint.passed"));
}
