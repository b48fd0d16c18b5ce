/** Reading the audit log: the newest lines page by page, or all of them, however many there are. */
import { sql } from "kysely";
import { validate } from "uuid";
import { z } from "zod";
import { namesOf } from "./preview.ts";
import type { Db } from "./schema.ts";

/** A line of the audit log. */
export interface AuditLine {
  readonly id: number;
  readonly at: Date;
  /** A person's id, "operator", or a word of ours. */
  readonly actor: string;
  /** What they are called; null: somebody who is no longer known, or no person. */
  readonly actorName: string | null;
  readonly action: string;
  readonly target: string | null;
  /** What the person that it is about is called, where it is about one. */
  readonly targetName: string | null;
  readonly details: Readonly<Record<string, unknown>>;
  readonly origin: string | null;
}

/** A word that is looked for, and actions that are called so in the language of whoever looks. */
export interface AuditWord {
  readonly text: string;
  readonly actions: readonly string[];
}

export interface AuditWanted {
  /** From the first instant that is in it to the first that is not. */
  readonly from?: Date | undefined;
  readonly until?: Date | undefined;
  /** One of these. */
  readonly actions?: readonly string[];
  /** By or about one of each of these groups of people, by our ids: the rows of a human. */
  readonly people?: readonly (readonly string[])[];
  /** Each stands in what was done, to what or whom, by whom, or in settings. */
  readonly words?: readonly AuditWord[];
}

/** The newest lines first. */
export async function newestAudit(
  db: Db,
  workspaceId: number,
  wanted: AuditWanted & { readonly limit: number; readonly offset: number },
): Promise<AuditLine[]> {
  const rows = await select(db, workspaceId, wanted)
    .orderBy("at", "desc")
    .orderBy("id", "desc")
    .limit(wanted.limit)
    .offset(wanted.offset)
    .execute();
  return withNames(db, workspaceId, rows);
}

/** The oldest lines first, so many at a time: those behind the line `after`. */
export async function nextAudit(
  db: Db,
  workspaceId: number,
  wanted: AuditWanted & { readonly after: number; readonly limit: number },
): Promise<AuditLine[]> {
  const rows = await select(db, workspaceId, wanted)
    .where("id", ">", wanted.after)
    .orderBy("id")
    .limit(wanted.limit)
    .execute();
  return withNames(db, workspaceId, rows);
}

function select(db: Db, workspaceId: number, wanted: AuditWanted) {
  const { from, until, actions, people = [], words = [] } = wanted;
  let query = db
    .selectFrom("audit")
    .select(["id", "at", "actor", "action", "target", "details", "origin"])
    .where("workspace_id", "=", workspaceId);
  if (from !== undefined) query = query.where("at", ">=", from);
  if (until !== undefined) query = query.where("at", "<", until);
  if (actions !== undefined)
    query = query.where(sql<boolean>`action = any(${[...actions]}::text[])`);
  for (const ids of people) {
    const them = sql`any(${[...ids]}::text[])`;
    query = query.where(sql<boolean>`(actor = ${them} or target = ${them})`);
  }
  for (const word of words) query = query.where(hasWord(workspaceId, word));
  return query;
}

/** Of settings their names and values count, of a group what it was called; other details may be long. */
function hasWord(workspaceId: number, { text, actions }: AuditWord) {
  const word = text.toLowerCase();
  const called = sql`(select p.id::text from people p
    where p.workspace_id = ${workspaceId} and strpos(lower(p.name), ${word}) > 0)`;
  return sql<boolean>`(strpos(action, ${word}) > 0 or action = any(${[...actions]}::text[])
    or strpos(lower(target), ${word}) > 0 or strpos(origin, ${word}) > 0
    or action = 'settings' and strpos(lower(details::text), ${word}) > 0
    or action = 'role' and strpos(lower(details->'subject'->>'label'), ${word}) > 0
    or actor in ${called} or target in ${called})`;
}

type Row = Awaited<ReturnType<ReturnType<typeof select>["execute"]>>[number];

const fields = z.record(z.string(), z.unknown());

/** Looked up by id for a page: ids in the log are words, by which people could only be gone through. */
async function withNames(db: Db, workspaceId: number, rows: readonly Row[]): Promise<AuditLine[]> {
  const words = rows.flatMap(({ actor, target }) => [actor, target ?? ""]);
  const ids = [...new Set(words)].filter((word) => validate(word));
  const names = ids.length === 0 ? new Map() : await namesOf(db, workspaceId, ids);
  return rows.map(({ details, ...row }) => ({
    ...row,
    actorName: names.get(row.actor) ?? null,
    targetName: names.get(row.target ?? "") ?? null,
    details: fields.safeParse(details).data ?? {},
  }));
}
