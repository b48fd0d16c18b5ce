/**
 * Somebody who is met on several connections of a platform, by the platform's one id: servers that
 * one bot is in. They are a person on each, with a role of its own there; to be asked is one matter.
 * Only ever within a workspace.
 */
import type { Db } from "./schema.ts";

/** Our ids of everybody who is this person on their platforms, themselves among them. */
export async function sameOnPlatform(
  db: Db,
  workspaceId: number,
  personId: string,
): Promise<string[]> {
  const rows = await identitiesOnPlatform(db, workspaceId)
    .innerJoin("identities as own", (join) =>
      join
        .onRef("own.workspace_id", "=", "identities.workspace_id")
        .onRef("own.external_id", "=", "identities.external_id"),
    )
    .innerJoin("connections as here", (join) =>
      join
        .onRef("here.workspace_id", "=", "own.workspace_id")
        .onRef("here.id", "=", "own.connection_id")
        .onRef("here.platform", "=", "connections.platform"),
    )
    .where("own.person_id", "=", personId)
    .select("identities.person_id")
    .execute();
  return [...new Set([personId, ...rows.map((row) => row.person_id)])];
}

/** Identities of a workspace with their connections. */
export function identitiesOnPlatform(db: Db, workspaceId: number) {
  return db
    .selectFrom("identities")
    .innerJoin("connections", (join) =>
      join
        .onRef("connections.workspace_id", "=", "identities.workspace_id")
        .onRef("connections.id", "=", "identities.connection_id"),
    )
    .where("identities.workspace_id", "=", workspaceId);
}
