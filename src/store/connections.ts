/** Connections: which workspace an event of a platform belongs to, and its settings. */
import { z } from "zod";
import type { ConnectionRef } from "../platform.ts";
import { tryPlacesAgain } from "./holds.ts";
import { newId } from "./ids.ts";
import { IMPORT_PLATFORM } from "./import-rows.ts";
import { SAMPLE_PLATFORM } from "./sample-rows.ts";
import type { Db } from "./schema.ts";
import type { Workspace } from "./workspaces.ts";

const settings = z.object({
  /**
   * Wait between the closing of a chat and the question, in seconds, for trying things out; unless
   * set it is that of the schedule.
   */
  askDelaySeconds: z.number().min(0).exactOptional(),
  /**
   * A place to try things out: whoever closes a chat is told what is planned, and anybody may have
   * it asked at once. Elsewhere only staff are told, and only leads may.
   */
  rehearsal: z.boolean().default(false),
  /** Where a question is asked first: a direct message, or the chat itself for everybody in it to see. */
  askIn: z.enum(["direct", "thread"]).default("direct"),
  /** Hours without a message after which a chat counts as over (asking nobody); null for never. */
  closeAfterHours: z.number().positive().nullable().default(null),
  /** Puts a button that closes the chat under the first human reply. */
  closeButton: z.boolean().default(false),
  /** BCP 47 tag of the language to speak there with whoever has none of their own. */
  locale: z.string().exactOptional(),
});

export type ConnectionSettings = z.infer<typeof settings>;

/** One Slack workspace, Discord guild or playground with the tenant it belongs to. */
export interface Connection {
  readonly id: string;
  readonly ref: ConnectionRef;
  /** What the platform calls it. */
  readonly name: string;
  readonly workspace: Workspace;
  readonly settings: ConnectionSettings;
}

/** The connection of a platform's id, if it is set up here. */
export async function findConnection(db: Db, ref: ConnectionRef): Promise<Connection | undefined> {
  const row = await selectConnections(db)
    .where("c.platform", "=", ref.platform)
    .where("c.external_id", "=", ref.externalId)
    .executeTakeFirst();
  return row && toConnection(row);
}

/** A connection by our id. */
export async function readConnection(
  db: Db,
  workspaceId: number,
  connectionId: string,
): Promise<Connection> {
  const row = await selectConnections(db)
    .where("c.workspace_id", "=", workspaceId)
    .where("c.id", "=", connectionId)
    .executeTakeFirstOrThrow();
  return toConnection(row);
}

/** All connections of a workspace, the oldest first. */
export async function connectionsOf(db: Db, workspaceId: number): Promise<Connection[]> {
  const rows = await selectConnections(db)
    .where("c.workspace_id", "=", workspaceId)
    .orderBy("c.created_at")
    .execute();
  return rows.map(toConnection);
}

/** Those on which people are written to; what came from files or is made up is on none. */
export async function chatConnectionsOf(db: Db, workspaceId: number): Promise<Connection[]> {
  const all = await connectionsOf(db, workspaceId);
  return all.filter(
    ({ ref }) => ref.platform !== IMPORT_PLATFORM && ref.platform !== SAMPLE_PLATFORM,
  );
}

function selectConnections(db: Db) {
  return db
    .selectFrom("connections as c")
    .innerJoin("workspaces as w", "w.id", "c.workspace_id")
    .select([
      "c.id",
      "c.platform",
      "c.external_id",
      "c.name as connection_name",
      "c.settings",
      "w.id as workspace_id",
      "w.name",
      "w.time_zone",
      "w.locale",
    ]);
}

type ConnectionRow = Awaited<
  ReturnType<ReturnType<typeof selectConnections>["executeTakeFirstOrThrow"]>
>;

function toConnection(row: ConnectionRow): Connection {
  return {
    id: row.id,
    ref: { platform: row.platform, externalId: row.external_id },
    name: row.connection_name,
    workspace: {
      id: row.workspace_id,
      name: row.name,
      timeZone: row.time_zone,
      locale: row.locale,
    },
    settings: settings.parse(row.settings),
  };
}

/**
 * Creates the connection, or brings its name and settings up to date. Called when the platform has
 * accepted our key: what was held back because it had refused it goes out now.
 */
export async function ensureConnection(
  db: Db,
  workspaceId: number,
  ref: ConnectionRef,
  name: string,
  wanted: Partial<ConnectionSettings> = {},
): Promise<void> {
  const { id } = await insertConnection(db, workspaceId, ref, name, wanted)
    .onConflict((conflict) =>
      conflict.columns(["platform", "external_id"]).doUpdateSet((row) => ({
        name: row.ref("excluded.name"),
        settings: row.ref("excluded.settings"),
      })),
    )
    .returning("id")
    .executeTakeFirstOrThrow();
  await tryPlacesAgain(db, workspaceId, id);
}

/**
 * We were let in while running: the connection is made, a known one keeps its settings. `undefined`
 * when it is another workspace's.
 */
export async function openConnection(
  db: Db,
  workspaceId: number,
  ref: ConnectionRef,
  name: string,
  wanted: Partial<ConnectionSettings>,
): Promise<string | undefined> {
  const row = await insertConnection(db, workspaceId, ref, name, wanted)
    .onConflict((conflict) =>
      conflict
        .columns(["platform", "external_id"])
        .doUpdateSet((row) => ({ name: row.ref("excluded.name") }))
        .where("connections.workspace_id", "=", workspaceId),
    )
    .returning("id")
    .executeTakeFirst();
  return row?.id;
}

function insertConnection(
  db: Db,
  workspaceId: number,
  { platform, externalId }: ConnectionRef,
  name: string,
  wanted: Partial<ConnectionSettings>,
) {
  return db.insertInto("connections").values({
    workspace_id: workspaceId,
    id: newId(),
    platform,
    external_id: externalId,
    name,
    settings: JSON.stringify(wanted),
  });
}
