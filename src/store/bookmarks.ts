/**
 * How far the places of a connection were read. A place and a position are ids of a channel and a
 * message. Which places are one person's alone their platform tells when it forgets them.
 */
import type { Bookmark } from "../platform.ts";
import type { Db } from "./schema.ts";

/** Keeps how far a place was read, in the transaction of the event that was read there. */
export async function keepBookmark(
  db: Db,
  workspaceId: number,
  connectionId: string,
  bookmark: Bookmark,
  now: Date,
): Promise<void> {
  await put(db, workspaceId, connectionId, bookmark, now)
    .onConflict((conflict) =>
      conflict.columns(["workspace_id", "connection_id", "place"]).doUpdateSet((row) => ({
        position: row.ref("excluded.position"),
        kept_at: row.ref("excluded.kept_at"),
      })),
    )
    .execute();
}

/**
 * Begins a place with something of ours that was sent there. Where something was read before,
 * reading goes on from there, and only the time is new: an answer is waited for.
 */
export async function beginBookmark(
  db: Db,
  workspaceId: number,
  connectionId: string,
  bookmark: Bookmark,
  now: Date,
): Promise<void> {
  await put(db, workspaceId, connectionId, bookmark, now)
    .onConflict((conflict) =>
      conflict
        .columns(["workspace_id", "connection_id", "place"])
        .doUpdateSet((row) => ({ kept_at: row.ref("excluded.kept_at") })),
    )
    .execute();
}

function put(
  db: Db,
  workspaceId: number,
  connectionId: string,
  { place, position }: Bookmark,
  now: Date,
) {
  const where = { workspace_id: workspaceId, connection_id: connectionId };
  return db.insertInto("bookmarks").values({ ...where, place, position, kept_at: now });
}

/** The bookmarks of a connection that were kept since then, the newest first. */
export async function readBookmarks(
  db: Db,
  workspaceId: number,
  connectionId: string,
  since: Date,
): Promise<(Bookmark & { readonly keptAt: Date })[]> {
  return db
    .selectFrom("bookmarks")
    .select(["place", "position", "kept_at as keptAt"])
    .where("workspace_id", "=", workspaceId)
    .where("connection_id", "=", connectionId)
    .where("kept_at", ">=", since)
    .orderBy("kept_at", "desc")
    .orderBy("place")
    .execute();
}

/** Forgets places of a connection, of which nothing is to be known any more. */
export async function forgetPlaces(
  db: Db,
  workspaceId: number,
  connectionId: string,
  places: readonly string[],
): Promise<void> {
  await db
    .deleteFrom("bookmarks")
    .where("workspace_id", "=", workspaceId)
    .where("connection_id", "=", connectionId)
    .where("place", "in", places)
    .execute();
}

/** Forgets, in every workspace, places in which nothing happened since then. */
export async function forgetBookmarks(db: Db, before: Date): Promise<void> {
  await db.deleteFrom("bookmarks").where("kept_at", "<", before).execute();
}
