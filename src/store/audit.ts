/** The audit log: what somebody changed, append-only. Never answers, never secrets. */
import { sql } from "kysely";
import { z } from "zod";
import type { Db } from "./schema.ts";

/** Adds a line to the audit log. `actor` is a person's id or "operator". */
export async function audit(
  db: Db,
  workspaceId: number,
  at: Date,
  entry: {
    actor: string;
    action: string;
    target?: string;
    details?: Record<string, unknown>;
    /** By what it was changed: `chat`, `file`, `command-line` … */
    origin?: string | undefined;
  },
): Promise<void> {
  await db
    .insertInto("audit")
    .values({
      workspace_id: workspaceId,
      at,
      actor: entry.actor,
      action: entry.action,
      target: entry.target ?? null,
      details: JSON.stringify(entry.details ?? {}),
      origin: entry.origin ?? null,
    })
    .execute();
}

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

export interface AuditWanted {
  /** From the first instant that is in it to the first that is not. */
  readonly from?: Date | undefined;
  readonly until?: Date | undefined;
  /** Each of these stands in the action or in what it is about. */
  readonly words?: readonly string[];
}

/** The newest lines first. */
export async function newestAudit(
  db: Db,
  workspaceId: number,
  wanted: AuditWanted & { readonly limit: number; readonly offset: number },
): Promise<AuditLine[]> {
  const rows = await select(db, workspaceId, wanted)
    .orderBy("audit.at", "desc")
    .orderBy("audit.id", "desc")
    .limit(wanted.limit)
    .offset(wanted.offset)
    .execute();
  return rows.map(toLine);
}

/** The oldest lines first, so many at a time: those behind the line `after`. */
export async function nextAudit(
  db: Db,
  workspaceId: number,
  wanted: AuditWanted & { readonly after: number; readonly limit: number },
): Promise<AuditLine[]> {
  const rows = await select(db, workspaceId, wanted)
    .where("audit.id", ">", wanted.after)
    .orderBy("audit.id")
    .limit(wanted.limit)
    .execute();
  return rows.map(toLine);
}

function select(db: Db, workspaceId: number, { from, until, words = [] }: AuditWanted) {
  let query = db
    .selectFrom("audit")
    .leftJoin("people as a", (join) =>
      join
        .onRef("a.workspace_id", "=", "audit.workspace_id")
        .on(sql<boolean>`a.id::text = audit.actor`),
    )
    .leftJoin("people as t", (join) =>
      join
        .onRef("t.workspace_id", "=", "audit.workspace_id")
        .on(sql<boolean>`t.id::text = audit.target`),
    )
    .select(["audit.id", "audit.at", "audit.actor", "audit.action", "audit.target"])
    .select(["audit.details", "audit.origin", "a.name as actorName", "t.name as targetName"])
    .where("audit.workspace_id", "=", workspaceId);
  if (from !== undefined) query = query.where("audit.at", ">=", from);
  if (until !== undefined) query = query.where("audit.at", "<", until);
  for (const word of words) {
    const said = sql<string>`lower(concat_ws(' ', audit.action, audit.target, audit.origin, a.name))`;
    query = query.where(sql<boolean>`strpos(${said}, ${word.toLowerCase()}) > 0`);
  }
  return query;
}

type Found = Awaited<ReturnType<ReturnType<typeof select>["execute"]>>[number];

const fields = z.record(z.string(), z.unknown());

function toLine({ details, ...row }: Found): AuditLine {
  return { ...row, details: fields.safeParse(details).data ?? {} };
}
