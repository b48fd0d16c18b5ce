/** Row types of what admins set up: drafts, sets of changes, who may do what. */
import type { Generated } from "kysely";
import type { Json, NullableJson } from "./schema-traffic.ts";

export interface DraftsTable {
  workspace_id: number;
  id: string;
  person_id: string;
  kind: "setup" | "survey" | "schedule" | "roles" | "settings" | "trial";
  /** Which survey or schedule, by its key or name; empty for one that is new. */
  about: Generated<string>;
  base: number | null;
  content: Json;
  state: Generated<"open" | "done" | "dropped">;
  created_at: Date;
  updated_at: Date;
}

export interface ChangeSetsTable {
  workspace_id: number;
  id: string;
  at: Date;
  actor: string;
  origin: "chat" | "setup" | "file" | "command-line" | "undo";
  changes: Json;
  /** What puts everything back; null while it is only proposed. */
  undo: NullableJson;
  state: "offered" | "proposed" | "applied" | "refused" | "withdrawn" | "undone";
  /** The draft that it came from. */
  draft_id: string | null;
  /** The set that it takes back. */
  undoes: string | null;
  decided_by: string | null;
  decided_at: Date | null;
}

export interface RoleGrantsTable {
  workspace_id: number;
  id: string;
  person_id: string | null;
  connection_id: string | null;
  group_id: string | null;
  /** What the group was called when it was granted. */
  label: Generated<string>;
  role: "viewer" | "agent" | "lead" | "admin";
  granted_by: string;
  granted_at: Date;
}
