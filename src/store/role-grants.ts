/** What people, and everybody in a group or role of a platform, were given to do. */
import type { GrantedRole, Subject } from "../configuration/change.ts";
import { newId } from "./ids.ts";
import type { Db } from "./schema.ts";

/** A role that somebody granted. */
export interface RoleGrant {
  readonly subject: Subject;
  readonly role: GrantedRole;
  /** A person's id, or "operator". */
  readonly by: string;
  readonly at: Date;
}

/** All grants, the oldest first. */
export async function listGrants(db: Db, workspaceId: number): Promise<RoleGrant[]> {
  const rows = await db
    .selectFrom("role_grants")
    .selectAll()
    .where("workspace_id", "=", workspaceId)
    .orderBy("granted_at")
    .orderBy("id")
    .execute();
  return rows.map((row) => ({
    subject: subjectOf(row),
    role: row.role,
    by: row.granted_by,
    at: row.granted_at,
  }));
}

function subjectOf(row: {
  readonly person_id: string | null;
  readonly connection_id: string | null;
  readonly group_id: string | null;
  readonly label: string;
}): Subject {
  if (row.person_id !== null) return { kind: "person", personId: row.person_id };
  const { connection_id: connectionId, group_id: groupId, label } = row;
  return { kind: "group", connectionId: connectionId ?? "", groupId: groupId ?? "", label };
}

/** The role that was granted to just this person or group; null: none. */
export async function grantedRole(
  db: Db,
  workspaceId: number,
  subject: Subject,
): Promise<GrantedRole | null> {
  const row = await ofSubject(db, workspaceId, subject).executeTakeFirst();
  return row?.role ?? null;
}

function ofSubject(db: Db, workspaceId: number, subject: Subject) {
  const all = db.selectFrom("role_grants").select("role").where("workspace_id", "=", workspaceId);
  return subject.kind === "person"
    ? all.where("person_id", "=", subject.personId)
    : all.where("connection_id", "=", subject.connectionId).where("group_id", "=", subject.groupId);
}

/** Grants a role in the place of the one that the subject had; null takes it away. */
export async function setGrant(
  trx: Db,
  workspaceId: number,
  { subject, role, by, at }: Omit<RoleGrant, "role"> & { readonly role: GrantedRole | null },
): Promise<void> {
  const own =
    subject.kind === "person"
      ? ({ person_id: subject.personId, connection_id: null, group_id: null } as const)
      : ({
          person_id: null,
          connection_id: subject.connectionId,
          group_id: subject.groupId,
        } as const);
  await trx
    .deleteFrom("role_grants")
    .where("workspace_id", "=", workspaceId)
    .where("person_id", "is not distinct from", own.person_id)
    .where("connection_id", "is not distinct from", own.connection_id)
    .where("group_id", "is not distinct from", own.group_id)
    .execute();
  if (role === null) return;
  await trx
    .insertInto("role_grants")
    .values({
      ...{ workspace_id: workspaceId, id: newId(), ...own, role },
      ...{ label: subject.kind === "group" ? subject.label : "", granted_by: by, granted_at: at },
    })
    .execute();
}
