/** Erasures, what is still to be removed on the platforms for them, and what came of it in numbers. */
import { sql } from "kysely";
import { z } from "zod";
import type { ConnectionRef } from "../platform.ts";
import { newId } from "./ids.ts";
import { type RemovalTarget, readTargetShape } from "./removal-target.ts";
import type { Db, Row } from "./schema.ts";

/** An erasure as it is reported. */
export interface ErasureReport {
  readonly id: string;
  readonly requestedAt: Date;
  readonly requestedBy: Row<"erasures">["requested_by"];
  /** Messages that are gone from the platforms. */
  readonly removed: number;
  /** Messages that are not, by reason. */
  readonly remaining: Readonly<Record<string, number>>;
  /** Targets that are still to be worked on. */
  readonly open: number;
  readonly finishedAt: Date | null;
}

/** What became of a target. */
export interface Removed {
  readonly removed: number;
  readonly remaining: Readonly<Record<string, number>>;
}

/** A target with everything that working on it needs. */
export interface OpenTarget {
  readonly connectionId: string;
  readonly connection: ConnectionRef;
  /** `undefined` when it was kept in a shape that this program does not know. */
  readonly target: RemovalTarget | undefined;
}

const counts = z.record(z.string(), z.number());

/** Notes an erasure with its targets; gives their ids in the same order. */
export async function beginErasure(
  trx: Db,
  workspaceId: number,
  erasure: {
    readonly id: string;
    readonly at: Date;
    readonly by: ErasureReport["requestedBy"];
    readonly targets: readonly { readonly connectionId: string; readonly target: RemovalTarget }[];
  },
): Promise<string[]> {
  const { id, at, by, targets } = erasure;
  await trx
    .insertInto("erasures")
    .values({
      workspace_id: workspaceId,
      id,
      requested_at: at,
      requested_by: by,
      finished_at: targets.length === 0 ? at : null,
    })
    .execute();
  const rows = targets.map(({ connectionId, target }) => ({
    workspace_id: workspaceId,
    erasure_id: id,
    id: newId(),
    connection_id: connectionId,
    target: JSON.stringify(target),
  }));
  for (const row of rows) await trx.insertInto("erasure_targets").values(row).execute();
  return rows.map((row) => row.id);
}

/** A target that is still to be worked on. */
export async function readTarget(
  db: Db,
  workspaceId: number,
  targetId: string,
): Promise<OpenTarget | undefined> {
  const row = await db
    .updateTable("erasure_targets as t")
    .set({ attempts: sql`t.attempts + 1` })
    .from("connections as c")
    .whereRef("c.workspace_id", "=", "t.workspace_id")
    .whereRef("c.id", "=", "t.connection_id")
    .where("t.workspace_id", "=", workspaceId)
    .where("t.id", "=", targetId)
    .returning(["t.connection_id", "t.target", "c.platform", "c.external_id"])
    .executeTakeFirst();
  return (
    row && {
      connectionId: row.connection_id,
      connection: { platform: row.platform, externalId: row.external_id },
      target: readTargetShape(row.target),
    }
  );
}

/** Ends a target and counts what came of it; false when it had ended already. Inside a transaction. */
export async function endTarget(
  trx: Db,
  workspaceId: number,
  targetId: string,
  { removed, remaining }: Removed,
  at: Date,
): Promise<boolean> {
  const erasure = await trx
    .selectFrom("erasures as e")
    .innerJoin("erasure_targets as t", (join) =>
      join.onRef("t.workspace_id", "=", "e.workspace_id").onRef("t.erasure_id", "=", "e.id"),
    )
    .select(["e.id", "e.remaining"])
    .where("e.workspace_id", "=", workspaceId)
    .where("t.id", "=", targetId)
    .forUpdate("e")
    .executeTakeFirst();
  const deleted = await trx
    .deleteFrom("erasure_targets")
    .where("workspace_id", "=", workspaceId)
    .where("id", "=", targetId)
    .executeTakeFirst();
  if (erasure === undefined || deleted.numDeletedRows === 0n) return false;
  const before = counts.safeParse(erasure.remaining).data ?? {};
  const sum = { ...before };
  for (const [reason, n] of Object.entries(remaining)) sum[reason] = (sum[reason] ?? 0) + n;
  const more = sql`exists (select from erasure_targets t
    where t.workspace_id = ${workspaceId} and t.erasure_id = ${erasure.id})`;
  await trx
    .updateTable("erasures")
    .set({
      removed: sql`removed + ${removed}::int`,
      remaining: JSON.stringify(sum),
      finished_at: sql`case when ${more} then null else ${at}::timestamptz end`,
    })
    .where("workspace_id", "=", workspaceId)
    .where("id", "=", erasure.id)
    .execute();
  return true;
}

/**
 * A message that was under way during an erasure stands on the platform now: the id of its target,
 * which knows it from here on. `undefined` when none waits for it.
 */
export async function noteSentAfterwards(
  trx: Db,
  workspaceId: number,
  deliveryId: string,
  messageId: string,
): Promise<string | undefined> {
  const row = await trx
    .updateTable("erasure_targets")
    .set({
      target: sql`target || jsonb_build_object('messageId', ${messageId}::text)`,
    })
    .where("workspace_id", "=", workspaceId)
    .where(sql<boolean>`target->>'deliveryId' = ${deliveryId}`)
    .returning("id")
    .executeTakeFirst();
  return row?.id;
}

/**
 * What waited for the account of this target to be forgotten. `gone`: it went with it. `stays`: the
 * platform did not forget the account, so each is a matter of its own from now on: gives their ids.
 * Before the target itself is ended.
 */
export async function endWaiting(
  trx: Db,
  workspaceId: number,
  account: { readonly targetId: string; readonly userId: string },
  became: "gone" | "stays",
): Promise<string[]> {
  const theirs = sql`t.workspace_id = ${workspaceId} and t.target->>'waits' = 'true'
    and t.target->'to'->>'userId' = ${account.userId}
    and (t.erasure_id, t.connection_id) = (select a.erasure_id, a.connection_id
      from erasure_targets a where a.workspace_id = ${workspaceId} and a.id = ${account.targetId})`;
  if (became === "gone") {
    await sql`delete from erasure_targets t where ${theirs}`.execute(trx);
    return [];
  }
  const { rows } = await sql<{ id: string }>`update erasure_targets t
    set target = t.target - 'waits' where ${theirs} returning t.id`.execute(trx);
  return rows.map(({ id }) => id);
}

/** Targets that are still to be worked on, in every workspace; not those that wait for another. */
export async function openTargets(
  db: Db,
): Promise<{ readonly workspaceId: number; readonly targetId: string }[]> {
  return db
    .selectFrom("erasure_targets")
    .select(["workspace_id as workspaceId", "id as targetId"])
    .where(sql<boolean>`target->>'waits' is null`)
    .execute();
}

/** Erasures of a workspace, the newest first. */
export async function readErasures(
  db: Db,
  workspaceId: number,
  limit = 50,
): Promise<ErasureReport[]> {
  const rows = await db
    .selectFrom("erasures as e")
    .selectAll()
    .select((select) =>
      select
        .selectFrom("erasure_targets as t")
        .whereRef("t.workspace_id", "=", "e.workspace_id")
        .whereRef("t.erasure_id", "=", "e.id")
        .select(sql<number>`count(*)::int`.as("open"))
        .as("open"),
    )
    .where("e.workspace_id", "=", workspaceId)
    .orderBy("e.requested_at", "desc")
    .orderBy("e.id", "desc")
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    requestedAt: row.requested_at,
    requestedBy: row.requested_by,
    removed: row.removed,
    remaining: counts.safeParse(row.remaining).data ?? {},
    open: row.open ?? 0,
    finishedAt: row.finished_at,
  }));
}
