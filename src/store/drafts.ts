/** What somebody is about to change: kept until it is done, so that nothing that was written is lost. */
import { newId } from "./ids.ts";
import type { Db, Row } from "./schema.ts";

export type DraftKind = Row<"drafts">["kind"];

/** An open draft goes when nobody has touched it for so many days (scheduling/retention.ts). */
export const DRAFT_DAYS = 30;

/** A draft. `content` is read by its kind (admin/), which knows its shape. */
export interface Draft {
  readonly id: string;
  readonly personId: string;
  readonly kind: DraftKind;
  /** Which survey or schedule, by its key or name; empty for one that is new. */
  readonly about: string;
  /** The version that it began with; null for what is new. */
  readonly base: number | null;
  readonly content: unknown;
  readonly state: "open" | "done" | "dropped";
  readonly updatedAt: Date;
}

export type NewDraft = Pick<Draft, "personId" | "kind" | "about" | "base" | "content">;

function toDraft(row: Row<"drafts">): Draft {
  const { id, kind, about, base, content, state } = row;
  return {
    id,
    personId: row.person_id,
    kind,
    about,
    base,
    content,
    state,
    updatedAt: row.updated_at,
  };
}

/** Begins one; its id. */
export async function insertDraft(
  db: Db,
  workspaceId: number,
  { personId, kind, about, base, content }: NewDraft,
  now: Date,
): Promise<string> {
  const id = newId();
  await db
    .insertInto("drafts")
    .values({
      ...{ workspace_id: workspaceId, id, person_id: personId, kind, about, base },
      ...{ content: JSON.stringify(content), created_at: now, updated_at: now },
    })
    .execute();
  return id;
}

/** A draft by its id, locked until the transaction ends. */
export async function lockDraft(
  trx: Db,
  workspaceId: number,
  id: string,
): Promise<Draft | undefined> {
  const row = await trx
    .selectFrom("drafts")
    .selectAll()
    .where("workspace_id", "=", workspaceId)
    .where("id", "=", id)
    .forUpdate()
    .executeTakeFirst();
  return row && toDraft(row);
}

/** Somebody's open drafts, the newest first. */
export async function openDrafts(db: Db, workspaceId: number, personId: string): Promise<Draft[]> {
  const rows = await selectOpen(db, workspaceId).where("person_id", "=", personId).execute();
  return rows.map(toDraft);
}

/** Open drafts of everybody about one thing, by its key or name; none for what is new. */
export async function openDraftsAbout(
  db: Db,
  workspaceId: number,
  kind: DraftKind,
  about: string,
): Promise<Draft[]> {
  if (about === "") return [];
  const rows = await selectOpen(db, workspaceId)
    .where("kind", "=", kind)
    .where("about", "=", about)
    .execute();
  return rows.map(toDraft);
}

function selectOpen(db: Db, workspaceId: number) {
  return db
    .selectFrom("drafts")
    .selectAll()
    .where("workspace_id", "=", workspaceId)
    .where("state", "=", "open")
    .orderBy("updated_at", "desc")
    .orderBy("id");
}

/** What of a draft is otherwise now. */
export type DraftUpdate = Partial<Pick<Draft, "about" | "base" | "content" | "state">>;

/** Keeps a draft as it is now. */
export async function updateDraft(
  trx: Db,
  workspaceId: number,
  id: string,
  { about, base, content, state }: DraftUpdate,
  now: Date,
): Promise<void> {
  await trx
    .updateTable("drafts")
    .set({
      updated_at: now,
      ...(about === undefined ? {} : { about }),
      ...(base === undefined ? {} : { base }),
      ...(content === undefined ? {} : { content: JSON.stringify(content) }),
      ...(state === undefined ? {} : { state }),
    })
    .where("workspace_id", "=", workspaceId)
    .where("id", "=", id)
    .execute();
}
