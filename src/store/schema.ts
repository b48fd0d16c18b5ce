/**
 * Row types of every table, by the names and comments of migrations/. Rows never leave the store
 * folder; its functions take a {@link Db} and hand out plain values.
 */
import type { Generated, Insertable, Kysely, Selectable } from "kysely";
import type { CloseReason, Role } from "../platform.ts";
import type { ScheduleKind } from "../scheduling/definition/schedule.ts";
import type {
  AnswerHistoryTable,
  AnswersTable,
  DecisionsTable,
  InvitationsTable,
  SurveysTable,
  SurveyVersionsTable,
} from "./schema-asking.ts";
import type { CaseEventsTable, CasesTable, QuotesTable } from "./schema-cases.ts";
import type { ChangeSetsTable, DraftsTable, RoleGrantsTable } from "./schema-configuration.ts";
import type {
  AlertsTable,
  AskedCountsTable,
  CountingTable,
  CountsTable,
  CutCountsTable,
  MetricEpochsTable,
  RepeatsTable,
  StaleDaysTable,
  ViewsTable,
} from "./schema-counts.ts";
import type {
  AnonymousCountsTable,
  ErasuresTable,
  ErasureTargetsTable,
  ForgottenTable,
  MergesTable,
  SecretsTable,
} from "./schema-people.ts";
import type {
  ActivitiesTable,
  DatesTable,
  DeadJobsTable,
  EnrolmentsTable,
  OrdersTable,
  ScheduleRunsTable,
  SchedulesTable,
  ScheduleVersionsTable,
  SignalEventsTable,
  SignalsTable,
  TicksTable,
  TimersTable,
} from "./schema-schedules.ts";
import type {
  AuditTable,
  BookmarksTable,
  DeliveriesTable,
  HoldsTable,
  InboxTable,
  JsonWithDefault,
  NotesTable,
} from "./schema-traffic.ts";

export type { WhoReads } from "./schema-people.ts";
export type { DeliveryState } from "./schema-traffic.ts";

/** The database or a transaction on it. Inside a transaction use only the transaction. */
export type Db = Kysely<Schema>;

/** Where a row comes from. Sample rows can be removed as a whole. */
export type Source = "platform" | "import" | "sample";
export type Consent = "open" | "paused" | "never";
/** Why somebody is asked: after a chat, by hand, or what a schedule is for. */
export type InvitationKind = "import" | "sample" | "recovery" | "manual" | ScheduleKind;
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
  plan: string | null;
  joined_at: Date | null;
  left_at: Date | null;
  left_rule: string | null;
  left_noted_at: Date | null;
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
  /** The highest of what the platform or its operator says and what is granted; at each meeting anew. */
  role: Generated<Role>;
  /** What the platform or its operator said last; null: the same. */
  told_role: Role | null;
  /** What gives the role: `owner`, `rights`, a setting, `granted`, `group:ID`; null: not known. */
  role_by: string | null;
  account_role: "buyer" | "user" | null;
  bot: Generated<boolean>;
  test: Generated<boolean>;
  consent: Generated<Consent>;
  paused_until: Date | null;
  plan: string | null;
  tags: Generated<string[]>;
  joined_at: Date | null;
  left_at: Date | null;
  left_rule: string | null;
  left_noted_at: Date | null;
  active_at: Date | null;
  /** Whose figures they read; empty: everybody's. */
  teams: Generated<string[]>;
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
  /** Whose reply that was. */
  first_replier_id: string | null;
  /** When somebody of the team first wrote where the customer reads it. */
  first_team_at: Date | null;
  closed_at: Date | null;
  reopened_at: Date | null;
  /** Each time that the customer came back to it. */
  reopenings: Generated<Date[]>;
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
  drafts: DraftsTable;
  change_sets: ChangeSetsTable;
  role_grants: RoleGrantsTable;
  merges: MergesTable;
  secrets: SecretsTable;
  forgotten: ForgottenTable;
  erasures: ErasuresTable;
  erasure_targets: ErasureTargetsTable;
  anonymous_counts: AnonymousCountsTable;
  cases: CasesTable;
  case_events: CaseEventsTable;
  quotes: QuotesTable;
  schedules: SchedulesTable;
  schedule_versions: ScheduleVersionsTable;
  schedule_runs: ScheduleRunsTable;
  enrolments: EnrolmentsTable;
  ticks: TicksTable;
  dead_jobs: DeadJobsTable;
  timers: TimersTable;
  dates: DatesTable;
  activities: ActivitiesTable;
  orders: OrdersTable;
  signals: SignalsTable;
  signal_events: SignalEventsTable;
  counting: CountingTable;
  metric_epochs: MetricEpochsTable;
  counts: CountsTable;
  cut_counts: CutCountsTable;
  repeats: RepeatsTable;
  asked_counts: AskedCountsTable;
  stale_days: StaleDaysTable;
  alerts: AlertsTable;
  views: ViewsTable;
}

export type Row<T extends keyof Schema> = Selectable<Schema[T]>;
export type NewRow<T extends keyof Schema> = Insertable<Schema[T]>;
