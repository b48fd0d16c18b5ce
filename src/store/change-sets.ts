/** Sets of changes: what was proposed, what was made, what it is undone by. */
import { type Change, readChanges } from "../configuration/change.ts";
import { newId } from "./ids.ts";
import type { Db, Row } from "./schema.ts";

export type ChangeOrigin = Row<"change_sets">["origin"];

/** A set of changes as it is kept. */
export interface ChangeSet {
  readonly id: string;
  readonly at: Date;
  /** A person's id, or "operator". */
  readonly by: string;
  readonly origin: ChangeOrigin;
  readonly state: Row<"change_sets">["state"];
  /** `undefined` when they are of a shape that this program does not know. */
  readonly changes: readonly Change[] | undefined;
  /** What puts everything back; `undefined` as above, and while it is only proposed. */
  readonly undo: readonly Change[] | undefined;
  readonly decidedBy: string | null;
  readonly decidedAt: Date | null;
}

export interface NewChangeSet {
  readonly changes: readonly Change[];
  readonly by: string;
  readonly at: Date;
  readonly origin: ChangeOrigin;
}

/** Keeps what was made; its id. */
export function keepAppliedSet(
  trx: Db,
  workspaceId: number,
  made: NewChangeSet & { readonly undo: readonly Change[] },
): Promise<string> {
  return insert(trx, workspaceId, made, { state: "applied", undo: JSON.stringify(made.undo) });
}

/** Keeps what somebody else has to approve first; its id. */
export function keepProposedSet(
  trx: Db,
  workspaceId: number,
  wanted: NewChangeSet,
): Promise<string> {
  return insert(trx, workspaceId, wanted, { state: "proposed", undo: null });
}

async function insert(
  trx: Db,
  workspaceId: number,
  { changes, by, at, origin }: NewChangeSet,
  { state, undo }: { readonly state: "applied" | "proposed"; readonly undo: string | null },
): Promise<string> {
  const id = newId();
  await trx
    .insertInto("change_sets")
    .values({
      ...{ workspace_id: workspaceId, id, at, actor: by, origin, state, undo },
      changes: JSON.stringify(changes),
    })
    .execute();
  return id;
}

/** A set by its id, locked until the transaction ends: nobody else decides about it meanwhile. */
export async function lockChangeSet(
  trx: Db,
  workspaceId: number,
  id: string,
): Promise<ChangeSet | undefined> {
  const row = await trx
    .selectFrom("change_sets")
    .selectAll()
    .where("workspace_id", "=", workspaceId)
    .where("id", "=", id)
    .forUpdate()
    .executeTakeFirst();
  return row && toSet(row);
}

/** The newest sets first. */
export async function listChangeSets(
  db: Db,
  workspaceId: number,
  { states, limit }: { readonly states: readonly ChangeSet["state"][]; readonly limit: number },
): Promise<ChangeSet[]> {
  const rows = await db
    .selectFrom("change_sets")
    .selectAll()
    .where("workspace_id", "=", workspaceId)
    .where("state", "in", [...states])
    .orderBy("at", "desc")
    .orderBy("id", "desc")
    .limit(limit)
    .execute();
  return rows.map(toSet);
}

function toSet(row: Row<"change_sets">): ChangeSet {
  return {
    ...{ id: row.id, at: row.at, by: row.actor, origin: row.origin, state: row.state },
    changes: readChanges(row.changes),
    undo: row.undo === null ? undefined : readChanges(row.undo),
    ...{ decidedBy: row.decided_by, decidedAt: row.decided_at },
  };
}

/** Somebody approved, refused, withdrew or took it back. */
export async function decideChangeSet(
  trx: Db,
  workspaceId: number,
  id: string,
  decided: {
    readonly state: Exclude<ChangeSet["state"], "proposed">;
    readonly by: string;
    readonly at: Date;
    readonly undo?: readonly Change[];
  },
): Promise<void> {
  await trx
    .updateTable("change_sets")
    .set({
      ...{ state: decided.state, decided_by: decided.by, decided_at: decided.at },
      ...(decided.undo === undefined ? {} : { undo: JSON.stringify(decided.undo) }),
    })
    .where("workspace_id", "=", workspaceId)
    .where("id", "=", id)
    .execute();
}
