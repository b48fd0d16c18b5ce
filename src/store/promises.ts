/** What people were told about who reads their answers, and the series that follow from it. */
import { sql } from "kysely";
import { noteEpochs } from "./epochs.ts";
import { sameHuman } from "./same-human.ts";
import type { Db, WhoReads } from "./schema.ts";

/**
 * True when this human was asked under the promise before, by another invitation than this one:
 * then it was told to them already.
 */
export async function wasPromised(
  db: Db,
  workspaceId: number,
  about: { personId: string; invitationId: string; promise: WhoReads },
): Promise<boolean> {
  const row = await db
    .selectFrom("invitations")
    .select("id")
    .where("workspace_id", "=", workspaceId)
    .where("person_id", "in", await sameHuman(db, workspaceId, about.personId))
    .where("id", "<>", about.invitationId)
    .where("asked_at", "is not", null)
    .where("promise", "=", about.promise)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** True when the promise was ever another one: then there may be answers under both. */
export async function promiseChanged(db: Db, workspaceId: number): Promise<boolean> {
  const row = await db
    .selectFrom("survey_versions")
    .select("survey_id")
    .where("workspace_id", "=", workspaceId)
    .where("series", ">", 1)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** Surveys that we ask: what was imported or made up was promised by somebody else, or nobody. */
const isAsked = sql<boolean>`s.state <> 'archived' and s.trigger <> 'manual'`;

/**
 * A changed promise begins a new series: each survey gets a new version with the same words, and what
 * is planned is asked by it. What was asked keeps the promise that it was asked under. Call inside
 * the transaction that changes the setting.
 */
export async function keepPromise(db: Db, workspaceId: number, promise: WhoReads): Promise<void> {
  // The definition is the same under any promise; which one holds stands with each invitation.
  await sql`
    insert into survey_versions (workspace_id, survey_id, version, series, definition)
    select v.workspace_id, v.survey_id, last.version + 1, last.series + 1, v.definition
    from surveys s
    join survey_versions v on v.workspace_id = s.workspace_id and v.survey_id = s.id
      and v.version = s.version
    cross join lateral (
      select max(l.version) as version, max(l.series) as series from survey_versions l
      where l.workspace_id = s.workspace_id and l.survey_id = s.id
    ) last
    where s.workspace_id = ${workspaceId} and ${isAsked}
  `.execute(db);
  await sql`
    update invitations i set survey_version = last.version, promise = ${promise}
    from surveys s
    cross join lateral (
      select max(l.version) as version from survey_versions l
      where l.workspace_id = s.workspace_id and l.survey_id = s.id
    ) last
    where s.workspace_id = ${workspaceId} and ${isAsked}
      and i.workspace_id = ${workspaceId} and i.survey_id = s.id and i.state = 'planned'
      and i.survey_version = s.version and i.asked_at is null
  `.execute(db);
  await sql`
    update surveys s set version = last.version
    from (
      select l.survey_id, max(l.version) as version from survey_versions l
      where l.workspace_id = ${workspaceId} group by l.survey_id
    ) last
    where s.workspace_id = ${workspaceId} and s.id = last.survey_id and ${isAsked}
  `.execute(db);
  await noteEpochs(db, workspaceId);
}
