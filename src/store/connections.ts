/** Connections: which workspace an event of a platform belongs to, and its settings. */
import { z } from "zod";
import type { Workspace } from "../commands/command.ts";
import type { ConnectionRef } from "../platform.ts";
import { newId } from "./ids.ts";
import type { Db } from "./schema.ts";

const settings = z.object({
  /** Wait between the closing of a chat and the question, in seconds. */
  askDelaySeconds: z
    .number()
    .min(0)
    .default(15 * 60),
  /**
   * A place to try things out: whoever closes a chat is told what is planned, and anybody may have
   * it asked at once. Elsewhere only staff are told, and only leads may.
   */
  rehearsal: z.boolean().default(false),
});

export type ConnectionSettings = z.infer<typeof settings>;

/** One Slack workspace, Discord guild or playground with the tenant it belongs to. */
export interface Connection {
  readonly id: string;
  readonly ref: ConnectionRef;
  readonly workspace: Workspace;
  readonly settings: ConnectionSettings;
}

/** The connection of a platform's id, if it is set up here. */
export async function findConnection(db: Db, ref: ConnectionRef): Promise<Connection | undefined> {
  const row = await db
    .selectFrom("connections as c")
    .innerJoin("workspaces as w", "w.id", "c.workspace_id")
    .select(["c.id", "c.settings", "w.id as workspace_id", "w.name", "w.time_zone", "w.locale"])
    .where("c.platform", "=", ref.platform)
    .where("c.external_id", "=", ref.externalId)
    .executeTakeFirst();
  return (
    row && {
      id: row.id,
      ref,
      workspace: {
        id: row.workspace_id,
        name: row.name,
        timeZone: row.time_zone,
        locale: row.locale,
      },
      settings: settings.parse(row.settings),
    }
  );
}

/** Creates the connection, or brings its name and settings up to date. */
export async function ensureConnection(
  db: Db,
  workspaceId: number,
  ref: ConnectionRef,
  name: string,
  wanted: Partial<ConnectionSettings> = {},
): Promise<void> {
  await db
    .insertInto("connections")
    .values({
      workspace_id: workspaceId,
      id: newId(),
      platform: ref.platform,
      external_id: ref.externalId,
      name,
      settings: JSON.stringify(wanted),
    })
    .onConflict((conflict) =>
      conflict.columns(["platform", "external_id"]).doUpdateSet((row) => ({
        name: row.ref("excluded.name"),
        settings: row.ref("excluded.settings"),
      })),
    )
    .execute();
}
