/** Row types of what is asked, and what comes of it. */
import type { Generated } from "kysely";
import type { MetricName } from "../metrics/metric.ts";
import type { InvitationKind, InvitationState } from "./schema.ts";
import type { WhoReads } from "./schema-people.ts";
import type { Json, NullableJson } from "./schema-traffic.ts";

export interface SurveysTable {
  workspace_id: number;
  id: string;
  key: string;
  /** Null where nothing is scored first. */
  metric: MetricName | null;
  trigger: "chat" | "manual" | "recovery" | "schedule";
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
  /** A person's id, "operator", or "aftertalk" where it came with the program. */
  actor: Generated<string>;
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
  schedule_id: string | null;
  schedule_version: number | null;
  slot_at: Date | null;
  /** Since when a job is on its way to ask it. */
  queued_at: Date | null;
  remind_at: Date | null;
  reminded_at: Date | null;
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
