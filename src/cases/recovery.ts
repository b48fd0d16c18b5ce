/**
 * The recovery check: some time after a case was solved its customer is asked once whether it is
 * right now, and the metric again. The case is told what they say, and opens again when it is not.
 */
import { doWork, type Engine, type Work } from "../engine.ts";
import { languageOf } from "../language-of.ts";
import { askOrWait } from "../scheduling/ask/ask.ts";
import { lockOpenCase } from "../store/cases.ts";
import { readConnection } from "../store/connections.ts";
import { lockInvitation } from "../store/invitations.ts";
import { readPerson } from "../store/people.ts";
import {
  type CaseRef,
  dropRecovery,
  dueRecoveries,
  ensureRecoverySurvey,
  lockDueRecovery,
  metricOfInvitation,
  planRecovery,
} from "../store/recovery.ts";
import { afterChatSurvey } from "../store/surveys.ts";
import { type RecoveryMetric, recoveryMetrics, recoverySurvey } from "../surveys/recovery.ts";
import type { Survey } from "../surveys/survey.ts";

/** So many at a time: the next minute goes on. */
const BATCH = 100;

/** Who could not be asked for so long is not asked any more: nobody remembers what it was about. */
const VALID_MS = 14 * 24 * 60 * 60 * 1000;

/** Asks everybody whose check is due; safe on several instances. Gives how many were looked at. */
export async function askRecoveries(engine: Engine): Promise<number> {
  const due = await dueRecoveries(engine.db, engine.clock.now(), BATCH);
  for (const ref of due) {
    try {
      await doWork(engine, (work) => askRecovery(engine, work, ref));
    } catch (error) {
      // One that cannot be asked does not keep the others from being asked.
      engine.log.warn({ error, case: ref.caseId }, "a recovery check will be tried again");
    }
  }
  return due.length;
}

async function askRecovery(engine: Engine, work: Work, ref: CaseRef): Promise<void> {
  const { transaction, now } = work;
  const { workspaceId } = ref;
  const due = await lockDueRecovery(transaction, ref, now);
  if (due === undefined) return;
  const { personId, humanId, connectionId, closedAt } = due;
  const expiresAt = new Date(due.dueAt.getTime() + VALID_MS);
  const person =
    personId === null ? undefined : await readPerson(transaction, workspaceId, personId);
  // Who has another case is heard there: it is not right now.
  const other = humanId !== null && (await lockOpenCase(transaction, workspaceId, humanId));
  const late = expiresAt <= now;
  if (!due.solved || late || closedAt === null || !person || connectionId === null || other)
    return dropRecovery(transaction, ref);
  const connection = await readConnection(transaction, workspaceId, connectionId);
  const survey = await surveyFor(work, workspaceId, due.invitationId, connection.workspace.name);
  const id =
    survey &&
    (await planRecovery(transaction, ref, {
      ...{ survey, personId: person.id, connectionId, chatId: due.chatId, closedAt },
      language: languageOf(connection, person),
      dueAt: now,
      expiresAt,
    }));
  const invitation = id && (await lockInvitation(transaction, workspaceId, id));
  if (!invitation) return dropRecovery(transaction, ref);
  await askOrWait(engine, work, workspaceId, invitation, { impatient: false });
}

/** Beside the metric that the case began with, else the one that is asked after chats. */
async function surveyFor(
  { transaction }: Work,
  workspaceId: number,
  invitationId: string | null,
  company: string,
): Promise<Survey | undefined> {
  const first = invitationId && (await metricOfInvitation(transaction, workspaceId, invitationId));
  const usual = await afterChatSurvey(transaction, workspaceId);
  const known = [first, usual?.definition.metric].map((name) =>
    recoveryMetrics.find((metric) => metric === name),
  );
  const metric: RecoveryMetric = known.find((each) => each !== undefined) ?? "csat";
  return ensureRecoverySurvey(transaction, workspaceId, recoverySurvey(metric, company));
}
