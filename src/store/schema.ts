/**
 * Row types of every table, by the names and comments of migrations/. Rows never leave the store
 * folder; its functions take a {@link Db} and hand out plain values.
 */
import type { Generated, Insertable, Kysely, Selectable } from "kysely";
import type { MetricName } from "../metrics/metric.ts";
import type { CloseReason, Role } from "../platform.ts";
import type { CaseEventsTable, CasesTable, QuotesTable } from "./schema-cases.ts";
import type {
  AnonymousCountsTable,
  ErasuresTable,
  ErasureTargetsTable,
  ForgottenTable,
  MergesTable,
  SecretsTable,
  WhoReads,
} from "./schema-people.ts";
import type {
  AuditTable,
  BookmarksTable,
  DeliveriesTable,
  HoldsTable,
  InboxTable,
  Json,
  JsonWithDefault,
  NotesTable,
  NullableJson,
} from "./schema-traffic.ts";

export type { WhoReads } from "./schema-people.ts";
export type { DeliveryState } from "./schema-traffic.ts";

/** The database or a transaction on it. Inside a transaction use only the transaction. */
export type Db = Kysely<Schema>;

/** Where a row comes from. Sample rows can be removed as a whole. */
export type Source = "platform" | "import" | "sample";
export type Consent = "open" | "paused" | "never";
export type InvitationKind = "chat" | "manual" | "import" | "sample" | "recovery";
export type InvitationState =
  | "planned"
  | "asked"
  | "answered"
  | "declined"
  | "expired"
  | "suppressed"
  | "cancelled"
  | "undeliverable";

export interface WorkspacesTable {
  id: Generated<number>;
  name: string;
  time_zone: string;
  locale: string;
  settings: JsonWithDefault;
  created_at: Generated<Date>;
}

export interface ConnectionsTable {
  workspace_id: number;
  id: string;
  platform: string;
  external_id: string;
  name: string;
  settings: JsonWithDefault;
  created_at: Generated<Date>;
}

export interface AccountsTable {
  workspace_id: number;
  id: string;
  external_id: string;
  name: string;
  created_at: Generated<Date>;
}

export interface PeopleTable {
  workspace_id: number;
  id: string;
  account_id: string | null;
  /** The row that stands for the human behind it; null: this one. */
  human_id: string | null;
  name: string;
  email: string | null;
  email_verified: Generated<boolean>;
  locale: string | null;
  time_zone: string | null;
  role: Generated<Role>;
  account_role: "buyer" | "user" | null;
  bot: Generated<boolean>;
  test: Generated<boolean>;
  consent: Generated<Consent>;
  paused_until: Date | null;
  source: Generated<Source>;
  created_at: Generated<Date>;
}

export interface IdentitiesTable {
  workspace_id: number;
  connection_id: string;
  external_id: string;
  person_id: string;
  created_at: Generated<Date>;
}

export interface ChatsTable {
  workspace_id: number;
  id: string;
  connection_id: string;
  external_id: string;
  customer_id: string | null;
  channel: string | null;
  team: string | null;
  touchpoint: Generated<string>;
  tags: Generated<string[]>;
  url: string | null;
  state: Generated<"open" | "closed">;
  close_reason: CloseReason | null;
  closings: Generated<number>;
  customer_messages: Generated<number>;
  customer_characters: Generated<number>;
  opened_at: Date;
  first_customer_at: Date | null;
  /** While the chat is open this may be a message that is older than the customer's first. */
  first_replied_at: Date | null;
  closed_at: Date | null;
  last_message_at: Date | null;
  source: Generated<Source>;
}

export interface HandlersTable {
  workspace_id: number;
  chat_id: string;
  closing: number;
  person_id: string;
  messages: number;
}

export interface SurveysTable {
  workspace_id: number;
  id: string;
  key: string;
  metric: MetricName;
  trigger: "chat" | "manual" | "recovery";
  state: Generated<"on" | "paused" | "archived">;
  version: number;
  created_at: Generated<Date>;
}

export interface SurveyVersionsTable {
  workspace_id: number;
  survey_id: string;
  version: number;
  series: number;
  definition: Json;
  created_at: Generated<Date>;
}

export interface InvitationsTable {
  workspace_id: number;
  id: string;
  survey_id: string;
  survey_version: number;
  person_id: string | null;
  connection_id: string | null;
  chat_id: string | null;
  closing: number | null;
  reason_key: string;
  state: InvitationState;
  state_reason: string | null;
  kind: InvitationKind;
  promise: Generated<WhoReads>;
  case_id: string | null;
  language: string | null;
  conversation: NullableJson;
  /** Where it was asked; null for a direct message. */
  address: NullableJson;
  due_at: Date | null;
  asked_at: Date | null;
  reached_at: Date | null;
  answered_at: Date | null;
  finished_at: Date | null;
  expires_at: Date | null;
  created_at: Generated<Date>;
}

export interface AnswersTable {
  workspace_id: number;
  invitation_id: string;
  question: string;
  survey_id: string;
  survey_version: number;
  metric: MetricName | null;
  score: number | null;
  scale_min: number | null;
  scale_max: number | null;
  choice: string | null;
  text: string | null;
  person_id: string | null;
  chat_id: string | null;
  closing: number | null;
  platform: string | null;
  channel: string | null;
  team: string | null;
  touchpoint: string | null;
  tags: Generated<string[]>;
  language: string | null;
  promise: Generated<WhoReads>;
  asked_at: Date | null;
  answered_at: Date;
  changed_at: Date | null;
  revision: Generated<number>;
}

export interface AnswerHistoryTable {
  workspace_id: number;
  invitation_id: string;
  question: string;
  revision: number;
  score: number | null;
  choice: string | null;
  text: string | null;
  answered_at: Date;
  replaced_at: Date;
}

export interface DecisionsTable {
  workspace_id: number;
  id: string;
  invitation_id: string;
  verdict: "ask" | "defer" | "suppress";
  gate: string | null;
  reason: string;
  until: Date | null;
  decided_at: Date;
}

/** Every table of ours, for Kysely. */
export interface Schema {
  workspaces: WorkspacesTable;
  connections: ConnectionsTable;
  accounts: AccountsTable;
  people: PeopleTable;
  identities: IdentitiesTable;
  chats: ChatsTable;
  handlers: HandlersTable;
  surveys: SurveysTable;
  survey_versions: SurveyVersionsTable;
  invitations: InvitationsTable;
  answers: AnswersTable;
  answer_history: AnswerHistoryTable;
  decisions: DecisionsTable;
  deliveries: DeliveriesTable;
  holds: HoldsTable;
  bookmarks: BookmarksTable;
  notes: NotesTable;
  inbox: InboxTable;
  audit: AuditTable;
  merges: MergesTable;
  secrets: SecretsTable;
  forgotten: ForgottenTable;
  erasures: ErasuresTable;
  erasure_targets: ErasureTargetsTable;
  anonymous_counts: AnonymousCountsTable;
  cases: CasesTable;
  case_events: CaseEventsTable;
  quotes: QuotesTable;
}

export type Row<T extends keyof Schema> = Selectable<Schema[T]>;
export type NewRow<T extends keyof Schema> = Insertable<Schema[T]>;
