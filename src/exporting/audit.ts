/** The audit log of a workspace as the text of a file, piece by piece: the oldest lines first. */
import { type AuditLine, nextAudit } from "../store/audit-log.ts";
import type { Db } from "../store/schema.ts";
import { type ExportRow, type Format, headText, rowsText } from "./format.ts";

const columns = [
  "at",
  "actor",
  "action",
  "target",
  "origin",
  "before",
  "after",
  "details",
] as const;
const BATCH = 500;

export interface ExportAuditOptions {
  readonly workspaceId: number;
  readonly from: Date | undefined;
  readonly until: Date | undefined;
  readonly format: Format;
  readonly bom: boolean;
  /** With what people are called, beside their ids. */
  readonly names: boolean;
  readonly onProgress?: (rows: number) => void;
}

/** Pieces of the file. `db` is inside a snapshot. */
export async function* exportedAudit(db: Db, options: ExportAuditOptions): AsyncGenerator<string> {
  const { workspaceId, from, until, format, bom, names, onProgress } = options;
  const all = names ? [...columns, "actor_name", "target_name"] : columns;
  yield headText(format, all, bom);
  let rows = 0;
  let after = 0;
  for (;;) {
    const lines = await nextAudit(db, workspaceId, { from, until, after, limit: BATCH });
    const last = lines.at(-1);
    if (last === undefined) return;
    yield rowsText(
      format,
      all,
      lines.map((line) => rowOf(line, names)),
    );
    rows += lines.length;
    after = last.id;
    onProgress?.(rows);
  }
}

function rowOf(line: AuditLine, names: boolean): ExportRow {
  const { at, actor, action, target, origin, details } = line;
  const { before, after, rest } = sidesOf(details);
  return [
    ...[at.toISOString(), actor, action, target, origin, before, after, rest],
    ...(names ? [line.actorName, line.targetName] : []),
  ];
}

/** What was there before and after of everything that changed, as JSON; what else a line says. */
function sidesOf(
  details: AuditLine["details"],
): Record<"before" | "after" | "rest", string | null> {
  const before: Record<string, unknown> = {};
  const after: Record<string, unknown> = {};
  const rest: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(details)) {
    if (name === "before") before.definition = value;
    else if (name === "after") after.definition = value;
    else if (isChange(value)) {
      before[name] = value.from;
      after[name] = value.to;
    } else rest[name] = value;
  }
  return { before: written(before), after: written(after), rest: written(rest) };
}

function isChange(value: unknown): value is { readonly from: unknown; readonly to: unknown } {
  return typeof value === "object" && value !== null && "from" in value && "to" in value;
}

function written(fields: Record<string, unknown>): string | null {
  return Object.keys(fields).length === 0 ? null : JSON.stringify(fields);
}
