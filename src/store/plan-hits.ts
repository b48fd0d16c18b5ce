/** Planning in bulk: what triggers, runs and programmes found becomes invitations. */
import { sql } from "kysely";
import { languageOf } from "../language-of.ts";
import type { Schedule } from "../scheduling/definition/schedule.ts";
import { waitMsOf } from "../scheduling/definition/timing.ts";
import type { Survey } from "../surveys/survey.ts";
import { connectionsOf } from "./connections.ts";
import { newId } from "./ids.ts";
import { insertMany } from "./insert-many.ts";
import type { Db } from "./schema.ts";
import type { Hit } from "./trigger-hits.ts";

/** Namespace of the advisory lock under which a workspace is planned; chosen at random. */
const LOCK = 0x706c616e;

/**
 * Whether the transaction may plan for this workspace: one does at a time, so that schedules which
 * must not ask the same thing see one another's plans. False: another one is at it.
 */
export async function mayPlan(transaction: Db, workspaceId: number): Promise<boolean> {
  const { rows } = await sql<{ mine: boolean }>`
    select pg_try_advisory_xact_lock(${LOCK}::int, ${workspaceId}::int) as mine`.execute(
    transaction,
  );
  return rows[0]?.mine === true;
}

/** What is planned: whom, where, about what, when. */
export type PlannedHit = Pick<
  Hit,
  "personId" | "connectionId" | "chatId" | "closing" | "dueAt" | "reasonKey"
>;

/**
 * Plans an invitation for each that has none of the same reason yet; gives how many there are now
 * that were not there. `now`: when that was.
 */
export async function planHits(
  db: Db,
  workspaceId: number,
  schedule: Schedule,
  survey: Survey,
  hits: readonly PlannedHit[],
  now: Date,
): Promise<number> {
  const languages = await languagesOf(db, workspaceId, hits);
  const wait = waitMsOf(schedule.definition);
  const planned = await insertMany(
    db,
    "invitations",
    hits.map((hit) => ({
      workspace_id: workspaceId,
      id: newId(),
      survey_id: survey.id,
      survey_version: survey.version,
      person_id: hit.personId,
      connection_id: hit.connectionId,
      chat_id: hit.chatId,
      closing: hit.closing,
      reason_key: hit.reasonKey,
      state: "planned" as const,
      kind: schedule.definition.kind,
      language: languages(hit),
      schedule_id: schedule.id,
      schedule_version: schedule.version,
      due_at: hit.dueAt,
      expires_at: new Date(hit.dueAt.getTime() + wait),
      created_at: now,
    })),
    "id",
  );
  return planned.size;
}

/** Of these humans, those for whom an invitation of the schedule waits to be asked. */
export async function humansWaiting(
  db: Db,
  workspaceId: number,
  scheduleId: string,
  humans: readonly string[],
): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ human: string }>`
    select distinct coalesce(p.human_id, p.id) as human from people p
    where p.workspace_id = ${workspaceId}
      and coalesce(p.human_id, p.id) = any(${[...humans]}::uuid[])
      and (select i.id from invitations i
        where i.workspace_id = ${workspaceId} and i.person_id = p.id and i.state = 'planned'
          and i.schedule_id = ${scheduleId} limit 1) is not null`.execute(db);
  return new Set(rows.map(({ human }) => human));
}

/** Which language is spoken with whom of them. */
async function languagesOf(
  db: Db,
  workspaceId: number,
  hits: readonly PlannedHit[],
): Promise<(hit: PlannedHit) => string | null> {
  const connections = await connectionsOf(db, workspaceId);
  const byId = new Map(connections.map((connection) => [connection.id, connection]));
  const people = await sql<{ id: string; locale: string | null }>`
    select id, locale from people
    where workspace_id = ${workspaceId} and locale is not null
      and id = any(${hits.map(({ personId }) => personId)}::uuid[])`.execute(db);
  const locales = new Map(people.rows.map(({ id, locale }) => [id, locale]));
  return ({ personId, connectionId }) => {
    const connection = byId.get(connectionId);
    return connection ? languageOf(connection, { locale: locales.get(personId) ?? null }) : null;
  };
}
