/** Recovery checks: which are due, their survey, and what was asked and answered. */
import { sql } from "kysely";
import type { MetricName } from "../metrics/metric.ts";
import type { StandardSurvey } from "../surveys/parts.ts";
import { checkDefinition, readDefinition, type Survey } from "../surveys/survey.ts";
import { newId } from "./ids.ts";
import type { Db } from "./schema.ts";

/** Which case. */
export interface CaseRef {
  readonly workspaceId: number;
  readonly caseId: string;
}

/** Solved cases whose check is due, in every workspace, the longest waiting first. */
export async function dueRecoveries(db: Db, now: Date, limit: number): Promise<CaseRef[]> {
  return db
    .selectFrom("cases")
    .select(["workspace_id as workspaceId", "id as caseId"])
    .where("recovery_at", "<=", now)
    .where("recovery_invitation_id", "is", null)
    .orderBy("recovery_at")
    .limit(limit)
    .execute();
}

/** Locks a case whose check is due; undefined when another instance is at it or it is not any more. */
export async function lockDueRecovery(db: Db, { workspaceId, caseId }: CaseRef, now: Date) {
  const row = await db
    .selectFrom("cases")
    .select(["state", "close_reason", "closed_at", "recovery_at"])
    .select(["person_id", "human_id", "connection_id", "chat_id", "invitation_id"])
    .where("workspace_id", "=", workspaceId)
    .where("id", "=", caseId)
    .where("recovery_at", "<=", now)
    .where("recovery_invitation_id", "is", null)
    .forNoKeyUpdate()
    .skipLocked()
    .executeTakeFirst();
  return (
    row && {
      solved: row.state === "closed" && row.close_reason === "solved",
      closedAt: row.closed_at,
      dueAt: row.recovery_at ?? now,
      personId: row.person_id,
      humanId: row.human_id,
      connectionId: row.connection_id,
      chatId: row.chat_id,
      invitationId: row.invitation_id,
    }
  );
}

/** The metric that an invitation was about. */
export async function metricOfInvitation(
  db: Db,
  workspaceId: number,
  invitationId: string,
): Promise<MetricName | undefined> {
  const row = await db
    .selectFrom("invitations as i")
    .innerJoin("surveys as s", (join) =>
      join.onRef("s.workspace_id", "=", "i.workspace_id").onRef("s.id", "=", "i.survey_id"),
    )
    .select("s.metric")
    .where("i.workspace_id", "=", workspaceId)
    .where("i.id", "=", invitationId)
    .executeTakeFirst();
  return row?.metric ?? undefined;
}

/** The survey of a recovery check, made when it is asked for the first time. In a transaction. */
export async function ensureRecoverySurvey(
  db: Db,
  workspaceId: number,
  wanted: StandardSurvey,
): Promise<Survey | undefined> {
  const id = newId();
  const definition = checkDefinition(wanted.definition);
  const { metric = null } = definition;
  const made = await db
    .insertInto("surveys")
    .values({
      ...{ workspace_id: workspaceId, id, key: wanted.key, metric },
      ...{ trigger: "recovery", state: "on", version: 1 },
    })
    .onConflict((conflict) => conflict.columns(["workspace_id", "key"]).doNothing())
    .executeTakeFirst();
  if (made.numInsertedOrUpdatedRows === 1n) {
    const version = { workspace_id: workspaceId, survey_id: id, version: 1, series: 1 };
    await db
      .insertInto("survey_versions")
      .values({ ...version, definition: JSON.stringify(definition) })
      .execute();
  }
  const row = await db
    .selectFrom("surveys as s")
    .innerJoin("survey_versions as v", (join) =>
      join
        .onRef("v.workspace_id", "=", "s.workspace_id")
        .onRef("v.survey_id", "=", "s.id")
        .onRef("v.version", "=", "s.version"),
    )
    .select(["s.id", "s.version", "v.definition"])
    .where("s.workspace_id", "=", workspaceId)
    .where("s.key", "=", wanted.key)
    .executeTakeFirstOrThrow();
  const kept = readDefinition(row.definition);
  return kept && { id: row.id, version: row.version, definition: kept };
}

/** Plans the check of a case and notes it there; undefined when this person has it already. */
export async function planRecovery(
  db: Db,
  { workspaceId, caseId }: CaseRef,
  plan: {
    readonly survey: Survey;
    readonly personId: string;
    readonly connectionId: string;
    readonly chatId: string | null;
    /** Solved again after it was opened again: it is asked about anew. */
    readonly closedAt: Date;
    readonly language: string;
    readonly dueAt: Date;
    /** Later nobody is asked any more. */
    readonly expiresAt: Date;
  },
): Promise<string | undefined> {
  const row = await db
    .insertInto("invitations")
    .values({
      workspace_id: workspaceId,
      id: newId(),
      survey_id: plan.survey.id,
      survey_version: plan.survey.version,
      person_id: plan.personId,
      connection_id: plan.connectionId,
      chat_id: plan.chatId,
      reason_key: `recovery:${caseId}:${plan.closedAt.getTime()}`,
      state: "planned",
      kind: "recovery",
      case_id: caseId,
      language: plan.language,
      due_at: plan.dueAt,
      expires_at: plan.expiresAt,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning("id")
    .executeTakeFirst();
  if (row !== undefined) await noteCheck(db, { workspaceId, caseId }, row.id);
  return row?.id;
}

async function noteCheck(db: Db, { workspaceId, caseId }: CaseRef, id: string): Promise<void> {
  await db
    .updateTable("cases")
    .set({ recovery_invitation_id: id })
    .where("workspace_id", "=", workspaceId)
    .where("id", "=", caseId)
    .execute();
}

/** Nobody is to be asked about this case. */
export async function dropRecovery(db: Db, { workspaceId, caseId }: CaseRef): Promise<void> {
  await db
    .updateTable("cases")
    .set({ recovery_at: null })
    .where("workspace_id", "=", workspaceId)
    .where("id", "=", caseId)
    .execute();
}

/** The case that an invitation checks, and what came of the check so far: the latest counts. */
export async function readCheck(
  db: Db,
  workspaceId: number,
  invitationId: string,
): Promise<{ caseId: string; recovered: boolean | null } | undefined> {
  const { rows } = await sql<{ caseId: string; recovered: boolean | null }>`
    select i.case_id as "caseId",
      (select e.kind = 'recovered' from case_events e
        where e.workspace_id = ${workspaceId} and e.case_id = i.case_id
          and e.invitation_id = i.id and e.kind in ('recovered', 'not-recovered')
        order by e.at desc, e.id desc limit 1) as recovered
    from invitations i
    where i.workspace_id = ${workspaceId} and i.id = ${invitationId} and i.case_id is not null
  `.execute(db);
  return rows[0];
}
