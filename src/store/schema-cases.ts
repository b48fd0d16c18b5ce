/** Row types of cases, what happened in them, and quotes. */
import type { Generated } from "kysely";
import type { JsonWithDefault } from "./schema-traffic.ts";

/** Why there is a case. */
export type CaseCause = "low-score" | "contact" | "complaint" | "churn" | "silent";
export type CaseState = "open" | "snoozed" | "closed";
/** Why it was closed; the last two by aftertalk itself. */
export type CaseCloseReason =
  | "solved"
  | "explained"
  | "nothing-we-can-do"
  | "wrong-person"
  | "duplicate"
  | "corrected"
  | "forgotten";
export type CaseEventKind =
  | "opened"
  | "joined"
  | "claimed"
  | "replied"
  | "answered"
  | "undelivered"
  | "snoozed"
  | "woken"
  | "reminded"
  | "escalated"
  | "noted"
  | "closed"
  | "corrected"
  | "recovery-asked"
  | "recovered"
  | "not-recovered";

export interface CasesTable {
  workspace_id: number;
  id: string;
  number: number;
  person_id: string | null;
  human_id: string | null;
  account_id: string | null;
  connection_id: string | null;
  chat_id: string | null;
  invitation_id: string | null;
  team: string | null;
  cause: CaseCause;
  state: Generated<CaseState>;
  owner_id: string | null;
  opened_at: Date;
  claimed_at: Date | null;
  first_replied_at: Date | null;
  last_replied_at: Date | null;
  waiting_since: Date | null;
  due_at: Date;
  remind_at: Date | null;
  reminded_at: Date | null;
  escalated_at: Date | null;
  snoozed_until: Date | null;
  closed_at: Date | null;
  closed_by: string | null;
  close_reason: CaseCloseReason | null;
  recovery_at: Date | null;
  recovery_invitation_id: string | null;
  revision: Generated<number>;
  stale: Generated<boolean>;
}

export interface CaseEventsTable {
  workspace_id: number;
  id: string;
  case_id: string;
  at: Date;
  actor_id: string | null;
  kind: CaseEventKind;
  invitation_id: string | null;
  text: string | null;
  details: JsonWithDefault;
}

export interface QuotesTable {
  workspace_id: number;
  id: string;
  person_id: string;
  invitation_id: string;
  state: "asked" | "allowed" | "declined" | "withdrawn";
  text: string;
  named: boolean | null;
  wording: string;
  language: string;
  asked_at: Date;
  decided_at: Date | null;
  withdrawn_at: Date | null;
}
