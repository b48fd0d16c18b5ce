/** What people, and everybody in a group or role of a platform, were given to do. */
import { sql } from "kysely";
import type { GrantedRole, Subject } from "../configuration/change.ts";
import { type Granted, highest } from "../platform.ts";
import { newId } from "./ids.ts";
import { peopleOfGroup, settleRoles } from "./roles.ts";
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
  if (role !== null)
    await trx
      .insertInto("role_grants")
      .values({
        ...{ workspace_id: workspaceId, id: newId(), ...own, role },
        ...{ label: subject.kind === "group" ? subject.label : "", granted_by: by, granted_at: at },
      })
      .execute();
  const people =
    subject.kind === "person" ? [subject.personId] : await peopleOfGroup(trx, workspaceId, subject);
  await settleRoles(trx, workspaceId, people);
}

/** What was granted on a connection, by the platform's ids: to its users, by whichever row, and groups. */
export async function readGranted(
  db: Db,
  workspaceId: number,
  connectionId: string,
): Promise<Granted> {
  const users = await db
    .selectFrom("role_grants as g")
    .innerJoin("people as p", (join) =>
      join.onRef("p.workspace_id", "=", "g.workspace_id").onRef("p.id", "=", "g.person_id"),
    )
    .innerJoin("people as h", (join) =>
      join
        .onRef("h.workspace_id", "=", "p.workspace_id")
        .on(sql<boolean>`coalesce(h.human_id, h.id) = coalesce(p.human_id, p.id)`),
    )
    .innerJoin("identities as i", (join) =>
      join.onRef("i.workspace_id", "=", "h.workspace_id").onRef("i.person_id", "=", "h.id"),
    )
    .select(["i.external_id as id", "g.role"])
    .where("g.workspace_id", "=", workspaceId)
    .where("i.connection_id", "=", connectionId)
    .where("h.bot", "=", false)
    .execute();
  const groups = await db
    .selectFrom("role_grants")
    .select(["group_id", "role"])
    .where("workspace_id", "=", workspaceId)
    .where("connection_id", "=", connectionId)
    .execute();
  return {
    users: rolesOf(users),
    groups: rolesOf(groups.map(({ group_id, role }) => ({ id: group_id ?? "", role }))),
  };
}

function rolesOf(rows: readonly { readonly id: string; readonly role: GrantedRole }[]) {
  const all = new Map<string, GrantedRole>();
  for (const { id, role } of rows) {
    const before = all.get(id);
    if (before === undefined || highest(before, role) === role) all.set(id, role);
  }
  return all;
}
