/** Row types of what comes in and goes out, and of what is remembered of it. */
import type { ColumnType, Generated } from "kysely";

/** Written as JSON text, read as a parsed value (the same on pg and PGlite). */
export type Json = ColumnType<unknown, string, string>;
export type JsonWithDefault = ColumnType<unknown, string | undefined, string>;
export type NullableJson = ColumnType<unknown, string | null | undefined, string | null>;

export type DeliveryState = "planned" | "sending" | "sent" | "undeliverable" | "dead" | "cancelled";

export interface DeliveriesTable {
  workspace_id: number;
  id: string;
  connection_id: string;
  key: string;
  purpose: string;
  invitation_id: string | null;
  person_id: string | null;
  address: Json;
  /** Null once it is settled: it may hold a person's words. */
  message: NullableJson;
  /** Key of the delivery whose message this one replaces. */
  replaces: string | null;
  /** Key of the delivery in whose thread this one is said. */
  beneath: string | null;
  case_id: string | null;
  /** Invitations whose answers it quotes; null for none. */
  quoted: string[] | null;
  state: Generated<DeliveryState>;
  reason: string | null;
  attempts: Generated<number>;
  message_id: string | null;
  created_at: Generated<Date>;
  sent_at: Date | null;
}

export interface HoldsTable {
  workspace_id: number;
  connection_id: string;
  /** An address as JSON, or `*` for the whole connection. */
  place: string;
  kind: "wait" | "closed" | "revoked";
  until: Date;
  reason: string | null;
  created_at: Generated<Date>;
}

export interface BookmarksTable {
  workspace_id: number;
  connection_id: string;
  place: string;
  position: string;
  kept_at: Date;
}

/** The one table besides the workspaces that is no tenant's. */
export interface NotesTable {
  platform: string;
  name: string;
  value: string;
  kept_at: Date;
}

export interface InboxTable {
  workspace_id: number;
  connection_id: string;
  event_id: string;
  kind: string;
  duplicates: Generated<number>;
  received_at: Generated<Date>;
}

export interface AuditTable {
  workspace_id: number;
  id: Generated<number>;
  at: Date;
  actor: string;
  action: string;
  target: string | null;
  details: JsonWithDefault;
  /** By what: `chat`, `file`, `command-line` …; null: what is no change of what is set up. */
  origin: string | null;
}
