/** Sets of changes: what was proposed, what was made, what it is undone by. */
import { sql } from "kysely";
import { type Change, readChanges } from "../configuration/change.ts";
import { newId } from "./ids.ts";
import type { Db, Row } from "./schema.ts";

export type ChangeOrigin = Row<"change_sets">["origin"];

export type ChangeSetState = Row<"change_sets">["state"];

/** A set of changes as it is kept. */
export interface ChangeSet {
  readonly id: string;
  readonly at: Date;
  /** A person's id, or "operator". */
  readonly by: string;
  readonly origin: ChangeOrigin;
  readonly state: ChangeSetState;
  /** `undefined` when they are of a shape that this program does not know. */
  readonly changes: readonly Change[] | undefined;
  /** What puts everything back; `undefined` as above, and while nothing was changed. */
  readonly undo: readonly Change[] | undefined;
  readonly decidedBy: string | null;
  readonly decidedAt: Date | null;
  /** The draft that it came from. */
  readonly draftId: string | null;
  /** The set that it takes back. */
  readonly undoes: string | null;
}

export interface NewChangeSet {
  readonly changes: readonly Change[];
  readonly by: string;
  readonly at: Date;
  readonly origin: ChangeOrigin;
  readonly draftId?: string | undefined;
  readonly undoes?: string | undefined;
}

/** Keeps what was made; its id. */
export function keepAppliedSet(
  trx: Db,
  workspaceId: number,
  made: NewChangeSet & { readonly undo: readonly Change[] },
): Promise<string> {
  return insert(trx, workspaceId, made, { state: "applied", undo: JSON.stringify(made.undo) });
}

/**
 * Keeps what is not made yet; its id. `proposed`: somebody else has to approve it; `offered`: it is put
 * on top of what somebody else saved, once its owner has seen that.
 */
export function keepOpenSet(
  trx: Db,
  workspaceId: number,
  state: "proposed" | "offered",
  wanted: NewChangeSet,
): Promise<string> {
  return insert(trx, workspaceId, wanted, { state, undo: null });
}

async function insert(
  trx: Db,
  workspaceId: number,
  { changes, by, at, origin, draftId, undoes }: NewChangeSet,
  { state, undo }: { readonly state: ChangeSetState; readonly undo: string | null },
): Promise<string> {
  const id = newId();
  await trx
    .insertInto("change_sets")
    .values({
      ...{ workspace_id: workspaceId, id, at, actor: by, origin, state, undo },
      ...{ changes: JSON.stringify(changes), draft_id: draftId ?? null, undoes: undoes ?? null },
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

/** A set by its id. */
export async function readChangeSet(
  db: Db,
  workspaceId: number,
  id: string,
): Promise<ChangeSet | undefined> {
  const row = await db
    .selectFrom("change_sets")
    .selectAll()
    .where("workspace_id", "=", workspaceId)
    .where("id", "=", id)
    .executeTakeFirst();
  return row && toSet(row);
}

/** Those in one of these states, first what waits, then the newest; of the others only since `since`. */
export async function listChangeSets(
  db: Db,
  workspaceId: number,
  wanted: {
    readonly states: readonly ChangeSetState[];
    readonly since?: Date;
    readonly limit: number;
    readonly offset?: number;
  },
): Promise<ChangeSet[]> {
  const { states, since, limit, offset = 0 } = wanted;
  let query = db
    .selectFrom("change_sets")
    .selectAll()
    .where("workspace_id", "=", workspaceId)
    .where("state", "in", [...states]);
  // What was approved counts from then on.
  if (since !== undefined)
    query = query.where((eb) =>
      eb.or([eb("state", "=", "proposed"), eb("at", ">", since), eb("decided_at", ">", since)]),
    );
  const rows = await query
    .orderBy(sql`state = 'proposed'`, "desc")
    .orderBy("at", "desc")
    .orderBy("id", "desc")
    .limit(limit)
    .offset(offset)
    .execute();
  return rows.map(toSet);
}

function toSet(row: Row<"change_sets">): ChangeSet {
  return {
    ...{ id: row.id, at: row.at, by: row.actor, origin: row.origin, state: row.state },
    changes: readChanges(row.changes),
    undo: row.undo === null ? undefined : readChanges(row.undo),
    ...{ decidedBy: row.decided_by, decidedAt: row.decided_at },
    ...{ draftId: row.draft_id, undoes: row.undoes },
  };
}

/** Somebody approved, refused, withdrew or took it back. */
export async function decideChangeSet(
  trx: Db,
  workspaceId: number,
  id: string,
  decided: {
    readonly state: Exclude<ChangeSetState, "proposed" | "offered">;
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
